"""What the regulation of a year may name where groups of units have tables of their own."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.years.models.table_lines import line_paths, named_sections
from tests.factories.groups import divided_year
from tests.factories.people import official

pytestmark = pytest.mark.django_db
SHARED = "mục II “Phong trào thi đua”"


def test_lines_of_every_table_are_named_once():
    paths = line_paths(divided_year())
    assert sorted(paths) == ["I", "I/1", "I/2", "II", "II/1", "III", "IV"]
    assert len(set(paths)) == len(paths)


def test_a_section_that_two_tables_call_differently_settles_no_tie(client):
    year = divided_year(state=YearState.PLANNED)
    sections = named_sections(year)
    assert (sections.get("I"), sections["II"]) == (None, SHARED)
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(reverse("years:year_rules", args=(year.pk,))).content.decode()
    assert (SHARED in page, "mục I “" in page) == (True, False)
