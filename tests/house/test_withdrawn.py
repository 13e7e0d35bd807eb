"""A choice that was offered when the page was opened and is none when the form comes back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from awards.proposals.forms import ItemForm
from blocs.appraisal.forms.assignments import AppraisalGroupForm, BodyForm, PairForm
from blocs.conferences.forms import NextHeadsForm
from blocs.criteria.forms.places import PlaceForm
from blocs.criteria.forms.tables import TableStartForm
from blocs.criteria.models import ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.ranking.forms import GroundForm
from blocs.reports.forms.locker import LockerForm, UseForm
from blocs.reports.models import Evidence
from blocs.units.forms.blocs import MemberForm
from blocs.units.forms.people import PersonForm, SeatForm
from blocs.units.forms.units import SuccessionForm
from blocs.units.models import Bloc, Unit
from blocs.years.forms.years import YearForm, YearPlanForm
from blocs.years.models import AwardKind, YearMember
from tests.factories.awards import certificate
from tests.factories.blocs import BlocFactory, small_table, year_with_members
from tests.factories.people import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOT_OFFERED = "Có lựa chọn không còn trong danh sách; vui lòng tải lại trang và chọn lại."

SENTENCES = {"UseForm.evidence": "Vui lòng chọn một tệp trong kho."}


def dissolve(unit):
    Unit.objects.filter(pk=unit.pk).update(dissolved_on=dt.date(2026, 1, 1))


def leave(unit):
    """The unit is no member of its year any more."""
    YearMember.objects.filter(unit=unit).delete()


def member_of(year):
    return year.members.order_by("order").last().unit


def standing(make):
    """A field that offers units: those that still exist."""
    return UnitFactory(), dissolve, make


def members_only(make):
    """A field that offers the members of a year."""
    year = year_with_members(3)
    return member_of(year), leave, lambda: make(year)


def units_of(year):
    return Unit.objects.filter(years__bloc_year=year)


def award_kind():
    kind = certificate()
    stop = AwardKind.objects.filter(pk=kind.pk).update
    return kind, lambda _: stop(is_active=False), lambda: ItemForm(units=Unit.objects.none())


def bloc():
    made = BlocFactory()
    stop = Bloc.objects.filter(pk=made.pk).update
    return made, lambda _: stop(is_active=False), YearPlanForm


def file_of_the_locker():
    unit = UnitFactory()
    file = Evidence.objects.create(
        unit=unit, name="a.pdf", file="a.pdf", size=9, sha256="a", uploaded_by=UserFactory()
    )
    return file, Evidence.delete, lambda: UseForm(files=Evidence.objects.filter(unit=unit))


def start_form():
    return TableStartForm(sources=ScoringTable.objects.all(), groups=UnitGroup.objects.all())


def source_of_a_table():
    return small_table(year_with_members(3)), ScoringTable.delete, start_form


def group_of_a_table():
    year = year_with_members(3)
    group, _ = (UnitGroup.objects.create(bloc_year=year, name=name) for name in ("Một", "Hai"))
    return group, UnitGroup.delete, start_form


# What each field offers: the choice, how it is withdrawn, and the form made anew.
CHOICES = {
    "MemberForm.unit": lambda: standing(MemberForm),
    "SeatForm.unit": lambda: standing(SeatForm),
    "PersonForm.unit": lambda: standing(PersonForm),
    "BodyForm.unit": lambda: standing(lambda: BodyForm(paths={})),
    "GroundForm.unit": lambda: members_only(
        lambda year: GroundForm(units=units_of(year), grounds=[])
    ),
    "ItemForm.unit": lambda: members_only(lambda year: ItemForm(units=units_of(year))),
    "NextHeadsForm.next_head": lambda: members_only(lambda year: NextHeadsForm(bloc_year=year)),
    "NextHeadsForm.next_deputy": lambda: members_only(lambda year: NextHeadsForm(bloc_year=year)),
    "ItemForm.award": award_kind,
    "YearPlanForm.bloc": bloc,
    "UseForm.evidence": file_of_the_locker,
    "TableStartForm.source": source_of_a_table,
    "TableStartForm.group": group_of_a_table,
}


def refusal(form, name, value):
    try:
        form.fields[name].clean(value)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_that_is_none_any_more_is_refused(choice):
    value, withdraw, make = CHOICES[choice]()
    name, key = choice.partition(".")[2], str(value.pk)
    assert refusal(make(), name, key) == []
    withdraw(value)
    assert refusal(make(), name, key) == [SENTENCES.get(choice, NOT_OFFERED)]


@pytest.mark.parametrize("name", ("head", "deputy", "second_deputy"))
def test_a_leader_must_still_be_a_member(name):
    year = year_with_members(3)
    unit = member_of(year)
    assert refusal(YearForm(instance=year), name, str(unit.pk)) == []
    leave(unit)
    (sentence,) = refusal(YearForm(instance=year), name, str(unit.pk))
    assert sentence.endswith(".")
    assert sentence != NOT_OFFERED


def test_a_unit_outside_the_offer_is_refused_in_grids_and_groups():
    """Ids are of other units: typed into the address or left from a page of yesterday."""
    mine, other = UnitFactory(), UnitFactory()
    pair = PairForm(units=[mine])
    group = AppraisalGroupForm(choices=[mine])
    assert [refusal(pair, name, str(mine.pk)) for name in ("first", "second")] == [[], []]
    assert refusal(group, "units", [str(mine.pk)]) == []
    for form, name, value in (
        (pair, "first", str(other.pk)),
        (pair, "second", str(other.pk)),
        (group, "units", [str(mine.pk), str(other.pk)]),
        (LockerForm(units=[mine.pk]), "unit", str(other.pk)),
        (SuccessionForm(unit=other), "successor", str(other.pk)),
    ):
        assert len(refusal(form, name, value)) == 1, name


def test_a_line_does_not_go_into_itself_nor_before_what_was_removed():
    table = small_table(year_with_members(3))
    rows = list(table.criteria.order_by("order", "pk"))
    labels = {row.pk: row.name for row in rows}
    group, other, leaf = rows[:3]

    def form(rows):
        return PlaceForm(rows=rows, labels=labels, moved=group)

    assert refusal(form(rows), "parent", str(other.pk)) == []
    assert len(refusal(form(rows), "parent", str(group.pk))) == 1
    assert len(refusal(form(rows), "before", str(leaf.pk))) == 1
    without = [row for row in rows if row != other]
    assert len(refusal(form(without), "parent", str(other.pk))) == 1
