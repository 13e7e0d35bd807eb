"""The appraisal page: own points, given points, difference with its sign, reason."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Score
from blocs.states import SeatRole
from tests.factories.blocs import ReportFactory, fill, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import (
    CLOSED,
    COUNT,
    DIRECT,
    RATIO,
    given,
    in_state,
    posted_appraisal,
    row_of,
    score_of,
    submitted_report,
)

pytestmark = pytest.mark.django_db


def address(report):
    return reverse("reports:appraisal_edit", args=(report.pk,))


def signed_in(client, report):
    person = leader_of(report.bloc_year.head)
    client.force_login(person)
    return person


def line_of(answer, label):
    pk = row_of(answer.context["report"], label).criterion.pk
    return next(line for line in answer.context["lines"] if line.pk == pk)


def test_points_are_given_beside_the_own_ones_with_a_signed_difference(client):
    report = submitted_report()
    signed_in(client, report)
    data = posted_appraisal(
        report,
        {
            DIRECT: {"points": "9", "reason": "Thiếu văn bản."},
            RATIO: {"points": "10", "reason": "Cộng phần đã làm."},
            COUNT: {"points": "9,5"},
        },
    )
    answer = client.post(address(report), data, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Đã lưu 03 tiêu chí."]
    found = [
        (line.own, line.boxes[0].value, line.difference, line.tone, line.text.value)
        for line in (line_of(answer, label) for label in (DIRECT, RATIO, COUNT))
    ]
    assert found == [
        ("9,50", "9", "−0,50", "down", "Thiếu văn bản."),
        ("9,50", "10", "+0,50", "up", "Cộng phần đã làm."),
        ("9,50", "9,5", "0", "same", ""),
    ]
    assert answer.context["progress"] == "Đã thẩm định 3/4 tiêu chí"


def test_difference_without_reason_comes_back_at_the_reason(client):
    report = submitted_report()
    signed_in(client, report)
    answer = client.post(address(report), posted_appraisal(report, {DIRECT: {"points": "9"}}))
    line = line_of(answer, DIRECT)
    assert (answer.status_code, line.boxes[0].value, line.text.error) == (
        422,
        "9",
        "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do.",
    )
    assert Score.objects.filter(appraised_points__isnull=False).count() == 0


def test_one_button_takes_the_own_points_for_the_rest(client):
    report = submitted_report()
    signed_in(client, report)
    data = posted_appraisal(report, {DIRECT: {"points": "9", "reason": "Thiếu."}})
    assert client.post(address(report), data | {"fill": "1"}).status_code == 302
    points = Score.objects.order_by("pk").values_list("appraised_points", flat=True)
    assert list(points) == [9, Decimal("9.5"), Decimal("9.5"), Decimal("9.5")]


def test_second_appraiser_sees_both(client):
    report = submitted_report()
    data = posted_appraisal(report, {DIRECT: {"points": "8", "reason": "Khác."}})
    first = leader_of(report.bloc_year.deputy)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=first)
    signed_in(client, report)
    answer = client.post(address(report), data)
    line = line_of(answer, DIRECT)
    assert (answer.status_code, line.boxes[0].value, line.text.value) == (409, "8", "Khác.")
    assert line.conflict.startswith(f"Người khác đã lưu: 9; lý do “Thiếu.” ({first}, ")
    assert score_of(report, DIRECT).appraised_points == 9


def test_half_appraised_sheet_shows_no_difference_of_sums(client):
    report = submitted_report()
    person = signed_in(client, report)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=person)
    foot = client.get(address(report)).context["foot"]
    assert (foot.given, foot.difference) == ("9,00", "")
    facts = dict(client.get(report.get_absolute_url()).context["facts"])
    assert facts["Tổng điểm thẩm định (chênh lệch)"] == "9,00 (chưa thẩm định xong)"


def test_people_of_the_own_unit_do_not_open_the_page(client):
    year = year_with_members(3)
    report = fill(ReportFactory(bloc_year=year, unit=year.head, submitted=True))
    for person, status in (
        (leader_of(year.head), 403),
        (editor_of(year.head), 403),
        (leader_of(year.deputy), 200),
        (official(SeatRole.OFFICE), 200),
        (editor_of(year.deputy), 403),
        (leader_of(year_with_members(3).head), 404),
        (official(SeatRole.COUNCIL), 404),
    ):
        client.force_login(person)
        assert client.get(address(report)).status_code == status


def test_draft_is_not_found_by_its_appraisers(client):
    report = in_state(submitted_report(), "draft")
    signed_in(client, report)
    assert client.get(address(report)).status_code == 404


def test_finished_appraisal_is_closed(client):
    report = in_state(submitted_report(), "appraised")
    signed_in(client, report)
    answer = client.get(address(report))
    assert (answer.status_code, answer.context["sentence"]) == (
        403,
        CLOSED["appraised"],
    )


@pytest.mark.parametrize("count", (1, 3))
def test_appraisal_opens_at_the_same_cost(client, count, django_assert_num_queries):
    report = submitted_report()
    keep = [row_of(report, label).score.pk for label in (DIRECT, RATIO, COUNT)[:count]]
    report.scores.exclude(pk__in=keep).delete()
    signed_in(client, report)
    client.get(address(report))
    with django_assert_num_queries(10):
        assert client.get(address(report)).status_code == 200


def test_what_the_unit_saved_is_not_told_as_a_save_of_the_appraisal(client):
    """Its rows were saved by the unit; the first given points are the first save here."""
    report = submitted_report()
    Score.objects.update(saved_by=editor_of(report.unit), saved_at=report.submitted_at)
    person = signed_in(client, report)
    assert client.get(address(report)).context["save_state"] == "Chưa có điểm nào được lưu."
    data = posted_appraisal(report, {DIRECT: {"points": "9", "reason": "Thiếu văn bản."}})
    said = client.post(address(report), data, follow=True).context["save_state"]
    assert (said.startswith("Đã lưu lúc "), said.endswith(f", {person}")) == (True, True)
    # A refused sheet holds what is not saved, whatever was saved before.
    wrong = posted_appraisal(report, {DIRECT: {"points": "999"}})
    answer = client.post(address(report), wrong)
    assert (answer.status_code, answer.context["save_state"]) == (422, "Có thay đổi chưa lưu")
