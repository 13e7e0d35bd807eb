"""Everybody has 0: what a leaf compared with the best unit gives then is said by its own rule."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.actions.tables import from_table
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.simulations import moves_under
from blocs.scoring.totals.tables import from_json
from blocs.states import SeatRole, YearState
from tests.blocs.ranking.test_group_limits import agreed, group, leaf, published
from tests.factories.blocs import BlocYearFactory, ReportFactory, small_table, year_with_members
from tests.factories.people import editor_of, official
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal
SHARE, LEADER = "share_of_best", "relative_to_leader"


def table(formula, **rule):
    compared = leaf("1", "quantitative", "40", formula=formula, **rule)
    return {
        "schema": "criteria-table/1",
        "scale": {"total_max": "100"},
        "sections": [group("I", "Nhiệm vụ", "100", compared, leaf("2", "direct", "60"))],
    }


def bloc(data, figures=("0", "0", "0"), number=2026):
    """Three units that sent these figures at I/1 and 50 points at I/2."""
    year = year_with_members(3, year=number, state=YearState.CLOSING)
    scored_by = published(year, data)
    for member, figure in zip(year.members.order_by("order"), figures, strict=True):
        report = ReportFactory(bloc_year=year, unit=member.unit, table=scored_by, submitted=True)
        for code, value in (("1", figure), ("2", "50")):
            line = scored_by.criteria.get(code=code, parent__code="I")
            own = D(value) if code == "2" else None
            report.scores.create(criterion=line, value=D(value), self_points=own)
    return year


def settled(client, year):
    client.force_login(official(SeatRole.OFFICE))
    return client.post(reverse("ranking:relative_points", args=(year.pk,)))


@pytest.mark.parametrize(
    ("formula", "all_zero", "points", "total", "words"),
    [
        (SHARE, "full", "40,00", "90,00", "đều được điểm tối đa"),
        (SHARE, "none", "0,00", "50,00", "đều được 0 điểm"),
        (LEADER, "full", "40,00", "90,00", "đều được điểm tối đa"),
        (LEADER, "none", "0,00", "50,00", "đều được 0 điểm"),
    ],
)
def test_page_paper_excel_and_proof_give_what_the_rule_says(
    client, tmp_path, capsys, formula, all_zero, points, total, words
):
    year = bloc(table(formula, all_zero=all_zero))
    settled(client, year)
    reports = [agreed(report) for report in year.reports.order_by("pk")]
    report = reports[0]
    rule = f"Mọi đơn vị được so sánh đều có kết quả 0 thì {words}."
    page = client.get(report.get_absolute_url())
    told = {line.name: (line.rule.endswith(rule), line.own) for line in page.context["lines"]}
    assert told["Dòng 1"] == (True, points)
    paper = score_sheet_paper(report, shows_appraisal=True)
    assert (paper.lines[1].points, paper.lines[-1].points) == (points, total)
    book = client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,)))
    cells = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(book.getvalue()))["Bảng điểm"].iter_rows()
    ]
    own = next(row for row in cells if "Điểm tự chấm" in row).index("Điểm tự chấm")
    assert [row[own] for row in cells if row[1] == "Dòng 1"] == [float(points.replace(",", "."))]
    path = tmp_path / "kiem-chung.json"
    path.write_bytes(client.get(reverse("ranking:ranking_proof", args=(year.pk,))).getvalue())
    call_command("recompute_ranking", str(path))
    said = json.loads(capsys.readouterr().out)
    totals = [D(row["total"]) for row in said["units"]]
    assert (totals, said["mismatches"]) == ([D(total.replace(",", "."))] * 3, [])


def test_a_rule_that_says_nothing_asks_on_the_page(client):
    year = bloc(table(SHARE))
    client.force_login(official(SeatRole.OFFICE))
    rows = client.get(reverse("ranking:relative_points", args=(year.pk,))).context["rows"]
    assert [row.question for row in rows] == [
        "Các đơn vị cùng nhóm đều có kết quả 0 nên quy tắc không cho ra điểm."
    ] * 3


def test_one_result_above_nothing_leaves_the_parameter_aside(client):
    year = bloc(table(SHARE, all_zero="full"), ("0", "5", "10"))
    settled(client, year)
    found = year.reports.order_by("unit__years__order")
    own = [report.scores.get(criterion__code="1").self_points for report in found]
    assert own == [D(0), D(20), D(40)]


def test_what_if_asks_the_rule_of_the_draft(client):
    last = bloc(table(SHARE, all_zero="full"), number=2025)
    settled(client, last)
    for report in last.reports.all():
        agreed(report)
    year = BlocYearFactory(bloc=last.bloc, year=2026, head=last.head)
    draft = from_table(year, from_json(table(SHARE, all_zero="none")), title="")
    moves = moves_under(draft, last)
    assert [(move.old_total, move.new.total) for move in moves] == [(D(90), D(50))] * 3


def test_the_form_of_a_line_states_it_for_the_formulas_that_compare(client):
    year = year_with_members(state=YearState.OPEN)
    row = small_table(year, published=False).criteria.get(code="2", parent__code="I")
    client.force_login(editor_of(year.head))
    url = f"{reverse('criteria:criterion_edit', args=(row.pk,))}?cach=quantitative"
    typed = {"name": "Thu ngân sách", "code": "2", "max_points": "30"}
    kept = {}
    for formula, said in ((SHARE, "full"), (LEADER, "none"), ("proportional", "full")):
        save(client, url, typed | {"formula": formula, "all_zero": said})
        row.refresh_from_db()
        kept[formula] = row.rule
    assert kept == {
        SHARE: {"formula": SHARE, "all_zero": "full"},
        LEADER: {"formula": LEADER, "all_zero": "none"},
        "proportional": {"formula": "proportional"},
    }


def test_a_table_with_other_words_for_it_is_not_published(client):
    year = year_with_members(3, state=YearState.OPEN)
    draft = from_table(year, from_json(table(SHARE, all_zero="half")), title="Bảng chấm điểm")
    client.force_login(editor_of(year.head))
    rows = client.get(draft.get_absolute_url()).context["rows"]
    faults = {row.name: row.faults for row in rows}
    assert faults["Dòng 1"] == (
        "Quy tắc chưa nêu đúng điểm của các đơn vị khi mọi kết quả đều là 0.",
    )
