"""Papers signed by hand: recorded with number, day, signers and scan, for any kind of paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.files import OTHER, SHOWN_INLINE, FileFacts, examine, readable_name
from thidua.common.files.kept import KeptFileError, kept_bytes, put_kept
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.papers.days import day_faults
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import NumberedPaper, number_faults
from thidua.papers.registry import paper_permission
from thidua.papers.stored import DAMAGED, PaperDamaged

NO_SCAN = "Bản quét của bản giấy là tệp PDF hoặc ảnh JPG, PNG; “{name}” là loại khác."
NO_SIGNER = "Vui lòng ghi người ký trên bản giấy, mỗi dòng một người."
RECEIVING = "{paper} nhận được"
OTHER_NUMBER = (
    "{paper} đã có hiệu lực mang số {known}, bản giấy này ghi số “{typed}”; bản quét phải là của "
    "chính văn bản đó."
)
OTHER_DAY = (
    "{paper} đã có hiệu lực ghi ngày {known}, bản giấy này ghi ngày {typed}; bản quét phải là của "
    "chính văn bản đó."
)
KNOWN = "Bản quét này đã được ghi nhận lúc {when}; nếu ghi lại thì chọn bản quét khác."


@dataclass(frozen=True)
class CopyEntry:
    """What is typed of a paper signed by hand; `signers` are one a line.

    `received_on` is the day on which it came in, of a paper that is handed in.
    """

    number: str
    signed_on: date
    signers: str
    scan: UploadedFile
    received_on: date | None = None


@dataclass(frozen=True)
class PaperBasis:
    """What the paper is called, and what it rests on: it is not signed before that day.

    `others` are the papers of its kind and sender: their numbers are taken.
    `number` and `dated` are those of the paper that holds already: a scan beside it has no others.
    """

    paper: str
    basis: str = ""
    day: date | None = None
    others: tuple[NumberedPaper, ...] = ()
    number: str = ""
    dated: date | None = None


def check_copy(entry: CopyEntry, about: PaperBasis) -> FileFacts:
    """The facts of the scan; ValidationError by field (as `CopyEntry` calls them) else.

    The number is free in its year.
    A scan is a PDF or an image of the size that files may have. The day is not later than now and
    not before that of the basis; it is received on that day or later (NĐ 30/2020, Phụ lục I: the
    day of a paper is that of its issue). Of a paper that holds already, number and day are its own.
    """
    faults, facts = typed_faults(entry, about), None
    try:
        facts = examined_scan(entry.scan)
    except ValidationError as error:
        faults["scan"] = error.messages
    if not entry.signers.strip():
        faults["signers"] = [NO_SIGNER]
    if facts is None or faults:
        raise ValidationError(faults)
    return facts


def typed_faults(entry: CopyEntry, about: PaperBasis) -> dict[str, list[str]]:
    """What is wrong with number and days, by field; nothing of what is not typed yet."""
    faults: dict[str, list[str]] = {}
    if wrong := number_faults(entry.number, entry.signed_on, about.others):
        faults["number"] = wrong
    if wrong := day_faults(
        about.paper,
        entry.signed_on,
        timezone.localdate(),
        basis=about.basis,
        basis_day=about.day,
    ):
        faults["signed_on"] = wrong
    faults |= other_paper_faults(entry, about)
    if wrong := day_faults(
        RECEIVING.format(paper=about.paper),
        entry.received_on,
        timezone.localdate(),
        basis="việc ký bản giấy",
        basis_day=entry.signed_on,
    ):
        faults["received_on"] = wrong
    return faults


def examined_scan(scan: UploadedFile) -> FileFacts:
    """The facts of a file that is a PDF or an image; ValidationError else."""
    try:
        facts = examine(scan)
    except ValidationError as error:
        if error.code != OTHER:
            raise
        raise ValidationError(NO_SCAN.format(name=readable_name(scan.name or ""))) from error
    if facts.content_type not in SHOWN_INLINE:
        raise ValidationError(NO_SCAN.format(name=facts.name))
    return facts


def other_paper_faults(entry: CopyEntry, about: PaperBasis) -> dict[str, list[str]]:
    """Where number or day are not those of the paper that holds already, by field."""
    faults = {}
    if about.number and entry.number and entry.number != about.number:
        said = {"known": about.number, "typed": entry.number}
        faults["number"] = [OTHER_NUMBER.format(paper=about.paper, **said)]
    if about.dated and entry.signed_on and entry.signed_on != about.dated:
        said = {"known": short_date(about.dated), "typed": short_date(entry.signed_on)}
        faults["signed_on"] = [OTHER_DAY.format(paper=about.paper, **said)]
    return faults


@transaction.atomic
def keep_copy(
    entry: CopyEntry, *, subject: Model, kind: str, about: PaperBasis, actor: User
) -> SignedCopy:
    """Record the paper with its scan beside what was recorded before, and write the log book.

    Asks no right: the action that records has asked. `kind` must be registered. Raises
    ValidationError by field, also for a scan that this subject has already.
    """
    paper_permission(kind)
    facts = check_copy(entry, about)
    known = copies_of(subject, kind).filter(sha256=facts.sha256).first()
    if known:
        when = moment_words(known.recorded_at)
        raise ValidationError({"scan": KNOWN.format(when=when)})
    copy = SignedCopy(
        kind=kind,
        subject=subject,
        number=entry.number,
        signed_on=entry.signed_on,
        received_on=entry.received_on,
        signers=entry.signers.strip(),
        name=facts.name,
        content_type=facts.content_type,
        size=facts.size,
        sha256=facts.sha256,
        recorded_by=actor,
    )
    # The name on the disk says nothing of what was typed.
    stored_name = f"{facts.sha256[:32]}{facts.suffix}"
    try:
        put_kept(copy.file, stored_name, entry.scan, name=facts.name)
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error
    copy.full_clean()
    copy.save()
    label = f"Ghi nhận {about.paper[:1].lower()}{about.paper[1:]} ký trên giấy"
    note = f"{copy.words}; người ký: {'; '.join(copy.signer_lines)}"
    record(actor, "common.keep_copy", subject, label=label, note=note)
    return copy


def signed_words(signed_at: datetime, *, is_on_paper: bool, tells_hour: bool = True) -> str:
    """When something was signed: «14:05 05/01/2026»; a paper signed by hand names no hour.

    A list, too, tells no hour.
    """
    if is_on_paper:
        return f"{short_date(signed_at)}, ký trên giấy"
    return moment_words(signed_at) if tells_hour else short_date(signed_at)


def copies_of(subject: Model, kind: str) -> QuerySet:
    """The recorded copies of one paper of the subject, newest first: the first one counts."""
    found = ContentType.objects.get_for_model(subject)
    rows = SignedCopy.objects.filter(subject_type=found, subject_id=subject.pk, kind=kind)
    return rows.select_related("recorded_by")


def copy_rows(subject: Model, kind: str) -> list[dict[str, object]]:
    """What `papers/_signed_copies.html` shows; one query."""
    return [
        {
            "copy": copy,
            "is_newest": place == 0,
            "recorded": moment_words(copy.recorded_at),
            "signers": "; ".join(copy.signer_lines),
        }
        for place, copy in enumerate(copies_of(subject, kind))
    ]


def read_copy(copy: SignedCopy) -> bytes:
    """The scan as it was recorded; raises PaperDamaged when the file is gone or was changed."""
    try:
        return kept_bytes(copy.file, copy.sha256)
    except KeptFileError as error:
        raise PaperDamaged(DAMAGED) from error
