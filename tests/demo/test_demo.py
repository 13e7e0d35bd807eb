"""The demo data: the published case is told as its source tells it, and nothing is missing."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.enums import AgreementState
from agreements.models import Agreement
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.quotas import line_warnings, warnings_of
from blocs.conferences.models import Conference
from blocs.conferences.workflows import (
    agenda_is_written,
    counts_are_possible,
    head_of_minutes_is_written,
    next_head_is_chosen,
    quorum_is_present,
    ties_are_settled,
)
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import fingerprint_of, table_file
from blocs.criteria.workflows import table_adds_up
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from blocs.reports.models.sheets import as_stored, read_sheet
from blocs.reports.workflows import REPORT
from blocs.states import ConferenceState, RegistrationState, ReportState, TableState, YearState
from blocs.units.models import Unit, UnitSuccession
from blocs.years.models import BlocYear, Registration
from tests.cases import case
from tests.criteria import criteria
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.demo.accounts import ACCOUNTS
from thidua.demo.blocs.bloc_2020 import PLAN_2020
from thidua.demo.people import LETTERS
from thidua.demo.steps.tables import COMMUNES, FOLDER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
CASE = case("01-dak-lak")
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
MADE_ON = datetime(2026, 11, 22, tzinfo=VIET_NAM)


def year_of_case(year):
    return BlocYear.objects.select_related("bloc", "head").get(
        bloc__name=CASE["bloc"]["name"], year=year
    )


def local(moment):
    return timezone.localtime(moment)


# --- The published case -------------------------------------------------------------------------


@pytest.mark.parametrize("year", (2020, 2021))
def test_members_are_those_of_the_source(year):
    members = year_of_case(year).members.select_related("unit")

    assert [member.unit.name for member in members] == CASE["members"]


def test_bloc_is_the_one_of_the_source():
    bloc = year_of_case(2020).bloc

    assert (bloc.name, bloc.word, bloc.get_tier_display(), bloc.organiser) == (
        CASE["bloc"]["name"],
        CASE["bloc"]["type"],
        "do tỉnh tổ chức",
        CASE["bloc"]["organiser"],
    )


def test_conference_is_held_where_and_when_the_source_says():
    conference = year_of_case(2020).conference
    event = CASE["event"]

    assert local(conference.starts_at).date().isoformat() == event["date"]
    assert (local(conference.starts_at).hour, event["part_of_day"]) == (14, "chiều")
    assert conference.place == event["place"]
    assert conference.guests.lower() == event["attendees"][0].lower()
    assert conference.attendances.filter(is_present=True).count() == CASE["member_count_stated"]
    assert conference.state == ConferenceState.SIGNED


def test_awards_are_those_of_the_source():
    items = ProposalItem.objects.filter(proposal__bloc_year=year_of_case(2020))
    asked = Counter(item.award.name for item in items.select_related("award"))
    flag = items.get(award__is_flag=True)

    assert asked == {
        "Cờ thi đua của UBND tỉnh": CASE["awards_proposed"][0]["count"],
        "Bằng khen của Chủ tịch UBND tỉnh": CASE["awards_proposed"][1]["count"],
    }
    assert flag.unit.name == CASE["awards_proposed"][0]["unit"]


def test_next_head_is_elected_at_the_conference_and_leads_2021():
    conference = year_of_case(2020).conference
    following = CASE["next_leadership"]

    assert conference.next_head.name == following["head"]
    assert conference.next_head_basis == following["method"]
    assert conference.next_deputy is following["deputies"]
    assert year_of_case(2021).head.name == following["head"]


def test_agreement_of_2021_has_the_items_of_the_source_and_all_signatures():
    agreement = year_of_case(2021).agreement
    items = [item[0].upper() + item[1:] for item in CASE["agreement"]["items"]]
    signed = {local(row.signed_at).date() for row in agreement.valid_signatures()}

    assert agreement.contents.splitlines() == items
    assert agreement.valid_signatures().count() == 8
    assert agreement.signed_on.isoformat() == CASE["event"]["date"]
    assert signed == {date(2021, 1, 28)}
    assert agreement.state == AgreementState.EFFECTIVE


def test_year_2020_ends_with_a_published_decision_that_nobody_takes_for_a_real_one():
    year = year_of_case(2020)
    decision = Decision.objects.get(year=2020)

    assert year.state == YearState.ARCHIVED
    assert decision.state == DecisionState.PUBLISHED
    assert decision.number == "00/QĐ-UBND (minh họa)"
    assert decision.items.filter(state=ItemState.GRANTED).count() == 4
    assert year_of_case(2021).state == YearState.AGREED


def test_moments_of_2020_lie_in_their_time():
    year = year_of_case(2020)
    sent = {local(report.submitted_at).strftime("%m/%Y") for report in year.reports.all()}
    walked = ActivityEntry.objects.about(year).order_by("at")

    assert sent == {"12/2020"}
    assert [entry.action.rpartition(".")[2] for entry in walked] == [
        "plan_year",
        "open",
        "agree",
        "start",
        "midyear",
        "close",
        "rank",
        "propose",
        "decide",
        "hand_over",
    ]
    assert local(walked.last().at).date() == date(2021, 3, 19)


def test_places_of_2020_follow_from_the_points():
    ranking = ranking_of(year_of_case(2020))

    assert [row.unit.code for row in ranking.rows] == list(PLAN_2020.best)
    assert [row.placed.place for row in ranking.rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [row.given.total for row in ranking.rows][:2] == [Decimal("101.91"), Decimal("99.27")]


def test_departments_that_ceased_have_their_successors():
    rows = UnitSuccession.objects.order_by("pk").values_list(
        "predecessor__name", "successor__name", "on"
    )

    assert list(rows) == [
        ("Sở Giao thông Vận tải", "Sở Xây dựng", date(2025, 3, 1)),
        ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", date(2025, 3, 1)),
        (
            "Sở Nông nghiệp và Phát triển nông thôn",
            "Sở Nông nghiệp và Môi trường",
            date(2025, 3, 1),
        ),
    ]
    assert set(Unit.objects.exclude(dissolved_on=None).values_list("code", flat=True)) == {
        "SGTVT",
        "STNMT",
        "SNNPTNT",
    }


# --- Everything is there ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "states"),
    (
        (BlocYear, YearState),
        (Registration, RegistrationState),
        (ScoringTable, TableState),
        (Report, ReportState),
        (Conference, ConferenceState),
        (Agreement, AgreementState),
        (Proposal, ProposalState),
        (ProposalItem, ItemState),
        (Decision, DecisionState),
    ),
)
def test_every_state_is_there(model, states):
    assert set(model.objects.values_list("state", flat=True)) == set(states.values)


def test_every_year_says_that_its_figures_are_illustrative():
    assert set(BlocYear.objects.values_list("is_illustrative", flat=True)) == {True}


def test_large_blocs_of_the_running_year():
    codes = BlocYear.objects.filter(year=2026).values_list("bloc__code", "members__unit")
    sizes = Counter(code for code, _ in codes)

    assert {code: size for code, size in sizes.items() if size > 4} == {
        "KTĐ5": 8,
        # One joined, three were merged into others.
        "KTĐ11": 8,
        "CTĐ1": 10,
    }


def test_nobody_is_a_real_person():
    names = list(User.objects.values_list("full_name", flat=True))

    assert {name.split()[-1] for name in names} == set(LETTERS)
    assert len(names) == len(set(names))


def test_nothing_is_said_to_have_happened_later_than_the_demo_was_made():
    """What people do while it is written is done now; all that is told happened before."""
    now = timezone.now()
    told = {"at__gte": MADE_ON, "at__lt": now - timedelta(hours=1)}
    assert ActivityEntry.objects.filter(**told).count() == 0
    assert ActivityEntry.objects.filter(at__gt=now).count() == 0
    assert Report.objects.filter(submitted_at__gt=now).count() == 0


# --- Everything is right ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "app",
    (
        "accounts",
        "units",
        "years",
        "criteria",
        "reports",
        "appraisal",
        "ranking",
        "conferences",
        "agreements",
        "proposals",
        "board",
        "decisions",
        "papers",
        "common",
    ),
)
def test_every_row_is_one_the_product_would_take(app):
    found = []
    for model in apps.get_app_config(app).get_models():
        # Of the scores and the log lines the database itself has asked what takes a query each.
        many = model.objects.count() > 500
        relations = [field.name for field in model._meta.fields if field.is_relation]
        relaxed = {"exclude": relations, "validate_unique": False, "validate_constraints": False}
        for row in model.objects.all():
            try:
                row.full_clean(**(relaxed if many else {}))
            except ValidationError as error:
                found.append((row, error.message_dict))

    assert found == []


def test_totals_are_those_of_the_arithmetic():
    wrong = []
    for report in Report.objects.for_page():
        sheet = read_sheet(report)
        if report.self_total != as_stored(sheet.self_total().total):
            wrong.append(report)
        if report.appraised_total not in (None, as_stored(sheet.appraised_total().total)):
            wrong.append(report)

    assert wrong == []


def test_points_are_those_an_appraiser_may_give():
    refused = {
        row.label: problems
        for report in Report.objects.exclude(appraised_total=None)
        for row in read_sheet(report).rows
        if row.score
        and (problems := row.problems(row.score.appraised_points, row.score.appraisal_reason))
    }

    assert refused == {}


def test_flag_goes_to_the_first_place():
    flags = ProposalItem.objects.filter(award__code="co-tinh").select_related("proposal__bloc_year")
    first = {row.pk: ranking_of(row.proposal.bloc_year).rows[0].unit for row in flags}

    assert {row.pk: row.unit for row in flags} == first


def test_conferences_pass_the_guards_they_have_passed():
    guards = (quorum_is_present, counts_are_possible, ties_are_settled)
    last = (next_head_is_chosen, head_of_minutes_is_written, agenda_is_written)
    found = []
    for conference in Conference.objects.exclude(state=ConferenceState.PREPARED).for_page():
        asked = guards if conference.state == ConferenceState.OPEN else guards + last
        found += [reason for guard in asked for reason in guard(conference)]

    assert found == []


def test_tables_add_up_and_published_ones_are_frozen():
    tables = ScoringTable.objects.all()
    frozen = tables.exclude(state=TableState.DRAFT)

    assert [reason for table in tables for reason in table_adds_up(table)] == []
    assert {t.pk: t.fingerprint for t in frozen} == {
        t.pk: fingerprint_of(table_file(t)) for t in frozen
    }


def test_proposals_keep_their_quota_or_say_why():
    proposals = Proposal.objects.all()
    passed = [row for row in proposals if warnings_of(row) and not row.quota_reason]
    warned = [item for row in proposals for item, _ in line_warnings(row)]

    assert (passed, [item for item in warned if not item.warned_reason]) == ([], [])


def test_only_evidence_and_three_leaves_are_missing_before_everything_can_be_sent_in():
    waiting = Report.objects.filter(bloc_year__year=2026, bloc_year__bloc__code="KTĐ5")
    waiting = waiting.filter(state__in=(ReportState.DRAFT, ReportState.RETURNED)).for_page()

    assert {row.unit.code: REPORT["submit"].obstacles(row) for row in waiting} == {
        "SXD": [],
        "STC": [],
        "SCT": ["Còn 03 tiêu chí chưa tự chấm: III.2, III.5, III.6."],
    }


def test_table_of_the_communes_is_the_checked_template():
    text = (FOLDER / f"{COMMUNES}.json").read_text(encoding="utf-8")

    assert text == (FOLDER.parents[2] / "tests/criteria/template-cum-xa-1000.json").read_text(
        encoding="utf-8"
    )
    assert criteria("template-cum-xa-1000")["scale"]["total_max"] == 1000


# --- One can walk on ----------------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_every_account_signs_in(client, account):
    form = {"username": account.username, "password": account.password}
    page = "accounts:password_change" if account.must_change_password else "home:tasks"

    answer = client.post(reverse("accounts:login"), form, follow=True)

    assert answer.status_code == 200
    assert answer.context["user"].username == account.username
    assert answer.request["PATH_INFO"] == reverse(page)


def test_every_unit_of_the_running_bloc_can_sign_and_send():
    members = BlocYear.objects.get(bloc__code="KTĐ5", year=2026).members
    leaders = {account.unit for account in ACCOUNTS if account.username.endswith(".lanhdao")}

    assert set(members.values_list("unit__code", flat=True)) - leaders == set()
