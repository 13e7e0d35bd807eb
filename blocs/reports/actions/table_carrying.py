"""An amended table takes over the reports of the version before it; nothing typed is lost."""

from collections.abc import Mapping

from blocs.criteria.actions.tables import CARRIERS
from blocs.criteria.domain.table_changes import continued_lines
from blocs.criteria.models import CompetentBody, ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.criteria.models.tree import tree_of
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_basis import carry_basis
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import as_stored, read_sheet
from blocs.scoring import Points, SheetTotal
from thidua.common.activity import record
from thidua.common.basis import keep_basis
from thidua.common.changes import said

SEVERAL = ("corrections", "appeals")


@CARRIERS.add
def carry_over(
    earlier: ScoringTable, table: ScoringTable, *, actor, keeps_points: bool
) -> list[Report]:
    """Put every report of `earlier` on `table`; answers follow their line where its kind stays.

    With `keeps_points` only words differ and no point is touched. Else the points are computed
    anew; appraised points of a line whose own points change are dropped, they judged another
    result. What has no line any more stays with the old version and is written to the log book.
    """
    lines = continued_criteria(earlier, table)
    reports = list(
        Report.objects.select_for_update(of=("self",)).filter(table=earlier).order_by("pk")
    )
    before = {report.pk: _left_behind(report, lines) for report in reports}
    for old, new in lines.items():
        Score.objects.filter(report__in=reports, criterion=old).update(criterion=new)
    _carry_judgements(reports, lines)
    for body in CompetentBody.objects.filter(bloc_year=table.bloc_year_id):
        body.criteria.set([lines.get(pk, pk) for pk in body.criteria.values_list("pk", flat=True)])
    for report in reports:
        report.table = table
        carry_basis(report, lines)
        changes = before[report.pk] + ([] if keeps_points else _score_again(report))
        report.save()
        if keeps_points and report.sent_table_id:
            keep_basis(report, actor=actor)
        _tell(report, table, changes, actor)
    return reports


def continued_criteria(earlier: ScoringTable, table: ScoringTable) -> dict[int, int]:
    """Ids of the lines of `earlier` and of the lines that continue them with the same kind."""
    old, new = tree_of(earlier), tree_of(table)
    pairs = continued_lines(table_value(earlier), table_value(table))
    return {
        old.rows[before].pk: new.rows[path].pk
        for path, before in pairs.items()
        if before and old.rows[before].kind == new.rows[path].kind
    }


def _carry_judgements(reports: list[Report], lines: Mapping[int, int]) -> None:
    """Marks, corrections and appeals follow the line they are about."""
    for report in reports:
        for name in SEVERAL:
            for row in getattr(report, name).filter(criterion__in=lines):
                row.criterion_id = lines[row.criterion_id]
                row.save(update_fields=["criterion"])
        for assignment in report.assignments.all():
            for mark in assignment.marks.filter(criterion__in=lines):
                mark.criterion_id = lines[mark.criterion_id]
                mark.save(update_fields=["criterion"])


def _left_behind(report: Report, lines: Mapping[int, int]) -> list[dict]:
    """What was typed at lines that the amendment has no more, for the log book."""
    scores = report.scores.exclude(criterion__in=lines).select_related("criterion")
    scores = scores.prefetch_related("evidence").order_by("pk")
    return [
        {"field": f"bỏ mục {score.criterion}", "before": _answer_words(score), "after": ""}
        for score in scores
    ]


def _answer_words(score: Score) -> str:
    """Everything that stands at one leaf, on one line."""
    facts = "; ".join(f"{key}: {said(value)}" for key, value in score.facts.items())
    files = ", ".join(str(file) for file in score.evidence.all())
    told = {
        "chỉ tiêu": said(score.target),
        "kết quả": said(score.value),
        "mức": score.choice,
        "số liệu": facts,
        "thuyết minh": score.note,
        "điểm tự chấm": said(score.self_points),
        "điểm thẩm định": said(score.appraised_points),
        "minh chứng": files,
    }
    return "; ".join(f"{name} {text}" for name, text in told.items() if text)


def _score_again(report: Report) -> list[dict]:
    """Compute the points of all answers by the new table; returns what changed."""
    sheet = read_sheet(report)
    total = sheet.self_total()
    told = {row.score: _put_points(row, total) for row in sheet.rows if row.score}
    Score.objects.bulk_update(
        [score for score, changes in told.items() if changes],
        ["self_points", "appraised_points", "appraisal_reason", "appraised_by", "revision"],
    )
    report.self_total = as_stored(total.total)
    if report.appraised_total is not None:
        report.appraised_total = as_stored(sheet.appraised_total().total)
    return [change for changes in told.values() for change in changes]


def _put_points(row: SheetRow, total: SheetTotal) -> list[dict]:
    """Set the new points of one answer; what that changes."""
    score, outcome = row.score, total.outcomes[row.path]
    points = as_stored(outcome.points) if isinstance(outcome, Points) else None
    if score.self_points == points:
        return []
    field = f"điểm tự chấm mục {row.label}"
    changes = [{"field": field, "before": said(score.self_points), "after": said(points)}]
    if score.appraised_points is not None:
        before = f"{said(score.appraised_points)} {score.appraisal_reason}".strip()
        field = f"điểm thẩm định mục {row.label}"
        changes.append({"field": field, "before": before, "after": ""})
    score.self_points, score.appraised_points = points, None
    score.appraisal_reason, score.appraised_by = "", None
    score.revision += 1
    return changes


def _tell(report: Report, table: ScoringTable, changes: list[dict], actor) -> None:
    record(
        actor,
        "reports.amend_report",
        report,
        label=f"Chuyển sang bảng chấm điểm sửa đổi lần {table.amendment}",
        note=_note(changes),
        changes=changes,
    )


def _note(changes: list[dict]) -> str:
    """The log book of the report shows notes; so what was left behind stands in words."""
    told = [f"{change['field']}: {change['before']} → {change['after']}" for change in changes]
    return "\n".join(line.removesuffix(" → ") for line in told)
