"""A new way of scoring is one file and one line; the rest of the product asks it by its answers."""

import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.criteria.documents.table_workbook import table_workbook
from blocs.criteria.forms.table_workbook import read_table_workbook
from blocs.criteria.models.table_files import table_file, table_value
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.actions.scores import save_scores
from blocs.reports.forms.sheet_strings import name_of, shown_answer, token_of
from blocs.reports.models import Score
from blocs.reports.models.sheets import read_sheet
from blocs.scoring.totals.tables import from_json
from blocs.sheet_files.actions import apply_import, preview_import
from blocs.sheet_files.documents import SHEET_NAME, report_workbook
from blocs.states import ReportState, SeatRole, TableState, YearState
from blocs.year_files.actions import import_year
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.forms import place, saved
from tests.factories.people import editor_of, official
from tests.factories.reports import DIRECT, member_report, row_of, score_of, typed
from tests.factories.toy_kind import Halving, known
from tests.factories.year_files import TABLE, year_book, year_upload

pytestmark = pytest.mark.django_db
D = Decimal
RULE = {"keep": "50", "forgives": True}


@pytest.fixture(autouse=True)
def toy():
    with known(Halving()) as kind:
        yield kind


def with_toy(table):
    """The first leaf of the table (40 points) scored in the new way."""
    table.criteria.filter(kind="direct").update(kind="halving", rule=RULE)
    return table


@pytest.fixture
def report():
    year = year_with_members(3)
    return member_report(bloc_year=year, table=with_toy(small_table(year)))


def test_editor_offers_tries_and_stores_it(client, toy):
    year = year_with_members(state=YearState.OPEN)
    table = small_table(year, published=False, state=TableState.DRAFT)
    group = table.criteria.get(code="I")
    client.force_login(editor_of(year.head))
    page = f"{reverse('criteria:criterion_new', args=(table.pk,))}?cha={group.pk}"
    choices = client.get(page).context["choices"]
    assert [(one.label, one.hint) for one in choices][-1] == (toy.label, toy.hint)
    line = {"name": "Kỷ luật", "code": "3", "max_points": "10", "keep": "50", "forgives": "on"}
    url = f"{page}&cach=halving"
    trial = client.post(url, line | {"try": "1", "thu-value": "2"}).context["trial"]
    assert [one.label for one in trial.inputs] == ["Số lần vi phạm"]
    assert (trial.words, trial.result, trial.note) == (
        "Mỗi lần vi phạm còn 50 % số điểm.",
        "5 điểm",
        "Còn lại sau 1 lần",
    )
    lacking = client.post(url, line | {"keep": ""}).context["form"].errors
    assert lacking == {"keep": ["Hãy nhập ở ô “Còn lại sau mỗi lần (%)”."]}
    assert client.post(url, line).status_code == 302
    row = table.criteria.get(code="3", parent=group)
    assert (row.kind, row.rule, row.max_points) == ("halving", RULE, 10)
    shown = client.get(reverse("criteria:criterion_edit", args=(row.pk,))).context["form"]
    assert (shown["keep"].value(), shown["forgives"].value()) == ("50", True)


def test_table_goes_through_excel_and_json():
    value = table_value(with_toy(small_table(year_with_members())))
    content = table_workbook(value)
    lines = list(load_workbook(io.BytesIO(content))["Tiêu chí"].values)
    codes = next(row for row in lines if "keep" in row)
    line = dict(zip(codes, next(row for row in lines if row[1] == "1"), strict=True))
    assert {key: line[key] for key in ("kind", "keep", "forgives", "more")} == {
        "kind": "Giảm dần theo số lần vi phạm",
        "keep": 50,
        "forgives": "có",
        "more": None,
    }
    again = read_table_workbook(SimpleUploadedFile("bang.xlsx", content))
    assert again.nodes == value.nodes


def test_table_of_before_lacks_only_the_new_columns():
    book = load_workbook(io.BytesIO(table_workbook(table_value(small_table(year_with_members())))))
    page = book["Tiêu chí"]
    codes = next(row for row in page.iter_rows() if "keep" in [cell.value for cell in row])
    for cell in codes:
        if cell.value in ("keep", "forgives"):
            cell.value = None
    assert [node.code for node in read_table_workbook(saved(book)).nodes] == [
        "I",
        "II",
        "III",
        "IV",
    ]


def test_stored_table_is_the_same_from_its_json():
    table = with_toy(small_table(year_with_members()))
    assert from_json(table_file(table)).nodes == table_value(table).nodes


def test_sheet_page_asks_and_saves_while_typing(client, report):
    client.force_login(editor_of(report.unit))
    row = row_of(report, DIRECT)
    page = client.get(reverse("reports:sheet_edit", args=(report.pk,)))
    line = next(one for one in page.context["lines"] if one.pk == row.criterion.pk)
    assert line.rule == "Mỗi lần vi phạm còn 50 % số điểm."
    shown = shown_answer(row)
    data = {name_of(row, "value"): "3", name_of(row, "note"): ""}
    data[name_of(row, "token")] = token_of(row, shown)
    told = client.post(reverse("reports:sheet_autosave", args=(report.pk,)), data).json()
    assert told["foot"] == {"own": "10,00"}
    assert (score_of(report, DIRECT).value, score_of(report, DIRECT).self_points) == (3, 10)


def test_question_stands_at_the_cell(client, report):
    client.force_login(editor_of(report.unit))
    row = row_of(report, DIRECT)
    data = {name_of(row, "value"): "-1", name_of(row, "note"): ""}
    data[name_of(row, "token")] = token_of(row, shown_answer(row))
    told = client.post(reverse("reports:sheet_autosave", args=(report.pk,)), data).json()
    assert told["rows"][f"s{row.criterion.pk}"] == {"errors": {"value": "Số lần −1 là số âm."}}


def test_sheet_goes_through_its_excel_form(report):
    person = editor_of(report.unit)
    content = report_workbook(read_sheet(report), shows_given=False)
    book = load_workbook(io.BytesIO(content))
    place(book[SHEET_NAME], row_of(report, DIRECT).path, "ket_qua").value = 2
    preview = preview_import(report, upload=saved(book), actor=person)
    assert (preview.faults, preview.total) == ((), 20)
    rows = [change.typed for change in preview.changes]
    apply_import(report, rows=rows, source="a.xlsx", actor=person)
    assert score_of(report, DIRECT).self_points == 20


def test_ranking_and_proof_agree_with_it():
    year = year_with_members(3)
    table = with_toy(small_table(year))
    for member, failures in zip(year.members.order_by("order"), ("3", "1", "2"), strict=True):
        report = fill(ReportFactory(bloc_year=year, unit=member.unit, table=table), D(0), D(0))
        save_scores(
            report, rows=[typed(report, DIRECT, value=failures)], actor=editor_of(member.unit)
        )
        score = score_of(report, DIRECT)
        points = score.self_points
        Score.objects.filter(pk=score.pk).update(appraised_points=points)
        type(report).objects.filter(pk=report.pk).update(
            state=ReportState.APPRAISED, submitted_at=timezone.now(), appraised_total=points
        )
    ranking = ranking_of(BlocYear.objects.select_related("bloc").get(pk=year.pk))
    assert [(row.placed.place, row.given.total) for row in ranking.rows] == [
        (1, D(40)),
        (2, D(20)),
        (3, D(10)),
    ]
    proof = json.loads(json.dumps(ranking_proof(ranking, timezone.now())))
    assert check_proof(read_proof(json.dumps(proof))).mismatches == ()
    path = row_of(report, DIRECT).path
    assert proof["units"][0]["leaves"][path]["own"] == "10"


def test_year_file_names_it():
    rule = '{"keep": "50"}'
    table = [
        (*line[:2], "giảm dần theo số lần vi phạm", *line[3:6], rule) if line[0] == "I/1" else line
        for line in TABLE
    ]
    results = [("I/1", "", "", None, 1, None, 0), ("II/1", "", "", None, "Đạt", None, "Đạt")]
    import_year(
        year_upload(year_book(table=table, results=results)), actor=official(SeatRole.OFFICE)
    )
    points = Score.objects.filter(criterion__kind="halving").order_by("report__unit__code")
    assert [score.self_points for score in points] == [20, 40]
