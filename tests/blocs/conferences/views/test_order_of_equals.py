"""Units that the rules leave equal are placed by the conference, with its reason, and sealed so."""

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from blocs.conferences.actions.orders import NO_REASON, NOT_EQUAL, PARTLY
from blocs.conferences.models import Conference
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models import RankingSeal
from blocs.ranking.models.rankings import ranking_of
from blocs.states import ConferenceState, ReportState, YearState
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, fill, regulate, small_table
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    further_sitting,
    named_year,
    units_of,
)
from tests.factories.people import editor_of, leader_of
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf
from thidua.common.models import ActivityEntry
from thidua.papers.models import Paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NAMES = ("Sở A", "Sở B", "Sở C")
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
EVENING, LATER = "2026-12-10T09:00:00Z", "2026-12-20T09:00:00Z"
TYPED = {"number": "6", "ended_day": "10/12/2026", "ended_time": "11:45", "approvals": "3"}
REASON = "Hội nghị biểu quyết, 03/03 đại biểu đồng ý."
SAID = (
    "Hội nghị quyết định thứ hạng của các đơn vị bằng nhau: Sở B hạng 1, Sở A hạng 2 (lý do: Hội "
    "nghị biểu quyết, 03/03 đại biểu đồng ý)."
)


@pytest.fixture
def conference():
    """Open on 10 December: A and B have equal points, and the rules do not part them."""
    year = named_year(NAMES, year=2026, state=YearState.CLOSING)
    regulate(year, appeal_days=None, tie_rules=["work_points"])
    table = small_table(year)
    found = conference_of(year, starts_at=HELD, next_head_basis="do tỉnh giao")
    for unit, points in zip(units_of(found), ("9", "9", "7"), strict=True):
        facts = {"first_submitted_at": HELD, "submitted_at": HELD}
        facts["appraised_total"] = Decimal(points)
        report = ReportFactory(
            bloc_year=year, unit=unit, table=table, state=ReportState.APPRAISED, **facts
        )
        fill(report, Decimal(points), Decimal(points))
    add_agenda(found, ("Kết quả", "", "scores"))
    with time_machine.travel(EVENING, tick=False):
        yield found


def decide(client, conference, *places, reason=REASON):
    """The secretary writes these places of A and B; the answer of the page."""
    client.force_login(editor_of(conference.bloc_year.head))
    url = conference.address("order_edit")
    typed = {
        f"place-{unit.pk}": place for unit, place in zip(units_of(conference), places, strict=False)
    }
    return client.post(url, fields_of(client.get(url)) | typed | {"reason": reason})


def sign(client, conference, **more):
    Conference.objects.filter(pk=conference.pk).update(state=ConferenceState.COUNTED)
    client.force_login(leader_of(conference.bloc_year.head))
    answer = client.post(conference.address("minutes_sign"), TYPED | more)
    assert answer.status_code == 302, answer.context["form"].errors


def placed():
    ranking = ranking_of(BlocYear.objects.get())
    return [(row.unit.name, row.placed.place, row.placed.is_open) for row in ranking.rows]


OPEN = [("Sở A", 1, True), ("Sở B", 1, True), ("Sở C", 3, False)]
DECIDED = [("Sở B", 1, False), ("Sở A", 2, False), ("Sở C", 3, False)]


def test_the_decision_is_told_everywhere_and_sealed_with_the_ranking(client, conference):
    assert placed() == OPEN
    detail = conference.get_absolute_url()
    assert decide(client, conference, "2", "1").url == detail
    assert client.get(detail).context["order"] == [
        "Thứ tự giữa các đơn vị bằng nhau: Sở A: 2; Sở B: 1.",
        f"Lý do: {REASON}",
    ]
    assert placed() == DECIDED
    entry = ActivityEntry.objects.get(action="conferences.decide_order")
    assert [row["after"] for row in entry.changes] == ["Sở A: 2; Sở B: 1", REASON]
    sign(client, conference)
    assert placed() == DECIDED
    seal, minutes = RankingSeal.objects.get(), Paper.objects.get(kind="minutes")
    assert check_proof(read_proof(json.dumps(seal.proof))).mismatches == ()
    assert [unit.get("decided", {}).get("place") for unit in seal.proof["units"]] == [2, 1, None]
    assert minutes.data["sections"][0]["closing"] == [SAID]
    pdf = client.get(reverse("ranking:ranking_paper", args=(conference.bloc_year_id,)))
    assert SAID in " ".join(read_pdf(pdf.content).text.split())
    page = client.get(reverse("ranking:ranking", args=(conference.bloc_year_id,))).context
    note = f"Bằng điểm, hội nghị quyết định thứ hạng, lý do: {REASON}"
    assert [note in row.notes for row in page["rows"]] == [True, True, False]
    assert page["open_ties"] == []
    assert [found.sentence for found in check(BlocYear.objects.get())[1]] == []


def test_a_proof_with_another_order_is_not_confirmed(client, conference):
    decide(client, conference, "2", "1")
    sign(client, conference)
    proof = RankingSeal.objects.get().proof
    proof["units"][0]["decided"]["place"] = 1
    found = check_proof(read_proof(json.dumps(proof))).mismatches
    assert ("Sở A", "hạng", "2", "1") in [
        (one.where, one.what, one.stated, one.computed) for one in found
    ]


@pytest.mark.parametrize(
    ("places", "reason", "field", "sentence"),
    (
        (("1", ""), REASON, None, PARTLY.format(names="Sở A, Sở B")),
        (("1", "2"), "  ", "reason", NO_REASON),
    ),
)
def test_half_a_decision_is_refused_and_what_was_typed_stays(
    client, conference, places, reason, field, sentence
):
    answer = decide(client, conference, *places, reason=reason)
    assert answer.status_code == 422
    form = answer.context["form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert list(errors) == [sentence]
    assert form[f"place-{units_of(conference)[0].pk}"].value() == "1"
    assert placed() == OPEN


def test_units_that_the_rules_part_are_not_offered(client, conference):
    client.force_login(editor_of(conference.bloc_year.head))
    url = conference.address("order_edit")
    assert [unit.name for unit in client.get(url).context["form"].units] == ["Sở A", "Sở B"]
    regulate(conference.bloc_year, tie_rules=["shared_rank"])
    assert client.get(url).url == conference.get_absolute_url()
    assert NOT_EQUAL.startswith("Quy định của năm đã phân được")


def test_equal_numbers_share_the_rank_and_emptied_ones_leave_it_open(client, conference):
    decide(client, conference, "1", "1")
    assert placed() == [("Sở A", 1, False), ("Sở B", 1, False), ("Sở C", 3, False)]
    decide(client, conference, "", "")
    assert placed() == OPEN
    assert Conference.objects.get().equal_order_reason == ""


def test_after_the_signing_a_further_sitting_decides(client, conference):
    sign(client, conference)
    assert decide(client, conference, "2", "1").status_code in (302, 403, 422)
    assert placed() == OPEN
    with time_machine.travel(LATER, tick=False):
        start = dt.datetime(2026, 12, 20, 1, tzinfo=dt.UTC)
        year = conference.bloc_year
        sitting = further_sitting(year, ConferenceState.OPEN, start, units_of(conference))
        named = ("chair_name", "chair_title", "secretary_name", "secretary_title")
        facts = {name: getattr(conference, name) for name in named}
        Conference.objects.filter(pk=sitting.pk).update(**facts)
        add_agenda(sitting, ("Thứ hạng", "Hội nghị quyết định.", "scores"))
        decide(client, sitting, "2", "1")
        assert placed() == OPEN
        sign(client, sitting, number="7", ended_day="20/12/2026")
        assert placed() == DECIDED
        assert RankingSeal.objects.count() == 2
        closing = Paper.objects.filter(kind="minutes").latest("pk").data["sections"][0]["closing"]
        assert closing == [SAID]
