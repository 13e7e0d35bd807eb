"""Moves that follow from other acts have no page, and the log book tells a day's work in short."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.states import SeatRole, YearState
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, official
from tests.factories.reports import member_report
from thidua.common.activity import record
from thidua.common.pages.timeline import timeline

pytestmark = pytest.mark.django_db
SAVED = "reports.save_scores"
MORNING = dt.datetime(2026, 11, 27, 1, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("move", "status"), [("take_back", 404), ("decide", 404), ("no", 404)])
def test_move_that_another_act_makes_has_no_page(client, move, status):
    year = year_with_members(state=YearState.PROPOSED)
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_move", args=(year.pk, move))
    assert [client.get(url).status_code, client.post(url).status_code] == [status, status]


def test_saves_of_one_sitting_are_one_line_and_those_of_another_are_not():
    report = member_report()
    person, other = editor_of(report.unit), editor_of(report.unit)
    for minutes, actor in ((0, person), (10, person), (39, person), (70, person), (75, other)):
        with time_machine.travel(MORNING + dt.timedelta(minutes=minutes), tick=False):
            record(actor, SAVED, report, label="Lưu điểm tự chấm: 01 tiêu chí")
    lines = [(entry["actor_name"], entry["label"]) for entry in timeline(report, folded=(SAVED,))]
    assert lines == [
        (other.full_name, "Lưu điểm tự chấm: 01 tiêu chí"),
        (person.full_name, "Lưu điểm tự chấm: 01 tiêu chí"),
        (person.full_name, "Lưu điểm tự chấm: 03 lần từ 08:00 27/11/2026"),
    ]
    assert len(timeline(report)) == 5
