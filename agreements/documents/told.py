"""Who signed the agreement and when: on its page and in the annex of its paper."""

from collections.abc import Iterator

from django.urls import reverse

from agreements.documents.addition import late_words
from agreements.documents.agreement import WITNESS
from agreements.models import Agreement, Signature
from agreements.models.answers import UnitAnswer, unit_answers
from blocs.years.models import BlocYear
from thidua.common.vietnamese.numbers import format_trimmed
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow


@TELLERS.add
def agreement_told(year: BlocYear) -> Iterator[Artefact]:
    """Page and paper of the agreement, signed by all or by some; a scan is not read by machine."""
    agreement = Agreement.objects.filter(bloc_year=year).first()
    if agreement is None:
        return
    signed = [row for row in unit_answers(agreement) if row.signature]
    in_time = [row for row in signed if not row.is_late]
    rows = tuple(told_row(row.unit.name, row.signature) for row in in_time)
    dated = tuple(told_row(f"{row.unit.name} {row.part}".strip(), row.signature) for row in signed)
    page = (*dated, *targets_told(agreement, unmeasured="–"))
    yield Artefact("trang giao ước", agreement.get_absolute_url(), page)
    if agreement.is_signed_by_hand:
        return
    url = reverse("agreements:agreement_paper", args=(year.pk,))
    paper = (*rows, *witness_told(agreement), *targets_told(agreement))
    yield Artefact("giao ước (PDF)", url, paper)
    yield from addition_told(agreement)


def targets_told(agreement: Agreement, *, unmeasured: str = "") -> Iterator[ToldRow]:
    """Each target that is a figure, in its measure; `unmeasured` stands where it has none."""
    for target in agreement.targets.exclude(planned=None).order_by("order", "pk"):
        measure = target.measure or unmeasured
        figure = Fact("kế hoạch", format_trimmed(target.planned))
        facts = (Fact("đơn vị tính", measure), figure) if measure else (figure,)
        yield ToldRow(target.name, facts)


def witness_told(agreement: Agreement) -> tuple[ToldRow, ...]:
    """Who saw the units sign, where the bloc asked somebody."""
    words = " ".join(agreement.witness.split())
    return (ToldRow(WITNESS, (Fact("người chứng kiến", words),)),) if words else ()


def addition_told(agreement: Agreement) -> Iterator[Artefact]:
    """The annex of those who signed later, each with the day of the signature."""
    late = [row for row in unit_answers(agreement) if row.is_late]
    if not late:
        return
    url = reverse("agreements:agreement_addition", args=(agreement.bloc_year_id,))
    rows = tuple(told_row(row.unit.name, row.signature, late=late_row(row)) for row in late)
    yield Artefact("phụ lục chữ ký bổ sung (PDF)", url, rows)


def late_row(row: UnitAnswer) -> str:
    """From when the unit takes part, where not all the year, and when it signed."""
    return ", ".join(filter(None, (row.part, late_words(row.signature))))


def told_row(named: str, one: Signature, *, late: str = "") -> ToldRow:
    """One signature behind the unit as the artefact names it; a `late` one in other words."""
    return ToldRow(
        named,
        (
            Fact("người ký", f"{one.signer_name}, {one.signer_title}"),
            Fact("thẩm quyền ký", one.get_capacity_display()),
            Fact("thời điểm ký", late or one.signed_words),
        ),
    )
