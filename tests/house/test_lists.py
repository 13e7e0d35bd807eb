"""A list shows exactly what the right to see gives: the one rule that is written twice."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from awards.decisions.models import Decision
from blocs.appraisal.models import Appeal
from blocs.appraisal.permissions import marks_for_unit
from blocs.reports.models import Assignment, Evidence, Report
from blocs.reports.models.assignments import due_to, marked_reports
from blocs.states import WHOLE_SHEET_MODES
from blocs.units.models import Bloc, Unit
from blocs.units.permissions import sits_in_unit
from blocs.years.models import BlocYear
from tests.factories.tokens import program_of
from tests.house.matrix import lent_cast
from tests.house.objects import FIRST_YEAR, VIEW_RIGHTS
from tests.house.people import KINDS, everybody, holds
from tests.house.visits import client_of
from tests.house.walk import APPS, models_with_lists, own_models
from tests.prove import budget

pytestmark = pytest.mark.django_db
# A stopped account opens no page, so that no list is made for it.
READERS = (*(kind for kind in KINDS if kind != "stopped"), "everybody")
WITH_STATES = [model for model in VIEW_RIGHTS if hasattr(model, "get_state_display")]


def marks_the_whole(person, report):
    """Its unit was asked to mark the sheet, in a year where units mark whole sheets."""
    asked = report.assignments.filter(
        report__bloc_year__regulation__appraisal_mode__in=WHOLE_SHEET_MODES
    )
    return any(one.unit in seats_of(person) for one in asked)


def seats_of(person):
    return [seat.unit for seat in person.seats.filter(ends_on=None)] if person.pk else []


# Lists of a person that are narrower than the right to see: the model, the list, and its rule.
OWN_LISTS = {
    "kept_for": (Evidence, Evidence.objects.kept_for, sits_in_unit.test),
    "due_to": (Assignment, due_to, marks_for_unit.test),
    "marked_reports": (
        Report,
        lambda person: Report.objects.filter(pk__in=marked_reports(person)),
        marks_the_whole,
    ),
}
# These tell of a person, or of one object, and list nothing.
NO_LISTS = {
    "standing_of",
    "read_standing",
    "seats_alone",
    "proves_to_body",
    "may_see_marks",
    "past_years",
    "results_of_unit",
    # A method of django-otp: the devices of the person.
    "devices_for_user",
}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


def reader(cast, kind):
    return everybody(cast.own) if kind == "everybody" else cast.person(kind)


def asked_of_a_person():
    """What the rooms of models answer about a person: methods of lists, and functions."""
    for model in own_models():
        for name, method in inspect.getmembers(model._default_manager, inspect.ismethod):
            if "user" in inspect.signature(method).parameters:
                yield name
    for package in APPS:
        for entry in walk_packages(package.__path__, f"{package.__name__}."):
            if "models" in entry.name.split("."):
                module = import_module(entry.name)
                for name, function in inspect.getmembers(module, inspect.isfunction):
                    if "user" in inspect.signature(function).parameters:
                        yield name


def test_every_list_has_its_right():
    assert set(models_with_lists()) == set(VIEW_RIGHTS)


def test_every_list_of_a_person_is_asked_here():
    assert set(asked_of_a_person()) == {"visible_to"} | NO_LISTS | set(OWN_LISTS)


@pytest.mark.parametrize("model", WITH_STATES, ids=lambda model: model.__name__)
def test_cast_has_the_model_in_every_state(cast, model):
    states = set(model._meta.get_field("state").flatchoices)
    for side in (cast.own, cast.other):
        assert {(obj.state, obj.get_state_display()) for obj in side.all(model)} == states


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("model", VIEW_RIGHTS, ids=lambda model: model.__name__)
def test_list_equals_the_right(cast, model, kind):
    person = reader(cast, kind)
    listed = set(model.objects.visible_to(person))
    allowed = {obj for obj in model.objects.all() if holds(person, VIEW_RIGHTS[model], obj)}
    assert listed == allowed


@pytest.mark.parametrize("kind", ["deputy", "deputy_secretary"])
@pytest.mark.parametrize("model", VIEW_RIGHTS, ids=lambda model: model.__name__)
def test_second_deputy_sees_what_the_first_sees(cast, model, kind):
    right = VIEW_RIGHTS[model]
    first = set(model.objects.visible_to(cast.person(kind)))
    with transaction.atomic():
        BlocYear.objects.update(second_deputy=F("deputy"), deputy=None)
        person = cast.person(kind)
        second = set(model.objects.visible_to(person))
        allowed = {obj for obj in model.objects.all() if holds(person, right, obj)}
        transaction.set_rollback(True)
    assert (second, allowed) == (first, first)


@pytest.mark.parametrize("model", VIEW_RIGHTS, ids=lambda model: model.__name__)
def test_some_are_shown_and_some_are_hidden(cast, model):
    """Were the cast alone in the house, every list would be right."""
    found = {kind: len(model.objects.visible_to(cast.person(kind))) for kind in KINDS}
    assert max(found.values()) > min(found.values())


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("name", OWN_LISTS)
def test_list_of_a_person_equals_its_rule(cast, name, kind):
    model, find, rule = OWN_LISTS[name]
    person = reader(cast, kind)
    assert set(find(person)) == {obj for obj in model.objects.all() if rule(person, obj)}


@pytest.mark.parametrize("name", OWN_LISTS)
def test_somebody_has_such_a_list_and_somebody_has_none(cast, name):
    found = {kind: len(OWN_LISTS[name][1](cast.person(kind))) for kind in KINDS}
    assert (max(found.values()) > 0, min(found.values())) == (True, 0)


SIGNED_IN = [kind for kind in READERS if kind != "public"]


def shared_reports(kind):
    """The reports with appeals this person opens: in the suite each fourth, so that six see each.

    Asked to prove, all open all (`./run prove lists`).
    """
    part = budget(4, 1)
    rows = Report.objects.filter(pk__in=Appeal.objects.values("report")).order_by("pk")
    return rows[SIGNED_IN.index(kind) % part :: part]


@pytest.mark.parametrize("kind", SIGNED_IN)
def test_list_of_appeals_hides_the_drafts_of_others(cast, kind):
    person, client = reader(cast, kind), Client()
    client.force_login(person)
    for report in shared_reports(kind):
        answer = client.get(reverse("appraisal:appeal_list", args=(report.pk,)))
        if not holds(person, "reports.view_report", report):
            assert answer.status_code == 404
            continue
        is_own = sits_in_unit.test(person, report)
        appeals = [one for one in report.appeals.all() if is_own or one.raised_at]
        shown = answer.context["cards"]
        assert [card.text for card in shown] == [one.text for one in appeals]


# The oldest ranking is sealed; points of the newest are still being appraised.
RANKED_YEARS = (FIRST_YEAR, FIRST_YEAR - 7, FIRST_YEAR - 10)


@pytest.mark.parametrize("kind", SIGNED_IN)
def test_a_program_reads_what_its_person_may_see(cast, kind):
    """Rows, and each ranking as its page shows it; who may hold no token reads nothing."""
    person = reader(cast, kind)
    program, client = program_of(person), client_of(person)
    if not person.has_perm("api.hold_token"):
        assert {program.read(path)[0] for path in ("/units", "/years/1", "/rankings/1")} == {403}
        return
    for model, path in (
        (Unit, "units"),
        (Bloc, "blocs"),
        (BlocYear, "years"),
        (Decision, "decisions"),
    ):
        rows = model.objects
        seen = rows.visible_to(person) if model in VIEW_RIGHTS else rows.all()
        told = [row["id"] for row in program.everything(f"/{path}")]
        assert told == sorted(row.pk for row in seen)
        hidden = sorted(set(rows.values_list("pk", flat=True)) - set(told))
        assert {program.read(f"/{path}/{pk}")[0] for pk in hidden[::7]} <= {404}
    for decision in {one.state: one for one in Decision.objects.all()}.values():
        status = program.read(f"/decisions/{decision.pk}/lines")[0]
        assert status == (200 if person.has_perm("decisions.view_decision", decision) else 404)
    for year in BlocYear.objects.filter(year__in=RANKED_YEARS):
        page = client.get(reverse("ranking:ranking", args=(year.pk,)))
        status, told = program.read(f"/rankings/{year.pk}")
        assert status == page.status_code
        if status == 200:
            rows = [(row.unit, row.place, row.class_label) for row in page.context["rows"]]
            read = [
                (row["unit_name"], str(row["place"]), row["class_label"] or "")
                for row in told["rows"]
            ]
            assert (read, told["is_shown"]) == (rows, page.context["is_shown"])


def test_pages_of_lists_show_what_programs_read(cast):
    person = cast.person("unit_secretary")
    program, client = program_of(person), client_of(person)
    years = client.get(reverse("years:year_list")).context["rows"]
    decisions = client.get(reverse("decisions:decision_list")).context["rows"]
    told = [
        {row["id"] for row in program.everything(f"/{path}", year=FIRST_YEAR)}
        for path in ("years", "decisions")
    ]
    assert told == [{row["year"].pk for row in years}, {row.pk for row, _ in decisions}]
    assert min(map(len, told)) > 0
