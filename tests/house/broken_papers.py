"""The lines of `broken_rows.py` about papers signed by hand and the sittings of a year."""

from tests.factories.blocs import BlocYearFactory
from tests.factories.papers import signed_copy
from tests.factories.people import UserFactory
from tests.house.broken_rows import Line, conference


def elsewhere():
    """Another year, in which a conference is the main one as well."""
    year = BlocYearFactory()
    return {"bloc_year": year, "main_of": year}


PAPERS = {
    "Conference.main_of": lambda: Line(conference(), (elsewhere(),)),
    "conference_further_sitting_once": lambda: Line(
        conference(number=2), ({"bloc_year": BlocYearFactory()}, {"number": 3})
    ),
    "signed_copy_names_signers": lambda: Line(
        signed_copy("minutes", conference(), UserFactory()),
        ({"signers": "Trần Thị Khác"}, {"number": ""}),
        ({"signers": ""},),
    ),
}
