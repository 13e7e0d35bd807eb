"""A long list of reports in pages: year after year of a bloc, unit after unit, none twice."""

import pytest
from django.core.paginator import EmptyPage, Paginator
from django.utils import timezone

from blocs.reports.models import Report
from blocs.states import ReportState
from tests.factories.blocs import ScoringTableFactory, year_with_members
from thidua.common.pages.by_keys import GroupPaginator, KeyPaginator, YearPaginator

pytestmark = pytest.mark.django_db
SIZES = (5, 1, 3, 4)


@pytest.fixture
def reports():
    for place, size in enumerate(SIZES):
        # The last bloc made comes first: neither keys nor names alone are the order.
        year = year_with_members(size, bloc__order=len(SIZES) - place)
        table = ScoringTableFactory(bloc_year=year)
        for member in year.members.order_by("-pk"):
            Report.objects.create(bloc_year=year, unit=member.unit, table=table)
    return Report.objects.for_list()


@pytest.mark.parametrize("per_page", (1, 2, 3, 4, 5, 12, 13, 20))
@pytest.mark.parametrize("paginator", (GroupPaginator, KeyPaginator, YearPaginator))
def test_every_page_holds_what_a_plain_one_would(reports, paginator, per_page):
    ours, plain = paginator(reports, per_page), Paginator(reports, per_page)
    assert (ours.count, ours.num_pages) == (sum(SIZES), plain.num_pages)
    for number in plain.page_range:
        assert list(ours.page(number)) == list(plain.page(number))
    with pytest.raises(EmptyPage):
        ours.page(plain.num_pages + 1)


def test_pages_follow_what_the_bar_leaves(reports):
    kept = set(Report.objects.order_by("pk").values_list("pk", flat=True)[2:9])
    Report.objects.filter(pk__in=kept).update(
        state=ReportState.SUBMITTED, submitted_at=timezone.now()
    )
    chosen = reports.filter(state=ReportState.SUBMITTED)
    ours = GroupPaginator(chosen, 3)
    read = [row.pk for number in ours.page_range for row in ours.page(number)]
    assert (ours.count, read) == (7, [row.pk for row in chosen])
    assert set(read) == kept


def test_a_page_asks_as_often_however_many_blocs_there_are(reports, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(GroupPaginator(reports, 4).page(2)) == 4


def test_nothing_is_one_empty_page(reports):
    assert list(GroupPaginator(reports.none(), 20).page(1)) == []
