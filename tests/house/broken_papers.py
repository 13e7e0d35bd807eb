"""The lines of `broken_rows.py` about papers signed by hand and the sittings of a year."""

from tests.factories.people import UserFactory
from tests.house.broken_rows import Line, conference
from tests.house.objects import signed_copy

PAPERS = {
    "signed_copy_names_signers": lambda: Line(
        signed_copy("minutes", conference(), UserFactory()),
        ({"signers": "Trần Thị Khác"}, {"number": ""}),
        ({"signers": ""},),
    ),
}
