"""What was signed and sent stays as it is once its year is over: nobody could send it again."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.reports.models import Report
from blocs.states import MemberChangeKind, ReportState, YearState
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import year_with_members
from tests.factories.changes import change_members
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import submitted_report

pytestmark = pytest.mark.django_db
END = "Không còn việc phải làm"
KEPT = (
    "Năm thi đua đã bàn giao và lưu nên hồ sơ của năm giữ nguyên, không sửa nữa; việc mới thì ghi "
    "vào năm đang thực hiện."
)


def in_year(thing, state):
    BlocYear.objects.filter(pk=thing.bloc_year_id).update(state=state)
    return type(thing).objects.get(pk=thing.pk)


def page_of(client, thing, person):
    client.force_login(person)
    return client.get(thing.get_absolute_url())


def pressed(client, url, note="Thiếu chỉ tiêu."):
    answer = client.post(url, {"note": note})
    return [] if answer.status_code == 302 else answer.context["obstacles"]


@pytest.fixture
def registration():
    year = year_with_members(3, state=YearState.OPEN)
    facts = {"content": "Giữ vững danh hiệu.", "signed_at": timezone.now()}
    return Registration.objects.create(bloc_year=year, unit=year.deputy, state="signed", **facts)


@pytest.mark.parametrize("state", ("ranked", "proposed", "decided", "archived"))
@pytest.mark.parametrize("move", ("return", "check"))
def test_a_registration_of_a_ranked_year_is_neither_returned_nor_received(
    client, registration, state, move
):
    row = in_year(registration, state)
    client.force_login(editor_of(row.bloc_year.head))
    said = "Năm thi đua đã xếp hạng: bản đăng ký giữ nguyên, không trả lại hoặc tiếp nhận được nữa."
    assert pressed(client, reverse("registrations:registration_move", args=(row.pk, move))) == [
        KEPT if state == "archived" else said
    ]
    assert Registration.objects.get().state == "signed"
    page = page_of(client, row, leader_of(row.unit))
    assert page.context["way"] == (
        f"{END}: năm thi đua đã xếp hạng; bản đăng ký giữ nguyên, không sửa, trả lại hoặc tiếp "
        "nhận nữa."
    )


def test_a_registration_is_returned_while_its_year_takes_it(client, registration):
    row = in_year(registration, "closing")
    client.force_login(editor_of(row.bloc_year.head))
    assert (
        pressed(client, reverse("registrations:registration_move", args=(row.pk, "return"))) == []
    )


def test_a_registration_is_not_returned_to_a_unit_that_left(client, registration):
    year, today = registration.bloc_year, timezone.localdate()
    Registration.objects.update(unit=year.members.order_by("order").last().unit)
    registration.refresh_from_db()
    change_members(year, registration.unit, MemberChangeKind.LEFT, today - dt.timedelta(days=1))
    client.force_login(editor_of(year.head))
    (told,) = pressed(
        client, reverse("registrations:registration_move", args=(registration.pk, "return"))
    )
    assert told.endswith("nên không làm bước này; hồ sơ đã có vẫn xem được.")


@pytest.fixture
def report():
    return submitted_report()


OVER = {
    "proposed": "Đề nghị khen thưởng của năm đã gửi tỉnh",
    "decided": "Năm thi đua đã kết thúc",
    "archived": "Năm thi đua đã kết thúc",
}


@pytest.mark.parametrize("state", OVER)
@pytest.mark.parametrize("move", ("return", "appraise"))
def test_a_report_of_a_year_that_is_over_is_neither_returned_nor_appraised(
    client, report, state, move
):
    report = in_year(report, state)
    client.force_login(leader_of(report.bloc_year.head))
    said = pressed(client, reverse("reports:report_move", args=(report.pk, move)))
    over = f"{OVER[state]}: báo cáo giữ nguyên, không trả lại, thẩm định hoặc giải trình nữa."
    assert said[0] == (KEPT if state == "archived" else over)
    assert Report.objects.get().state == ReportState.SUBMITTED


@pytest.mark.parametrize("state", ("draft", "returned", "submitted", "appraised", "explained"))
@pytest.mark.parametrize("year_state", OVER)
def test_the_page_of_a_report_says_that_its_year_is_over(client, report, state, year_state):
    Report.objects.update(
        state=state, appraised_at=timezone.now(), appraised_total=1, explanation="Giải trình."
    )
    report = in_year(report, year_state)
    way = page_of(client, report, leader_of(report.unit)).context["way"]
    assert way == (
        "Đề nghị khen thưởng của năm đã gửi tỉnh nên báo cáo không nộp, trả lại hoặc thẩm định "
        "được nữa; cơ quan thường trực trả lại đề nghị thì mới tiếp tục được."
        if year_state == "proposed"
        else f"{END}: năm thi đua đã kết thúc, báo cáo giữ nguyên."
    )


@pytest.mark.parametrize("state", ("closing", "ranked"))
def test_a_report_is_returned_while_its_year_takes_reports(client, report, state):
    report = in_year(report, state)
    client.force_login(leader_of(report.bloc_year.head))
    assert pressed(client, reverse("reports:report_move", args=(report.pk, "return"))) == []
