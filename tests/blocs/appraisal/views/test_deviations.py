"""Points side by side, for those who appraise; signs of a formality, for the province alone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.reports.models import Report
from blocs.states import SeatRole, YearState
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import DIRECT, RATIO, score_of

pytestmark = pytest.mark.django_db
SAME = (
    "Đơn vị đã hoàn thành tốt các chỉ tiêu được giao trong năm, tổ chức phong trào thi đua sâu "
    "rộng trong toàn thể công chức, viên chức và người lao động của cơ quan."
)


def page(name, obj):
    return reverse(f"appraisal:{name}", args=(obj.pk,))


def sent_year(count=3, own="9.5", given="9.5", **kwargs):
    """A year whose sheets are all appraised."""
    year = year_with_members(count, **kwargs)
    regulate(year, deviation_share=4)
    table = small_table(year)
    for place, member in enumerate(year.members.all()):
        report = ReportFactory(bloc_year=year, unit=member.unit, table=table, submitted=True)
        fill(report, Decimal(own), Decimal(given))
        report.scores.filter(criterion__kind="deduction").delete()
        Report.objects.filter(pk=report.pk).update(
            state="appraised", appraised_total=Decimal(10 + 5 * place)
        )
    return year


def report_of(year, place=-1):
    return list(year.reports.order_by("pk"))[place]


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def test_all_units_stand_side_by_side_and_changes_are_marked(office):
    year = sent_year(own="9.5", given="9.5")
    report = report_of(year)
    score = score_of(report, DIRECT)
    score.appraised_points, score.appraisal_reason = Decimal(4), "Thiếu minh chứng."
    score.save()
    answer = office.get(page("year_points", year))
    html = answer.content.decode()
    assert 'tự chấm 9,50</span><strong class="mark">▼ 5,5</strong>' in html
    assert html.count('class="mark"') == 1
    (matrix,) = answer.context["matrices"]
    assert (matrix.whose, len(matrix.units)) == ("", 3)
    line = next(line for line in matrix.lines if line.label == DIRECT)
    assert line.median == "9,50"


@pytest.mark.parametrize("count", (2, 5))
def test_matrix_costs_the_same(office, count, django_assert_num_queries):
    year = sent_year(count)
    office.get(page("year_points", year))
    with django_assert_num_queries(8):
        (matrix,) = office.get(page("year_points", year)).context["matrices"]
        assert len(matrix.units) == count


@pytest.mark.parametrize("count", (2, 5))
def test_deviation_costs_the_same(office, count, django_assert_num_queries):
    past = sent_year(count, year=2025, state=YearState.RANKED)
    Report.objects.filter(bloc_year=past).update(state="agreed")
    year = sent_year(count)
    report = report_of(year)
    Report.objects.filter(pk=report_of(past).pk).update(unit=report.unit)
    office.get(page("deviation", report))
    with django_assert_num_queries(12):
        office.get(page("deviation", report))


def test_four_figures_of_a_leaf(office):
    past = sent_year(own="7", given="7", year=2025, state=YearState.RANKED)
    year = sent_year()
    report = report_of(year)
    Report.objects.filter(pk=report_of(past).pk).update(unit=report.unit, state="agreed")
    score = score_of(report, DIRECT)
    score.appraised_points, score.appraisal_reason = Decimal(4), "Thiếu minh chứng."
    score.save()
    answer = office.get(page("deviation", report))
    line = next(line for line in answer.context["lines"] if line.label == DIRECT)
    assert (line.own, line.given, line.last, line.median) == ("9,50", "4,00", "7,00", "9,50")
    assert line.marks == (
        "▼ thấp hơn 5,5 so với tự chấm",
        "▼ thấp hơn 3 so với năm trước",
        "▼ thấp hơn 5,5 so với trung vị các đơn vị",
    )


@pytest.mark.parametrize(
    ("person", "status"),
    (
        (lambda year: leader_of(year.head), 200),
        (lambda year: leader_of(year.deputy), 200),
        (lambda year: editor_of(year.members.last().unit), 403),
        (lambda year: official(SeatRole.SYSADMIN), 404),
        (lambda year: leader_of(year_with_members(3).head), 404),
    ),
)
def test_only_those_who_appraise_compare(client, person, status):
    year = sent_year()
    client.force_login(person(year))
    assert client.get(page("year_points", year)).status_code == status


@pytest.mark.parametrize(
    ("person", "status"),
    (
        (lambda year: official(SeatRole.COUNCIL), 200),
        (lambda year: official(SeatRole.CHAIR), 200),
        (lambda year: leader_of(year.head), 403),
        (lambda year: editor_of(year.members.last().unit), 403),
    ),
)
def test_signs_are_for_the_province_alone(client, person, status):
    year = sent_year()
    client.force_login(person(year))
    assert client.get(page("year_signs", year)).status_code == status


def test_signs_of_a_formality(office):
    year = sent_year()
    Report.objects.filter(bloc_year=year).update(appraised_total=Decimal(15))
    for report in list(year.reports.all())[:2]:
        report.results = SAME
        report.save()
    signs = [sign["sentence"] for sign in office.get(page("year_signs", year)).context["signs"]]
    assert [sentence.split(":")[0][:37] for sentence in signs] == [
        "Điểm của 03 đơn vị chỉ chênh nhau 0% ",
        "Điểm thẩm định trùng hoàn toàn điểm t",
        "Nội dung gần như giống nhau ở",
    ]


def test_leaf_that_has_no_points_is_no_change(office):
    year = sent_year()
    leaf = score_of(report_of(year), RATIO)
    leaf.not_applicable, leaf.self_points, leaf.appraised_points = True, None, None
    leaf.save()
    signs = [sign["sentence"] for sign in office.get(page("year_signs", year)).context["signs"]]
    assert signs == ["Điểm thẩm định trùng hoàn toàn điểm tự chấm ở tất cả các đơn vị."]


def test_honest_bloc_shows_no_signs(office):
    year = sent_year(given="8")
    assert office.get(page("year_signs", year)).context["signs"] == []
