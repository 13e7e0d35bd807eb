"""An absence with dates: a colleague stands in for just these days, and papers say «KT.»."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.reports.models import Report
from blocs.states import SeatRole, YearState
from blocs.units.actions.absences import end_absence, hand_over_seats, name_substitute
from blocs.units.actions.people import end_seat
from blocs.units.models import AccountRequest, Seat
from blocs.units.models.seats import leader_on, signer_on
from blocs.years.documents import leader_signer
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import UserFactory, editor_of, leader_of, official
from tests.factories.reports import submitted_report
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import ZONE
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
START, END = dt.date(2026, 12, 10), dt.date(2026, 12, 20)
START_WORK = "Bắt đầu thực hiện năm 2026"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 12, 7, 9, tzinfo=ZONE), tick=False) as traveller:
        yield traveller


@pytest.fixture
def away():
    """A year that waits for its head to begin, whose leader is away for eleven days."""
    year = year_with_members(3, state=YearState.AGREED)
    small_table(year)
    leader, deputy = leader_of(year.head), editor_of(year.head)
    name_substitute(
        actor=leader, substitute=deputy, title="Phó Giám đốc", starts_on=START, ends_on=END
    )
    return year, leader, deputy


def labels_on(clock, person, day):
    clock.move_to(dt.datetime.combine(day, dt.time(9), tzinfo=ZONE))
    person = User.objects.get(pk=person.pk)
    return [one.label for one in tasks_of(person, day) if one.label == START_WORK], person


def test_the_substitute_sees_and_does_the_tasks_on_these_days_and_no_others(away, clock):
    year, _, deputy = away
    days = [START - dt.timedelta(days=1), START, END, END + dt.timedelta(days=1)]
    found = []
    for day in days:
        tasks, person = labels_on(clock, deputy, day)
        found.append((tasks, person.has_perm("years.run_year", year)))
    assert found == [([], False), ([START_WORK], True), ([START_WORK], True), ([], False)]


def test_papers_of_these_days_say_kt_and_name_the_post_of_who_signs(away):
    year, leader, deputy = away
    before = leader_signer(year, START - dt.timedelta(days=1))
    during = leader_signer(year, START)
    assert (before.name, during.name) == (str(leader), str(deputy))
    assert before.post_lines == during.post_lines[:-1] or during.post_lines[0].startswith("KT. ")
    assert (during.post_lines[0][:4], during.post_lines[-1]) == ("KT. ", "PHÓ GIÁM ĐỐC")
    # The unit is led by its leader all the time.
    assert leader_on(year.head, START) == str(leader)


def test_a_sheet_sent_in_meanwhile_is_signed_kt(clock):
    report = submitted_report(results="Tốt.")
    leader, deputy = leader_of(report.unit), editor_of(report.unit)
    name_substitute(
        actor=leader, substitute=deputy, title="Phó Giám đốc", starts_on=START, ends_on=END
    )
    Report.objects.update(submitted_at=dt.datetime(2026, 12, 11, 9, tzinfo=ZONE))
    found = Report.objects.for_page().get(pk=report.pk)
    signer = score_sheet_paper(found, shows_appraisal=False).signers[1]
    title = report.unit.leader_title.upper()
    assert (signer.authority_lines, signer.name) == ((f"KT. {title}", "PHÓ GIÁM ĐỐC"), str(deputy))


def test_who_is_back_earlier_ends_it(away, clock):
    _, leader, deputy = away
    clock.move_to(dt.datetime(2026, 12, 12, 9, tzinfo=ZONE))
    assert end_absence(actor=leader) == 1
    seat = deputy.seats.get(stands_in_for__isnull=False)
    assert seat.ends_on == dt.date(2026, 12, 11)
    with pytest.raises(ValidationError, match="Không có ai đang hoặc sẽ thay bạn"):
        end_absence(actor=leader)


def test_an_absence_that_has_not_begun_is_taken_back_whole(away):
    _, leader, deputy = away
    assert end_absence(actor=leader) == 1
    assert list(deputy.seats.values_list("role", flat=True)) == [SeatRole.EDITOR]


def named(actor, substitute, start=START, end=END):
    return name_substitute(
        actor=actor, substitute=substitute, title="Phó", starts_on=start, ends_on=end
    )


def test_what_is_refused(away):
    year, leader, deputy = away
    other = editor_of(year.deputy)
    faults = (
        (leader, deputy, START, END, "đã có"),
        (leader, other, END + dt.timedelta(days=1), END + dt.timedelta(days=2), "cùng đơn vị"),
        (leader, leader, END + dt.timedelta(days=1), END + dt.timedelta(days=2), "cùng đơn vị"),
        (leader, deputy, dt.date(2026, 12, 6), START, "từ hôm nay"),
        (leader, deputy, END, START, "từ ngày bắt đầu"),
    )
    for actor, substitute, start, end, words in faults:
        with pytest.raises(ValidationError, match=words):
            named(actor, substitute, start, end)
    with pytest.raises(PermissionDenied):
        named(official(SeatRole.OFFICE), deputy)
    assert Seat.objects.filter(stands_in_for__isnull=False).count() == 1


def test_who_stands_in_names_nobody_in_his_turn(away, clock):
    year, _, deputy = away
    clock.move_to(dt.datetime.combine(START, dt.time(9), tzinfo=ZONE))
    third = editor_of(year.head)
    rows = named(User.objects.get(pk=deputy.pk), third, START, END)
    assert [row.role for row in rows] == [SeatRole.EDITOR]


def test_the_page_names_a_colleague_and_ends_the_absence(client):
    year = year_with_members(3)
    leader, deputy = leader_of(year.head), editor_of(year.head)
    client.force_login(leader)
    page = reverse("units:absence_new")
    assert client.get(page).context["rows"] == []
    typed = {
        "substitute": deputy.pk,
        "title": "Phó Giám đốc",
        "starts_on": "10/12/2026",
        "ends_on": "20/12/2026",
    }
    answer = client.post(page, typed, follow=True)
    assert [row.user for row in answer.context["rows"]] == [deputy]
    client.post(reverse("units:absence_end"))
    assert client.get(page).context["rows"] == []
    told = ActivityEntry.objects.filter(action__startswith="units.").order_by("pk")
    assert [row.action for row in told] == ["units.name_substitute", "units.end_absence"]


def test_all_seats_of_a_person_go_to_another_in_one_act():
    """Those of leaders wait for the second person; of the first nobody keeps one."""
    year = year_with_members(3)
    person, administrator = editor_of(year.head), official(SeatRole.SYSADMIN)
    leader = leader_of(year.deputy)
    Seat.objects.filter(user=leader).update(user=person)
    heir, today = UserFactory(), timezone.localdate()
    assert hand_over_seats(person, actor=administrator, to=heir, on=today) == 2
    assert list(person.seats.on(today)) == []
    assert list(heir.seats.on(today).values_list("role", "unit")) == [
        (SeatRole.EDITOR, year.head_id)
    ]
    asked = AccountRequest.objects.get(user=heir)
    assert (asked.role, asked.unit) == (SeatRole.LEADER, year.deputy)
    with pytest.raises(ValidationError, match="không giữ vị trí nào"):
        hand_over_seats(person, actor=administrator, to=heir, on=today)


def test_whoever_stands_in_is_no_longer_so_than_the_seat_is_held(away, clock):
    year, leader, deputy = away
    last = START + dt.timedelta(days=2)
    end_seat(leader.seats.get(), actor=official(SeatRole.SYSADMIN), ends_on=last)
    days = (START, last, last + dt.timedelta(days=1), END)
    found = [labels_on(clock, deputy, day) for day in days]
    held = [person.has_perm("years.run_year", year) for _, person in found]
    assert [bool(tasks) for tasks, _ in found] == [True, True, False, False]
    assert held[2:] == [False, False]
    assert [signer_on(year.head, day)[1] for day in days] == ["Phó Giám đốc"] * 2 + [""] * 2


def test_an_absence_is_short_and_two_do_not_stand_in_for_each_other(away):
    _, leader, deputy = away
    later = END + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="nhiều nhất 60 ngày"):
        named(leader, deputy, later, later + dt.timedelta(days=60))
    with pytest.raises(ValidationError, match="cũng vắng mặt"):
        named(deputy, leader, END, later)
    assert named(leader, deputy, later, later + dt.timedelta(days=59))


def test_seats_that_begin_on_the_day_are_not_handed_over_twice():
    year = year_with_members(3)
    leader, to = leader_of(year.head), UserFactory()
    day = leader.seats.get().starts_on
    with pytest.raises(ValidationError, match="bàn giao từ một ngày sau"):
        hand_over_seats(leader, actor=official(SeatRole.SYSADMIN), to=to, on=day)
    assert not to.seats.exists()
