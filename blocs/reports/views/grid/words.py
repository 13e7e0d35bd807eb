"""A score sheet as strings: numbers are formatted here, so that the templates only print."""

from decimal import Decimal

from django.urls import reverse

from blocs.reports.domain.sheet_rows import answer_words
from blocs.reports.domain.whole_sums import groups_above
from blocs.reports.forms.scores import SheetForm
from blocs.reports.forms.sheet_strings import name_of
from blocs.reports.models.beside import beside_words
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet
from blocs.reports.views.grid.boxes import boxes_of
from blocs.reports.views.grid.lines import File, Foot, SheetLine
from blocs.scoring import Missing, SheetTotal, Waiting, rule_words, walk
from blocs.scoring.terms.numbers import read_decimal
from blocs.scoring.totals.group_limits import limit_words
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.years.models.regulation import decimals_of
from thidua.common.stamps import theirs
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import (
    format_difference,
    format_input,
    points_text,
    printed_gap,
)

WAITS = "chờ số liệu của các đơn vị"
EMPTY = "để trống"


class SheetWords:
    """The strings of one sheet; `shows_given` adds what the appraisers gave."""

    def __init__(self, sheet: Sheet, *, shows_given: bool, form: SheetForm | None = None):
        self.sheet, self.form, self.shows_given = sheet, form, shows_given
        self.decimals = decimals_of(sheet.report.bloc_year)
        self.own_total = sheet.stored_total()
        self.given_total = sheet.appraised_total() if shows_given else None
        self.own = sums_of(sheet, "self_points", self.own_total)
        self.given = sums_of(sheet, "appraised_points", self.given_total)
        self.limits = {path: limit_words(node) for path, node in walk(sheet.tree.nodes)}
        self.zeros = {row.path for row in sheet.left_empty()}
        self.open_own = sheet.open_paths("self_points")
        self.open_given = sheet.open_paths("appraised_points") if shows_given else frozenset()

    def points(self, value: Decimal | None) -> str:
        return points_text(value, self.decimals)

    def lines(self) -> list[SheetLine]:
        """All lines of the table from the top down."""
        rows = {row.path: row for row in self.sheet.rows}
        return [
            self.leaf(rows[path]) if path in rows else self.group(path)
            for path in self.sheet.tree.rows
        ]

    def group(self, path: str) -> SheetLine:
        node = self.sheet.tree.rows[path]
        return SheetLine(
            is_group=True,
            anchor=f"nhom-{node.pk}",
            number=self.sheet.tree.printed[path],
            name=node.name,
            maximum=self.points(node.max_points or None),
            rule=self.limits[path],
            **self.group_sums(path),
            lacks_own=path in self.open_own and path in self.own,
            lacks_given=path in self.open_given and path in self.given,
        )

    def group_sums(self, path: str) -> dict[str, str]:
        """The figures of a group that change with its leaves."""
        own, given = self.own.get(path), self.given.get(path)
        difference, tone = self.difference(own, given, path)
        return {
            "own": self.points(own),
            "given": self.points(given),
            "difference": difference,
            "tone": tone,
        }

    def leaf_sums(self, row: SheetRow) -> dict[str, str]:
        """The figures of a leaf that follow from its answer and its appraisal."""
        score = row.score
        own = score.self_points if score else None
        given = score.appraised_points if score and self.shows_given else None
        difference, tone = self.difference(own, given)
        return {
            "own": self.points(own),
            "pending": self.pending(row) if own is None else row.doubt,
            "given": self.points(given),
            "difference": difference,
            "tone": tone,
        }

    def pending(self, row: SheetRow) -> str:
        """Why a leaf has no points of the unit, and what it counts where that is a rule."""
        return COUNTED_ZERO if row.path in self.zeros else pending_words(row)

    def sums(self) -> dict[str, dict[str, str]]:
        leaves = {f"tc-{row.criterion.pk}": self.leaf_sums(row) for row in self.sheet.rows}
        groups = {
            f"nhom-{row.pk}": self.group_sums(path)
            for path, row in self.sheet.tree.rows.items()
            if row.is_group
        }
        return leaves | groups

    def leaf(self, row: SheetRow) -> SheetLine:
        """A leaf with what was answered, and with inputs where the page has a form."""
        return SheetLine(**self.read_values(row), **(self.form_values(row) if self.form else {}))

    def read_values(self, row: SheetRow) -> dict:
        score, node = row.score, row.criterion
        return self.leaf_sums(row) | {
            "is_group": False,
            "anchor": f"tc-{node.pk}",
            "number": row.outline,
            "name": node.name,
            "maximum": self.points(node.max_points or None),
            "answer": words_of(row),
            "note": score.note if score else "",
            "reason": score.appraisal_reason if score and self.shows_given else "",
            "beside": self.beside(row),
            "rule": rule_words(node.kind, node.rule, node.max_points, node.measure),
            "files": files_of(row),
            "lacks_file": node.needs_evidence and not row.files,
            "is_asked": row.is_filled if self.shows_given else row.needs_answer,
            "is_open": is_open(row, is_given=self.shows_given),
            "pk": node.pk,
        }

    def beside(self, row: SheetRow) -> str:
        """What must be known of the appraised points beside their number."""
        given = row.score.appraised_points if row.score and self.shows_given else None
        return beside_words(row, given)

    def form_values(self, row: SheetRow) -> dict:
        """The inputs of a row as they stand: stored, or typed and not saved yet."""
        shown, token = self.form.strings_of(row)
        errors = self.form.errors_of(row.criterion.pk)
        boxes = {box.field: box for box in boxes_of(row, shown, errors)}
        return {
            "token_name": name_of(row, "token"),
            "token": token,
            "target": boxes.pop("target", None),
            "fixed_target": fixed_target(row),
            "left_out": boxes.pop("na", None),
            "text": boxes.pop("note", None) or boxes.pop("reason", None),
            "boxes": tuple(boxes.values()),
            "conflict": self.conflict(row),
            "is_changed": row.criterion.pk in self.form.forms,
            "agreed": format_input(row.agreed),
            "is_not_agreed": differs_from_agreed(row),
        }

    def conflict(self, row: SheetRow) -> str:
        """What somebody else saved while this row was typed, who and when."""
        if row.criterion.pk not in self.form.conflicts or row.score is None:
            return ""
        stored, (shown, _) = self.form.show(row), self.form.strings_of(row)
        saved = stored["points"] if "points" in stored else words_of(row)
        parts = [saved or EMPTY]
        for field, label in (("note", "thuyết minh"), ("reason", "lý do")):
            if field in stored and stored[field] != shown[field]:
                parts.append(f"{label} “{stored[field]}”" if stored[field] else f"{label} {EMPTY}")
        who = f" ({row.score.saved_by}, {moment_words(row.score.saved_at)})"
        return theirs("; ".join(parts), who)

    def lacking(self) -> str:
        """What the unit, or its appraisers, have still to fill in."""
        left = sum(is_open(row, is_given=self.shows_given) for row in self.sheet.rows)
        return lacking_words(left, 0 if self.shows_given else len(self.sheet.without_evidence()))

    def foot(self) -> Foot:
        """The totals; the sum of a sheet nobody filled in stays empty."""
        report = self.sheet.report
        own = report.self_total if self.own else None
        given = report.appraised_total if self.given else None
        difference, tone = self.difference(own, given, "")
        total = self.given_total if self.given else self.own_total
        return Foot(
            maximum=self.points(report.table.total_max),
            own=self.points(own),
            given=self.points(given),
            difference=difference,
            tone=tone,
            notes=total.notes,
            lacks_own=own is not None and "" in self.open_own,
            lacks_given=given is not None and "" in self.open_given,
        )

    def difference(
        self, own: Decimal | None, given: Decimal | None, group: str | None = None
    ) -> tuple[str, str]:
        """Appraised minus own with its sign, and its tone; none where a side is not whole."""
        is_open = group is not None and group in self.open_own | self.open_given
        if own is None or given is None or is_open:
            return "", "same"
        change = printed_gap(given, own, self.decimals)
        tone = "up" if change > 0 else "down" if change < 0 else "same"
        return format_difference(given, own, self.decimals), tone


def sums_of(sheet: Sheet, column: str, total: SheetTotal | None) -> dict[str, Decimal]:
    """What is counted of one column by group, "" for the sheet; none where none has points."""
    if total is None:
        return {}
    scored = [row.path for row in sheet.rows if getattr(row.score, column, None) is not None]
    counted = {"": total.total, **total.groups}
    return {path: counted[path] for path in groups_above(scored)}


def pending_words(row: SheetRow) -> str:
    """Why a row that was answered has no points yet."""
    if row.entry.is_empty or row.entry.not_applicable:
        return ""
    outcome = row.outcome
    if isinstance(outcome, Missing):
        return outcome.sentence
    return WAITS if isinstance(outcome, Waiting) else ""


def is_open(row: SheetRow, *, is_given: bool) -> bool:
    """Whether a leaf still waits for its answer, or for the points of its appraisers."""
    return row.is_open("appraised_points") if is_given else row.needs_answer and not row.is_filled


def answered_words(sheet: Sheet) -> str:
    asked = [row for row in sheet.rows if row.needs_answer]
    return progress_words(sum(row.is_filled for row in asked), len(asked))


def progress_words(answered: int, asked: int) -> str:
    """How far the unit has come with its own sheet."""
    return f"Đã tự chấm {answered}/{asked} tiêu chí"


def lacking_words(cells: int, proofs: int = 0) -> str:
    """«còn 3 ô · thiếu 2 minh chứng»: leaves without points, leaves without the file they need."""
    counts = (f"còn {cells} ô" if cells else "", f"thiếu {proofs} minh chứng" if proofs else "")
    return " · ".join(filter(None, counts)) or "không còn ô trống"


def appraised_words(sheet: Sheet) -> str:
    filled = [row for row in sheet.rows if row.is_filled]
    return f"Đã thẩm định {len(filled) - len(sheet.not_appraised())}/{len(filled)} tiêu chí"


def words_of(row: SheetRow) -> str:
    node = row.criterion
    return answer_words(node.kind, node.rule, node.measure, row.entry)


def files_of(row: SheetRow) -> tuple[File, ...]:
    return tuple(
        File(file.name, reverse("reports:evidence_file", args=(file.pk,))) for file in row.files
    )


def differs_from_agreed(row: SheetRow) -> bool:
    """Whether the row is scored against another target than the one all units signed."""
    if row.agreed is None or row.entry.not_applicable:
        return False
    stored = row.entry.target
    target = read_decimal(row.criterion.rule.get("target")) if stored is None else stored
    return target is not None and target != row.agreed


def fixed_target(row: SheetRow) -> str:
    return format_input(read_decimal(row.criterion.rule.get("target")))
