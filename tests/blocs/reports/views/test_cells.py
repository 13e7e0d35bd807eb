"""Cells saved while they are typed, as the page posts them and hears of them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from blocs.reports.actions.scores import save_scores
from blocs.reports.forms.sheet_strings import name_of, shown_answer, shown_appraisal, token_of
from blocs.reports.models import Evidence, Report, Score
from blocs.reports.models.one_cell import sql
from blocs.reports.views.cells import GONE
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    CLOSED,
    COUNT,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    row_of,
    score_of,
    submitted_report,
    typed,
)

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 11, 28, 7, 2, 31, tzinfo=dt.UTC)
ONE_CELL, ROWS = 12, 14


def signed_in(client, report):
    person = editor_of(report.unit)
    client.force_login(person)
    return person


def cell(report, label, show=shown_answer, **changes):
    """One row as the page posts it."""
    row = row_of(report, label)
    shown = show(row)
    data = {name_of(row, field): value for field, value in (shown | changes).items()}
    data.pop(name_of(row, "na"), None)
    return data | {name_of(row, "token"): token_of(row, shown)}


def save(client, report, *cells, page="sheet", **more):
    data = dict(more)
    for one in cells:
        data |= one
    return client.post(reverse(f"reports:{page}_autosave", args=(report.pk,)), data)


def key(report, label):
    return f"s{row_of(report, label).criterion.pk}"


@time_machine.travel(MOMENT, tick=False)
def test_answer_tells_points_sums_and_when(client):
    report = member_report()
    signed_in(client, report)
    answer = save(client, report, cell(report, RATIO, target="100", value="95,0"))
    row = row_of(report, RATIO)
    leaf, group = row.criterion.pk, row.criterion.parent_id
    assert answer.status_code == 200
    told = answer.json()
    token = told["rows"].pop(f"s{leaf}")["token"]
    assert told == {
        "rows": {},
        "saved_at": "14:02:31",
        "lines": {
            f"tc-{leaf}": {"own": "28,50", "pending": ""},
            f"nhom-{group}": {"own": "28,50"},
        },
        "foot": {"own": "28,50"},
        "notes": [],
        "progress": "Đã tự chấm 1/3 tiêu chí",
        "lacking": "còn 2 ô",
    }
    assert token.partition("-")[0] == "1"


def test_what_is_left_is_told_after_one_cell_and_after_many_as_the_page_tells_it(client):
    report = member_report()
    table = report.table.criteria
    table.filter(pk__in=[row_of(report, one).criterion.pk for one in (DIRECT, COUNT)]).update(
        needs_evidence=True
    )
    person = signed_in(client, report)
    page = reverse("reports:sheet_edit", args=(report.pk,))

    def told(*cells):
        lacking = save(client, report, *cells).json()["lacking"]
        assert client.get(page).context["lacking"] == lacking
        return lacking

    assert told(cell(report, DIRECT, value="9,5")) == "còn 2 ô · thiếu 1 minh chứng"
    file = Evidence.objects.create(
        unit=report.unit, file="a.pdf", name="a.pdf", size=1, uploaded_by=person
    )
    score_of(report, DIRECT).evidence.add(file)
    # No points, nothing to prove.
    assert told(cell(report, COUNT, value="0")) == "còn 1 ô"
    ratio, count = cell(report, RATIO, target="100", value="95"), cell(report, COUNT, value="2")
    assert told(ratio, count) == "thiếu 1 minh chứng"
    score_of(report, COUNT).evidence.add(file)
    assert told(cell(report, RATIO, value="96")) == "không còn ô trống"


def test_an_odd_figure_is_saved_scored_and_asked_about_in_every_way_it_is_typed(client):
    report = member_report()
    signed_in(client, report)
    page = reverse("reports:sheet_edit", args=(report.pk,))
    leaf = row_of(report, RATIO).criterion.pk
    doubt = "Gấp khoảng 10 lần chỉ tiêu 100: có đúng không?"
    odd = cell(report, RATIO, target="100", value="999")
    line = {"own": "30,00", "pending": doubt}
    assert save(client, report, odd).json()["lines"][f"tc-{leaf}"] == line
    assert score_of(report, RATIO).value == 999
    assert doubt in client.get(page).content.decode()
    # Typed again beside another leaf, and put right.
    odd, count = cell(report, RATIO, value="1000"), cell(report, COUNT, value="2")
    assert save(client, report, odd, count).json()["lines"][f"tc-{leaf}"].items() >= line.items()
    right = save(client, report, cell(report, RATIO, value="100")).json()["lines"][f"tc-{leaf}"]
    assert right == line | {"pending": ""}
    assert "có đúng không" not in client.get(page).content.decode()


def test_page_posted_whole_afterwards_has_nothing_to_save(client):
    report = member_report()
    signed_in(client, report)
    posted = cell(report, RATIO, target="100", value="95,0")
    told = save(client, report, posted).json()
    token = told["rows"][key(report, RATIO)]["token"]
    page = reverse("reports:sheet_edit", args=(report.pk,))
    answer = client.post(page, posted | {f"{key(report, RATIO)}-token": token}, follow=True)
    words = [str(message) for message in answer.context["messages"]]
    assert words == ["Mọi nội dung trên trang đã được lưu."]


def test_wrong_cell_is_told_at_its_field_and_the_others_are_saved(client):
    report = member_report()
    signed_in(client, report)
    answer = save(client, report, cell(report, DIRECT, value="hai"), cell(report, COUNT, value="2"))
    told = answer.json()
    assert told["rows"][key(report, DIRECT)] == {
        "errors": {"value": "“hai” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."}
    }
    assert list(told["rows"][key(report, COUNT)]) == ["token"]
    assert (Score.objects.count(), score_of(report, COUNT).value) == (1, 2)


def test_nothing_saved_has_no_time(client):
    report = member_report()
    signed_in(client, report)
    told = save(client, report, cell(report, DIRECT, value="45")).json()
    assert (told["saved_at"], told["rows"][key(report, DIRECT)]) == (
        "",
        {"errors": {"value": "Điểm 45 nằm ngoài khoảng từ 0 đến 40."}},
    )


def test_other_writer_is_told_with_both_ways_on(client):
    report = member_report()
    mine = cell(report, DIRECT, value="8", note="Của tôi")
    other = editor_of(report.unit)
    with time_machine.travel(MOMENT):
        row = typed(report, DIRECT, value="9.5", note="Có văn bản")
        save_scores(report, rows=[row], actor=other)
    signed_in(client, report)
    told = save(client, report, mine).json()
    mark = key(report, DIRECT)
    shown = told["rows"][mark]["other"]
    assert shown == {
        "token": token_of(row_of(report, DIRECT), shown_answer(row_of(report, DIRECT))),
        "fields": {f"{mark}-value": "9,5", f"{mark}-note": "Có văn bản"},
        "by": str(other),
        "is_own": False,
        "at": "14:02",
    }
    told = save(client, report, mine | {f"{mark}-token": shown["token"]}).json()
    assert list(told["rows"][mark]) == ["token"]
    assert (score_of(report, DIRECT).value, score_of(report, DIRECT).note) == (8, "Của tôi")


def test_page_of_somebody_else_is_not_saved_in_my_name(client):
    report = member_report()
    signed_in(client, report)
    other = editor_of(report.unit)
    answer = save(client, report, cell(report, DIRECT, value="9"), person=other.pk)
    assert (answer.status_code, answer.json()) == (
        409,
        {"person": "Máy này đang đăng nhập bằng tài khoản khác."},
    )
    assert Score.objects.count() == 0


def test_closed_report_says_why(client):
    report = member_report()
    posted = cell(report, DIRECT, value="9")
    in_state(report, "returned").save()
    type(report).objects.update(state="submitted", submitted_at=MOMENT)
    signed_in(client, report)
    answer = save(client, report, posted)
    assert (answer.status_code, answer.json()) == (
        422,
        {"general": [CLOSED["submitted"]]},
    )


@pytest.mark.parametrize(
    ("person", "status"),
    (
        (lambda report: leader_of(report.unit), 403),
        (lambda report: editor_of(report.bloc_year.head), 404),
        (lambda report: editor_of(member_report().unit), 404),
    ),
)
def test_others_save_no_cell(client, person, status):
    report = member_report()
    client.force_login(person(report))
    assert save(client, report, cell(report, DIRECT, value="1")).status_code == status
    assert Score.objects.count() == 0


def test_signed_out_is_sent_to_the_sign_in_page(client):
    report = member_report()
    answer = save(client, report, cell(report, DIRECT, value="1"))
    assert (answer.status_code, Score.objects.count()) == (302, 0)


def test_appraisal_is_saved_and_tells_the_difference(client):
    report = submitted_report()
    client.force_login(leader_of(report.bloc_year.head))
    posted = cell(report, DIRECT, shown_appraisal, points="9", reason="Thiếu minh chứng.")
    told = save(client, report, posted, page="appraisal").json()
    leaf = row_of(report, DIRECT).criterion.pk
    assert told["lines"][f"tc-{leaf}"] == {
        "own": "9,50",
        "pending": "",
        "given": "9,00",
        "difference": "−0,50",
        "tone": "down",
    }
    assert (told["foot"]["given"], told["progress"]) == ("9,00", "Đã thẩm định 1/4 tiêu chí")
    assert score_of(report, DIRECT).appraised_points == Decimal("9")


def test_one_cell_has_a_constant_cost(client, django_assert_num_queries):
    report = member_report()
    signed_in(client, report)
    save(client, report, cell(report, DIRECT, value="1"))
    posted = cell(report, DIRECT, value="2")
    with django_assert_num_queries(ONE_CELL):
        assert save(client, report, posted).status_code == 200
    assert score_of(report, DIRECT).value == 2


@pytest.mark.parametrize("labels", ((DIRECT, RATIO), (DIRECT, RATIO, COUNT)))
def test_several_rows_have_a_constant_cost(client, labels, django_assert_num_queries):
    report = member_report()
    signed_in(client, report)
    save(client, report, cell(report, DIRECT, value="1"))
    cells = [cell(report, label, value="3") for label in labels]
    with django_assert_num_queries(ROWS):
        assert save(client, report, *cells).status_code == 200
    assert score_of(report, RATIO).value == 3


def test_a_report_that_vanishes_on_the_way_is_told(client):
    report = member_report()
    signed_in(client, report)
    posted = cell(report, RATIO, target="100", value="95,0")
    asked = []

    def vanish(execute, statement, params, many, context):
        if statement.startswith(sql()["state"]) and not asked:
            asked.append(statement)
            Report.objects.filter(pk=report.pk).delete()
        return execute(statement, params, many, context)

    with connection.execute_wrapper(vanish):
        answer = save(client, report, posted)
    assert (answer.status_code, answer.json(), len(asked)) == (404, {"general": [GONE]}, 1)
