"""Each line of the ranking: its parts as a bar, and how much it lacks to the unit above."""

import pytest

from blocs.ranking.documents.ranking_rows import place_rows
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from tests.factories.people import editor_of
from tests.factories.placed import placed_year

pytestmark = pytest.mark.django_db


def test_a_line_tells_its_parts_and_the_gap_to_the_line_above():
    year = placed_year({"A": "90.5", "B": "80", "C": "80", "D": "79.75"})
    rows = place_rows(ranking_of(year), editor_of(year.head))
    assert [row.gap for row in rows] == [
        "",
        "kém hạng trên 10,50",
        "",
        "kém hạng trên 0,25",
    ]
    assert [row.bar.words for row in rows[:2]] == [
        "Nhiệm vụ 90,5, Thưởng 0, Trừ 0",
        "Nhiệm vụ 80, Thưởng 0, Trừ 0",
    ]
    widths = [row.bar.pieces[0].width for row in rows]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == rows[0].bar.width


def test_nobody_is_ranked_and_nothing_is_drawn():
    year = placed_year({"A": "90.5", "B": "80"})
    Report.objects.all().delete()
    assert place_rows(ranking_of(year), editor_of(year.head)) == []
