"""The matrix of rights: rows 1–3 and 5–11 and the last one of the domain, every cell."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.appraisal.models import Appeal
from blocs.conferences.models import Attendance, Conference
from blocs.criteria.models import ScoringTable
from blocs.ranking.models import Ground
from blocs.reports.models import Assignment, Evidence, Report
from blocs.states import (
    AppealState,
    ConferenceState,
    RegistrationState,
    ReportState,
    TableState,
    YearState,
)
from blocs.years.models import BlocYear, Registration
from tests.factories.people import request_about
from tests.house.matrix import (
    answers,
    answers_by_reach,
    expected,
    expected_by_reach,
    lent_cast,
    lines,
    unasked,
)
from tests.house.people import KINDS, holds
from thidua.api.models import ApiToken
from thidua.papers.models import Paper
from thidua.papers.registry import paper_permission

DEFINE = "define blocs, members, year"
RULES = "bloc rules, dates, scoring table"
REGISTER = "registration of own unit"
REPORT = "report, self-score, evidence"
APPRAISE = "appraise others' scores"
OWN = "appraise own unit's score"
EXPLAIN = "explain / contest a score"
MEET = "convene meeting, minutes"
VOTE = "vote"
RANK = "confirm ranking"
SYSTEM = "accounts, technical log"
FIND = "lists"

STATEFUL = {
    "year": (BlocYear, YearState),
    "table": (ScoringTable, TableState),
    "registration": (Registration, RegistrationState),
    "report": (Report, ReportState),
    "head": (Report, ReportState),
    "deputy": (Report, ReportState),
    "appeal": (Appeal, AppealState),
    "conference": (Conference, ConferenceState),
}
STATES = {word: states for word, (_, states) in STATEFUL.items()} | {
    "evidence": ReportState,
    # Where the conference agreed the deputy's sheet, the cast has no unit that marked it.
    "assignment": [state for state in ReportState if state != ReportState.AGREED],
}

# Columns: unit secretary, unit leader | bloc secretary, bloc head, deputy |
#          office, council member, chair, sysadmin | public.
MATRIX = lines(
    STATES,
    (DEFINE, "units.manage_bloc", "", ". .  . . .  x . . .  ."),
    (DEFINE, "units.manage_unit", "", ". .  . . .  x . . .  ."),
    (DEFINE, "years.manage_year", "", ". .  . . .  x . . .  ."),
    # Whoever ends the last line: the office publishes or refuses, the chair closes the council.
    (DEFINE, "years.settle_year", "", ". .  . . .  x . + .  ."),
    # Who takes part reads the year; council and chair read what they are asked about.
    (DEFINE, "years.view_year", "year.*", "x x  x x x  x + + .  ."),
    (DEFINE, "years.take_note", "year.*", "x x  x x x  x + + .  ."),
    (RULES, "years.change_members", "year.*", ". .  . . .  x . . .  ."),
    (RULES, "years.manage_year", "year.*", ". .  . . .  x . . .  ."),
    # «Propose» of head and deputy is an opinion on the draft, like the one of a member.
    (RULES, "criteria.comment_table", "table.*", "x x  x x x  . . . .  ."),
    # The head writes the draft with the bloc secretary: both are the head unit.
    (RULES, "criteria.draft_table", "table.*", ". .  x + .  x . . .  ."),
    (RULES, "criteria.publish_table", "table.*", ". .  . . .  x . . .  ."),
    (RULES, "criteria.view_table", "table.*", "x x  x x x  x + + .  ."),
    (REGISTER, "years.edit_registration", "registration.*", "x .  . . .  . . . .  ."),
    (REGISTER, "years.sign_registration", "registration.*", ". x  . . .  . . . .  ."),
    (REGISTER, "years.check_registration", "registration.*", ". .  x . .  . . . .  ."),
    # Head and deputy read what the bloc secretary checks for them.
    (REGISTER, "years.view_registration", "registration.*", "x x  x + +  x . . .  ."),
    (REPORT, "reports.edit_report", "report.*", "x .  . . .  . . . .  ."),
    (REPORT, "reports.submit_report", "report.*", ". x  . . .  . . . .  ."),
    # The leader may begin the report as well; the editor fills it in.
    (REPORT, "reports.start_report", "unit", "x +  . . .  . . . .  ."),
    # The head returns a report, too, as the states of a report say.
    (REPORT, "reports.return_report", "report.!draft", ". .  x + .  . . . .  ."),
    (APPRAISE, "reports.return_report", "report.draft", ". .  . . .  . . . .  ."),
    (REPORT, "reports.view_report", "report.draft", "x x  . . .  . . . .  ."),
    # Head and deputy read what they appraise.
    (REPORT, "reports.view_report", "report.submitted/returned", "x x  x x x  x . . .  ."),
    # A sysadmin sees no score, not even a list of them.
    (FIND, "reports.list_report", "", "x x  x x x  x x x .  ."),
    (APPRAISE, "reports.prepare_appraisal", "report.!draft", ". .  x x x  x . . .  ."),
    (APPRAISE, "reports.prepare_appraisal", "report.draft", ". .  . . .  . . . .  ."),
    (APPRAISE, "reports.appraise_report", "report.!draft", ". .  . x x  x . . .  ."),
    (APPRAISE, "reports.appraise_report", "report.draft", ". .  . . .  . . . .  ."),
    # The chair reads what the council reads, because the chair votes in it.
    (APPRAISE, "reports.view_report", "report.!draft/submitted/returned", "x x  x x x  x x + .  ."),
    # A member reads the sheet of another, here of the head, once the conference has agreed it.
    (REPORT, "reports.view_report", "head.draft", ". .  x x .  . . . .  ."),
    (REPORT, "reports.view_report", "head.submitted/returned", ". .  x x x  x . . .  ."),
    (APPRAISE, "reports.view_report", "head.appraised/explained", ". .  x x x  x x + .  ."),
    (APPRAISE, "reports.view_report", "head.agreed/locked", "+ +  x x x  x x + .  ."),
    (APPRAISE, "ranking.view_provisional_ranking", "year.*", ". .  x x x  x . . .  ."),
    (APPRAISE, "ranking.settle_relative", "year.*", ". .  x x x  x . . .  ."),
    (APPRAISE, "ranking.state_results", "year.*", ". .  x . .  x . . .  ."),
    # The head competes in the ranking, so the office settles what changed below it.
    (APPRAISE, "ranking.settle_ranking", "year.*", ". .  . . .  x . . .  ."),
    # A ground is read by its unit and the bloc; head and office record it, never for their own.
    (APPRAISE, "ranking.view_ground", "ground", "x x  x x x  x . . .  ."),
    (APPRAISE, "ranking.record_ground", "ground", ". .  . x .  x . . .  ."),
    # Everybody's points side by side are for those who appraise; the province looks for signs.
    (APPRAISE, "appraisal.compare_points", "year.*", ". .  x x x  x . . .  ."),
    (APPRAISE, "appraisal.view_signs", "year.*", ". .  . . .  x x x .  ."),
    # Files of a unit: kept by its editor, read with the reports that use them.
    (REPORT, "reports.list_evidence", "", "x x  x x x  . . . .  ."),
    (REPORT, "reports.keep_evidence", "unit", "x .  . . .  . . . .  ."),
    (REPORT, "reports.open_evidence", "evidence.draft", "x x  . . .  . . . .  ."),
    (REPORT, "reports.open_evidence", "evidence.submitted/returned", "x x  x x x  x . . .  ."),
    (
        REPORT,
        "reports.open_evidence",
        "evidence.!draft/submitted/returned",
        "x x  x x x  x x + .  .",
    ),
    # Who opened a sheet is for those whose it is, and for the office.
    (REPORT, "reports.view_notice", "report.draft", "x x  . . .  . . . .  ."),
    (REPORT, "reports.view_notice", "report.!draft", "x x  x x x  x . . .  ."),
    (REPORT, "reports.view_openings", "report.*", "x x  . . .  x . . .  ."),
    (OWN, "reports.prepare_appraisal", "head.!draft", ". .  . . x  x . . .  ."),
    (OWN, "reports.prepare_appraisal", "head.draft", ". .  . . .  . . . .  ."),
    (OWN, "reports.appraise_report", "head.!draft", ". .  . . x  x . . .  ."),
    (OWN, "reports.appraise_report", "head.draft", ". .  . . .  . . . .  ."),
    (OWN, "reports.answer_explanation", "head.!draft", ". .  . . x  x . . .  ."),
    (EXPLAIN, "reports.answer_explanation", "head.draft", ". .  . . .  . . . .  ."),
    # Without the deputy nobody could send the head unit's own sheet back.
    (OWN, "reports.return_report", "head.!draft", ". .  . . +  . . . .  ."),
    (OWN, "reports.return_report", "head.draft", ". .  . . .  . . . .  ."),
    # Flagging leaves is a part of returning; bodies assigned to a sheet are asked elsewhere.
    (REPORT, "appraisal.ask_correction", "report.!draft", ". .  x + .  . . . .  ."),
    (APPRAISE, "appraisal.ask_correction", "report.draft", ". .  . . .  . . . .  ."),
    (OWN, "appraisal.ask_correction", "head.!draft", ". .  . . +  . . . .  ."),
    (OWN, "appraisal.ask_correction", "head.draft", ". .  . . .  . . . .  ."),
    # Figures of the mid-year review: the unit's, and the bloc's over the whole year.
    (REPORT, "reports.freeze_midyear", "report.*", "x x  x x x  . . . .  ."),
    (REPORT, "reports.freeze_midyear", "year.*", ". .  x x x  . . . .  ."),
    (REPORT, "reports.view_midyear", "year.*", ". .  x x x  x . . .  ."),
    (OWN, "reports.prepare_appraisal", "deputy.!draft", ". .  x x .  x . . .  ."),
    (OWN, "reports.prepare_appraisal", "deputy.draft", ". .  . . .  . . . .  ."),
    (OWN, "reports.appraise_report", "deputy.!draft", ". .  . x .  x . . .  ."),
    (OWN, "reports.appraise_report", "deputy.draft", ". .  . . .  . . . .  ."),
    (OWN, "reports.answer_explanation", "deputy.!draft", ". .  . x .  x . . .  ."),
    (EXPLAIN, "reports.answer_explanation", "deputy.draft", ". .  . . .  . . . .  ."),
    # Whom the head asks to mark, and their marks; the office reads, a unit once it is appraised.
    (APPRAISE, "appraisal.assign_appraisers", "year.*", ". .  x x .  . . . .  ."),
    (APPRAISE, "appraisal.view_assignments", "year.*", ". .  x x x  x . . .  ."),
    (APPRAISE, "appraisal.view_marks", "report.submitted/returned", ". .  x x x  x . . .  ."),
    (APPRAISE, "appraisal.view_marks", "report.draft", ". .  . . .  . . . .  ."),
    (
        APPRAISE,
        "appraisal.view_marks",
        "report.!draft/submitted/returned",
        "x x  x x x  x . . .  .",
    ),
    (OWN, "appraisal.view_marks", "head.submitted/returned", ". .  . . x  x . . .  ."),
    (OWN, "appraisal.view_marks", "head.draft", ". .  . . .  . . . .  ."),
    (OWN, "appraisal.view_marks", "head.!draft/submitted/returned", ". .  x x x  x . . .  ."),
    # Cross-scoring «if asked»: the unit was asked to mark the deputy's sheet.
    (APPRAISE, "appraisal.mark_sheet", "assignment.!draft", "x x  . . .  . . . .  ."),
    (APPRAISE, "appraisal.mark_sheet", "assignment.draft", ". .  . . .  . . . .  ."),
    (APPRAISE, "appraisal.list_assignment", "", "x x  x x x  . . . .  ."),
    (EXPLAIN, "reports.draft_explanation", "report.*", "x .  . . .  . . . .  ."),
    (EXPLAIN, "reports.explain_report", "report.*", ". x  . . .  . . . .  ."),
    (EXPLAIN, "reports.answer_explanation", "report.!draft", ". .  . x x  x . . .  ."),
    (EXPLAIN, "reports.answer_explanation", "report.draft", ". .  . . .  . . . .  ."),
    (EXPLAIN, "appraisal.draft_appeal", "appeal.*", "x .  . . .  . . . .  ."),
    (EXPLAIN, "appraisal.raise_appeal", "appeal.*", ". x  . . .  . . . .  ."),
    (EXPLAIN, "appraisal.answer_appeal", "appeal.draft", ". .  . . .  . . . .  ."),
    (EXPLAIN, "appraisal.answer_appeal", "appeal.!draft", ". .  . x x  x . . .  ."),
    (EXPLAIN, "reports.rectify_report", "report.!agreed/locked", ". .  . . .  . . . .  ."),
    (EXPLAIN, "reports.rectify_report", "report.agreed/locked", ". .  . . .  x . . .  ."),
    (DEFINE, "years.keep_holidays", "", ". .  . . .  x . . .  ."),
    (DEFINE, "legal.keep_legal_documents", "", ". .  . . .  x . . .  ."),
    (EXPLAIN, "reports.confirm_report", "report.*", ". .  . . .  x . . .  ."),
    # Editors prepare what their leader says there; council and chair read the minutes.
    # Signed by hand it is on paper; whoever has the paper records it.
    (REGISTER, "years.record_registration", "registration.*", "+ x  + + .  + . . .  ."),
    (REPORT, "reports.record_report", "report.*", "+ x  . . .  . . . .  ."),
    (MEET, "conferences.view_conference", "conference.*", "+ x  x x x  x + + .  ."),
    (MEET, "conferences.write_conference", "conference.*", ". .  x x x  . . . .  ."),
    (MEET, "conferences.sign_minutes", "conference.*", ". .  . x .  . . . .  ."),
    # Signed by hand it is on paper; whoever has the paper records it.
    (MEET, "conferences.record_minutes", "conference.*", ". .  + x +  + . . .  ."),
    (VOTE, "conferences.name_delegate", "seat of the unit", ". x  . . .  . . . .  ."),
    (VOTE, "conferences.name_delegate", "seat of the head", ". .  . x .  . . . .  ."),
    (VOTE, "conferences.name_delegate", "seat of the deputy", ". .  . . x  . . . .  ."),
    (VOTE, "conferences.record_ballot", "conference.*", ". .  x . .  . . . .  ."),
    (VOTE, "conferences.confirm_count", "conference.*", ". .  . x x  . . . .  ."),
    (RANK, "years.run_year", "year.*", ". .  . x .  . . . .  ."),
    # Every member reads the places once they are agreed.
    (RANK, "ranking.view_ranking", "year.*", "+ +  x x +  x + + .  ."),
    (RANK, "years.hand_over_year", "year.*", ". .  . x .  x . . .  ."),
    (RANK, "years.end_without_awards", "year.*", ". .  . x .  x . . .  ."),
    # Who is late, with a text to send: the office writes to all, whoever watches it reads it.
    (DEFINE, "years.remind_units", "", ". .  . . .  x . . .  ."),
    (SYSTEM, "units.manage_people", "", ". .  . . .  . . . x  ."),
    # A stranger who types wrong passwords is no reason to wait for the administrator.
    (SYSTEM, "units.lift_pause", "", ". .  . . .  + . . x  ."),
    (SYSTEM, "units.confirm_seats", "", ". .  . . .  + . + .  ."),
    # For the days of an own absence, a colleague of the unit.
    (SYSTEM, "units.name_substitute", "", "x x  x x x  . . . .  ."),
    (SYSTEM, "units.see_first_steps", "", ". .  . . .  + . . x  ."),
    # Programs read as people of units and of the office do; who watches accounts ends any token.
    (SYSTEM, "api.hold_token", "", "+ +  + + +  + . . .  ."),
    (SYSTEM, "api.list_tokens", "", ". .  . . .  + . . x  ."),
    (SYSTEM, "api.end_token", "token", ". .  . . .  + . . x  ."),
    # Who watches the administrator.
    (SYSTEM, "units.view_log", "", ". .  . . .  + . + x  ."),
    (SYSTEM, "units.view_requests", "", ". .  . . .  + . + x  ."),
    (SYSTEM, "units.confirm_request", "account request", ". .  . . .  + . + .  ."),
    # Support: the administrator, who sees no score, may not.
    (SYSTEM, "view_as.view_as", "", ". .  . . .  + . . .  ."),
    (SYSTEM, "units.read_log_book", "", ". .  . . .  x . . .  ."),
    # The office that waits for a backup sees whether there is one; no data of a bloc is on it.
    (SYSTEM, "upkeep.view_health", "", ". .  . . .  + . . x  ."),
    # Names of units, blocs and years are no secret to anybody with a seat.
    (FIND, "units.list_bloc", "", "+ +  + + +  x + + +  ."),
    (FIND, "units.list_unit", "", "+ +  + + +  x + + +  ."),
    (FIND, "years.list_year", "", "+ +  + + +  x + + +  ."),
)
EVERY_REPORT = [(owner, state) for owner in ("unit", "head") for state in ReportState]


def find(side, subject):
    """The object a line of the matrix speaks of."""
    if subject == "unit":
        return side.unit
    if subject == "account request":
        return request_about(side.writer)
    if subject == "token":
        return side.one(ApiToken)
    if subject == "ground":
        return side.one(Ground, unit_id=side.unit.pk)
    if subject.startswith("seat of the "):
        return side.one(Attendance, unit=getattr(side, subject.rpartition(" ")[2]))
    word, _, state = subject.partition(".")
    if word == "assignment":
        return Assignment.objects.filter(unit=side.unit, report__state=state)[0]
    if word == "evidence":
        report = side.one(Report, ReportState(state), unit=side.unit)
        return side.one(Evidence, name=f"Minh chứng {report.pk}.pdf")
    model, states = STATEFUL[word]
    if model in (Report, Registration):
        unit = side.unit if word in ("report", "registration") else getattr(side, word)
        return side.one(model, states(state), unit=unit)
    if model is Appeal:
        return side.one(model, states(state), unit_id=side.unit.pk)
    return side.one(model, states(state))


# The cast is made once for the module; the mark is what makes pytest-django make the database.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_right_is_held_by_these_and_nobody_else(cast, line):
    assert answers(cast, line, find) == expected(line)
    assert answers_by_reach(cast, line, find) == expected_by_reach(line)


@pytest.mark.parametrize(("owner", "state"), EVERY_REPORT)
def test_file_of_evidence_follows_its_report(cast, owner, state):
    report = cast.own.one(Report, state, unit=getattr(cast.own, owner))
    evidence = cast.own.one(Evidence, name=f"Minh chứng {report.pk}.pdf")
    url = reverse("reports:evidence_file", args=(evidence.pk,))
    allowed = {kind for kind in KINDS if holds(cast.person(kind), "reports.view_report", report)}
    assert readers(cast, url) == allowed


def test_stored_paper_follows_its_subject(cast):
    faults = []
    for paper in cast.own.all(Paper):
        right = paper_permission(paper.kind)
        # Stored papers ask for a sign-in, also where everybody may read what they are about.
        inside = [kind for kind in KINDS if cast.person(kind).is_active]
        allowed = {k for k in inside if holds(cast.person(k), right, paper.subject)}
        if readers(cast, reverse("conferences:paper_file", args=(paper.pk,))) != allowed:
            faults.append(paper.kind)
    assert faults == []
    assert len(cast.own.all(Paper)) > 0


def readers(cast, url):
    """The kinds of people who get the file; everybody else gets 404 or the sign-in page."""
    found = set()
    for kind in KINDS:
        client, person = Client(), cast.person(kind)
        if person.pk:
            client.force_login(person)
        answer = client.get(url)
        answer.getvalue()
        if answer.status_code == 200:
            found.add(kind)
        else:
            assert answer.status_code == (404 if person.is_active else 302)
    return found


def test_public_reads_the_list_of_blocs_and_no_more(cast):
    client = Client()
    shown = client.get(reverse("decisions:public_blocs"))
    assert (shown.status_code, cast.own.bloc.name in shown.content.decode()) == (200, True)
    assert client.get(reverse("units:bloc_list")).status_code == 302


def test_every_right_is_asked_over_every_state():
    assert unasked(MATRIX, STATES) == []
