"""Rows against the rules of what was derived: seals, bases, opinions, forms of award."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType

from blocs.ranking.models import RankingSeal, StatedCount, StatedPlace
from blocs.units.models import Unit
from blocs.years.models import (
    MemberChange,
    MemberChangeReading,
    RulesAmendment,
    RulesReading,
)
from tests.factories.awards import AwardKindFactory
from tests.factories.blocs import BlocYearFactory
from tests.factories.people import UnitFactory, UserFactory
from tests.house.broken_rows import DAY, NOON, Line, opinion
from thidua.accounts.models import User
from thidua.common.models import Basis


def ranking_seal(**values):
    facts = {"sealed_at": NOON, "rules": {"late": None}, "proof": {"units": []}} | values
    return RankingSeal.objects.create(bloc_year=BlocYearFactory(), **facts)


def basis():
    kind = ContentType.objects.get_for_model(Unit)
    return Basis.objects.create(subject_type=kind, subject_id=1)


def amendment(**values):
    facts = {"number": 1, "on": DAY, "document": "QĐ 1", "reason": "A"} | values
    return RulesAmendment.objects.create(
        bloc_year=BlocYearFactory(), amended_by=UserFactory(), **facts
    )


def reading():
    return RulesReading.objects.create(amendment=amendment(), user=UserFactory())


def stated_place(**values):
    facts = {"unit": UnitFactory(), "place": 1, "source": "BB 1"} | values
    return StatedPlace.objects.create(
        bloc_year=BlocYearFactory(), recorded_by=UserFactory(), **facts
    )


def stated_count():
    facts = {"class_label": "Tốt", "number": 2, "source": "BB 1"}
    return StatedCount.objects.create(bloc_year=BlocYearFactory(), **facts)


def member_change():
    said = {"unit": UnitFactory(), "on": DAY, "kind": "dissolved", "decision": "QĐ 1"}
    year = BlocYearFactory()
    return MemberChange.objects.create(bloc_year=year, number=1, recorded_by=UserFactory(), **said)


def change_reading():
    return MemberChangeReading.objects.create(change=member_change(), user=UserFactory())


LINES_OF_BASES = {
    "member_change_read_once": lambda: Line(
        change_reading(), ({"change": member_change()}, {"user": UserFactory()})
    ),
    "stated_place_once": lambda: Line(
        stated_place(), ({"unit": UnitFactory()}, {"bloc_year": BlocYearFactory()})
    ),
    "stated_place_says_something": lambda: Line(
        stated_place(),
        ({"place": 1, "class_label": ""}, {"place": None, "class_label": "Tốt"}),
        ({"place": None}, {"place": 0}),
    ),
    "stated_place_has_source": lambda: Line(stated_place(), ({"source": "x"},), ({"source": ""},)),
    "stated_count_once": lambda: Line(
        stated_count(), ({"class_label": "Khá"}, {"bloc_year": BlocYearFactory()})
    ),
    "stated_count_has_source": lambda: Line(stated_count(), ({"source": "x"},), ({"source": ""},)),
    "rules_amendment_number_once": lambda: Line(
        amendment(), ({"number": 2}, {"bloc_year": BlocYearFactory()})
    ),
    "rules_amendment_has_reason_and_document": lambda: Line(
        amendment(),
        ({"reason": "B"}, {"document": "B"}, {"document": "", "moves_due": True}),
        ({"reason": ""}, {"document": ""}, {"reason": "", "moves_due": True}),
    ),
    "rules_reading_once": lambda: Line(
        reading(), ({"amendment": amendment()}, {"user": UserFactory()})
    ),
    "opinion_against_has_reason": lambda: Line(
        opinion(), ({"agrees": False, "note": "x"}, {"note": ""}), ({"agrees": False},)
    ),
    "basis_once": lambda: Line(
        basis(), ({"subject_id": 2}, {"subject_type": ContentType.objects.get_for_model(User)})
    ),
    "ranking_seal_number_once": lambda: Line(
        ranking_seal(reason="x"), ({"number": 2}, {"bloc_year": BlocYearFactory()})
    ),
    "ranking_seal_again_has_reason": lambda: Line(
        ranking_seal(), ({"number": 2, "reason": "x"},), ({"number": 2},)
    ),
    "award_kind_one_level": lambda: Line(
        AwardKindFactory(),
        ({"is_national": True}, {"is_of_unit": True}),
        ({"is_national": True, "is_of_unit": True},),
    ),
    "award_kind_ends_after_it_began": lambda: Line(
        AwardKindFactory(valid_from=dt.date(2026, 1, 2), valid_to=dt.date(2026, 1, 3)),
        ({"valid_to": dt.date(2026, 1, 2)}, {"valid_from": None}, {"valid_to": None}),
        ({"valid_to": dt.date(2026, 1, 1)},),
    ),
    "award_kind_compared_with_basis": lambda: Line(
        AwardKindFactory(),
        ({"is_compared": True, "legal_basis": "Luật, Điều 74"},),
        ({"is_compared": True},),
    ),
}
