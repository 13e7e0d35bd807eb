"""One deadline with its hour: the same day and hour on every page, task and printed rule."""

import datetime as dt
import json
import re
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import Registration
from tests.blocs.ranking.test_whole_ranking import DUE, fresh, ranked_year
from tests.factories.blocs import (
    BlocYearFactory,
    ReportFactory,
    fill,
    small_table,
    year_with_members,
)
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
DAYS = ("registration", "agreement", "midyear", "report", "appraisal", "conference", "proposal")


@pytest.fixture
def office():
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    return client


def type_into(client, year, **typed):
    """What the office types over the fields as the page shows them."""
    url = reverse("years:year_edit", args=(year.pk,))
    return client.post(url, fields_of(client.get(url)) | typed)


def text_of(client, name, pk):
    page = client.get(reverse(name, args=(pk,))).content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("typed", "short", "words"),
    (
        (("16/12/2026", "17:00"), "17:00 16/12/2026", "17 giờ 00 ngày 16/12/2026"),
        (("13/12/2026", "11:30"), "11:30 13/12/2026", "11 giờ 30 ngày 13/12/2026 (Chủ nhật)"),
        (("16/12/2026", ""), "16/12/2026", "hết ngày 16/12/2026"),
    ),
)
def test_page_track_task_and_rule_tell_the_same_day_and_hour(office, typed, short, words):
    year = year_with_members(3, state=YearState.CLOSING)
    member = year.members.last().unit
    report = ReportFactory(bloc_year=year, unit=member, table=small_table(year))
    type_into(office, year, report_due=typed[0], report_hour=typed[1], due_reason="A")
    track = short[:-5].strip("/") + " /2026"
    assert f"Hạn nộp báo cáo, tự chấm {words}" in text_of(office, "years:year_detail", year.pk)
    assert "Báo cáo, tự chấm 0/3 đơn vị" in text_of(office, "years:year_detail", year.pk)
    assert f"Hạn {track}" in text_of(office, "years:year_detail", year.pk)
    assert f"Đã nộp 0/3 đơn vị, hạn {short} " in text_of(office, "reports:year_reports", year.pk)
    rule = f"Báo cáo nộp sau {words.removeprefix('hết ')} (lần nộp đầu) là nộp chậm."
    assert rule in text_of(office, "years:scoring_rules", year.pk)
    BlocYearFactory(bloc=year.bloc, year=year.year - 1, report_due=None)
    compared = office.get(reverse("criteria:rule_changes_paper", args=(year.pk,)))
    assert rule in printed(compared)
    unit = Client()
    unit.force_login(editor_of(member))
    assert f"Hạn nộp {words}" in text_of(unit, "reports:report_detail", report.pk)
    task = next(one for one in unit.get("/").context["tasks"] if "nộp báo cáo" in one.label)
    assert str(task.due) == short
    assert f"hạn {short}, " in unit.get("/").content.decode().lower()


def test_each_deadline_of_the_year_takes_an_hour_and_shows_it(office):
    year = year_with_members(3)
    hours = {f"{name}_hour": f"{8 + place:02d}:30" for place, name in enumerate(DAYS)}
    days = {f"{name}_due": f"{10 + place}/12/2026" for place, name in enumerate(DAYS)}
    type_into(office, year, **hours, **days, due_reason="A")
    found = office.get(reverse("years:year_detail", args=(year.pk,))).context["dates"]
    assert [str(deadline) for _, deadline in found] == [
        f"{8 + place:02d}:30 {10 + place}/12/2026" for place in range(len(DAYS))
    ]


def test_an_hour_without_its_day_is_refused(office):
    year = year_with_members(3)
    answer = type_into(office, year, midyear_due="", midyear_hour="17:00")
    assert answer.context["form"].errors == {
        "midyear_hour": ["Có giờ mà chưa có ngày: hãy ghi ngày của hạn này hoặc bỏ giờ."]
    }


def printed(answer):
    pages = PdfReader(BytesIO(b"".join(answer))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def at(day, hour, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "state"), ((at(DUE, 17), "Đang làm"), (at(DUE, 17, 1), "Quá hạn"))
)
def test_the_step_is_overdue_and_the_task_late_after_the_hour(moment, state):
    year = year_with_members(3, state=YearState.CLOSING, report_due=DUE, report_hour=dt.time(17))
    with time_machine.travel(moment, tick=False):
        client = Client()
        client.force_login(editor_of(year.members.last().unit))
        track = client.get(reverse("years:year_detail", args=(year.pk,))).context["track"]
        step = next(one for one in track if one["label"] == "Báo cáo, tự chấm")
        (task,) = [one for one in client.get("/").context["tasks"] if "báo cáo" in one.label]
    is_late = state == "Quá hạn"
    assert (step["state"], task.is_late) == ("blocked" if is_late else "current", is_late)


@pytest.mark.parametrize(
    ("moment", "words"), ((at(DUE, 16, 59), "Đúng hạn"), (at(DUE, 17, 1), "Chậm 1 ngày"))
)
def test_a_registration_signed_after_the_hour_is_late(office, moment, words):
    year = year_with_members(3, registration_due=DUE, registration_hour=dt.time(17))
    unit = year.members.last().unit
    facts = {"state": "signed", "signed_at": moment}
    Registration.objects.create(bloc_year=year, unit=unit, **facts)
    rows = office.get(reverse("registrations:registration_list", args=(year.pk,))).context["rows"]
    assert [row.lateness for row in rows if row.registration] == [words]


@pytest.mark.parametrize(
    ("moment", "late"),
    (
        (at(DUE, 17), []),
        (at(DUE, 17, 1), ["Chậm 1 ngày làm việc: trừ 0,5 điểm."]),
        # The Friday after, past the hour: as of Monday, two working days after Thursday.
        (at(DUE + dt.timedelta(days=1), 18), ["Chậm 2 ngày làm việc: trừ 1 điểm."]),
    ),
)
def test_points_are_lost_by_the_hour_and_the_proof_says_the_same(office, moment, late):
    year = ranked_year(late_per_day=Decimal("0.5"))
    type(year).objects.filter(pk=year.pk).update(report_hour=dt.time(17))
    year.reports.filter(unit=year.head).update(first_submitted_at=moment, submitted_at=moment)
    rows = office.get(reverse("ranking:ranking", args=(year.pk,))).context["rows"]
    notes = {row.unit: row.notes for row in rows}[year.head.name]
    assert [text.partition(": ")[2] for text in notes] == late
    proof = office.get(reverse("ranking:ranking_proof", args=(fresh(year).pk,)))
    data = json.loads(proof.content)
    assert check_proof(read_proof(proof.content.decode())).mismatches == ()
    assert data["rules"]["late"]["due_on"] == DUE.isoformat()


@pytest.mark.parametrize(("minute", "is_late"), ((0, False), (1, True)))
def test_a_report_sent_after_the_hour_is_marked_late(minute, is_late):
    year = year_with_members(3, state=YearState.CLOSING, report_due=DUE, report_hour=dt.time(17))
    unit = year.members.last().unit
    report = fill(ReportFactory(bloc_year=year, unit=unit, table=small_table(year)), Decimal(9))
    report.scores.filter(criterion__kind="deduction").delete()
    client = Client()
    with time_machine.travel(at(DUE, 17, minute), tick=False):
        client.force_login(leader_of(unit))
        client.post(reverse("reports:report_move", args=(report.pk, "submit")))
    report.refresh_from_db()
    assert (report.state, report.is_late) == (ReportState.SUBMITTED, is_late)
