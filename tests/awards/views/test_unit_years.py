"""The page of a unit: points, places and awards by year, each to whom it is told."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.stated import StatedPlace
from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import UserFactory, editor_of, official
from tests.factories.placed import placed_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """A sealed year of three; the first unit holds an award of a published decision."""
    year = placed_year({"A": "90.25", "B": "80", "C": "70"})
    seal_ranking(year, timezone.now() - dt.timedelta(hours=1))
    day = timezone.localdate()
    for state, number in ((DecisionState.PUBLISHED, "5/QĐ"), (DecisionState.SIGNED, "6/QĐ")):
        decision = DecisionFactory(
            state=state, number=number, signed_on=day,
            published_at=timezone.now() if number == "5/QĐ" else None,
        )  # fmt: skip
        item = ProposalItemFactory(
            **({"proposal__bloc_year": year} if number == "5/QĐ" else {}),
            unit=year.head,
            state=ItemState.GRANTED,
            decision=decision,
        )
        item.save()
    return year


def page(client, user, unit):
    client.force_login(user)
    answer = client.get(reverse("units:unit_detail", args=(unit.pk,)))
    main = answer.content.decode()
    return answer.context, main[main.index("<main") :]


def told(context):
    return [
        (row.span, row.result and (row.result.place, row.result.points), len(row.awards))
        for row in context["years"]
    ]


def test_members_and_province_read_points_and_everybody_what_was_published(client, year):
    member, other = editor_of(year.deputy), editor_of(year_with_members(3).head)
    for user in (member, official(SeatRole.OFFICE), official(SeatRole.CHAIR)):
        context, text = page(client, user, year.head)
        assert told(context) == [("2026", ("hạng 1/3", "90,25"), 1)]
        assert [mark.text for mark in context["chart"].marks] == ["90,25"]
        assert reverse("ranking:ranking", args=(year.pk,)) in text
        assert "quyết định số 5/QĐ" in text
        assert "6/QĐ" not in text
    for user in (other, official(SeatRole.SYSADMIN)):
        context, text = page(client, user, year.head)
        assert told(context) == [("2026", None, 1)]
        assert context["chart"] is None
        assert "90,2" not in text
        assert "hạng 1/3" not in text


def test_points_that_are_not_sealed_are_on_the_page_of_no_unit(client):
    year = placed_year({"A": "90.25", "B": "80"})
    for user in (editor_of(year.head), official(SeatRole.OFFICE)):
        context, text = page(client, user, year.head)
        assert (told(context), context["chart"]) == ([], None)
        assert "90,2" not in text
        assert "Chưa có điểm, thứ hạng đã chốt" in text


def test_places_by_minutes_are_told_without_points(client):
    old = year_with_members(3, year=2020)
    StatedPlace.objects.create(
        bloc_year=old, unit=old.head, place=2, source="Biên bản số 5", recorded_by=UserFactory()
    )
    context, _ = page(client, editor_of(old.deputy), old.head)
    assert told(context) == [("2020", ("hạng 2", ""), 0)]
    assert context["chart"] is None
    context, _ = page(client, editor_of(year_with_members(3).head), old.head)
    assert told(context) == []


def test_a_year_that_compares_percent_is_told_with_its_sign_and_not_drawn(client, year):
    seal = year.ranking_seals.get()
    seal.rules["by_percent"] = True
    seal.proof["units"][0]["result"]["compared"] = "95.5"
    seal.save()
    context, _ = page(client, official(SeatRole.OFFICE), year.head)
    assert told(context) == [("2026", ("hạng 1/3", "95,5%"), 1)]
    assert context["chart"] is None


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_of_a_unit_costs_the_same_for_many_years(client, count, django_assert_num_queries):
    unit = None
    for number in range(count):
        past = placed_year({"A": "90", "B": "80"})
        BlocYear.objects.filter(pk=past.pk).update(year=2020 + number)
        unit = unit or past.head
        past.members.filter(unit__name="A").update(unit=unit)
        past.reports.filter(unit__name="A").update(unit=unit)
        seal_ranking(BlocYear.objects.get(pk=past.pk), timezone.now())
    client.force_login(official(SeatRole.OFFICE))
    with django_assert_num_queries(13):
        answer = client.get(reverse("units:unit_detail", args=(unit.pk,)))
    assert len(answer.context["years"]) == count
