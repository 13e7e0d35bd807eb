"""Nothing of a year that was handed over and kept changes any more, whoever tries it."""

from contextlib import nullcontext

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from blocs.reports.models import Assignment
from blocs.states import YearState
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear
from blocs.years.models.frozen_rules import ARCHIVED, STILL_WRITTEN
from tests.factories.people import UserFactory
from tests.house.matrix import lent_cast
from tests.house.objects import VIEW_RIGHTS
from tests.house.source import ROOT
from tests.house.test_dead_ends import model_of
from tests.house.test_log_fails import ACTS, AFTERWARDS, LIVES, MOVES, UNREADY, ready
from tests.house.test_pages import FORM_PAGES, QUERIES
from tests.house.visits import OF_ONE_BLOC, client_of, fetch, subject_model, visits
from tests.prove import budget
from thidua.common.activity import record
from thidua.common.log_book.openings import OPENINGS
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
# Actions about people, units, blocs, catalogues and years to come.
NOT_OF_A_YEAR = {
    *("change_password", "give_seat", "end_seat", "reset_password", "stop_person"),
    *("name_substitute", "end_absence", "hand_over_seats"),
    *("create_bloc", "edit_bloc", "state_rotation", "add_member", "end_membership"),
    *("create_unit", "edit_unit", "rename", "correct_name", "undo_rename"),
    *("record_succession", "reorganise", "dissolve", "undo_end"),
    *("keep_award_kind", "load_usual_kinds", "keep_legal_document"),
    *("keep_holiday", "remove_holiday", "propose_calendar", "confirm_calendar"),
    *("plan_year", "draft_decision"),
}
# What is of a year and may be done all the same.
TAKEN = {
    "read_amendment": STILL_WRITTEN["criteria.read_amendment"],
    "set_expiry": "a file belongs to the locker of its unit, which later years use",
}


# Forms that are open in a kept year, too.
STILL_OPEN = {
    "agreements:agreement_copy": STILL_WRITTEN["common.keep_copy"],
    "conferences:minutes_copy": STILL_WRITTEN["common.keep_copy"],
    "reports:locker_expiry": TAKEN["set_expiry"],
}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as found:
        found.people["newcomer"] = UserFactory(must_change_password=True)
        yield found


def refused(act) -> bool:
    """Whether an act is refused once every year is kept; what it did is taken back."""
    with transaction.atomic():
        BlocYear.objects.update(state=YearState.ARCHIVED)
        try:
            with transaction.atomic():
                act()
            answer = False
        except (PermissionDenied, ValidationError):
            answer = True
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", ACTS)
def test_action_about_a_kept_year_is_refused(cast, name):
    with transaction.atomic():
        found = refused(ACTS[name](cast, cast.person))
        transaction.set_rollback(True)
    assert found is (name not in NOT_OF_A_YEAR | set(TAKEN))


@pytest.mark.parametrize(("name", "move"), MOVES)
def test_move_of_what_belongs_to_a_kept_year_is_refused(cast, name, move):
    # The conference of the cast is called for December; windows of objections are open today.
    with time_machine.travel(AFTERWARDS) if name == "CONFERENCE" else nullcontext():
        assert_kept(cast, name, move)


def assert_kept(cast, name, move):
    life = LIVES[name]
    found = ready(cast, life, life[move])
    assert (found is None) is ((name, move) in UNREADY)
    if found:
        obj, person = found
        is_of_year = isinstance(obj, BlocYear) or hasattr(obj, "bloc_year")
        said = {"actor": person, "note": "x", "is_confirmed": True}
        assert refused(lambda: perform(life, move, obj, **said)) is is_of_year


def leads_to_a_year(model, seen=()) -> bool:
    """Whether every row of the model hangs on a year, by keys that are never empty."""
    targets = {
        field.related_model
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and not field.null
    } - {Unit, Bloc, model, *seen}
    return BlocYear in targets or any(leads_to_a_year(one, (*seen, model)) for one in targets)


# What a line of the log book tells of: it has a page, or a life.
TOLD_OF = {*VIEW_RIGHTS, *(model_of(life) for life in LIVES.values()), Assignment}
OF_A_YEAR = sorted((one for one in TOLD_OF if leads_to_a_year(one)), key=lambda one: one.__name__)


@pytest.mark.parametrize("model", OF_A_YEAR, ids=lambda one: one.__name__)
def test_no_line_of_the_log_book_tells_of_a_change_there(cast, model):
    """Every change has its line, so that this holds for each action there is."""
    with transaction.atomic():
        BlocYear.objects.update(state=YearState.ARCHIVED)
        count = ActivityEntry.objects.count()
        fresh = model.objects.order_by("pk").first()
        with pytest.raises(ValidationError) as caught:
            record(None, "house.change", fresh, label="Sửa")
        assert (caught.value.messages, ActivityEntry.objects.count()) == ([ARCHIVED], count)
        for action in STILL_WRITTEN:
            record(None, action, fresh, label="Đọc")
        transaction.set_rollback(True)


def forms_open_for(kind, cast):
    """Pages of forms about something of a year that this person can type into."""
    client, found = client_of(cast.people[kind]), set()
    for page in FORM_PAGES:
        if subject_model(page.route) not in OF_ONE_BLOC:
            continue
        for visit in visits(page, cast.own)[: budget(2, 99)]:
            _, _, _, answer = fetch(client, "get", visit.url + QUERIES.get(page.name, ""))
            shown = getattr(answer, "context", None) or {}
            if answer.status_code == 200 and "form" in shown and not shown.get("closed"):
                found.add(page.name)
    return found


@pytest.mark.parametrize("kind", ["office", "bloc_secretary"])
def test_no_form_of_a_kept_year_takes_typing(cast, kind):
    with transaction.atomic():
        BlocYear.objects.update(state=YearState.ARCHIVED)
        found = forms_open_for(kind, cast)
        transaction.set_rollback(True)
    assert found - set(STILL_OPEN) == set()


def test_table_names_actions_that_exist():
    """In the table and where the act is; the openings stand in a table of their own alone."""
    texts = [path.read_text() for app in ("blocs", "thidua") for path in (ROOT / app).rglob("*.py")]
    named = {one: sum(f'"{one}"' in text for text in texts) for one in STILL_WRITTEN}
    assert [one for one, count in named.items() if count < 1 + (one not in OPENINGS)] == []
