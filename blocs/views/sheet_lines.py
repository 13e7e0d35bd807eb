"""A score sheet as strings: numbers are formatted here, so that the templates only print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from blocs.domain.kind_words import rule_words
from blocs.domain.scoring import Input, InputType, Missing, Waiting
from blocs.domain.scoring.numbers import read_decimal
from blocs.domain.sheet_rows import answer_words, field_of, inputs_of
from blocs.forms.scores import PASSED, YES_NO, SheetForm
from blocs.forms.sheet_strings import name_of
from blocs.models.trees import Sheet, SheetRow, decimals_of
from thidua.common.numbers import format_decimal, format_difference, format_input

WAITS = "chờ số liệu của khối"
EMPTY = "để trống"


@dataclass(frozen=True)
class File:
    """A file of evidence as a link."""

    name: str
    url: str


@dataclass(frozen=True)
class Box:
    """One input: `kind` is number, choice, day, check or text; `field` names its column."""

    name: str
    field: str
    label: str
    kind: str
    value: str
    error: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a sheet to read; what is not known is an empty text, 0 is «0,00»."""

    is_group: bool
    anchor: str
    number: str
    name: str
    maximum: str
    own: str = ""
    pending: str = ""
    given: str = ""
    difference: str = ""
    tone: str = "same"
    answer: str = ""
    note: str = ""
    reason: str = ""
    rule: str = ""
    files: tuple[File, ...] = ()
    lacks_file: bool = False
    # Only on pages that are filled in.
    pk: int = 0
    token: Box | None = None
    target: Box | None = None
    fixed_target: str = ""
    left_out: Box | None = None
    boxes: tuple[Box, ...] = ()
    text: Box | None = None
    conflict: str = ""

    @property
    def has_one_box(self):
        return len(self.boxes) == 1


@dataclass(frozen=True)
class Foot:
    """The last line of a sheet and the sentences under it."""

    maximum: str
    own: str
    given: str
    difference: str
    tone: str
    notes: tuple[str, ...]


class SheetWords:
    """The strings of one sheet; `shows_given` adds what the appraisers gave."""

    def __init__(self, sheet: Sheet, *, shows_given: bool, form: SheetForm | None = None):
        self.sheet, self.form, self.shows_given = sheet, form, shows_given
        self.decimals = decimals_of(sheet.report.bloc_year)
        self.own = sheet.stored_total()
        self.given = sheet.appraised_total() if shows_given else None
        self.own_groups = groups_with(sheet, "self_points")
        self.given_groups = groups_with(sheet, "appraised_points") if shows_given else set()
        self.open_groups = groups_above(sheet.not_appraised()) if shows_given else set()

    def points(self, value: Decimal | None) -> str:
        return "" if value is None else format_decimal(value, self.decimals)

    def lines(self) -> list[Line]:
        """All lines of the table from the top down."""
        rows = {row.path: row for row in self.sheet.rows}
        return [
            self.leaf(rows[path]) if path in rows else self.group(path)
            for path in self.sheet.tree.rows
        ]

    def group(self, path: str) -> Line:
        node = self.sheet.tree.rows[path]
        own = self.own.groups[path] if path in self.own_groups else None
        given = self.given.groups[path] if path in self.given_groups else None
        difference, tone = self.difference(own, given, path)
        return Line(
            is_group=True,
            anchor=f"nhom-{node.pk}",
            number=self.sheet.tree.numbers[path],
            name=node.name,
            maximum=self.points(node.max_points or None),
            own=self.points(own),
            given=self.points(given),
            difference=difference,
            tone=tone,
        )

    def leaf(self, row: SheetRow) -> Line:
        """A leaf with what was answered, and with inputs where the page has a form."""
        return Line(**self.read_values(row), **(self.form_values(row) if self.form else {}))

    def read_values(self, row: SheetRow) -> dict:
        score, node = row.score, row.criterion
        own = score.self_points if score else None
        given = score.appraised_points if score and self.shows_given else None
        difference, tone = self.difference(own, given)
        return {
            "is_group": False,
            "anchor": f"tc-{node.pk}",
            "number": row.outline,
            "name": node.name,
            "maximum": self.points(node.max_points or None),
            "own": self.points(own),
            "pending": pending_words(row) if own is None else "",
            "given": self.points(given),
            "difference": difference,
            "tone": tone,
            "answer": words_of(row),
            "note": score.note if score else "",
            "reason": score.appraisal_reason if score and self.shows_given else "",
            "rule": rule_words(node.kind, node.rule, node.max_points, node.measure),
            "files": files_of(row),
            "lacks_file": node.needs_evidence and not row.files,
            "pk": node.pk,
        }

    def form_values(self, row: SheetRow) -> dict:
        """The inputs of a row as they stand: stored, or typed and not saved yet."""
        shown, token = self.form.strings_of(row)
        errors = self.form.errors_of(row.criterion.pk)
        boxes = {box.field: box for box in boxes_of(row, shown, errors) if box.field in shown}
        target, left_out = boxes.pop("target", None), boxes.pop("na", None)
        text = boxes.pop("note", None) or boxes.pop("reason", None)
        return {
            "token": Box(name_of(row, "token"), "token", "", "token", token),
            "target": target,
            "fixed_target": fixed_target(row),
            "left_out": left_out,
            "boxes": tuple(boxes.values()),
            "text": text,
            "conflict": self.conflict(row, shown),
        }

    def conflict(self, row: SheetRow, shown: dict[str, str]) -> str:
        """What somebody else saved while this row was typed, who and when."""
        if row.criterion.pk not in self.form.conflicts or row.score is None:
            return ""
        stored = self.form.show(row)
        saved = stored["points"] if "points" in stored else words_of(row)
        parts = [saved or EMPTY]
        for field, label in (("note", "thuyết minh"), ("reason", "lý do")):
            if field in stored and stored[field] != shown[field]:
                parts.append(f"{label} “{stored[field]}”" if stored[field] else f"{label} {EMPTY}")
        at = timezone.localtime(row.score.saved_at)
        return f"Người khác đã lưu: {'; '.join(parts)} ({row.score.saved_by}, {at:%H:%M %d/%m/%Y})"

    def foot(self) -> Foot:
        """The totals; the sum of a sheet nobody filled in stays empty."""
        report = self.sheet.report
        own = report.self_total if self.own_groups else None
        given = report.appraised_total if self.given_groups else None
        difference, tone = self.difference(own, given, "")
        notes = (self.given if self.given_groups else self.own).notes
        return Foot(
            maximum=self.points(report.table.total_max),
            own=self.points(own),
            given=self.points(given),
            difference=difference,
            tone=tone,
            notes=notes,
        )

    def difference(
        self, own: Decimal | None, given: Decimal | None, group: str | None = None
    ) -> tuple[str, str]:
        """Appraised minus own with its sign, and its tone; none for a group half appraised."""
        if own is None or given is None or group in self.open_groups:
            return "", "same"
        change = given - own
        tone = "up" if change > 0 else "down" if change < 0 else "same"
        return format_difference(change, self.decimals), tone


def groups_with(sheet: Sheet, column: str) -> set[str]:
    """Paths of the groups under which at least one leaf has points; "" stands for the sheet."""
    return groups_above(
        row for row in sheet.rows if row.score and getattr(row.score, column) is not None
    )


def groups_above(rows: Iterable[SheetRow]) -> set[str]:
    """Paths of all groups that hold one of the rows, "" for the sheet as a whole."""
    found = set()
    for row in rows:
        parts = row.path.split("/")
        found.update("/".join(parts[:depth]) for depth in range(len(parts)))
    return found


def pending_words(row: SheetRow) -> str:
    """Why a row that was answered has no points yet."""
    if row.entry.is_empty or row.entry.not_applicable:
        return ""
    outcome = row.outcome
    if isinstance(outcome, Missing):
        return outcome.sentence
    return WAITS if isinstance(outcome, Waiting) else ""


def words_of(row: SheetRow) -> str:
    node = row.criterion
    return answer_words(node.kind, node.rule, node.measure, row.entry)


def files_of(row: SheetRow) -> tuple[File, ...]:
    return tuple(
        File(file.name, reverse("blocs:evidence_file", args=(file.pk,))) for file in row.files
    )


def fixed_target(row: SheetRow) -> str:
    """The target that the table sets for everybody."""
    return format_input(read_decimal(row.criterion.rule.get("target")))


def boxes_of(row: SheetRow, shown: dict[str, str], errors: dict[str, str]) -> Iterator[Box]:
    """Every input the row can have, in the order of the page."""

    def box(field, label, kind, **more):
        name = name_of(row, field)
        error = errors.get(field, "")
        return Box(name, field, label, kind, shown.get(field, ""), error, **more)

    questions = inputs_of(row.criterion.kind, row.criterion.rule)
    for asked in questions:
        options = options_of(asked)
        kind = "choice" if options else "day" if asked.fact_type == "date" else "number"
        unit = unit_of(asked, row)
        yield box(field_of(asked), asked.label, kind, unit=unit, options=options)
    yield box("points", "Điểm thẩm định", "number")
    yield box("na", "Không giao", "check")
    yield box("note", "Thuyết minh", "text")
    yield box("reason", "Lý do", "text")


def options_of(asked: Input) -> tuple[tuple[str, str], ...]:
    if asked.type is InputType.PASSED:
        return PASSED
    if asked.type is InputType.LEVEL:
        return (("", "Chưa chọn"), *((label, label) for label in asked.choices))
    return YES_NO if asked.fact_type == "yes_no" else ()


def unit_of(asked: Input, row: SheetRow) -> str:
    """The measure written beside an input."""
    if asked.type is InputType.TARGET:
        return ""
    if asked.type is InputType.POINTS:
        return "điểm"
    if asked.type is InputType.FACT:
        return asked.unit
    return row.criterion.measure
