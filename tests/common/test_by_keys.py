"""Wide lists of more than one page are read by their keys: the same rows, as many statements."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.years.views.years import YearList
from tests.factories.blocs import year_with_members
from tests.factories.people import official

pytestmark = pytest.mark.django_db
LIST, ROWS = reverse("years:year_list"), 5


def test_the_pages_of_a_wide_list_hold_its_rows_in_their_order(
    client, monkeypatch, django_assert_num_queries
):
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": "2026"})
    for _ in range(ROWS):
        year_with_members()
    whole = [row["year"] for row in client.get(LIST).context["rows"]]
    # Of the track a list reads what it shows: the other columns cost four times as much.
    assert not hasattr(whole[0], "signing_told")
    monkeypatch.setattr(YearList, "paginate_by", 2)
    with django_assert_num_queries(3 * 6):
        pages = [client.get(LIST, {"page": page}).context["page_obj"] for page in ("1", "2", "3")]
    assert [list(page) for page in pages] == [whole[:2], whole[2:4], whole[4:]]
    assert [(page.start_index(), page.paginator.count) for page in pages] == [
        (1, 5),
        (3, 5),
        (5, 5),
    ]
    # Of a list that has become shorter the last page is shown; what is no number is no page.
    assert list(client.get(LIST, {"page": "9"}).context["page_obj"]) == whole[4:]
    assert client.get(LIST, {"page": "chín"}).status_code == 404
