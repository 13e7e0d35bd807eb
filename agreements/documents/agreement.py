"""Giao ước thi đua: text, targets, and one place for the signature of every unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from agreements.models import Agreement, Signature
from agreements.models.answers import UnitAnswer, needed_share, set_apart, unit_answers
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.units.models import Unit
from blocs.years.documents import (
    LINE,
    bases_of,
    bloc_letterhead,
    bloc_signer,
    numbered,
    place_date,
)
from blocs.years.domain.rule_words import signature_words
from blocs.years.models import BlocYear
from blocs.years.models.changes import MemberChange, changes_in_force, sentences_of
from blocs.years.models.leaderships import year_leaders
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.numbers import format_trimmed, two_digits
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import PaperPart, PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of

WITNESS = "ĐẠI DIỆN CHỨNG KIẾN"


@dataclass(frozen=True)
class TargetRow:
    """One target with its figure and unit of measure, as printed."""

    number: str
    name: str
    measure: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class UnitSigner:
    """The place of one unit; `name` is empty as long as nobody has signed."""

    unit_lines: tuple[str, ...]
    authority_lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Confirmation:
    """One signature given in the system."""

    number: str
    unit: str
    signer: str
    capacity: str
    signed_at: str


@form_of("agreement")
@dataclass(frozen=True, kw_only=True)
class AgreementPaper(PrintedPaper):
    """`parts` before `targets` and `later_parts` after them; no confirmations, no annex.

    `absent` names the units without whose signatures the agreement took effect, and why; `tables`
    the scoring table of each group of units, where the bloc has groups.
    """

    template: ClassVar[str] = "documents/agreement.html"
    version: ClassVar[str] = "4"

    subject_lines: tuple[str, ...]
    bases: tuple[str, ...]
    opening: str
    parts: tuple[PaperPart, ...]
    targets: tuple[TargetRow, ...]
    later_parts: tuple[PaperPart, ...]
    closing: str
    unit_signers: tuple[UnitSigner, ...]
    bloc_signer: Signer
    absent: tuple[str, ...] = ()
    attached_lines: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    changes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    witnesses: tuple[Signer, ...] = ()

    @property
    def signer_pairs(self) -> tuple[tuple[UnitSigner, ...], ...]:
        """The units two by two, as they stand on the paper; the last row may hold one."""
        units = self.unit_signers
        return tuple(units[start : start + 2] for start in range(0, len(units), 2))


def agreement_paper(agreement: Agreement, *, last: Signature | None = None) -> AgreementPaper:
    """The agreement as it is printed today; places stay empty while they may still be signed.

    `last` is a signature about to be given, so that the paper can be printed before it counts.
    Signatures given after the agreement had taken effect stand on a paper of their own.
    """
    year, bloc = agreement.bloc_year, agreement.bloc_year.bloc
    rows = unit_answers(agreement, last=last, day=agreement.effect_day)
    signatures = {row.unit.pk: row.signature for row in rows if row.signature and not row.is_late}
    units = [row.unit for row in rows if not row.is_late or row.owes]
    absent = [row for row in rows if row.owes and row.unit.pk not in signatures]
    absent = absent if agreement.missing_reason else []
    changes = changes_in_force(year)
    apart = set_apart(agreement, rows, changes)
    targets = tuple(target_row(target) for target in agreement.targets.all())
    return AgreementPaper(
        title=str(agreement),
        letterhead=bloc_letterhead(
            bloc, number=agreement.number, place_date=place_date(agreement.signed_on)
        ),
        subject_lines=break_lines(f"{year.title_words} của {bloc.name}", 52),
        bases=bases_of(agreement.bases, is_last=True, day=agreement.signed_on),
        opening=agreement.opening or standard_opening(agreement, len(units) - len(absent)),
        parts=parts_before(agreement, targets),
        targets=targets,
        later_parts=parts_after(agreement, targets),
        closing=closing(agreement.copies, bloc.head_word),
        tables=tuple(f"- {line}." for line in group_table_lines(year)),
        changes=other_changes(agreement, apart, changes),
        unit_signers=unit_signers(units, signatures, {row.unit.pk for row in absent}),
        absent=(
            *absent_lines(agreement, absent, sum(row.owes for row in rows)),
            *apart_lines(apart),
        ),
        bloc_signer=head_signer(agreement, signatures),
        witnesses=witness_signers(agreement.witness),
        confirmations=confirmations(units, signatures),
    )


def unit_signers(
    units: Sequence[Unit], signatures: Mapping[int, Signature], absent: Collection[int]
) -> tuple[UnitSigner, ...]:
    """A place for each unit, that of an absent one closed."""
    return tuple(
        absent_signer(unit) if unit.pk in absent else unit_signer(unit, signatures.get(unit.pk))
        for unit in units
    )


def confirmations(
    units: Sequence[Unit], signatures: Mapping[int, Signature]
) -> tuple[Confirmation, ...]:
    """The rows of the annex: who signed on the system, in the order of the units."""
    signed = (signatures[unit.pk] for unit in units if unit.pk in signatures)
    return tuple(confirmation(number, one) for number, one in enumerate(signed, start=1))


def group_table_lines(year: BlocYear) -> list[str]:
    """«nhóm “Doanh nghiệp”: Bảng …, phiên bản 1, điểm tối đa 120»; nothing without groups."""
    tables = tables_in_force(year).tables if year.is_divided else ()
    if not any(table.group_id for table in tables):
        return []
    return [
        f"{table.group_words or 'các đơn vị không thuộc nhóm nào'}: “{table.title}”, "
        f"{table.version_words}, điểm tối đa {format_trimmed(table.total_max, 4)}"
        for table in tables
    ]


def absent_lines(agreement: Agreement, absent: Sequence[UnitAnswer], owed: int) -> tuple[str, ...]:
    """How many of those that owe it signed, which rule that was enough for, and who did not."""
    if not absent:
        return ()
    threshold = needed_share(agreement)
    signed, needed = two_digits(owed - len(absent)), two_digits(threshold.needed(owed))
    return (
        f"Giao ước có hiệu lực với chữ ký của {signed}/{two_digits(owed)} đơn vị thành viên phải "
        f"ký (quy định của năm: {signature_words(threshold)} đơn vị thành viên, tức {needed} đơn "
        f"vị); lý do: {agreement.missing_reason.rstrip('.;')}. Đơn vị chưa ký:",
        *(absent_line(row) for row in absent),
    )


def apart_lines(apart: Sequence[MemberChange]) -> tuple[str, ...]:
    """The units that take no part in signing, each with the reason that the office recorded."""
    if not apart:
        return ()
    lines = (f"- {row.unit.name}: {row.words.rstrip('.;')}." for row in apart)
    return ("Đơn vị không tham gia ký giao ước:", *lines)


def other_changes(
    agreement: Agreement, apart: Sequence[MemberChange], changes: Sequence[MemberChange]
) -> tuple[str, ...]:
    """The changes of members until the day of the paper that it does not tell already."""
    told = {f"{row.unit} {row.words}" for row in apart}
    sentences = sentences_of(changes, agreement.paper_day)
    return tuple(one for one in sentences if one not in told)


def head_signer(agreement, signatures):
    """Whoever signed for the unit that led the bloc on the day of the agreement."""
    year, day = agreement.bloc_year, agreement.signed_on
    led = year_leaders(year, day)
    signature = signatures.get(led.head.pk) if led.head else None
    return bloc_signer(year, led, signature.signer_name if signature else "")


def witness_signers(words: str) -> tuple[Signer, ...]:
    """Who saw the units sign, beside the head of the bloc; no place where nobody was asked."""
    return (Signer((WITNESS,), "", break_lines(words, 40)),) if words.strip() else ()


def absent_line(row: UnitAnswer) -> str:
    """A late signature does not change what was so when the agreement took effect."""
    if row.declining:
        return f"- {row.unit.name}: không ký, lý do: {row.declining.reason.rstrip('.;')}."
    return f"- {row.unit.name}: chưa ký."


def absent_signer(unit):
    """No empty place is left where nobody can sign any more."""
    return UnitSigner(
        unit_lines=unit_lines(unit),
        authority_lines=(unit.leader_title.upper(),),
        name="(không có chữ ký khi giao ước có hiệu lực)",
    )


def parts_before(agreement, targets):
    """The contents and, where there are figures, the heading of their table."""
    contents = PaperPart("I. NỘI DUNG THI ĐUA", numbered(filled_lines(agreement.contents)))
    return (contents, PaperPart("II. CHỈ TIÊU PHẤN ĐẤU", ())) if targets else (contents,)


def parts_after(agreement, targets):
    if not agreement.execution.strip():
        return ()
    numeral = "III" if targets else "II"
    return (
        PaperPart(f"{numeral}. TỔ CHỨC THỰC HIỆN", numbered(filled_lines(agreement.execution))),
    )


def standard_opening(agreement, count):
    """The usual first sentence, where the bloc wrote none of its own."""
    when = long_date(agreement.signed_on) if agreement.signed_on else "ngày … tháng … năm …"
    where = agreement.place or "…"
    return (
        f"Hôm nay, {when}, tại {where}, đại diện {two_digits(count)} đơn vị thành viên "
        f"{agreement.bloc_year.bloc.name} thống nhất ký kết Giao ước thi đua "
        f"{agreement.bloc_year.words} với các nội dung sau:"
    )


def closing(copies, head_word):
    return (
        f"Giao ước này được lập thành {two_digits(copies)} bản có giá trị như nhau, mỗi đơn vị "
        f"thành viên giữ 01 bản, gửi cơ quan thường trực 01 bản, lưu {head_word} 01 bản./."
    )


def target_row(target):
    planned = format_trimmed(target.planned) if target.planned is not None else ""
    return TargetRow(str(target.order), target.name, target.measure, planned)


def unit_lines(unit):
    """The name as the office broke it by hand; one long line is broken evenly."""
    broken = filled_lines(unit.letterhead) or (unit.name.upper(),)
    return broken if len(broken) > 1 else break_lines(broken[0], LINE)


def unit_signer(unit, signature):
    """The place of one unit, with the authority line of whoever signed."""
    title = (signature.signer_title if signature else unit.leader_title).upper()
    authority = (title,)
    if signature and signature.capacity:
        head = f"{signature.capacity} {unit.leader_title.upper()}"
        authority = (head,) if unit.leader_title.upper() == title else (head, title)
    return UnitSigner(
        unit_lines=unit_lines(unit),
        authority_lines=authority,
        name=signature.signer_name if signature else "",
    )


def confirmation(number, signature):
    return Confirmation(
        number=str(number),
        unit=signature.unit.name,
        signer=f"{signature.signer_name}, {signature.signer_title}",
        capacity=signature.get_capacity_display(),
        signed_at=signature.signed_words,
    )
