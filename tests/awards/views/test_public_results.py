"""What everybody finds among the published results."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions.enums import DecisionState
from awards.decisions.views.public import PublicCommended
from blocs.units.models import Membership
from tests.factories.awards import DecisionFactory, ProposalItemFactory, certificate
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db


def published(number, year, **values):
    decision = DecisionFactory(
        state=DecisionState.PUBLISHED,
        year=year,
        number=f"{number}/QĐ-UBND",
        signed_on=dt.date(year + 1, 2, 1),
        published_at=timezone.now(),
    )
    return ProposalItemFactory(decision=decision, **values)


def commended(client, **asked):
    """(form, how many on all pages, units of this page) for each form."""
    answer = client.get(reverse("decisions:public_commended"), asked)
    return [
        (str(award), count, [str(item.unit) for item in items])
        for award, count, items in answer.context["groups"]
    ]


def test_everybody_finds_whom_published_decisions_name(client, monkeypatch):
    flag = published(1, 2025, unit=UnitFactory(name="Sở Nông nghiệp"))
    older = published(2, 2024, award=certificate(), unit=flag.unit, proposal=flag.proposal)
    other = published(3, 2024, award=certificate(), unit=UnitFactory(name="Sở Y tế"))
    # Of what is not published nobody learns.
    hidden = ProposalItemFactory(decision=DecisionFactory(), unit=UnitFactory(name="Sở Mật"))
    flags, certificates = str(flag.award), str(other.award)
    both = sorted([str(older.unit), "Sở Y tế"])
    assert commended(client) == [(flags, 1, ["Sở Nông nghiệp"]), (certificates, 2, both)]
    assert commended(client, q="nong nghiep") == [
        (flags, 1, ["Sở Nông nghiệp"]),
        (certificates, 1, ["Sở Nông nghiệp"]),
    ]
    assert commended(client, year="2024", award=flag.award_id) == []
    assert commended(client, year="2025") == [(flags, 1, ["Sở Nông nghiệp"])]
    found = commended(client, bloc=other.proposal.bloc_year.bloc_id)
    assert found == [(certificates, 1, ["Sở Y tế"])]
    assert commended(client, q=hidden.unit.name) == []
    # The number beside a form is that of all pages.
    monkeypatch.setattr(PublicCommended, "paginate_by", 2)
    assert commended(client)[1] == (certificates, 2, both[:1])


@pytest.mark.parametrize("count", (1, 3))
def test_whom_decisions_name_costs_the_same(client, count, django_assert_num_queries):
    for number in range(1, count + 1):
        published(number, 2025)
    with django_assert_num_queries(6):
        answer = client.get(reverse("decisions:public_commended"))
    assert len(answer.context["page_obj"]) == count


def test_everybody_reads_which_units_a_bloc_has_today(client, django_assert_num_queries):
    bloc, gone = BlocFactory(name="Khối 1"), BlocFactory(is_active=False)
    for name, end in (("Sở B", None), ("Sở A", None), ("Sở C", dt.date(2020, 1, 1))):
        unit, begin = UnitFactory(name=name), dt.date(2019, 1, 1)
        Membership.objects.create(bloc=bloc, unit=unit, starts_on=begin, ends_on=end)
    with django_assert_num_queries(2):
        answer = client.get(reverse("decisions:public_bloc", args=(bloc.pk,)))
    assert [member.unit.name for member in answer.context["members"]] == ["Sở A", "Sở B"]
    url = reverse("decisions:public_bloc", args=(gone.pk,))
    assert client.get(url).status_code == 404
