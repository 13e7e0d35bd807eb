"""The grid of the unit's own points, as a browser meets it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_scores
from blocs.reports.forms.sheet_strings import name_of
from blocs.reports.models import Score
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    CLOSED,
    COUNT,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    posted,
    row_of,
    score_of,
    submitted_report,
    typed,
)
from thidua.common.models import ActivityEntry
from thidua.common.stamps import ROWS_OVERTAKEN

pytestmark = pytest.mark.django_db
PAGE, SAVE = 9, 21
MOMENT = dt.datetime(2026, 11, 28, 7, 2, tzinfo=dt.UTC)


def address(report):
    return reverse("reports:sheet_edit", args=(report.pk,))


def signed_in(client, report):
    person = editor_of(report.unit)
    client.force_login(person)
    return person


def line_of(answer, label):
    pk = row_of(answer.context["report"], label).criterion.pk
    return next(line for line in answer.context["lines"] if line.pk == pk)


def test_sheet_shows_parts_in_roman_numerals_with_their_sums(client):
    report = member_report()
    person = signed_in(client, report)
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=person)
    answer = client.get(address(report))
    lines = [
        (line.number, line.maximum, line.own)
        for line in answer.context["lines"]
        if line.number in ("I", "II", "1", "IV")
    ]
    assert lines == [
        ("I", "70,00", "9,50"),
        ("1", "40,00", "9,50"),
        ("II", "30,00", ""),
        ("1", "30,00", ""),
        ("IV", "", ""),
    ]
    foot = answer.context["foot"]
    assert (foot.maximum, foot.own, answer.context["progress"]) == (
        "100,00",
        "9,50",
        "Đã tự chấm 1/3 tiêu chí",
    )


def test_whole_sheet_is_one_post_and_shows_the_computed_points(client):
    report = member_report()
    signed_in(client, report)
    data = posted(
        report,
        {
            DIRECT: {"value": "9,5", "note": "Theo báo cáo số 12"},
            RATIO: {"target": "100", "value": "95"},
            COUNT: {"value": "2"},
        },
    )
    answer = client.post(address(report), data, follow=True)
    assert answer.redirect_chain == [(address(report), 302)]
    assert [str(message) for message in answer.context["messages"]] == ["Đã lưu 03 tiêu chí."]
    assert line_of(answer, RATIO).own == "28,50"
    assert answer.context["foot"].own == "58,00"
    assert 'value="9,5"' in answer.content.decode()


def test_nothing_changed_says_so(client):
    report = member_report()
    signed_in(client, report)
    answer = client.post(address(report), posted(report, {}), follow=True)
    words = [str(message) for message in answer.context["messages"]]
    assert (words, ActivityEntry.objects.count()) == (["Mọi nội dung trên trang đã được lưu."], 0)


def test_wrong_rows_come_back_with_every_typed_value(client):
    report = member_report()
    signed_in(client, report)
    data = posted(report, {DIRECT: {"value": "45", "note": "Giữ lại"}, COUNT: {"value": "hai"}})
    answer = client.post(address(report), data)
    assert (answer.status_code, Score.objects.count()) == (422, 0)
    pk = row_of(report, COUNT).criterion.pk
    assert answer.context["errors"] == [
        ("II.1", "“hai” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.", f"#tc-{pk}")
    ]
    boxes = line_of(answer, DIRECT)
    assert (boxes.boxes[0].value, boxes.text.value) == ("45", "Giữ lại")
    data = posted(report, {DIRECT: {"value": "45", "note": "Giữ lại"}})
    answer = client.post(address(report), data)
    line = line_of(answer, DIRECT)
    assert (answer.status_code, line.boxes[0].value, line.boxes[0].error) == (
        422,
        "45",
        "Điểm 45 nằm ngoài khoảng từ 0 đến 40.",
    )


def test_second_writer_sees_both_texts_and_then_overwrites(client):
    report = member_report()
    data = posted(report, {DIRECT: {"value": "8", "note": "Của tôi"}, COUNT: {"value": "1"}})
    with time_machine.travel(MOMENT):
        first = editor_of(report.unit)
        save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=first)
    signed_in(client, report)
    answer = client.post(address(report), data)
    line = line_of(answer, DIRECT)
    assert answer.status_code == 409
    theirs = f"Người khác đã lưu: 9,5; thuyết minh để trống ({first}, 14:02 28/11/2026)."
    assert line.conflict == theirs
    assert [sentence for _, sentence, _ in answer.context["errors"]] == [theirs]
    assert (line.boxes[0].value, line.text.value) == ("8", "Của tôi")
    assert line_of(answer, COUNT).conflict == ""
    assert (score_of(report, DIRECT).value, score_of(report, COUNT)) == (Decimal("9.5"), None)
    assert answer.context["general"] == [ROWS_OVERTAKEN.format(count="01")]
    again = data | {line.token_name: line.token}
    assert client.post(address(report), again).status_code == 302
    assert (score_of(report, DIRECT).value, score_of(report, COUNT).value) == (8, 1)


def test_row_only_the_other_writer_changed_is_not_touched(client):
    report = member_report()
    data = posted(report, {COUNT: {"value": "1"}})
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=editor_of(report.unit))
    signed_in(client, report)
    assert client.post(address(report), data).status_code == 302
    assert (score_of(report, DIRECT).value, score_of(report, COUNT).value) == (Decimal("9.5"), 1)


def test_text_typed_before_the_session_ended_is_there_after_signing_in(client):
    report = member_report()
    person = editor_of(report.unit)
    person.set_password("Mat-khau-dai-1")
    person.save()
    sign_in = {"username": person.username, "password": "Mat-khau-dai-1"}
    client.post(reverse("accounts:login"), sign_in)
    data = posted(report, {DIRECT: {"value": "9,5", "note": "Đang gõ dở"}})
    client.cookies.pop("sessionid")
    answer = client.post(address(report), data)
    assert answer.status_code == 302
    answer = client.post(answer.url, sign_in, follow=True)
    line = line_of(answer, DIRECT)
    assert (line.boxes[0].value, line.text.value) == ("9,5", "Đang gõ dở")
    assert Score.objects.count() == 0
    assert client.post(address(report), data).status_code == 302
    assert score_of(report, DIRECT).self_points == Decimal("9.5")
    assert line_of(client.get(address(report)), DIRECT).boxes[0].value == "9,5"


def test_typed_text_survives_a_submission_in_between(client):
    report = member_report()
    data = posted(report, {DIRECT: {"value": "9,5"}})
    in_state(report, "returned").save()
    type(report).objects.update(state="submitted", submitted_at=MOMENT)
    signed_in(client, report)
    answer = client.post(address(report), data)
    assert answer.status_code == 422
    assert answer.context["general"] == [CLOSED["submitted"]]
    assert line_of(answer, DIRECT).boxes[0].value == "9,5"


def test_sheet_that_is_in_opens_with_a_reason_instead(client):
    report = submitted_report()
    signed_in(client, report)
    answer = client.get(address(report))
    assert answer.status_code == 403
    words = CLOSED["submitted"]
    assert answer.context["sentence"] == words


def test_row_button_saves_first_and_leads_to_its_files(client):
    report = member_report()
    signed_in(client, report)
    pk = row_of(report, DIRECT).criterion.pk
    data = posted(report, {COUNT: {"value": "1"}}) | {"evidence": str(pk)}
    answer = client.post(address(report), data)
    assert answer.url == reverse("reports:evidence_upload", args=(report.pk, pk))
    assert score_of(report, COUNT).value == 1


@pytest.mark.parametrize(
    ("person", "status"),
    (
        (lambda report: leader_of(report.unit), 403),
        (lambda report: editor_of(report.bloc_year.head), 404),
        (lambda report: editor_of(member_report().unit), 404),
    ),
)
def test_others_do_not_fill_in_the_sheet(client, person, status):
    report = member_report()
    client.force_login(person(report))
    data = posted(report, {DIRECT: {"value": "1"}})
    assert client.get(address(report)).status_code == status
    assert client.post(address(report), data).status_code == status
    assert Score.objects.count() == 0


def report_with_leaves(count):
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=count)
    group = Criterion.objects.create(table=table, code="I", name="Nhiệm vụ", max_points=count)
    for order in range(1, count + 1):
        Criterion.objects.create(
            table=table,
            parent=group,
            code=str(order),
            name=f"Nhiệm vụ {order}",
            kind="direct",
            max_points=1,
            order=order,
        )
    return member_report(bloc_year=year, table=table)


@pytest.mark.parametrize("count", (1, 3, 60))
def test_sheet_opens_at_the_same_cost(client, count, django_assert_num_queries):
    report = report_with_leaves(count)
    person = signed_in(client, report)
    rows = [typed(report, f"I.{place}", value="1") for place in range(1, count + 1)]
    save_scores(report, rows=rows, actor=person)
    client.get(address(report))
    with django_assert_num_queries(PAGE):
        assert client.get(address(report)).status_code == 200


@pytest.mark.parametrize("count", (1, 3, 60))
def test_sheet_is_saved_at_the_same_cost(client, count, django_assert_num_queries):
    report = report_with_leaves(count)
    signed_in(client, report)
    changes = {f"I.{place}": {"value": "0,5"} for place in range(1, count + 1)}
    client.post(address(report), posted(report, {"I.1": {"value": "1"}}))
    data = posted(report, changes)
    with django_assert_num_queries(SAVE):
        assert client.post(address(report), data).status_code == 302
    assert Score.objects.filter(self_points="0.5").count() == count


def test_every_input_has_a_label_and_a_name_of_its_own(client):
    report = member_report()
    signed_in(client, report)
    html = client.get(address(report)).content.decode()
    row = row_of(report, RATIO)
    for field in ("target", "value", "note"):
        name = name_of(row, field)
        assert (html.count(f'name="{name}"'), html.count(f'for="{name}"')) == (1, 1)
