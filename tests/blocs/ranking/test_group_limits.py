"""A stated limit of a group cuts what is counted: cell, sheet, papers, ranking, proof, what-if."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.criteria.actions.tables import from_table
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import fingerprint_of, table_file
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.rankings import ranking_of
from blocs.ranking.models.simulations import moves_under
from blocs.reports.forms.sheet_strings import name_of, shown_answer, token_of
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.scoring.totals.tables import from_json
from blocs.states import ReportState, SeatRole, TableState, YearState
from tests.factories.blocs import BlocYearFactory, ReportFactory, year_with_members
from tests.factories.people import editor_of, official
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal


def leaf(code, kind, most=None, **rule):
    return {"code": code, "name_vi": f"Dòng {code}", "kind": kind, "max_points": most, **rule}


def group(code, name, most, *children, **rule):
    return {
        "code": code, "name_vi": name, "kind": "group", "max_points": most,
        "children": list(children), **rule,
    }  # fmt: skip


# Three levels: the rewards for work may give 5, all rewards 12.
TABLE = {
    "schema": "criteria-table/1",
    "scale": {"total_max": "100"},
    "sections": [
        group("I", "Nhiệm vụ", "100", leaf("1", "direct", "100")),
        group(
            "T",
            "Điểm thưởng",
            "12",
            group("T1", "Thưởng thành tích", "5", leaf("1", "bonus", "3"), leaf("2", "bonus", "3")),
            group("T2", "Thưởng sáng kiến", "10", leaf("1", "bonus", "10")),
        ),
        group(
            "P",
            "Trừ kỷ luật",
            "4",
            leaf("1", "deduction", per_unit="2"),
            leaf("2", "deduction", per_unit="3"),
        ),
    ],
}
LEAVES = ("I/1", "T/T1/1", "T/T1/2", "T/T2/1", "P/1", "P/2")


def published(year, data=None):
    table = from_table(year, from_json(data or TABLE), title="Bảng chấm điểm")
    ScoringTable.objects.filter(pk=table.pk).update(
        state=TableState.PUBLISHED,
        published_at=timezone.now(),
        fingerprint=fingerprint_of(table_file(table)),
    )
    return ScoringTable.objects.get(pk=table.pk)


def save_cells(client, report, answers):
    """Type one cell after the other, as the page does; what the last answer told."""
    client.force_login(editor_of(report.unit))
    for path, value in answers.items():
        row = next(row for row in read_sheet(report).rows if row.path == path)
        shown = shown_answer(row)
        data = {name_of(row, field): text for field, text in (shown | {"value": value}).items()}
        data.pop(name_of(row, "na"), None)
        data[name_of(row, "token")] = token_of(row, shown)
        told = client.post(reverse("reports:sheet_autosave", args=(report.pk,)), data).json()
        assert told["rows"][name_of(row, "token").removesuffix("-token")].get("errors") is None
    return told


def report_of(**kwargs):
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    return ReportFactory(bloc_year=year, unit=year.head, table=published(year, **kwargs))


def agreed(report):
    """The report appraised as the unit scored itself."""
    for score in report.scores.exclude(self_points=None):
        score.appraised_points = score.self_points
        score.save()
    fresh = Report.objects.get(pk=report.pk)
    now = timezone.now()
    Report.objects.filter(pk=report.pk).update(
        state=ReportState.APPRAISED,
        submitted_at=now,
        first_submitted_at=now,
        appraised_total=fresh.self_total,
    )
    return Report.objects.get(pk=report.pk)


# The files of the fault: bonus lines, times of the two deductions, the total that is right.
CASES = (
    (("3", "3", "10"), ("0", "0"), "95,00", "92,00"),
    (("3", "3", "10"), ("1", "2"), "91,00", "88,00"),
    (("2", "2", "0"), ("1", "0"), "82,00", "82,00"),
    (("3", "0", "10"), ("0", "1"), "90,00", "89,00"),
)


def without_upper_limit():
    return json.loads(json.dumps(TABLE).replace('"12"', "null"))


@pytest.mark.parametrize(("bonus", "times", "right", "nested"), CASES)
def test_cells_add_up_to_the_stated_maximum(client, bonus, times, right, nested):
    answers = dict(zip(LEAVES, ("80", *bonus, *times), strict=True))
    for data, expected in ((without_upper_limit(), right), (TABLE, nested)):
        told = save_cells(client, report_of(data=data), answers)
        assert told["foot"]["own"] == expected


def test_page_paper_and_excel_say_what_was_cut(client):
    report = report_of()
    answers = dict(zip(LEAVES, ("80", "3", "3", "10", "1", "2"), strict=True))
    told = save_cells(client, report, answers)
    notes = [
        "“Điểm thưởng”: 15, được tính tối đa 12.",
        "“Thưởng thành tích”: 6, được tính tối đa 5.",
        "“Trừ kỷ luật”: trừ 8, chỉ trừ tối đa 4.",
    ]
    assert told["notes"] == notes
    report = agreed(report)
    page = client.get(report.get_absolute_url())
    shown = {line.name: (line.rule, line.own) for line in page.context["lines"] if line.is_group}
    assert shown == {
        "Nhiệm vụ": ("", "80,00"),
        "Điểm thưởng": ("Cộng tối đa 12 điểm.", "12,00"),
        "Thưởng thành tích": ("Cộng tối đa 5 điểm.", "5,00"),
        "Thưởng sáng kiến": ("Cộng tối đa 10 điểm.", "10,00"),
        "Trừ kỷ luật": ("Trừ tối đa 4 điểm.", "−4,00"),
    }
    assert (page.context["foot"].own, list(page.context["foot"].notes)) == ("88,00", notes)
    paper = score_sheet_paper(report, shows_appraisal=True)
    groups = {line.name: (line.points, line.reason) for line in paper.lines if line.kind == "group"}
    assert groups["Thưởng thành tích"] == ("5,00", "6, được tính tối đa 5")
    assert groups["Trừ kỷ luật"] == ("−4,00", "trừ 8, chỉ trừ tối đa 4")
    assert (paper.lines[-1].points, list(paper.notes[:3])) == ("88,00", notes)
    book = client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,)))
    page = load_workbook(io.BytesIO(book.getvalue()))["Bảng điểm"]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(row for row in cells if "Điểm tự chấm" in row)
    own, note = head.index("Điểm tự chấm"), head.index("Thuyết minh")
    found = {row[1]: (row[own], row[note]) for row in cells if row[1] in shown}
    assert found["Thưởng thành tích"] == (5, "6, được tính tối đa 5")
    assert found["Nhiệm vụ"] == (80, None)


def test_ranking_and_proof_count_what_the_sheet_counts(client, tmp_path, capsys):
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    table = published(year)
    for member, bonus in zip(year.members.order_by("order"), ("3", "2", "1"), strict=True):
        report = ReportFactory(bloc_year=year, unit=member.unit, table=table)
        answers = ("80", bonus, "3", "10", "1", "2")
        save_cells(client, report, dict(zip(LEAVES, answers, strict=True)))
        agreed(report)
    ranking = ranking_of(year)
    assert [(row.given.total, row.placed.place) for row in ranking.rows] == [(D(88), 1)] * 3
    client.force_login(official(SeatRole.OFFICE))
    found = client.get(reverse("ranking:ranking_proof", args=(year.pk,)))
    path = tmp_path / "kiem-chung.json"
    path.write_bytes(found.getvalue())
    call_command("recompute_ranking", str(path))
    told = json.loads(capsys.readouterr().out)
    assert ([row["total"] for row in told["units"]], told["mismatches"]) == (["88"] * 3, [])


def test_what_if_cuts_by_the_maximum_of_the_draft(client):
    last = year_with_members(3, year=2025, state=YearState.IN_PROGRESS)
    report = ReportFactory(bloc_year=last, unit=last.head, table=published(last))
    answers = ("80", "3", "3", "10", "0", "0")
    save_cells(client, report, dict(zip(LEAVES, answers, strict=True)))
    agreed(report)
    year = BlocYearFactory(bloc=last.bloc, year=2026, head=last.head)
    draft = from_table(
        year, from_json(json.loads(json.dumps(TABLE).replace('"5"', '"1"'))), title=""
    )
    (move,) = moves_under(draft, last)
    assert (move.old_total, move.new.total) == (D(92), D(91))


def test_form_of_a_group_states_floor_ceiling_and_coefficient(client):
    """«Hệ số 2» and «không dưới 0»: 2 × 30 less 70 of deductions counts 0, not −10."""
    year = year_with_members(3, state=YearState.OPEN)
    table = from_table(year, from_json(mixed()), title="Bảng chấm điểm")
    client.force_login(editor_of(year.head))
    row = table.criteria.get(code="I")
    typed = {"name": "Nhiệm vụ", "code": "I", "max_points": "60"}
    url = reverse("criteria:criterion_edit", args=(row.pk,))
    wrong = save(client, url, typed | {"coefficient": "2", "floor": "1"})
    assert wrong.context["form"].non_field_errors() == [
        "Mức ít nhất 1 của nhóm lớn hơn 0, nhóm chưa chấm cũng có điểm; chỉ ghi 0 hoặc số âm."
    ]
    save(client, url, typed | {"coefficient": "2", "floor": "0"})
    row.refresh_from_db()
    assert row.rule == {"coefficient": "2", "floor": "0"}


def mixed(**rule):
    return {
        "schema": "criteria-table/1",
        "scale": {"total_max": "100"},
        "sections": [
            group("I", "Nhiệm vụ", "60", leaf("1", "direct", "30"),
                  leaf("2", "deduction", per_unit="5"), **rule),
            group("II", "Phong trào", "40", leaf("1", "direct", "40")),
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "answers", "total", "notes"),
    [
        ({"coefficient": "2"}, ("25", "1", "40"), "80,00", []),
        (
            {"coefficient": "2", "floor": "0"},
            ("25", "7", "40"),
            "40,00",
            ["“Nhiệm vụ”: −20, được tính tối thiểu 0."],
        ),
        (
            {"coefficient": "2", "ceiling": "45"},
            ("25", "0", "40"),
            "85,00",
            ["“Nhiệm vụ”: 50, được tính tối đa 45."],
        ),
    ],
)
def test_coefficient_comes_before_floor_and_ceiling(client, rule, answers, total, notes):
    report = report_of(data=mixed(**rule))
    told = save_cells(client, report, dict(zip(("I/1", "I/2", "II/1"), answers, strict=True)))
    assert (told["foot"]["own"], told["notes"]) == (total, notes)


def test_check_list_refuses_a_maximum_that_could_not_be_applied(client):
    year = year_with_members(3, state=YearState.OPEN)
    data = mixed(coefficient="2")
    data["sections"].append(
        group(
            "T", "Thưởng, trừ", "5", leaf("1", "bonus", "3"), leaf("2", "deduction", per_unit="1")
        )
    )
    table = from_table(year, from_json(data), title="Bảng chấm điểm")
    client.force_login(editor_of(year.head))
    page = client.get(table.get_absolute_url())
    rows = {row.name: (row.rule, row.sums, row.gap, row.faults) for row in page.context["rows"]}
    assert rows["Nhiệm vụ"] == ("Hệ số 2.", "60", "", ())
    assert rows["Thưởng, trừ"][3] == (
        "Nhóm có cả điểm thưởng và điểm trừ nên không rõ điểm tối đa giới hạn bên nào; hãy tách "
        "thành hai nhóm, hoặc để trống điểm tối đa và ghi mức nhiều nhất, ít nhất của nhóm.",
    )
