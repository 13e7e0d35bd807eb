"""The track of a year as its page draws it: done, passed over, and who is waited for."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, Signature
from blocs.conferences.models import Conference
from blocs.states import BlocKind, ConferenceState, RegistrationState, SeatRole, YearState
from blocs.years.models import Registration
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members
from tests.factories.people import UserFactory, official

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def named_year(count=6, **kwargs):
    """A year whose members are called Sở A, Sở B, …; the first is led by Trần Văn An."""
    year = year_with_members(count, **kwargs)
    for letter, member in zip("ABCDEFGH", year.members.order_by("order"), strict=False):
        unit = member.unit
        unit.short_name, unit.leader_name = f"Sở {letter}", ""
        if letter == "A":
            unit.leader_name = "Trần Văn An"
        unit.save()
    return year


def track(client, year):
    """(words, who) of each step on the page of the year, by its label."""
    answer = client.get(year.get_absolute_url())
    return {step["label"]: (step["words"], step["who"]) for step in answer.context["track"]}


def units_of(year):
    return [member.unit for member in year.members.order_by("order")]


def register(year, *places, state=RegistrationState.SIGNED):
    for place in places:
        Registration.objects.create(
            bloc_year=year,
            unit=units_of(year)[place],
            content="Giữ vững danh hiệu.",
            state=state,
            signed_at=timezone.now(),
        )


def agree(year, *places):
    agreement = Agreement.objects.create(bloc_year=year, state="signing")
    for place in places:
        Signature.objects.create(
            agreement=agreement,
            unit=units_of(year)[place],
            signer_name="Lê Thị B",
            revision=0,
            signed_by=UserFactory(),
            signed_at=timezone.now(),
        )
    return agreement


def test_a_step_nobody_did_is_not_done_when_the_work_begins(office):
    year = named_year(state=YearState.IN_PROGRESS)
    found = track(office, year)
    assert found["Đăng ký thi đua"] == ("Đã qua, 0/6 đơn vị", "Đơn vị thành viên")
    assert found["Bảng điểm"] == ("Đã qua, chưa ban hành", "Khối trưởng")
    assert found["Giao ước"] == ("Đã qua, 0/6 đơn vị", "Tất cả đơn vị")
    assert found["Sơ kết"] == ("Đang làm", "Sở A (Trần Văn An)")


def test_the_facts_make_the_steps_done(office):
    year = named_year(3, state=YearState.IN_PROGRESS)
    register(year, 0, 1, 2)
    agreement = agree(year, 0, 1)
    Agreement.objects.filter(pk=agreement.pk).update(state="effective", effective_at=timezone.now())
    ScoringTableFactory(bloc_year=year, published=True)
    found = track(office, year)
    assert [found[label][0] for label in ("Đăng ký thi đua", "Bảng điểm", "Giao ước")] == [
        "Đã xong",
        "Đã xong",
        "Đã xong, 2/3 đơn vị",
    ]


def test_an_open_step_names_the_units_it_waits_for(office):
    year = named_year(state=YearState.OPEN, registration_due=None, agreement_due=None)
    register(year, 1)
    register(year, 2, state=RegistrationState.DRAFT)
    found = track(office, year)
    assert found["Đăng ký thi đua"] == ("1/6 đơn vị", "Chờ Sở A, Sở C, Sở D và 02 đơn vị khác")
    assert found["Giao ước"] == ("0/6 đơn vị", "Tất cả đơn vị")


def test_an_agreement_waits_for_its_head_and_then_for_those_who_have_not_signed(office):
    due = timezone.localdate() - dt.timedelta(days=2)
    year = named_year(4, state=YearState.OPEN, agreement_due=due)
    register(year, 0, 1, 2, 3)
    assert track(office, year)["Giao ước"] == ("0/4 đơn vị", "Sở A (Trần Văn An)")
    agree(year, 0, 3)
    assert track(office, year)["Giao ước"] == ("2/4 đơn vị", "Chờ Sở B, Sở C")


def test_reports_and_the_appraisal_name_units_and_people(office):
    year = named_year(3, state=YearState.CLOSING)
    table = ScoringTableFactory(bloc_year=year, published=True)
    ReportFactory(bloc_year=year, unit=units_of(year)[1], table=table, submitted=True)
    year.report_due = year.appraisal_due = timezone.localdate() - dt.timedelta(days=1)
    year.save()
    found = track(office, year)
    assert found["Báo cáo, tự chấm"] == ("1/3 đơn vị", "Chờ Sở A, Sở C")
    assert found["Thẩm định"] == ("0/3 đơn vị", "Sở A (Trần Văn An); Sở B")


def test_a_cluster_has_its_own_words(office):
    year = named_year(3, state=YearState.PLANNED)
    year.bloc.kind = BlocKind.TERRITORIAL
    year.bloc.save()
    found = track(office, year)
    assert found["Thẩm định"] == ("0/3 đơn vị", "Cụm trưởng, cụm phó")


@pytest.mark.parametrize("state", (YearState.DECIDED, YearState.ARCHIVED))
def test_a_year_without_papers_claims_none(office, state):
    year = named_year(2, state=state)
    words = [word for word, _ in track(office, year).values()]
    last = "Đã xong" if state == YearState.ARCHIVED else "Đang làm"
    assert words[6:] == [
        "Đã qua, chưa có hội nghị",
        "Đã qua, không bỏ phiếu",
        "Đã qua, không có đề nghị",
        "Đã qua, chưa ghi quyết định",
        last,
    ]


@pytest.mark.parametrize("state", ConferenceState)
def test_a_conference_is_over_when_its_minutes_are_signed(office, state):
    """Counted votes are no minutes: the page asks for them, and the track must not deny it."""
    year = named_year(state=YearState.CLOSING)
    now = timezone.now()
    ended = now + dt.timedelta(hours=3) if state == ConferenceState.SIGNED else None
    Conference.objects.create(bloc_year=year, state=state, starts_at=now, ended_at=ended)
    words = track(office, year)["Hội nghị"][0]
    assert (words == "Đã xong") == (state == ConferenceState.SIGNED)


def shown_line(client, name, year):
    """The words of the folded track of a page; None where the page shows the whole track."""
    page = client.get(reverse(name, args=(year.pk,))).content.decode()
    assert page.count('<nav class="track"') == 1
    found = re.search(r'<details class="track-line">\s*<summary>(.*?)</summary>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else None


@pytest.mark.parametrize(
    "name",
    (
        "reports:year_reports",
        "agreements:agreement_detail",
        "conferences:conference_detail",
        "years:year_edit",
        "years:year_members",
        "changes:member_change_new",
    ),
)
def test_a_page_of_work_says_in_one_line_where_the_year_stands(office, name):
    due = timezone.localdate() + dt.timedelta(days=3)
    year = named_year(4, state=YearState.CLOSING, report_due=due)
    said = f"Tiến trình năm: bước 5/11 Báo cáo, tự chấm · hạn {due:%d/%m}, còn 3 ngày · 0/4 đơn vị"
    assert shown_line(office, name, year) == said


def test_the_page_of_the_year_shows_all_its_steps(office):
    assert shown_line(office, "years:year_detail", named_year(4, state=YearState.CLOSING)) is None
