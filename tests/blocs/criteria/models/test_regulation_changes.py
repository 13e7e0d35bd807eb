"""Which table speaks for a year where two regulations are compared."""

import pytest

from blocs.criteria.models.regulation_changes import tables_of
from tests.factories.blocs import BlocYearFactory, ScoringTableFactory

pytestmark = pytest.mark.django_db


def test_the_version_in_force_speaks_for_a_year_else_the_newest():
    amended, drafted, bare = BlocYearFactory.create_batch(3)
    in_force = ScoringTableFactory(bloc_year=amended, version=1, published=True)
    ScoringTableFactory(bloc_year=amended, version=2)
    ScoringTableFactory(bloc_year=drafted, version=1)
    newest = ScoringTableFactory(bloc_year=drafted, version=2)
    assert tables_of(amended, drafted, bare) == [{"": in_force}, {"": newest}, {}]
