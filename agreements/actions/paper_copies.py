"""The agreement that was signed by hand: who signed it, its number and day, and the scan."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.domain.effect import share_obstacles
from agreements.models import Agreement, Signature
from agreements.models.answers import keep_effect_words, needed_share, told, unit_answers
from agreements.workflows import AGREEMENT, OPEN_TEXT
from blocs.states import YearState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from blocs.years.workflows import YEAR
from thidua.common.permissions import require
from thidua.common.workflow import perform
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import hold_numbers
from thidua.papers.signed_copies import CopyEntry, PaperBasis, keep_copy

KIND = "agreement"
IN_FORCE = "Giao ước đã có hiệu lực; chỉ ghi nhận thêm bản quét của bản giấy."
NOBODY = "Vui lòng ghi họ tên người ký của ít nhất một đơn vị."
NO_REASON = "{missing} Vui lòng ghi lý do cho giao ước có hiệu lực khi còn đơn vị chưa ký."


@dataclass(frozen=True)
class PaperSigner:
    """Who signed the paper for one unit."""

    unit: Unit
    name: str
    title: str

    @property
    def words(self) -> str:
        """«Trần Văn An, Giám đốc, Sở Xây dựng», as the copy lists them."""
        return ", ".join(filter(None, (self.name, self.title, self.unit.name)))


@transaction.atomic
def record_signed_agreement(
    bloc_year: BlocYear,
    *,
    entry: CopyEntry,
    signers: Sequence[PaperSigner],
    reason: str,
    actor,
) -> Agreement:
    """Record the agreement of the year as it was signed on paper; it takes effect from that day.

    Works without a draft, so that an office can begin in the middle of a year. Units without a
    signer have not signed: then the share that the regulation asks for decides, and `reason` says
    why the agreement takes effect. Signatures given in the system stay. Refused for a day outside
    the time of its year, and for those who may not bring it into effect.
    """
    hold_numbers(bloc_year.bloc)
    agreement = locked_agreement(bloc_year)
    if agreement.pk and agreement.state not in OPEN_TEXT:
        require(actor, "agreements.record_copy", agreement)
        raise ValidationError(IN_FORCE)
    require(actor, "agreements.effect_agreement", agreement)
    if not signers:
        raise ValidationError(NOBODY)
    if outside := bloc_year.outside_faults("Giao ước", entry.signed_on):
        raise ValidationError({"signed_on": outside})
    about = basis_of(agreement)
    agreement.number, agreement.signed_on = entry.number, entry.signed_on
    agreement.full_clean()
    agreement.save()
    copy = keep_copy(entry, subject=agreement, kind=KIND, about=about, actor=actor)
    write_signatures(agreement, signers, copy, actor=actor)
    reason = check_share(agreement, reason)
    effective_at = max(row.signed_at for row in agreement.valid_signatures())
    said = {"note": reason, "effective_at": effective_at}
    agreement = perform(AGREEMENT, "take_effect_on_paper", agreement, actor=actor, **said)
    keep_effect_words(agreement)
    if agreement.bloc_year.state == YearState.OPEN:
        perform(YEAR, "agree", agreement.bloc_year, actor=actor)
    return agreement


@transaction.atomic
def add_copy(agreement: Agreement, *, entry: CopyEntry, actor) -> SignedCopy:
    """Keep the scan of an agreement that has taken effect already beside what is stored of it.

    Refused for another number or day than the agreement has.
    """
    hold_numbers(agreement.bloc_year.bloc)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    require(actor, "agreements.record_copy", agreement)
    about = copy_basis(agreement)
    return keep_copy(entry, subject=agreement, kind=KIND, about=about, actor=actor)


def copy_basis(agreement: Agreement) -> PaperBasis:
    """What its paper is held against: its year, and its own number and day once it holds."""
    if agreement.state in OPEN_TEXT:
        return basis_of(agreement)
    return basis_of(agreement, number=agreement.number, dated=agreement.signed_on)


def basis_of(agreement: Agreement, **own) -> PaperBasis:
    """No paper is older than the preparation of its year; the number is free in the bloc.

    `own` are number and day of an agreement that holds already.
    """
    others = tuple(agreement.numbered_others())
    return PaperBasis("Giao ước", *agreement.bloc_year.paper_basis, others, **own)


def copy_right(agreement: Agreement) -> str:
    """Who may record its paper: only whoever brings it into effect, where the paper does that."""
    is_open = agreement.state in OPEN_TEXT
    return "agreements.effect_agreement" if is_open else "agreements.record_copy"


def locked_agreement(bloc_year: BlocYear) -> Agreement:
    """The agreement of the year under its lock, or a new one where there is none yet."""
    rows = Agreement.objects.select_for_update(of=("self",))
    return rows.filter(bloc_year=bloc_year).first() or Agreement(bloc_year=bloc_year)


def write_signatures(
    agreement: Agreement, signers: Sequence[PaperSigner], copy: SignedCopy, *, actor
) -> None:
    """A signature for each unit that signed on paper; one given in the system is not repeated."""
    signed = set(agreement.valid_signatures().values_list("unit_id", flat=True))
    for signer in signers:
        if signer.unit.pk in signed:
            continue
        signature = Signature(
            agreement=agreement,
            unit=signer.unit,
            signer_name=signer.name,
            signer_title=signer.title,
            signed_by=actor,
            signed_at=copy.signed_at,
            revision=agreement.revision,
            copy=copy,
        )
        signature.full_clean()
        signature.save()


def check_share(agreement: Agreement, reason: str) -> str:
    """The reason of an agreement that lacks signatures, none of a whole one; refused otherwise."""
    answers = told(unit_answers(agreement))
    if not answers.missing:
        return ""
    if obstacles := share_obstacles(answers, needed_share(agreement)):
        raise ValidationError(obstacles)
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON.format(missing=answers.missing)})
    return reason.strip()
