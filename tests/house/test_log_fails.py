"""Where the log book cannot be written, nothing has happened: no change without its line."""

import datetime as dt
from contextlib import contextmanager, nullcontext
from functools import partial

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from agreements.actions.next_years import open_next_years, undo_next_years
from agreements.models.next_years import next_years
from awards.board.actions import give_opinion
from awards.decisions.actions import draft_decision
from awards.decisions.models import Decision
from awards.proposals.actions.kinds import (
    keep_award_kind,
    load_usual_kinds,
    plan_usual_kinds,
)
from awards.proposals.models import Proposal
from blocs.appraisal.actions.corrections import ask_corrections, check_corrections
from blocs.conferences.actions.ballots import delete_ballot
from blocs.conferences.actions.conferences import (
    AttendanceEntry,
    attendance_stamp,
    choose_next_heads,
    name_delegate,
    save_attendance,
)
from blocs.conferences.actions.orders import decide_order
from blocs.conferences.actions.sittings import call_off_conference
from blocs.conferences.models import Conference
from blocs.criteria.actions.amendments import read_amendment
from blocs.criteria.actions.criteria import remove_criterion
from blocs.criteria.actions.groups import save_group
from blocs.criteria.actions.tables import refill_table
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.holidays.actions import (
    confirm_calendar,
    keep_holiday,
    propose_calendar,
    remove_holiday,
)
from blocs.legal.actions import keep_legal_document
from blocs.legal.domain.holidays import proposed_days
from blocs.legal.models import LegalDocument
from blocs.ranking.actions.grounds import lift_ground
from blocs.ranking.models import Ground
from blocs.reports.actions.evidence import remove_evidence
from blocs.reports.actions.locker import set_expiry, use_evidence
from blocs.reports.actions.reports import save_narrative
from blocs.reports.models import Correction, Report
from blocs.states import ConferenceState, SeatRole, TableState, YearState
from blocs.units.actions.blocs import add_member, create_bloc, edit_bloc, end_membership
from blocs.units.actions.ends import dissolve, record_succession, reorganise, undo_end
from blocs.units.actions.names import correct_name, rename, undo_rename
from blocs.units.actions.people import end_seat, give_seat, reset_password, stop_person
from blocs.units.actions.rotation import state_rotation
from blocs.units.actions.units import create_unit, edit_unit
from blocs.units.models import Membership
from blocs.years.actions.editing import edit_year
from blocs.years.actions.leaders import cancel_leaders, change_leaders
from blocs.years.actions.members import cancel_change, record_change
from blocs.years.actions.regulation import set_rules
from blocs.years.actions.rule_bases import set_rule_bases
from blocs.years.actions.years import plan_year, set_members
from blocs.years.domain.calendar import DAYS
from blocs.years.models import AwardKind, BlocYear, Holiday
from blocs.years.models.work_calendar import holiday_of
from tests.factories.blocs import year_with_members
from tests.factories.people import UnitFactory, UserFactory
from tests.house.acted_absences import ABSENCE_ACTS
from tests.house.matrix import lent_cast
from tests.house.people import COLUMNS
from tests.house.visits import writes
from tests.house.walk import own_models, workflows
from tests.house.watch import LOG
from thidua.accounts.actions import change_password
from thidua.common.workflow import available, perform

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)
AFTERWARDS = "2027-03-10T02:00:00Z"


class BookIsShutError(Exception):
    """The log book takes no line."""


@contextmanager
def shut_book():
    """Every new line of the log book is refused by the database."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(f'INSERT INTO "{LOG}"'):
            raise BookIsShutError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        cast.people["newcomer"] = UserFactory(must_change_password=True)
        yield cast


def attend(cast):
    conference = cast.own.one(Conference, ConferenceState.OPEN)
    row = conference.attendances.get(unit=cast.own.unit)
    entry = AttendanceEntry(row.unit_id, attendance_stamp(row), False, absence_reason="ốm")
    return partial(
        save_attendance, conference, entries=[entry], actor=cast.person("bloc_secretary")
    )


def open_at_once(office):
    last = year_with_members(year=2030, state=YearState.IN_PROGRESS, **dict.fromkeys(DAYS))
    last.bloc.memberships.create(unit=last.head, starts_on=DAY)
    blocs, shown = [last.bloc_id], next_years(2031).mark
    return partial(open_next_years, year=2031, blocs=blocs, shown=shown, actor=office)


def undo_at_once(office):
    open_at_once(office)()
    return partial(undo_next_years, year=2031, actor=office)


def choose(cast):
    return partial(
        choose_next_heads,
        cast.own.one(Conference, ConferenceState.OPEN),
        next_head=cast.own.deputy,
        next_deputy=cast.own.unit,
        next_head_basis="",
        actor=cast.person("bloc_secretary"),
    )


def place_equals(cast):
    """The secretary takes a decision on equal units back."""
    conference = cast.own.one(Conference, ConferenceState.OPEN)
    conference.equal_order = [[[cast.own.unit.pk, 1], [cast.own.deputy.pk, 2]]]
    conference.equal_order_reason = "biểu quyết"
    conference.save()
    by = cast.person("bloc_secretary")
    return partial(decide_order, conference, places={}, reason="", actor=by)


def ask_again(cast):
    report = sent_report(cast)
    leaf = report.table.criteria.exclude(kind="group").order_by("pk").last()
    return partial(
        ask_corrections, report, reasons={leaf.pk: "Thiếu."}, actor=cast.person("bloc_head")
    )


def check_leaves(cast):
    report = sent_report(cast)
    asked = report.corrections.first()
    Correction.objects.filter(pk=asked.pk).update(checked_at=None)
    return partial(
        check_corrections, report, corrections=[asked.pk], actor=cast.person("bloc_head")
    )


def sent_report(cast):
    return cast.own.one(Report, "submitted", unit=cast.own.unit)


def draft_report(cast):
    return cast.own.one(Report, "draft", unit=cast.own.unit)


def draft_table(cast):
    return cast.own.one(ScoringTable, TableState.DRAFT)


def unproved(report):
    """(leaf without a file, the file of another leaf)"""
    evidence = report.scores.order_by("pk").first().evidence.get()
    return {"criterion": report.scores.order_by("pk").last().criterion, "evidence": evidence}


def proved(report):
    score = report.scores.order_by("pk").first()
    return {"criterion": score.criterion, "evidence": score.evidence.get()}


def first_line(cast):
    return cast.own.one(Proposal, "before_council").items.order_by("pk").first()


def running(cast):
    return cast.own.one(BlocYear, YearState.IN_PROGRESS)


def planned(cast):
    return cast.own.one(BlocYear, YearState.PLANNED)


def kept_year():
    """A year of which every proposed day is kept already."""
    Holiday.objects.bulk_create(holiday_of(one) for one in proposed_days(2031))
    return 2031


def is_at(cast, name):
    return cast.own.one(Conference, ConferenceState.OPEN).attendances.get(
        unit=getattr(cast.own, name)
    )


UNIT = {"name": "Sở Mới", "short_name": "SM", "code": "SM", "letterhead": "SỞ MỚI"}
LATER = dt.date(2027, 1, 1)
# Each writes at least one row beside the log book.
ACTS = {
    "change_password": lambda c, by: partial(change_password, (who := by("newcomer")), actor=who),
    "create_bloc": lambda c, by: partial(
        create_bloc, data={"name": "A", "code": "A"}, actor=by("office")
    ),
    "edit_bloc": lambda c, by: partial(
        edit_bloc, c.own.bloc, data={"order": 7}, actor=by("office")
    ),
    "state_rotation": lambda c, by: partial(
        state_rotation, c.own.bloc, basis="QC 1", turns={c.own.unit.pk: 1}, actor=by("office")
    ),
    "add_member": lambda c, by: partial(
        add_member, c.own.bloc, unit=UnitFactory(), starts_on=DAY, actor=by("office")
    ),
    "end_membership": lambda c, by: partial(
        end_membership, c.own.one(Membership), ends_on=DAY, actor=by("office")
    ),
    "create_unit": lambda c, by: partial(create_unit, data=UNIT, actor=by("office")),
    "edit_unit": lambda c, by: partial(
        edit_unit, c.own.unit, data={"code": "A"}, actor=by("office")
    ),
    "save_group": lambda c, by: partial(
        save_group, c.own.one(BlocYear, "open"), name="Hội khác", units=[], actor=by("office")
    ),
    "change_leaders": lambda c, by: partial(
        change_leaders,
        c.own.one(BlocYear, "open"),
        data={"head": None},
        on=DAY,
        decision="QĐ",
        actor=by("office"),
    ),
    "cancel_leaders": lambda c, by: partial(
        cancel_leaders,
        change_leaders(
            c.own.one(BlocYear, "open"),
            data={"deputy": None},
            on=DAY,
            decision="QĐ",
            actor=by("office"),
        ).leaderships.latest("number"),
        reason="ghi nhầm",
        actor=by("office"),
    ),
    "rename": lambda c, by: partial(
        rename, c.own.unit, data={"name": "B"}, on=DAY, decision="QĐ", actor=by("office")
    ),
    "correct_name": lambda c, by: partial(
        correct_name, c.own.bloc, data={"name": "B"}, reason="viết nhầm", actor=by("office")
    ),
    "undo_rename": lambda c, by: partial(
        undo_rename, c.own.unit, reason="ghi nhầm", actor=by("office")
    ),
    "record_succession": lambda c, by: partial(
        record_succession,
        c.own.unit,
        successor=c.other.unit,
        on=DAY,
        moves_memberships=True,
        actor=by("office"),
    ),
    "reorganise": lambda c, by: partial(
        reorganise,
        [c.own.unit],
        [c.other.unit],
        on=DAY,
        decision="NQ",
        moves_memberships=False,
        actor=by("office"),
    ),
    "dissolve": lambda c, by: partial(
        dissolve, c.own.unit, on=DAY, decision="NQ", actor=by("office")
    ),
    "undo_end": lambda c, by: partial(
        undo_end, UnitFactory(dissolved_on=DAY), reason="ghi nhầm", actor=by("office")
    ),
    "give_seat": lambda c, by: partial(
        give_seat,
        by("seatless"),
        role=SeatRole.OFFICE,
        unit=None,
        starts_on=DAY,
        actor=by("sysadmin"),
    ),
    "end_seat": lambda c, by: partial(
        end_seat, by("unit_leader").seats.get(), ends_on=DAY, actor=by("sysadmin")
    ),
    **ABSENCE_ACTS,
    "reset_password": lambda c, by: partial(
        reset_password, by("seatless"), password="mật khẩu mới 12", actor=by("sysadmin")
    ),
    "stop_person": lambda c, by: partial(stop_person, by("seatless"), actor=by("sysadmin")),
    "keep_award_kind": lambda c, by: partial(
        keep_award_kind, AwardKind.objects.first(), fields={"name": "A"}, actor=by("office")
    ),
    "load_usual_kinds": lambda c, by: partial(
        load_usual_kinds, actor=by("office"), shown=plan_usual_kinds().mark
    ),
    "keep_legal_document": lambda c, by: partial(
        keep_legal_document, c.own.one(LegalDocument), fields={"kind": "A"}, actor=by("office")
    ),
    "set_rule_bases": lambda c, by: partial(
        set_rule_bases,
        planned(c),
        bases={"votes": (c.own.one(LegalDocument), "Điều 1")},
        actor=by("office"),
    ),
    "keep_holiday": lambda c, by: partial(
        keep_holiday, c.own.one(Holiday), data={"name": "A"}, actor=by("office")
    ),
    "remove_holiday": lambda c, by: partial(remove_holiday, c.own.one(Holiday), actor=by("office")),
    "propose_calendar": lambda c, by: partial(propose_calendar, 2031, actor=by("office")),
    "confirm_calendar": lambda c, by: partial(
        confirm_calendar, kept_year(), data={"document": "Thông báo 1/TB-BNV"}, actor=by("office")
    ),
    "plan_year": lambda c, by: partial(
        plan_year, c.own.bloc, year=2031, members_on=DAY, actor=by("office")
    ),
    "open_next_years": lambda c, by: open_at_once(by("office")),
    "undo_next_years": lambda c, by: undo_at_once(by("office")),
    "edit_year": lambda c, by: partial(
        edit_year, planned(c), data={"legal_bases": "Luật"}, actor=by("office")
    ),
    "record_change": lambda c, by: partial(
        record_change,
        running(c),
        kind="not_considered",
        unit=c.own.unit,
        on=running(c).begins_on,
        decision="QĐ 1",
        actor=by("office"),
    ),
    "cancel_change": lambda c, by: partial(
        cancel_change,
        running(c).member_changes.get(),
        reason="Ghi nhầm",
        actor=by("office"),
    ),
    "set_members": lambda c, by: partial(
        set_members, planned(c), units=[c.own.head, c.own.deputy], actor=by("office")
    ),
    "set_rules": lambda c, by: partial(
        set_rules, year_with_members(2), data={"flags": 2}, actor=by("office")
    ),
    "read_amendment": lambda c, by: partial(
        read_amendment, c.own.one(ScoringTable, TableState.PUBLISHED), actor=by("unit_leader")
    ),
    "refill_table": lambda c, by: partial(
        refill_table,
        draft_table(c),
        source=table_value(draft_table(c)),
        title="A",
        actor=by("office"),
    ),
    "remove_criterion": lambda c, by: partial(
        remove_criterion, draft_table(c).criteria.last(), actor=by("office")
    ),
    "save_narrative": lambda c, by: partial(
        save_narrative,
        draft_report(c),
        texts={"results": "A"},
        actor=by("unit_secretary"),
    ),
    "use_evidence": lambda c, by: partial(
        use_evidence, draft_report(c), **unproved(draft_report(c)), actor=by("unit_secretary")
    ),
    "remove_evidence": lambda c, by: partial(
        remove_evidence, draft_report(c), **proved(draft_report(c)), actor=by("unit_secretary")
    ),
    "set_expiry": lambda c, by: partial(
        set_expiry, proved(draft_report(c))["evidence"], expires_on=DAY, actor=by("unit_secretary")
    ),
    "ask_corrections": lambda c, by: ask_again(c),
    "check_corrections": lambda c, by: check_leaves(c),
    "lift_ground": lambda c, by: partial(
        lift_ground,
        c.own.one(Ground),
        basis="KL 2",
        lifted_on=LATER,
        today=LATER,
        actor=by("office"),
    ),
    "call_off_conference": lambda c, by: partial(
        call_off_conference, c.own.one(Conference), reason="Nhầm", actor=by("bloc_secretary")
    ),
    "delete_ballot": lambda c, by: partial(
        delete_ballot, is_at(c, "unit").conference, kind="head", actor=by("bloc_secretary")
    ),
    "name_delegate": lambda c, by: partial(
        name_delegate,
        is_at(c, "unit"),
        delegate_name="B",
        delegate_title="",
        actor=by("unit_leader"),
    ),
    "save_attendance": lambda c, by: attend(c),
    "choose_next_heads": lambda c, by: choose(c),
    "decide_order": lambda c, by: place_equals(c),
    "give_opinion": lambda c, by: partial(
        give_opinion, first_line(c), agrees=True, actor=by("chair")
    ),
    "draft_decision": lambda c, by: partial(
        draft_decision, Decision(year=2026), fields={"title": "A"}, items=[], actor=by("office")
    ),
}
LIVES = workflows()
# Moves with a button; the others are made by the actions above them.
MOVES = [
    (name, move.name)
    for name, life in LIVES.items()
    for move in life.transitions
    if not move.hidden
]
# Their guards need more than the cast has; the move is the same `perform`.
UNREADY = {
    ("AGREEMENT", "take_effect_without"),
    ("PROPOSAL", "put_before_council"),
    ("PROPOSAL", "return"),
    ("PROPOSAL", "submit"),
    ("REPORT", "explain"),
    ("REPORT", "take_down"),
    ("YEAR", "end_without_awards"),
    ("YEAR", "rank"),
}


def rows_of(tables):
    """Every row of these tables."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: list(models[table].objects.order_by("pk").values_list()) for table in tables}


def assert_all_or_nothing(prepare):
    """What `prepare` gives writes beside the log book, and writes nothing where it is shut."""
    with transaction.atomic():
        with transaction.atomic(), writes() as written:
            prepare()()
            transaction.set_rollback(True)
        assert set(written) - {LOG} != set()
        act, before = prepare(), rows_of(written)
        with shut_book(), pytest.raises(BookIsShutError):
            act()
        assert rows_of(written) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ACTS)
def test_action_without_its_line_changes_nothing(cast, name):
    assert_all_or_nothing(lambda: ACTS[name](cast, cast.person))


def ready(cast, life, move):
    """(object, person) of the first that can make the move now."""
    model = next(one for one in own_models() if fits(one, life))
    for obj in model.objects.filter(state__in=move.sources).order_by("pk"):
        for kind in COLUMNS[:-1]:
            person = cast.person(kind)
            if (move, []) in available(life, obj, person):
                return obj, person
    return None


def fits(model, life):
    field = next((one for one in model._meta.fields if one.name == "state"), None)
    return field is not None and tuple(field.choices) == tuple(life.states.choices)


@pytest.mark.parametrize(("name", "move"), MOVES)
def test_move_without_its_line_changes_nothing(cast, name, move):
    life = LIVES[name]
    # The conference of the cast is called for December; windows of objections are open today.
    with time_machine.travel(AFTERWARDS) if name == "CONFERENCE" else nullcontext():
        found = ready(cast, life, life[move])
        assert (found is None) is ((name, move) in UNREADY)
        if found:
            obj, person = found
            assert_all_or_nothing(
                lambda: partial(perform, life, move, obj, actor=person, note="Theo kết luận.")
            )
