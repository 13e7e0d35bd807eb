"""Rows against the rules of what was derived: seals, bases, opinions."""

from django.contrib.contenttypes.models import ContentType

from blocs.ranking.models import RankingSeal
from blocs.units.models import Unit
from blocs.years.models import RulesAmendment, RulesReading
from tests.factories.blocs import BlocYearFactory
from tests.factories.people import UserFactory
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


LINES_OF_BASES = {
    "rules_amendment_number_once": lambda: Line(
        amendment(), ({"number": 2}, {"bloc_year": BlocYearFactory()})
    ),
    "rules_amendment_has_reason_and_document": lambda: Line(
        amendment(), ({"reason": "B"}, {"document": "B"}), ({"reason": ""}, {"document": ""})
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
}
