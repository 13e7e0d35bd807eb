"""Units that the rules leave equal are placed by the conference, with its reason, and sealed so."""

import datetime as dt
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from blocs.conferences.actions.orders import NO_REASON, NOT_EQUAL, PARTLY
from blocs.conferences.models import Conference
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models import RankingSeal
from blocs.ranking.models.rankings import ranking_of
from blocs.states import ConferenceState
from blocs.years.models import BlocYear
from tests.factories.blocs import regulate
from tests.factories.conferences import (
    add_agenda,
    conference_of_equals,
    further_sitting,
    units_of,
)
from tests.factories.people import editor_of, leader_of
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf
from thidua.common.models import ActivityEntry
from thidua.papers.models import Paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
INDEPENDENT = Path(__file__).parents[3] / "independent_ranking.py"
EVENING, LATER = "2026-12-10T09:00:00Z", "2026-12-20T09:00:00Z"
TYPED = {"number": "6", "ended_day": "10/12/2026", "ended_time": "11:45", "approvals": "3"}
REASON = "Hội nghị biểu quyết, 03/03 đại biểu đồng ý."
SAID = (
    "Hội nghị quyết định thứ hạng của các đơn vị bằng nhau: Sở B hạng 1, Sở A hạng 2 (lý do: Hội "
    "nghị biểu quyết, 03/03 đại biểu đồng ý)."
)


@pytest.fixture
def conference():
    found = conference_of_equals()
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


LINK = "Ghi thứ hạng"
OPEN = [("Sở A", 1, True), ("Sở B", 1, True), ("Sở C", 3, False)]
DECIDED = [("Sở B", 1, False), ("Sở A", 2, False), ("Sở C", 3, False)]


def test_the_decision_is_told_everywhere_and_sealed_with_the_ranking(client, conference):
    assert placed() == OPEN
    detail = conference.get_absolute_url()
    assert decide(client, conference, "2", "1").url == detail
    assert client.get(detail).context["order"] == [
        "Thứ tự giữa các đơn vị bằng nhau: Sở B: 1; Sở A: 2.",
        f"Lý do: {REASON}",
    ]
    assert placed() == DECIDED
    entry = ActivityEntry.objects.get(action="conferences.decide_order")
    assert [row["after"] for row in entry.changes] == ["Sở B: 1; Sở A: 2", REASON]
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


@pytest.fixture
def proof(client, conference):
    """The proof sealed with the decision: B before A."""
    decide(client, conference, "2", "1")
    sign(client, conference)
    return RankingSeal.objects.get().proof


def recomputed(path, proof):
    """How the command ends on this proof, and what it finds wrong."""
    path.write_text(json.dumps(proof, ensure_ascii=False), "utf-8")
    try:
        call_command("recompute_ranking", str(path), stdout=StringIO())
    except CommandError as error:
        return error.returncode, str(error).splitlines()
    return 0, []


def shared(units):
    """A and B on one place."""
    units[0]["decided"]["place"] = 1


def swapped(units):
    """A before B."""
    units[0]["decided"]["place"], units[1]["decided"]["place"] = 1, 2


def parted(units):
    """Two decisions, each on one of the two: nobody placed A and B among each other."""
    units[0]["decided"]["group"] = "2.1"


def left_out(units):
    """Only A was decided on."""
    del units[1]["decided"]


@pytest.mark.parametrize(
    ("falsify", "said"),
    (
        (shared, ["Sở A: hạng trong tệp là 2, tính lại là 1."]),
        (
            swapped,
            [
                "Sở A: hạng trong tệp là 2, tính lại là 1.",
                "Sở B: hạng trong tệp là 1, tính lại là 2.",
            ],
        ),
        (parted, ["Sở A: hạng trong tệp là 2, tính lại là 1."]),
        (left_out, ["Sở A: hạng trong tệp là 2, tính lại là 1."]),
    ),
)
def test_a_falsified_order_is_noticed_although_the_fingerprint_fits(tmp_path, proof, falsify, said):
    assert recomputed(tmp_path / "proof.json", proof) == (0, [])
    falsify(proof["units"])
    code, found = recomputed(tmp_path / "proof.json", proof | {FINGERPRINT: fingerprint_of(proof)})
    assert (code, [one for one in found if ": hạng " in one]) == (1, said)


def test_a_changed_reason_does_not_fit_the_fingerprint(tmp_path, proof):
    proof["units"][0]["decided"]["reason"] = "Bốc thăm."
    code, (first, *rest) = recomputed(tmp_path / "proof.json", proof)
    assert (code, first.partition(" trong tệp")[0], rest) == (1, "dấu vân tay", [])


def test_an_independent_script_places_them_as_the_conference_did(tmp_path, proof):
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof, ensure_ascii=False), "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", INDEPENDENT, path], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    codes = {unit["unit"]: unit["name"] for unit in proof["units"]}
    assert [(codes[unit], place, fits) for _, unit, _, place, fits in found] == [
        ("Sở B", 1, True),
        ("Sở A", 2, True),
        ("Sở C", 3, True),
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
    detail = client.get(conference.get_absolute_url())
    assert (detail.context["links"]["order_edit"], LINK in detail.text) == (url, True)
    regulate(conference.bloc_year, tie_rules=["shared_rank"])
    assert client.get(url).url == conference.get_absolute_url()
    detail = client.get(conference.get_absolute_url())
    assert (detail.context["links"]["order_edit"], LINK in detail.text) == ("", False)
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
