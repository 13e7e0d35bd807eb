"""Published tables of points, ranked by the product: page, PDF, Excel and proof say each figure.

Competitiveness 2017 prints equal points with different places, the reform index of 2024 names six
of fifteen districts, and the one of the regions prints a change that its own figures refute.
"""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.blocs.ranking.views.test_ranking import text_of
from tests.cases import case
from tests.factories.people import official
from tests.factories.placed import placed_year
from tests.page_forms import save
from tests.recomputing import recompute
from thidua.common.vietnamese.numbers import points_text
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
PCI, REFORM, REGIONS = case("scores-pci-2017"), case("scores-dak-lak"), case("scores-par")
SHARED, DENSE = "shared_rank", "dense_rank"


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def address(year, name="ranking"):
    return reverse(f"ranking:{name}", args=(year.pk,))


def shown(office, year):
    """Place, unit and total as the page lists them."""
    rows = office.get(address(year)).context["rows"]
    return [(int(row.place), row.unit, row.total) for row in rows]


def published(rows, name="unit", points="score"):
    return [(row[name], points_text(row[points], 2)) for row in rows]


def by_check(facts, words):
    (found,) = (row["expect"] for row in facts["checks"] if row["input"] == words)
    return found


@pytest.mark.parametrize(
    ("rule", "words", "said"),
    [
        (SHARED, "competition rank on printed values", "hạng kế tiếp tính theo số đơn vị xếp trên"),
        (DENSE, "dense rank on printed values", "hạng kế tiếp liền sau"),
    ],
)
def test_competitiveness_is_placed_as_the_rule_of_equals_says(office, tmp_path, rule, words, said):
    """Places follow the printed points: the published 4 and 5 of one figure cannot be computed."""
    year = placed_year({row["unit"]: row["score"] for row in PCI["rows"]}, tie_rules=[rule])
    places = by_check(PCI, words)
    expected = [(place, *row) for place, row in zip(places, published(PCI["rows"]), strict=True)]
    assert shown(office, year) == expected
    assert said in office.get(address(year)).context["tie_rule"]
    paper = text_of(office.get(address(year, "ranking_paper")))
    assert [f"{total} {place}" in paper for place, _, total in expected] == [True] * 10
    book = load_workbook(BytesIO(office.get(address(year, "ranking_workbook")).content))
    rows = book["Tổng hợp"].iter_rows(values_only=True)
    ranked = {row[2]: row[0] for row in rows if isinstance(row[0], int)}
    assert ranked == {unit: place for place, unit, _ in expected}
    proof = tmp_path / "proof.json"
    proof.write_bytes(office.get(address(year, "ranking_proof")).content)
    answer = recompute(proof)
    found = [(row["place"], row["name"]) for row in json.loads(answer.stdout)["units"]]
    assert (answer.returncode, found) == (0, [(place, unit) for place, unit, _ in expected])
    _, differences = check(BlocYear.objects.get(pk=year.pk))
    assert [one.sentence for one in differences] == []


def test_published_places_of_equal_figures_are_stated_not_computed(office):
    """4 and 5 at 66,7 come from points nobody printed: recorded as the article has them."""
    year = placed_year({row["unit"]: row["score"] for row in PCI["rows"]})
    year.reports.all().delete()
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.CLOSING)
    places = {row["unit"]: row["rank"] for row in PCI["rows"]}
    assert list(places.values()) == by_check(PCI, "published ranks")
    units = {row.unit.name: row.unit_id for row in year.members.select_related("unit")}
    source = f"{PCI['source']['title']} ({PCI['source']['site']}, {PCI['source']['date']})"
    typed = {f"place-{units[name]}": str(place) for name, place in places.items()}
    url = address(year, "stated_results")
    assert save(office, url, {"source": source} | typed).status_code == 302
    context = office.get(address(year)).context
    assert {row.unit.name: row.place for row in context["stated"]} == places
    assert context["rows"] == []


def test_six_known_districts_of_fifteen_are_ranked_among_themselves(office):
    """The product ranks whom it knows: 13, 14 and 15 of the article become 4, 5 and 6."""
    year = placed_year({row["unit"]: row["score"] for row in reversed(REFORM["rows"])})
    found = shown(office, year)
    assert [unit for _, unit, _ in found] == by_check(REFORM, "order by score")
    assert [(unit, total) for _, unit, total in found] == published(REFORM["rows"])
    assert [place for place, _, _ in found] == [1, 2, 3, 4, 5, 6]
    assert [total for _, unit, total in found if unit == "huyện Krông Pắc"] == ["91,70"]
    totals = year.reports.order_by("-appraised_total").values_list("appraised_total", flat=True)
    assert totals[0] - totals.reverse()[0] == by_check(REFORM, "gap first to last")
    _, differences = check(BlocYear.objects.get(pk=year.pk))
    assert [one.sentence for one in differences] == []


def test_a_new_district_with_the_points_of_the_third_shares_its_place(office):
    words = "a new unit with 91.70 (and 91.7)"
    assert by_check(REFORM, words) == "tie at rank 3, next rank 5 if it were complete"
    rows = {row["unit"]: row["score"] for row in REFORM["rows"]} | {"huyện mới": "91.70"}
    year = placed_year(rows, tie_rules=[SHARED])
    assert [(place, unit) for place, unit, _ in shown(office, year)][2:5] == [
        (3, "huyện Krông Pắc"),
        (3, "huyện mới"),
        (5, "huyện Ea Súp"),
    ]


def region_years():
    """2023 by the later article, which revised its figures, and 2024; the same units."""
    known = [row for row in REGIONS["rows"] if "y2023_in_2025_article" in row]
    now = placed_year({row["region"]: row["y2024"] for row in REGIONS["rows"]})
    past = placed_year({row["region"]: row["y2023_in_2025_article"] for row in known})
    units = {row.unit.name: row.unit_id for row in now.members.select_related("unit")}
    for report in past.reports.select_related("unit"):
        Report.objects.filter(pk=report.pk).update(unit=units[report.unit.name])
    BlocYear.objects.filter(pk=past.pk).update(year=now.year - 1, bloc=now.bloc)
    return now, known


def test_regions_are_ranked_and_their_year_before_is_the_revised_one(office):
    """The change of Bắc Trung Bộ is 0,79 by the product, as the figures say; 1,58 was printed."""
    year, known = region_years()
    short = by_check(REGIONS, "ranks 2024")
    assert len(short) == len(REGIONS["rows"]) == 6
    assert [(place, unit) for place, unit, _ in shown(office, year)] == list(
        enumerate((row["region"] for row in REGIONS["rows"]), start=1)
    )
    Report.objects.filter(bloc_year=year).update(state=ReportState.APPRAISED)
    for row in known:
        report = year.reports.get(unit__name=row["region"])
        url = reverse("appraisal:deviation", args=(report.pk,))
        (line,) = office.get(url).context["lines"]
        assert (line.given, line.last) == (
            points_text(row["y2024"], 2),
            points_text(row["y2023_in_2025_article"], 2),
        )
        assert row["y2024"] - row["y2023_in_2025_article"] == row["recomputed_2024"]
    middle = known[2]
    assert middle["recomputed_2024"] == by_check(
        REGIONS, "change of Bắc Trung Bộ from 87.72 to 88.51"
    )
    assert middle["printed_change_2024"] != middle["recomputed_2024"]
