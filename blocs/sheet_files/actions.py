"""A filled Excel form of a sheet: first what it would change, then the change itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from blocs.reports.actions.reports import WRITABLE, require_state
from blocs.reports.actions.scores import save_scores
from blocs.reports.domain.cell_answers import CellError, FormLeaf, Readers
from blocs.reports.domain.sheet_rows import TypedRow, field_in_doubt
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, read_sheet
from blocs.scoring import Outcome, Question
from blocs.sheet_files.documents import ABOUT, ABOUT_NAME, SHEET_NAME
from blocs.sheet_files.domain.sheet_cells import FORM, Code
from blocs.sheet_files.domain.sheet_import import ReadAnswer, SheetReading, read_form
from blocs.years.domain.names import span_words
from blocs.years.models.regulation import decimals_of
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.files import readable_name
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import two_digits
from thidua.workbooks import (
    Fault,
    Faults,
    ReadSheet,
    cell_code,
    cell_day,
    cell_decimal,
    cell_percent,
    cell_text,
    read_workbook,
)

Value = TypeVar("Value")
DOWNLOAD = "Hãy tải mẫu ở trang này, chép số liệu sang rồi tải lên."
NOT_A_FORM = "Tệp “{name}” không phải là mẫu bảng điểm của phần mềm. " + DOWNLOAD
OTHER_FORM = "Tệp “{name}” làm theo mẫu đời khác ({form}). " + DOWNLOAD
OTHER_YEAR = (
    "Tệp “{name}” là mẫu của {bloc}, {theirs}; báo cáo này là của {own_bloc}, {ours}. "
) + DOWNLOAD
OTHER_UNIT = "Tệp “{name}” không có bảng điểm của đơn vị này (mã {code}). " + DOWNLOAD
OTHER_TABLE = (
    "Tệp “{name}” làm theo bảng chấm điểm phiên bản {old}; báo cáo áp dụng phiên bản {new}. "
) + DOWNLOAD
LOST_SHEET = "Tệp “{name}” không còn trang “{sheet}” của mẫu. " + DOWNLOAD
FIELDS = {"na": Code.LEFT_OUT, "target": Code.TARGET, "choice": Code.CHOICE, "note": Code.NOTE}


@dataclass(frozen=True)
class ImportedLeaf:
    """One leaf that the file changes: what is stored, what the file says, and its points then."""

    row: SheetRow
    answer: ReadAnswer
    outcome: Outcome

    @property
    def typed(self) -> TypedRow:
        """The change as it is saved; its writer has been shown what is stored now."""
        answer = self.answer
        return TypedRow(answer.leaf.criterion_id, answer.leaf.revision, answer.entry, answer.note)


@dataclass(frozen=True)
class SheetPreview:
    """What a file would do to a sheet; nothing may be written while it has faults."""

    file_name: str
    sheet: Sheet
    faults: tuple[Fault, ...]
    changes: tuple[ImportedLeaf, ...]
    total: Decimal


def preview_import(report: Report, *, upload: UploadedFile, actor: User) -> SheetPreview:
    """Read a filled form against the sheet of now; writes nothing.

    Raises ValidationError at the field `file` for a file that is no form of this report; what is
    wrong in single cells comes back as `faults`, all of it at once.
    """
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    name = readable_name(upload.name or "")
    try:
        page = _page_of(report, read_workbook(upload), name)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    sheet = read_sheet(report, is_plain=True)
    leaves = form_leaves(sheet)
    reading = read_form(page.rows, leaves, READERS, decimals=decimals_of(report.bloc_year))
    return _preview(name, sheet, page, reading)


@transaction.atomic
def apply_import(report: Report, *, rows: Sequence[TypedRow], source: str, actor: User) -> Report:
    """Save the changes of a previewed file, all or nothing; `source` is what the file is called.

    Raises OvertakenRowsError where somebody saved one of these leaves after the preview.
    """
    require(actor, "reports.edit_report", report)
    report = save_scores(report, rows=rows, actor=actor)
    label = f"Nhập điểm từ tệp Excel: {two_digits(len(rows))} tiêu chí"
    record(actor, "reports.import_scores", report, label=label, note=source)
    return report


def preview_rows(report: Report, *, rows: Sequence[TypedRow], name: str) -> SheetPreview:
    """The preview anew from changes that were shown before, against the sheet of now."""
    sheet = read_sheet(report)
    leaves = {leaf.criterion_id: leaf for leaf in form_leaves(sheet).values()}
    answers = tuple(
        ReadAnswer(leaves[row.criterion_id], 0, row.entry, row.note, row.revision, is_touched=True)
        for row in rows
        if row.criterion_id in leaves
    )
    return _preview(name, sheet, None, SheetReading(answers))


def form_leaves(sheet: Sheet) -> dict[str, FormLeaf]:
    """The leaves of a sheet as the reader of the form knows them, by path."""
    return {
        row.path: FormLeaf(
            path=row.path,
            criterion_id=row.criterion.pk,
            label=row.label,
            kind=row.criterion.kind,
            rule=row.criterion.rule,
            max_points=row.criterion.max_points,
            entry=row.entry,
            note=row.score.note if row.score else "",
            revision=row.score.revision if row.score else 0,
            measure=row.criterion.measure,
        )
        for row in sheet.rows
    }


def _page_of(report: Report, book: Mapping[str, ReadSheet], name: str) -> ReadSheet:
    """The form of this report in the file, which may hold the whole bloc."""
    forms = _forms_in(book)
    if not forms:
        raise ValidationError(NOT_A_FORM.format(name=name))
    first = forms[0]
    if first["mau"] != FORM:
        raise ValidationError(OTHER_FORM.format(name=name, form=first["mau"]))
    year = report.bloc_year
    ours = [form for form in forms if (form["khoi"], form["nam"]) == (year.bloc.code, year.span)]
    if not ours:
        raise ValidationError(
            OTHER_YEAR.format(
                name=name,
                bloc=first["khoi"],
                theirs=span_words(first["nam"]),
                own_bloc=year.bloc.code,
                ours=year.words,
            )
        )
    found = [form for form in ours if form["don_vi"] == report.unit.code]
    if not found:
        raise ValidationError(OTHER_UNIT.format(name=name, code=report.unit.code))
    return _current_page(report, found[0], book, name)


def _current_page(
    report: Report, form: dict, book: Mapping[str, ReadSheet], name: str
) -> ReadSheet:
    table = report.table
    if (form["phien_ban_bang"], form["ma_bang"]) != (str(table.version), table.fingerprint):
        theirs = form["phien_ban_bang"]
        old = theirs if theirs.isdecimal() and theirs != str(table.version) else "khác"
        versions = {"old": old, "new": table.version}
        raise ValidationError(OTHER_TABLE.format(name=name, **versions))
    if form["trang"] not in book:
        raise ValidationError(LOST_SHEET.format(name=name, sheet=form["trang"]))
    return book[form["trang"]]


def _forms_in(book: Mapping[str, ReadSheet]) -> list[dict[str, str]]:
    """What the hidden sheet says of each form of the file; nothing where there is none."""
    about = book.get(ABOUT_NAME)
    if about is None or tuple(about.rows[:1]) != (ABOUT,):
        return []
    blank = ("",) * len(ABOUT)
    return [
        dict(zip(ABOUT, map(cell_text, (*row, *blank)), strict=False))
        for row in about.rows[1:]
        if row
    ]


def _preview(
    name: str, sheet: Sheet, page: ReadSheet | None, reading: SheetReading
) -> SheetPreview:
    faults = Faults()
    page = page or ReadSheet(SHEET_NAME, ())
    for problem in reading.problems:
        faults.add(page, problem.row, problem.column, problem.reason)
    rows = {row.path: row for row in sheet.rows}
    changed = {answer.leaf.path: answer for answer in reading.changes}
    total = sheet.self_total({path: answer.entry for path, answer in changed.items()})
    for path, answer in changed.items():
        outcome = total.outcomes[path]
        if isinstance(outcome, Question):
            _question(faults, page, answer, reading.columns, outcome.sentence)
    changes = (
        ImportedLeaf(rows[path], answer, total.outcomes[path]) for path, answer in changed.items()
    )
    return SheetPreview(name, sheet, tuple(faults.found), tuple(changes), total.total)


def _question(faults, page, answer: ReadAnswer, columns: Mapping[Code, int], sentence: str) -> None:
    """The rule asks something: at the cell it is about, or by the number of the leaf."""
    leaf = answer.leaf
    if not columns:
        faults.found.append(Fault(page.name, leaf.label, "", sentence))
        return
    field = field_in_doubt(leaf.kind, leaf.rule, answer.entry)
    faults.add(page, answer.row, columns[FIELDS.get(field, Code.VALUE)], sentence)


def _reader(read: Callable[..., Value]) -> Callable[..., Value]:
    """A reader of cells as the domain wants it: its refusals are CellErrors."""

    def wrapped(value: object, *limits: int | Decimal | None) -> Value:
        try:
            return read(value, *limits)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error

    return wrapped


READERS = Readers(
    text=_reader(cell_text),
    code=_reader(cell_code),
    percent=_reader(cell_percent),
    number=_reader(cell_decimal),
    day=_reader(cell_day),
)
