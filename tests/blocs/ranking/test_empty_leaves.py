"""A main leaf left empty blocks the sheet, or counts 0 where the rules of the year say so."""

import io
import json
import subprocess
import sys
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.models import ScoringTable
from blocs.ranking.documents.ranking_notes import beside_notes
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import ProofFileError, read_proof
from blocs.ranking.models.rankings import ranking_of
from blocs.ranking.models.simulations import moves_under
from blocs.reports.models import Report
from blocs.scoring import Entry, Node, TableRules, sheet_total
from blocs.scoring.ranking.line_figures import line_figures
from blocs.scoring.totals.given import given_table
from blocs.states import SeatRole, TableState, YearState
from tests.factories.blocs import ReportFactory, regulate, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, RATIO, row_of
from tests.page_desk import PageDesk
from thidua.year_check.opening import check

D = Decimal
ROOT = Path(__file__).parents[3]
TRUE = json.loads((Path(__file__).parent / "domain/two-units.json").read_text(encoding="utf-8"))
EMPTY = "để trống, tính 0 điểm theo quy định của năm"
ASKED = "Còn 01 tiêu chí để trống, theo quy định của năm được tính 0 điểm: I.2. Vẫn nộp?"
# What the unit writes, by the label of the leaf; I.2 (per cent in time, 30 points) stays empty.
WRITTEN = {DIRECT: {"value": "30,5"}, COUNT: {"value": "2"}}


def begun(written, *, unit=None, year=None, **rules):
    """A sheet in which a unit wrote these answers on its page."""
    year = year or year_with_members(3)
    regulate(year, **rules)
    table = year.tables.first() or small_table(year)
    report = ReportFactory(bloc_year=year, unit=unit or year.deputy, table=table)
    if written:
        cells = {
            f"s{row_of(report, label).criterion.pk}-{field}": text
            for label, answer in written.items()
            for field, text in answer.items()
        }
        page = PageDesk(editor_of(report.unit)).go(f"/bao-cao/{report.pk}/tu-cham/")
        page.press("Lưu bảng tự chấm", **cells)
    return Report.objects.for_page().get(pk=report.pk)


def sent(report):
    page = PageDesk(leader_of(report.unit)).go(move_of(report, "submit"))
    page.press("Nộp báo cáo", confirmed="on")
    return Report.objects.for_page().get(pk=report.pk)


def move_of(report, move):
    return reverse("reports:report_move", args=(report.pk, move))


def appraised(report):
    """The head, else the deputy, agrees to every figure that the unit has."""
    year = report.bloc_year
    desk = PageDesk(leader_of(year.deputy if report.unit == year.head else year.head))
    given = {
        f"s{score.criterion_id}-points": f"{score.self_points.normalize():f}".replace(".", ",")
        for score in report.scores.exclude(self_points=None)
    }
    desk.go(f"/bao-cao/{report.pk}/tham-dinh/").press("Lưu điểm thẩm định", **given)
    desk.go(f"/bao-cao/{report.pk}/").press("Hoàn thành thẩm định")
    return Report.objects.for_page().get(pk=report.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rules", "written", "held"),
    [
        ({}, WRITTEN, ["Còn 01 tiêu chí chưa tự chấm: I.2."]),
        # Half an answer, a result without its target, is no leaf that was left empty.
        (
            {"empty_is_zero": True},
            WRITTEN | {RATIO: {"value": "95"}},
            ["Còn 01 tiêu chí chưa tự chấm: I.2."],
        ),
        # Nobody sends a sheet in which nothing was written.
        ({"empty_is_zero": True}, {}, ["Còn 03 tiêu chí chưa tự chấm: I.1, I.2, II.1."]),
        ({"empty_is_zero": True}, WRITTEN, []),
    ],
)
def test_an_empty_leaf_holds_the_sheet_up_unless_a_rule_counts_it_zero(rules, written, held):
    report = begun(written, **rules)
    page = PageDesk(leader_of(report.unit)).go(move_of(report, "submit"))
    assert [held in page.html for held in held] == [True] * len(held)
    asked = ASKED in page.html
    page.post("Nộp báo cáo", {"confirmed": "on"})
    report.refresh_from_db()
    assert (asked, report.state) == (not held, "draft" if held else "submitted")


@pytest.mark.django_db
def test_every_page_and_paper_says_that_it_was_counted_zero(client):
    report = appraised(sent(begun(WRITTEN, empty_is_zero=True)))
    assert (report.state, report.self_total, report.appraised_total) == (
        "appraised",
        D("50.5"),
        D("50.5"),
    )
    page = PageDesk(official(SeatRole.OFFICE)).go(f"/bao-cao/{report.pk}/")
    pending = {line.number: line.pending for line in page.answer.context["lines"] if line.pending}
    assert (pending, "chưa đủ" in page.html) == ({"2": EMPTY}, False)
    paper = score_sheet_paper(report, shows_appraisal=True)
    assert [(line.name, line.self_points, line.points) for line in paper.lines if line.reason] == [
        ("Giải quyết hồ sơ đúng hạn", "", "")
    ]
    assert (paper.lines[-1].self_points, paper.lines[-1].points) == ("50,50", "50,50")
    assert (
        "Tiêu chí chính để trống được tính 0 điểm theo quy định của năm." in paper.notes[-1]
    ) is True
    client.force_login(official(SeatRole.OFFICE))
    book = client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,))).getvalue()
    sheet = load_workbook(io.BytesIO(book))["Bảng điểm"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    own = next(row for row in cells if "Điểm tự chấm" in row).index("Điểm tự chấm")
    assert [row[own] for row in cells if row[1] == "Giải quyết hồ sơ đúng hạn"] == [EMPTY]
    assert beside_notes(ranking_of(report.bloc_year))[0] == (
        f"Tiêu chí {EMPTY}: {report.unit.name}: I.2."
    )
    assert [one.sentence for one in check(report.bloc_year)[1]] == []


@pytest.mark.django_db
def test_ranking_and_proof_count_it_zero_also_from_outside(client, tmp_path, capsys):
    year = year_with_members(2)
    for unit, first in ((year.head, "40"), (year.deputy, "30,5")):
        written = WRITTEN | {DIRECT: {"value": first}}
        appraised(sent(begun(written, unit=unit, year=year, empty_is_zero=True)))
    totals = [row.given.total for row in ranking_of(year).rows]
    client.force_login(official(SeatRole.OFFICE))
    path = tmp_path / "kiem-chung.json"
    path.write_bytes(client.get(reverse("ranking:ranking_proof", args=(year.pk,))).getvalue())
    call_command("recompute_ranking", str(path))
    assert (json.loads(capsys.readouterr().out)["mismatches"], totals) == ([], [D(60), D("50.5")])
    assert [D(row[2]) for row in outside(path)] == totals


def outside(path, *, code=0):
    """What the independent script finds; it stops where a leaf was not judged."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests/independent_ranking.py", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()] or done.stderr.strip()


@pytest.mark.parametrize(
    ("is_ruled", "keeps", "verdict"),
    [
        (True, (), ""),
        (False, (), "not judged: SXD I/1"),
        # The unit answered it: then somebody has to judge it, whatever an empty leaf counts.
        (True, ("value", "own"), "not judged: SXD I/1"),
        (True, ("own",), "not judged: SXD I/1"),
    ],
)
def test_a_proof_with_an_empty_leaf_stands_by_its_own_rules(tmp_path, is_ruled, keeps, verdict):
    data = deepcopy(TRUE)
    leaf, result = data["units"][0]["leaves"]["I/1"], data["units"][0]["result"]
    leaf |= dict.fromkeys({"value", "own", "given", "bonus"} - set(keeps))
    leaf |= {"by_rule": False, "reason": ""}
    # 18 of 20, two of bonus, half a point off; the maximum stays 30.
    result |= {"own_total": "19.5", "total": "19.5", "work": "18", "percent": "65"}
    result |= {"compared": "19.5", "groups": {"I": "18"}}
    if is_ruled:
        data["rules"]["empty_is_zero"] = True
    path = tmp_path / "kiem-chung.json"
    data[FINGERPRINT] = fingerprint_of(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    if verdict:
        with pytest.raises(ProofFileError, match="Sở Xây dựng: tiêu chí I/1 chưa có điểm"):
            read_proof(path.read_text(encoding="utf-8"))
        assert outside(path, code=1) == verdict
    else:
        found = check_proof(read_proof(path.read_text(encoding="utf-8")))
        told = [one.sentence for one in found.mismatches if ": tổng điểm" in one.sentence]
        assert (told, D(found.rows[-1]["total"])) == ([], D("19.5"))
        assert {row[1]: D(row[2]) for row in outside(path)}["SXD"] == D("19.5")


NODES = (
    Node(
        "I",
        "Nhiệm vụ",
        children=(Node("1", "Việc một", "direct", D(40)), Node("2", "Việc hai", "direct", D(60))),
    ),
)


@pytest.mark.parametrize(
    ("rules", "least", "missing"),
    [(TableRules(), D(100), ("I/2",)), (TableRules(empty_is_zero=True), D(0), ())],
)
def test_a_condition_on_every_leaf_sees_the_zero(rules, least, missing):
    total = given_table(NODES, rules).total({"I/1": D(40)})
    plan = given_table(NODES, rules).plan
    found = line_figures(("least_leaf", "share:I"), total, plan, {})
    assert (found["least_leaf"], found["share:I"], total.total) == (least, D(40), D(40))
    assert total.missing == missing
    own = sheet_total(NODES, {"I/1": Entry(value=D(40))}, rules)
    assert (own.total, own.missing) == (D(40), missing)


@pytest.mark.django_db
@pytest.mark.parametrize(("is_zero", "told"), [(True, f"tiêu chí I.2 {EMPTY}"), (False, "")])
def test_what_if_counts_it_by_the_rule_of_the_draft(is_zero, told):
    last = year_with_members(3, year=2025)
    report = appraised(sent(begun(WRITTEN, year=last, empty_is_zero=True)))
    Report.objects.filter(pk=report.pk).update(state="agreed")
    last.state = YearState.RANKED
    last.save()
    year = year_with_members(3, year=2026, bloc=last.bloc)
    regulate(year, empty_is_zero=is_zero)
    draft = small_table(year)
    ScoringTable.objects.filter(pk=draft.pk).update(state=TableState.DRAFT)
    (move,) = moves_under(ScoringTable.objects.get(pk=draft.pk), last)
    assert (move.old_total, move.new.total, move.new.note) == (D("50.5"), D("50.5"), told)
