"""Points side by side: a sheet against last year and the bloc, all sheets, what is too even."""

from dataclasses import dataclass

from django.views.generic import TemplateView

from blocs.appraisal.domain.deviation import AGAINST_WORDS, LeafPoints, deviations_of, middle
from blocs.appraisal.models.comparison import (
    bloc_points,
    compared_leaves,
    last_points,
    past_report,
    reasons_of,
    signs_of,
)
from blocs.reports.domain.sheet_rows import says_off_scale
from blocs.reports.views.grid.parts import joined, points_cell
from blocs.reports.views.reports import ReportPage
from blocs.states import COUNCIL_STATES
from blocs.units.models import Unit
from blocs.years.models.regulation import decimals_of, regulation_of
from blocs.years.views.years import YearMixin
from thidua.common.pages.views import ObjectMixin
from thidua.common.vietnamese.numbers import format_decimal, format_trimmed, points_text

EMPTY = "–"


def shown(points, decimals) -> str:
    return points_text(points, decimals) or EMPTY


def signed(mark, decimals) -> tuple[str, str]:
    return "▲" if mark.difference > 0 else "▼", format_trimmed(abs(mark.difference), decimals)


def mark_words(mark, decimals) -> str:
    """«▲ cao hơn 2,5 so với tự chấm»: the sign and the words say it, not a colour."""
    sign, difference = signed(mark, decimals)
    words = "cao hơn" if sign == "▲" else "thấp hơn"
    return f"{sign} {words} {difference} {AGAINST_WORDS[mark.against]}"


@dataclass(frozen=True)
class DeviationLine:
    """One leaf of one sheet with its four figures and what is beyond the threshold."""

    label: str
    name: str
    maximum: str
    own: str
    given: str
    last: str
    median: str
    marks: tuple[str, ...]
    reason: str = ""


class ReportDeviation(ReportPage, TemplateView):
    """Self, appraised, last year and median of the bloc in one row."""

    template_name = "appraisal/deviations/report.html"
    permission_required = "appraisal.compare_points"
    crumb = "Đối chiếu"

    def get_context_data(self, **kwargs):
        report = self.object
        report.bloc_year = self.bloc_year
        share = regulation_of(self.bloc_year).deviation_share
        past = past_report(report)
        bloc = bloc_points(self.bloc_year, [past.table] if past else ())
        last = last_points(past, report, bloc) if past else {}
        decimals = decimals_of(self.bloc_year)
        reasons = reasons_of(report)
        lines = [
            deviation_line(
                bloc.trees[report.table_id].label_of(path),
                row,
                points,
                share,
                decimals,
                reasons.get(row.pk, ""),
            )
            for path, row, points in compared_leaves(report, bloc, last)
        ]
        return super().get_context_data(
            lines=lines,
            marked=sum(bool(line.marks) for line in lines),
            share=format_trimmed(share, 2),
            **kwargs,
        )


def deviation_line(label, row, points: LeafPoints, share, decimals, reason) -> DeviationLine:
    return DeviationLine(
        label=label,
        name=row.name,
        maximum=format_trimmed(row.max_points, 4) if row.max_points else "",
        own=shown(points.own, decimals),
        given=shown(points.given, decimals),
        last=shown(points.last, decimals),
        median=shown(points.median, decimals),
        marks=tuple(mark_words(mark, decimals) for mark in deviations_of(points, share, decimals)),
        reason=reason if says_off_scale(reason) else "",
    )


@dataclass(frozen=True)
class MatrixLine:
    """One line of the table with a finished cell for every unit."""

    is_group: bool
    label: str
    name: str
    maximum: str
    cells: str = ""
    median: str = ""


class YearPoints(YearMixin, ObjectMixin, TemplateView):
    """All units and all leaves on one page; what the appraisers changed is told in the cell."""

    template_name = "appraisal/deviations/year.html"
    permission_required = "appraisal.compare_points"
    crumb = "Đối chiếu điểm"

    def get_context_data(self, **kwargs):
        bloc = bloc_points(self.bloc_year)
        rules = regulation_of(self.bloc_year)
        decimals = decimals_of(self.bloc_year)
        return super().get_context_data(
            matrices=[matrix_of(part, rules.deviation_share, decimals) for part in bloc.parts()],
            share=format_trimmed(rules.deviation_share, 2),
            **kwargs,
        )


@dataclass(frozen=True)
class Matrix:
    """The sheets of one table: `whose` is the group of units, or empty; units with addresses."""

    whose: str
    units: list[tuple[Unit, str]]
    lines: list[MatrixLine]
    totals: list[str]


def matrix_of(part, share, decimals) -> Matrix:
    """All units of one table beside its lines."""
    return Matrix(
        part.reports[0].table.group_words,
        [(report.unit, report.get_absolute_url()) for report in part.reports],
        matrix_lines(part, share, decimals),
        [total_words(report, decimals) for report in part.reports],
    )


def matrix_lines(bloc, share, decimals) -> list[MatrixLine]:
    """The tree with one cell a unit; 15 units of 60 leaves are 900 cells of joined strings."""
    if bloc.tree is None:
        return []
    units = [
        (report.unit_id, report.unit.short_name or report.unit.name) for report in bloc.reports
    ]
    found = []
    for path, row in bloc.tree.rows.items():
        label, maximum = bloc.tree.label_of(path), format_trimmed(row.max_points, 4)
        if row.is_group:
            found.append(MatrixLine(True, label, row.name, maximum))
            continue
        counted = middle(bloc.counted(path))
        cells = joined(
            matrix_cell(name, *bloc.pair(unit, path), row.max_points, share, decimals)
            for unit, name in units
        )
        found.append(MatrixLine(False, label, row.name, maximum, cells, shown(counted, decimals)))
    return found


def matrix_cell(name, own, given, maximum, share, decimals) -> str:
    """The points that count; beside them the unit's own where they differ, marked beyond share."""
    if given is None or own == given:
        counted = own if given is None else given
        return points_cell(name, shown(counted, decimals), is_quiet=given is None)
    marks = deviations_of(LeafPoints(own, given, maximum=maximum), share, decimals)
    mark = " ".join(signed(marks[0], decimals)) if marks else ""
    return points_cell(name, shown(given, decimals), own=shown(own, decimals), mark=mark)


def total_words(report, decimals) -> str:
    """The appraised total of the sheet once it is whole, else the unit's own, which it says."""
    if report.appraised_total is not None and report.state in COUNCIL_STATES:
        return format_decimal(report.appraised_total, decimals)
    own = shown(report.self_total, decimals)
    return own if report.self_total is None else f"{own} (tự chấm)"


class YearSigns(YearMixin, ObjectMixin, TemplateView):
    """Where the province might look closer: everybody at the top, texts and files alike."""

    template_name = "appraisal/deviations/signs.html"
    permission_required = "appraisal.view_signs"
    crumb = "Dấu hiệu hình thức"

    def get_context_data(self, **kwargs):
        signs = [
            {"sentence": alarm.sentence, "units": ", ".join(unit.name for unit in units)}
            for alarm, units in signs_of(self.bloc_year)
        ]
        share = format_trimmed(regulation_of(self.bloc_year).spread_share, 2)
        return super().get_context_data(signs=signs, share=share, **kwargs)
