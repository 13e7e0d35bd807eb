"""People of a unit that left its years, or was dissolved, read on and act no more: every right."""

import datetime as dt

import pytest
from django.utils import timezone

from blocs.reports.models import Assignment
from blocs.units.models import Unit
from blocs.years.models import BlocYear, YearMember
from tests.agreements.test_permissions import MATRIX as AGREEMENTS
from tests.agreements.test_permissions import find as find_agreement
from tests.awards.test_permissions import MATRIX as AWARDS
from tests.awards.test_permissions import find as find_award
from tests.blocs.test_permissions import MATRIX as BLOCS
from tests.blocs.test_permissions import find as find_bloc
from tests.factories.people import SeatFactory, UnitFactory, editor_of, leader_of
from tests.house.matrix import lent_cast
from tests.house.people import holds

pytestmark = pytest.mark.django_db
LINES = [
    (line, find)
    for table, find in ((BLOCS, find_bloc), (AGREEMENTS, find_agreement), (AWARDS, find_award))
    for line in table
    if line.subject
]
ROLES = ("unit_secretary", "unit_leader")
# A right whose verb is one of these changes nothing, or only says that one has read.
READS = ("view_", "list_", "open_", "compare_", "take_note")


def still_marks(assignment):
    """What a page and an action of a sheet that is marked ask before they take any mark."""
    return Assignment.objects.told().get(pk=assignment.pk).may_mark


# Rights that open what was done, too: whether one still acts by them is asked as their page asks.
ALSO_READS = {"appraisal.mark_sheet": still_marks}
# Over the unit itself, which stands on in another bloc: its files, and reports of other years.
OF_THE_UNIT = {("reports.start_report", "unit"), ("reports.keep_evidence", "unit")}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


def leave(unit, *, ends):
    """Gone from all its years since yesterday; with `ends` dissolved, too."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    YearMember.objects.filter(unit=unit).update(left_on=yesterday, unsigned_on=None)
    if ends:
        Unit.objects.filter(pk=unit.pk).update(dissolved_on=yesterday)


def held(person, side):
    """The acting rights that the person holds, each with what it is over."""
    return asked(person, side, reads=False)


def asked(person, side, *, reads):
    fresh = type(person).objects.get(pk=person.pk)
    return {
        (line.right, line.subject)
        for line, find in LINES
        if (reads and line.right in ALSO_READS)
        or line.right.partition(".")[2].startswith(READS) is reads
        for obj in (as_stored(find(side, line.subject)),)
        if holds(fresh, line.right, obj) and (reads or still_acts(line.right, obj))
    }


def still_acts(right, obj):
    return right not in ALSO_READS or ALSO_READS[right](obj)


def as_stored(obj):
    """A unit afresh: whether it still works is not asked of what was read before."""
    return Unit.objects.get(pk=obj.pk) if isinstance(obj, Unit) else obj


def test_before_it_leaves_its_people_act(cast):
    acts = [held(cast.people[role], cast.own) for role in ROLES]
    assert [len(found) > 10 for found in acts] == [True, True]
    assert [set(ALSO_READS) <= {right for right, _ in found} for found in acts] == [True, True]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ends", [True, False], ids=["dissolved", "left"])
def test_who_left_reads_as_before_and_acts_no_more(cast, role, ends):
    person, side = cast.people[role], cast.own
    before = asked(person, side, reads=True)
    leave(side.unit, ends=ends)
    assert held(person, side) - (set() if ends else OF_THE_UNIT) == set()
    assert asked(person, side, reads=True) == before


@pytest.mark.parametrize("role", ROLES)
def test_who_sits_in_two_units_acts_for_the_one_that_stays(cast, role):
    """What is held over the whole year is that of the standing unit; over the other nothing."""
    side, other = cast.own, UnitFactory()
    for year in BlocYear.objects.filter(members__unit=side.unit):
        year.members.create(unit=other, order=99)
    make = editor_of if role == "unit_secretary" else leader_of
    of_one, of_both = make(other), make(other)
    SeatFactory(user=of_both, unit=side.unit, role=of_both.seats.get().role)
    whole = held(of_both, side)
    leave(side.unit, ends=True)
    assert held(of_both, side) == held(of_one, side)
    assert held(of_one, side) < whole
