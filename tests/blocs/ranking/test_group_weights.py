"""Groups weighted in percent: 100 together, and the arithmetic beside each sum."""

import io
import json
import subprocess
import sys
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from blocs.criteria.actions.tables import from_table
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.rankings import ranking_of
from blocs.ranking.models.simulations import moves_under
from blocs.scoring.totals.group_limits import GroupLimit
from blocs.scoring.totals.tables import from_json
from blocs.states import SeatRole, YearState
from tests.blocs.ranking.test_group_limits import (
    agreed,
    group,
    leaf,
    published,
    report_of,
    save_cells,
)
from tests.factories.blocs import BlocYearFactory, ReportFactory, year_with_members
from tests.factories.people import editor_of, official
from tests.house.source import ROOT
from tests.page_forms import save

pytestmark = pytest.mark.django_db
D = Decimal


def table(first="40", second="60", *, scales=("100", "100"), most=("40", "60")):
    """Two groups on a scale of 100, weighted; None states no weight."""
    weights = [{} if one is None else {"weight": one} for one in (first, second)]
    return {
        "schema": "criteria-table/1",
        "scale": {"total_max": "100"},
        "sections": [
            group("I", "Kinh tế", most[0], leaf("1", "direct", scales[0]), **weights[0]),
            group("II", "Xã hội", most[1], leaf("1", "direct", scales[1]), **weights[1]),
        ],
    }


@pytest.mark.parametrize(
    ("parts", "words", "kept"),
    [
        (("10.01", "0.01", "0"), "10,01 × 50% + 0,01 × 50% = 5,02", ("5.01", "0.01", "0")),
        (("10.01", "0.01", "-0.01"), "10,01 × 50% = 5,01", ("5.01", "0.01", "-0.01")),
        (("10", "0.5", "-1"), "9,5 × 50% = 4,75", ("5.00", "0.25", "-0.50")),
    ],
)
def test_the_arithmetic_is_that_of_the_sum_that_counts(parts, words, kept):
    """Work, bonus and deduction are rounded each for itself, and so they stand where it matters."""
    limit = GroupLimit("Kinh tế", None, None, D("0.5"), 0, D(50))
    found = [D(one) for one in parts]
    assert limit.arithmetic(found, 2) == words
    limit.cut(found, 2)
    assert tuple(found) == tuple(map(D, kept))


@pytest.mark.parametrize(
    ("weights", "points", "notes", "total"),
    [
        (("40", "60"), ("92", "85"),
         ["“Kinh tế”: 92 × 40% = 36,8.", "“Xã hội”: 85 × 60% = 51."], "87,80"),
        (("33.5", "66.5"), ("77", "91.5"),
         ["“Kinh tế”: 77 × 33,5% = 25,8.", "“Xã hội”: 91,5 × 66,5% = 60,85."], "86,65"),
        (("5", "95"), ("0", "100"),
         ["“Kinh tế”: 0 × 5% = 0.", "“Xã hội”: 100 × 95% = 95."], "95,00"),
    ],
)  # fmt: skip
def test_page_paper_and_excel_show_the_arithmetic(client, weights, points, notes, total):
    report = report_of(data=table(*weights, most=weights))
    told = save_cells(client, report, dict(zip(("I/1", "II/1"), points, strict=True)))
    assert (told["foot"]["own"], told["notes"]) == (total, notes)
    report = agreed(report)
    page = client.get(report.get_absolute_url())
    rules = [line.rule for line in page.context["lines"] if line.is_group]
    assert rules == [f"Tỷ trọng {one.replace('.', ',')}%." for one in weights]
    assert list(page.context["foot"].notes) == notes
    paper = score_sheet_paper(report, shows_appraisal=True)
    beside = [line.reason for line in paper.lines if line.kind == "group"]
    assert [
        f"“{name}”: {words}." for name, words in zip(("Kinh tế", "Xã hội"), beside, strict=True)
    ] == notes
    book = client.get(reverse("sheet_files:sheet_workbook", args=(report.pk,)))
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(book.getvalue()))["Bảng điểm"].iter_rows()
    ]
    note = next(row for row in rows if "Điểm tự chấm" in row).index("Thuyết minh")
    found = {row[1]: row[note] for row in rows if row[1] in ("Kinh tế", "Xã hội")}
    assert [f"“{name}”: {words}." for name, words in found.items()] == notes


def test_ranking_and_proof_count_by_weight_also_from_outside(client, tmp_path, capsys):
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    scored_by = published(year, table())
    answers = (("92", "85"), ("85", "92"), ("100", "50"))
    for member, points in zip(year.members.order_by("order"), answers, strict=True):
        report = ReportFactory(bloc_year=year, unit=member.unit, table=scored_by)
        save_cells(client, report, dict(zip(("I/1", "II/1"), points, strict=True)))
        agreed(report)
    totals = {row.unit: row.given.total for row in ranking_of(year).rows}
    assert sorted(totals.values()) == [D("70"), D("87.8"), D("89.2")]
    client.force_login(official(SeatRole.OFFICE))
    path = tmp_path / "kiem-chung.json"
    path.write_bytes(client.get(reverse("ranking:ranking_proof", args=(year.pk,))).getvalue())
    call_command("recompute_ranking", str(path))
    told = json.loads(capsys.readouterr().out)
    assert told["mismatches"] == []
    outside = subprocess.run(
        [sys.executable, ROOT / "tests/independent_ranking.py", path],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in outside.stdout.splitlines()]
    assert sorted(D(str(row[2])) for row in rows) == [D("70"), D("87.8"), D("89.2")]


def test_what_if_weighs_as_the_draft_does(client):
    last = year_with_members(3, year=2025, state=YearState.IN_PROGRESS)
    report = ReportFactory(bloc_year=last, unit=last.head, table=published(last, table()))
    save_cells(client, report, {"I/1": "92", "II/1": "85"})
    agreed(report)
    year = BlocYearFactory(bloc=last.bloc, year=2026, head=last.head)
    draft = from_table(year, from_json(table("70", "30", most=("70", "30"))), title="")
    (move,) = moves_under(draft, last)
    assert (move.old_total, move.new.total) == (D("87.8"), D("89.9"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            table("40", "50", most=("40", "50")),
            "tỷ trọng các nhóm cộng lại là 40% + 50% = 90%, phải bằng 100%.",
        ),
        (
            table("60.5", "60", most=("60.5", "60")),
            "tỷ trọng các nhóm cộng lại là 60,5% + 60% = 120,5%, phải bằng 100%.",
        ),
        (
            table("40", None, most=("40", "60"), scales=("100", "60")),
            "mọi nhóm cùng cấp phải ghi tỷ trọng; còn thiếu ở “Xã hội”.",
        ),
        (
            table(scales=("50", "100"), most=("20", "60")),
            "các nhóm tính theo tỷ trọng phải chấm cùng một thang điểm trước khi nhân, hiện là: "
            "“Kinh tế” 50; “Xã hội” 100.",
        ),
    ],
)
def test_weights_that_cannot_be_applied_are_refused_in_a_sentence(client, data, sentence):
    year = year_with_members(3, state=YearState.OPEN)
    draft = from_table(year, from_json(data), title="Bảng chấm điểm")
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(draft.get_absolute_url())
    told = [sentence for sentence, *_ in page.context["faults"]]
    assert [one for one in told if "tỷ trọng" in one] == [f"Bảng tiêu chí: {sentence}"]


def test_the_form_takes_a_weight_and_refuses_one_beside_a_coefficient(client):
    year = year_with_members(3, state=YearState.OPEN)
    draft = from_table(year, from_json(table(None, None, most=("100", "100"))), title="Bảng")
    client.force_login(editor_of(year.head))
    row = draft.criteria.get(code="I")
    url = reverse("criteria:criterion_edit", args=(row.pk,))
    typed = {"name": "Kinh tế", "code": "I", "max_points": "40", "weight": "40"}
    wrong = save(client, url, typed | {"coefficient": "2"})
    assert wrong.context["form"].non_field_errors() == [
        "Nhóm ghi cả hệ số và tỷ trọng; chỉ ghi một trong hai."
    ]
    save(client, url, typed)
    row.refresh_from_db()
    assert (row.rule, row.max_points) == ({"weight": "40"}, D(40))


def test_reward_and_deduction_carry_no_weight(client):
    year = year_with_members(3, state=YearState.OPEN)
    data = table()
    data["sections"].append(group("T", "Thưởng", "5", leaf("1", "bonus", "5"), weight="10"))
    draft = from_table(year, from_json(data), title="Bảng chấm điểm")
    client.force_login(official(SeatRole.OFFICE))
    told = [sentence for sentence, *_ in client.get(draft.get_absolute_url()).context["faults"]]
    assert told == ["Bảng tiêu chí: “Thưởng” chỉ gồm điểm thưởng, điểm trừ nên không ghi tỷ trọng."]
