"""Proposals and decisions."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from awards.decisions.models import Decision
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import YearState
from blocs.years.models import AwardKind
from tests.factories.blocs import year_with_members


class AwardKindFactory(DjangoModelFactory):
    class Meta:
        model = AwardKind
        django_get_or_create = ("code",)

    code = "bang-khen"
    name = "Bằng khen của Chủ tịch UBND tỉnh"
    order = 2


def flag():
    """The province's flag."""
    return AwardKindFactory(
        code="co-thi-dua", name="Cờ thi đua của UBND tỉnh", is_flag=True, order=1
    )


def government_flag():
    """Of the State: the province submits it and does not grant it."""
    return AwardKindFactory(
        code="co-chinh-phu",
        name="Cờ thi đua của Chính phủ",
        is_flag=True,
        is_national=True,
        order=0,
    )


def certificate():
    return AwardKindFactory()


class ProposalFactory(DjangoModelFactory):
    """The draft of a ranked year with four members."""

    class Meta:
        model = Proposal

    bloc_year = factory.LazyFunction(lambda: year_with_members(4, state=YearState.RANKED))
    number = "07/TTr-KTĐ5"
    dated_on = dt.date(2026, 12, 8)

    class Params:
        received = factory.Trait(
            state=ProposalState.RECEIVED, submitted_at=factory.LazyFunction(timezone.now)
        )


class ProposalItemFactory(DjangoModelFactory):
    class Meta:
        model = ProposalItem

    proposal = factory.SubFactory(ProposalFactory)
    award = factory.LazyFunction(flag)
    unit = factory.LazyAttribute(lambda item: item.proposal.bloc_year.head)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    year = 2026
    title = "Về việc tặng Cờ thi đua và Bằng khen năm 2026"
