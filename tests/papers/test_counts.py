"""Every count that a list shows, with two and three of each joined thing, so that none multiplies.

Two relations joined in one query give each row of the one for each row of the other: a count that
forgets to be distinct shows their product.
"""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.reports.models import Evidence
from blocs.states import RegistrationState, SeatRole
from blocs.units.models import Bloc, Membership
from blocs.years.models import BlocYear, Registration
from tests.factories.awards import (
    AwardKindFactory,
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
)
from tests.factories.blocs import BlocYearFactory, small_table, year_with_members
from tests.factories.different import different_year
from tests.factories.people import UnitFactory, UserFactory, editor_of, official
from tests.factories.reports import COUNT, DIRECT, RATIO, member_report, row_of
from tests.papers.reading import tables_of, under_heads

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def listed(client, name):
    """The rows of the only table of a page, each cell under its head."""
    (rows,) = tables_of(client.get(reverse(name)))
    return under_heads(rows)


def register(year, *places, state=RegistrationState.SIGNED):
    for place in places:
        unit = year.members.get(order=place).unit
        Registration.objects.create(
            bloc_year=year, unit=unit, state=state, signed_at=timezone.now()
        )


def test_list_of_years_counts_each_thing_once(office):
    """Seven members, five reports sent and four appraised, three registrations, two tables."""
    year = different_year()
    small_table(year, published=False, version=2)
    register(year, 1, 2, 3)
    register(year, 4, state=RegistrationState.DRAFT)
    row = next(row for row in listed(office, "years:year_list") if row["Đơn vị"] == "7")
    names = ("Đơn vị", "Đã nộp báo cáo", "Đã thẩm định")
    assert [row[name] for name in names] == ["7", "5/7", "4/7"]


def test_page_of_a_year_counts_each_thing_once(office):
    year = different_year()
    small_table(year, published=False, version=2)
    register(year, 1, 2, 3)
    found = BlocYear.objects.for_page().get(pk=year.pk)
    counts = ("member_count", "sent_count", "appraised_count", "registered_count", "has_table")
    assert [getattr(found, name) for name in counts] == [7, 5, 4, 3, 1]
    answer = office.get(reverse("registrations:registration_list", args=(year.pk,)))
    assert (answer.context["registered"], answer.context["total"]) == (3, 7)
    facts = dict(office.get(year.get_absolute_url()).context["facts"])
    assert facts["Số đơn vị thành viên"] == "07"


@pytest.mark.parametrize("name", ("units:bloc_list", "decisions:public_blocs"))
def test_list_of_blocs_counts_the_members_of_today(office, name):
    """Three members and one that left; two years with three and two members."""
    bloc = BlocYearFactory().bloc
    year_with_members(3, bloc=bloc, year=2025)
    for number in range(4):
        unit, ends = UnitFactory(), dt.date(2024, 1, 1) if number == 3 else None
        Membership.objects.create(bloc=bloc, unit=unit, starts_on=dt.date(2020, 1, 1), ends_on=ends)
    empty = Bloc.objects.create(name="Khối không đơn vị", code="K0")
    key = "Tên khối, cụm" if name == "units:bloc_list" else "Tên"
    counts = {row[key]: row["Số đơn vị"] for row in listed(office, name)}
    assert counts == {bloc.name: "3", empty.name: "0"}


def test_lists_of_proposals_and_decisions_count_their_lines(office):
    """Two proposals of three lines and two; one decision takes two of one, one of the other."""
    first, second = (ProposalFactory(received=True) for _ in range(2))
    decision, other = DecisionFactory(), DecisionFactory(title="Về việc khác")
    for place, made in ((0, decision), (1, decision), (2, None)):
        unit = first.bloc_year.members.order_by("order")[place].unit
        ProposalItemFactory(proposal=first, unit=unit, decision=made)
    for place, made in ((0, decision), (1, other)):
        unit = second.bloc_year.members.order_by("order")[place].unit
        ProposalItemFactory(proposal=second, unit=unit, decision=made)
    second.items.filter(decision=other).update(award=AwardKindFactory())
    first.items.filter(decision=None).update(
        award=AwardKindFactory(code="danh-hieu", is_title=True)
    )
    rows = listed(office, "proposals:proposal_list")
    assert {row["Khối, cụm"]: row["Đề nghị"] for row in rows} == {
        first.bloc_year.bloc.name: "Cờ 2 · DH 1",
        second.bloc_year.bloc.name: "Cờ 1 · BK 1",
    }
    rows = listed(office, "decisions:decision_list")
    assert {row["Trích yếu"]: row["Số tập thể"] for row in rows} == {
        decision.title: "3",
        other.title: "1",
    }


def test_locker_counts_the_leaves_that_use_a_file(client):
    """One file at three leaves, another at two, a third nowhere."""
    report = member_report()
    uses = {"a.pdf": (DIRECT, RATIO, COUNT), "b.pdf": (DIRECT, COUNT), "c.pdf": ()}
    for name, labels in uses.items():
        file = Evidence.objects.create(
            unit=report.unit,
            name=name,
            file=name,
            content_type="application/pdf",
            size=9,
            sha256=name,
            uploaded_by=UserFactory(),
        )
        for label in labels:
            leaf = row_of(report, label).criterion
            report.scores.get_or_create(criterion=leaf)[0].evidence.add(file)
    client.force_login(editor_of(report.unit))
    rows = client.get(reverse("reports:locker_list")).context["rows"]
    assert {row["file"].name: row["file"].use_count for row in rows} == {
        "a.pdf": 3,
        "b.pdf": 2,
        "c.pdf": 0,
    }
