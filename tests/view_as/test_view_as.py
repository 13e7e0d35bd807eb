"""The office looks as a person of a unit: sees what that person sees, does nothing."""

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine
from django.contrib.auth.signals import user_logged_out
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole
from blocs.units.actions.identities import link_identity
from blocs.units.actions.people import reset_password
from blocs.units.actions.requests import ask_for_new_factor, confirm_request
from blocs.units.models import Unit
from tests.factories.blocs import ReportFactory, year_with_members
from tests.factories.people import (
    SeatFactory,
    UnitFactory,
    UserFactory,
    auditor,
    editor_of,
    official,
    with_factor,
)
from tests.house.walk import pages
from thidua.accounts.actions import drop_factor_by_command
from thidua.common.activity import record
from thidua.common.models import ActivityEntry
from thidua.view_as.forms import ViewAsForm
from thidua.view_as.middleware import OPEN

pytestmark = pytest.mark.django_db
NEW, END, HOME = reverse("view_as:view_as_new"), reverse("view_as:view_as_end"), "/"
NOON = dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC)
REASON = "Cán bộ gọi điện nhờ xem vì sao chưa nộp được báo cáo."


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft(clock):
    """The report of a unit that nobody but its own people may read."""
    year = year_with_members(3)
    return ReportFactory(bloc_year=year, unit=year.deputy, state=ReportState.DRAFT)


@pytest.fixture
def person(draft):
    return editor_of(draft.unit)


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


@pytest.fixture
def looking(person, office):
    client = Client()
    client.force_login(office)
    assert client.post(NEW, {"person": person.pk, "reason": REASON}).url == HOME
    return client


@contextmanager
def catch(signal, heard):
    signal.connect(heard)
    yield
    signal.disconnect(heard)


def told(person):
    return [
        (row.actor, row.action, row.label)
        for row in ActivityEntry.objects.about(person).order_by("pk")
    ]


def test_the_office_sees_what_the_person_sees(looking, draft, office, person):
    other = Client()
    other.force_login(office)
    assert other.get(draft.get_absolute_url()).status_code == 404
    page = looking.get(draft.get_absolute_url())
    assert (page.status_code, page.context["user"]) == (200, person)
    assert f"{office} đang xem như {person}" in page.content.decode()
    assert looking.get(reverse("log_pages:log_book")).status_code == 403


def test_every_page_carries_the_banner(looking):
    for name in ("home:tasks", "units:unit_list", "decisions:public_list", "years:year_list"):
        assert "Thôi xem như" in looking.get(reverse(name)).content.decode()


def test_who_saw_as_whom_and_which_pages_stands_in_the_log(looking, person, office):
    for page in (HOME, reverse("units:unit_list"), HOME):
        looking.get(page)
    looking.post(END)
    assert told(person) == [
        (office, "view_as.begin", f"Bắt đầu xem như {person}"),
        (office, "view_as.look", f"Xem như {person}: /"),
        (office, "view_as.look", f"Xem như {person}: /don-vi/"),
        (office, "view_as.end", f"Thôi xem như {person}"),
    ]
    assert ActivityEntry.objects.about(person).earliest("pk").note == REASON


def test_the_person_reads_of_it_on_the_home_page(looking, person, office):
    client = Client()
    client.force_login(person)
    assert REASON in client.get(HOME).content.decode()
    person.refresh_from_db()
    assert person.reset_note.startswith(f"{office} đã xem phần mềm như bạn lúc ")


def drop_factor_of_two(person, office):
    confirm_request(ask_for_new_factor(person, actor=official(SeatRole.SYSADMIN)), actor=office)


def link_by_two(person, office):
    SeatFactory(user=person, role=SeatRole.LEADER)
    asked = link_identity(person, actor=official(SeatRole.SYSADMIN), subject="s1")
    confirm_request(asked, actor=office)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda person, _: reset_password(
                person, actor=official(SeatRole.SYSADMIN), password="mat-khau-lan-dau-7"
            ),
            "Mật khẩu của bạn đã được đặt lại",
        ),
        (drop_factor_of_two, "Bước xác thực thứ hai của bạn đã được bỏ"),
        (lambda person, _: drop_factor_by_command(person), "lệnh của người vận hành máy"),
        (link_by_two, "Tài khoản của tỉnh đã được gắn với bạn"),
    ],
)
@pytest.mark.usefixtures("looking")
def test_what_others_do_later_does_not_hide_it(person, office, settings, change, words):
    settings.OIDC_ISSUER = "https://tinh.example.vn"
    with_factor(person)
    change(person, office)
    person.refresh_from_db()
    seen, later = person.reset_note.splitlines()
    assert (REASON in seen, words in later) == (True, True)


def test_nothing_can_be_done_and_the_pages_of_the_account_stay_closed(looking, draft, person):
    before = ActivityEntry.objects.exclude(action="view_as.look").count()
    faults = []
    for page in pages():
        if "<" not in page.route and page.name not in OPEN:
            answer = looking.post(f"/{page.route}", {"note": "x", "name": "Sở Mới", "year": 2020})
            faults += [page.name] if answer.status_code != 403 else []
            if page.name.startswith("accounts:"):
                faults += [page.name] if looking.get(f"/{page.route}").status_code != 403 else []
    edit = reverse("reports:report_move", args=(draft.pk, "submit"))
    faults += [edit] if looking.post(edit).status_code != 403 else []
    assert faults == []
    assert ActivityEntry.objects.exclude(action="view_as.look").count() == before
    assert Report.objects.get(pk=draft.pk).state == ReportState.DRAFT
    assert not Unit.objects.filter(name="Sở Mới").exists()


def test_a_sheet_of_others_that_is_opened_is_told_of_who_looked(looking, draft, person, office):
    other = ReportFactory(
        bloc_year=draft.bloc_year,
        unit=draft.bloc_year.head,
        table=draft.table,
        state=ReportState.AGREED,
        submitted_at=NOON,
        first_submitted_at=NOON,
        self_total=40,
        appraised_at=NOON,
        appraised_total=38,
    )
    # The person opens it the same day: that is another line, and each is written once.
    own = Client()
    own.force_login(person)
    for client in (own, looking, own, looking):
        assert client.get(other.get_absolute_url()).status_code == 200
    assert [line[::2] for line in told(other)] == [
        (person, "Mở bảng điểm"),
        (office, f"Mở bảng điểm (xem như {person})"),
    ]


def test_a_line_is_no_longer_than_its_column(looking, draft, person):
    looking.get(f"/bao-cao/{draft.pk:0402}/")
    assert len(told(person)[-1][2]) == 255
    person.seen_by, person.full_name = UserFactory(), "A" * 150
    line = record(person, "view_as.try", draft, label="x" * 300)
    assert (len(line.label), line.label[-12:]) == (255, f"{'A' * 11})")
    assert " (xem như A" in line.label


def test_it_ends_by_button_and_by_itself(looking, person, office, clock, settings):
    clock.shift(dt.timedelta(minutes=settings.VIEW_AS_MINUTES - 1))
    assert looking.get(HOME).context["user"] == person
    clock.shift(dt.timedelta(minutes=1))
    assert looking.get(HOME).url == NEW
    page = looking.get(NEW)
    assert [str(one) for one in page.context["messages"]] == [f"Đã hết thời gian xem như {person}."]
    assert page.context["user"] == office
    assert told(person)[-1][1] == "view_as.end"
    looking.post(NEW, {"person": person.pk, "reason": REASON})
    assert looking.get(HOME).context["user"] == person
    looking.post(END)
    assert looking.get(HOME).context["user"] == office
    assert looking.post(END).status_code == 302


def test_it_ends_at_once_when_the_right_is_gone(looking, person, office):
    SeatFactory(user=person, unit=None, role=SeatRole.COUNCIL)
    assert looking.get(HOME).url == NEW
    assert looking.get(NEW).context["user"] == office


def test_signing_out_ends_it_and_signs_out_who_looks(looking, person, office):
    gone = []
    with catch(user_logged_out, lambda user, **_: gone.append(user)):
        looking.post(reverse("accounts:logout"))
    assert gone == [office]
    assert told(person)[-1] == (office, "view_as.end", f"Thôi xem như {person}")
    assert looking.get(NEW).url.startswith(reverse("accounts:login"))


def test_leaving_the_desk_ends_it(looking, person, office, clock, settings):
    settings.VIEW_AS_MINUTES = settings.SESSION_IDLE_MINUTES + 60
    clock.shift(dt.timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))
    assert looking.get(HOME).status_code == 302
    assert told(person)[-1] == (office, "view_as.end", f"Thôi xem như {person}")


def test_the_year_is_chosen_meanwhile(looking, person):
    before = ActivityEntry.objects.count()
    answer = looking.post(reverse("home:choose_year"), {"year": 2025, "next": "/don-vi/"})
    assert (answer.url, looking.session["year"]) == ("/don-vi/", 2025)
    assert ActivityEntry.objects.count() == before


def test_nobody_looks_as_who_sits_at_the_province(office):
    for role in (SeatRole.CHAIR, SeatRole.COUNCIL, SeatRole.OFFICE, SeatRole.SYSADMIN):
        assert not office.has_perm("view_as.view_as", official(role))
    later = SeatFactory().user
    SeatFactory(user=later, unit=None, role=SeatRole.CHAIR, starts_on=dt.date(2098, 1, 1))
    stopped = UserFactory(is_active=False)
    for one in (auditor(), later, stopped, office):
        assert not office.has_perm("view_as.view_as", one)
    assert office.has_perm("view_as.view_as", SeatFactory().user)


def test_the_form_offers_whom_the_right_allows(office, person):
    for role in (SeatRole.CHAIR, SeatRole.COUNCIL, SeatRole.SYSADMIN):
        official(role)
    SeatFactory(user=SeatFactory().user, unit=None, role=SeatRole.COUNCIL)
    offered = set(ViewAsForm(today=timezone.localdate()).fields["person"].queryset)
    seats = {one: {seat.role for seat in one.seats.all()} for one in type(person).objects.all()}
    assert offered == {one for one, roles in seats.items() if roles <= {"editor", "leader"}}
    assert person in offered


def test_the_form_names_units_and_keeps_them_together(db):
    units = [UnitFactory(name=name) for name in ("Sở Đất", "Sở Ân", "Sở Dân")]
    for number, unit in enumerate((*units, units[1])):
        user = UserFactory(full_name=f"Người {'DCBA'[number]}", username=f"n{number}")
        SeatFactory(user=user, unit=unit)
    SeatFactory(user=user, unit=units[2])
    UserFactory(full_name="Người không ghế", username="k")
    assert [
        words
        for _, words in list(ViewAsForm(today=timezone.localdate()).fields["person"].choices)[1:]
    ] == [
        "Người A – Sở Ân, Sở Dân (n3)",
        "Người C – Sở Ân (n1)",
        "Người B – Sở Dân (n2)",
        "Người D – Sở Đất (n0)",
        "Người không ghế (k)",
    ]


@pytest.mark.parametrize("who", ["sysadmin", "council", "chair", "auditor", "limited", "editor"])
def test_only_the_whole_office_looks(who, person, client):
    people = {
        "auditor": auditor,
        "limited": lambda: official(SeatRole.OFFICE, edits_only=[1]),
        "editor": lambda: SeatFactory().user,
    }
    client.force_login(people.get(who, lambda: official(SeatRole(who)))())
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"person": person.pk, "reason": REASON}).status_code == 403


def test_it_takes_a_reason_and_a_proof(office, person, client, settings):
    client.force_login(office)
    answer = client.post(NEW, {"person": person.pk, "reason": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    settings.PROOF_MINUTES = 15
    answer = client.post(NEW, {"person": person.pk, "reason": REASON})
    assert answer.url.startswith(reverse("accounts:prove"))
    assert told(person) == []
