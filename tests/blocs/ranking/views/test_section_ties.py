"""A tie rule names one section of the table: chosen on the page, told and proved as compared."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.conferences.documents.minutes import minutes_of
from blocs.criteria.models import Criterion
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.reports.models import Score
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.blocs import ReportFactory, ScoringTableFactory, year_with_members
from tests.factories.conferences import conference_of
from tests.factories.people import official
from tests.page_forms import fields_of
from tests.papers.papers import read_pdf

pytestmark = pytest.mark.django_db
REFORM = "mục II “Cải cách hành chính”"
# All have 95 points; what is done in each section differs.
EQUALS = {"Sở A": (50, 40, 5, 0), "Sở B": (55, 35, 6, -1), "Sở C": (52, 38, 5, 0)}


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def sectioned_year(units):
    """Work, reform and bonus as groups, a deduction as a single leaf; nobody has used the rules."""
    year = year_with_members(len(units), state=YearState.CLOSING)
    table = ScoringTableFactory(bloc_year=year, published=True)

    def add(code, name, kind, points, parent=None, label=None):
        return Criterion.objects.create(
            table=table,
            parent=parent,
            code=code,
            label=label,
            name=name,
            kind=kind,
            max_points=points,
            order=table.criteria.count(),
        )

    for code, name, kind, points in (
        ("I", "Nhiệm vụ chính trị", "direct", 60),
        ("II", "Cải cách hành chính", "direct", 40),
        ("III", "Điểm thưởng", "bonus", 10),
    ):
        group = add(code, name, "group", points)
        add("1", f"Kết quả: {name}", kind, points, group)
    add("~tru", "Điểm trừ", "deduction", 5, label="-")
    return year


def agree(year, units):
    """The sheets of these units with their points by section, agreed by the conference."""
    table = year.tables.get()
    leaves = list(table.criteria.exclude(kind="group").order_by("order"))
    for member, (name, points) in zip(
        year.members.order_by("order").select_related("unit"), units.items(), strict=True
    ):
        member.unit.name = member.unit.short_name = name
        member.unit.save()
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.AGREED,
            submitted=True,
            appraised_total=sum(points),
        )
        for leaf, given in zip(leaves, map(Decimal, points), strict=True):
            Score.objects.create(
                report=report, criterion=leaf, self_points=given, appraised_points=given
            )
    return BlocYear.objects.get(pk=year.pk)


def choose(office, year, *rules, last=""):
    """Open the page of the rules, choose these, save."""
    url = reverse("years:year_rules", args=(year.pk,))
    typed = fields_of(office.get(url))
    typed |= {f"tie_{place}": "" for place in range(1, 5)} | {"tie_last": last}
    typed |= {f"tie_{place}": rule for place, rule in enumerate(rules, start=1)}
    return office.post(url, typed)


def chosen(office, *rules, last="", units=None):
    year = sectioned_year(units or EQUALS)
    assert choose(office, year, *rules, last=last).status_code == 302
    return agree(year, units or EQUALS)


def page(office, year):
    return office.get(reverse("ranking:ranking", args=(year.pk,)))


def order(office, year):
    return [(row.place, row.unit) for row in page(office, year).context["rows"]]


def test_each_section_of_the_table_is_a_choice(office):
    year = sectioned_year(EQUALS)
    url = reverse("years:year_rules", args=(year.pk,))
    offered = dict(office.get(url).context["form"].fields["tie_1"].choices)
    assert {key: words for key, words in offered.items() if key.startswith("points:")} == {
        "points:I": "điểm mục I “Nhiệm vụ chính trị” cao hơn",
        "points:II": f"điểm {REFORM} cao hơn",
        "points:III": "điểm mục III “Điểm thưởng” cao hơn",
        "points:~tru": "điểm mục “Điểm trừ” cao hơn",
    }


@pytest.mark.parametrize(
    ("rules", "units"),
    [
        (("points:II",), ["Sở A", "Sở C", "Sở B"]),
        (("points:I",), ["Sở B", "Sở C", "Sở A"]),
        (("points:~tru", "points:I"), ["Sở C", "Sở A", "Sở B"]),
        (("points:III", "points:II"), ["Sở B", "Sở A", "Sở C"]),
        (("work_points", "points:II"), ["Sở A", "Sở C", "Sở B"]),
    ],
)
def test_equals_stand_in_the_order_of_the_section(office, rules, units):
    assert [unit for _, unit in order(office, chosen(office, *rules))] == units


def test_rule_and_compared_figures_stand_under_every_ranking(office):
    year = chosen(office, "points:II", "bonus_points")
    rule = (
        f"Khi bằng tổng điểm, xét lần lượt: điểm {REFORM} cao hơn; điểm thưởng (mục III) cao hơn; "
        "nếu vẫn bằng nhau thì hội nghị quyết định."
    )
    figures = (
        f"Bằng tổng điểm, xếp theo: Sở A (điểm {REFORM}: 40); Sở C (điểm {REFORM}: 38); "
        f"Sở B (điểm {REFORM}: 35)."
    )
    html = " ".join(page(office, year).content.decode().split())
    for words in ("40", "38", "35"):
        assert f"Bằng tổng điểm, xếp theo điểm {REFORM}: {words}." in html
    answer = office.get(reverse("ranking:ranking_paper", args=(year.pk,)))
    paper = " ".join(read_pdf(answer.content).text.split())
    section = next(one for one in minutes_of(conference_of(year)).sections if one.ranking)
    minutes = " ".join((section.tie_rule, *section.closing))
    answer = office.get(reverse("ranking:ranking_workbook", args=(year.pk,)))
    cells = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    book = " ".join(str(cell) for row in cells for cell in row if cell is not None)
    for text in (html, paper, minutes, book):
        assert text.count(rule) == 1
    for text in (paper, minutes, book):
        assert text.count(figures) == 1
    told = rule.replace(" (mục III)", "")
    assert told in office.get(year.get_absolute_url()).content.decode()


def test_equal_in_the_section_too_the_next_rule_decides_or_people_do(office):
    units = {"Sở A": (50, 40, 5, 0), "Sở B": (49, 40, 6, 0)}
    assert order(office, chosen(office, "points:II", "bonus_points", units=units)) == [
        ("1", "Sở B"),
        ("2", "Sở A"),
    ]
    open_year = chosen(office, "points:II", units=units)
    assert page(office, open_year).context["open_ties"] == ["Sở A", "Sở B"]
    shared = chosen(office, "points:II", last="shared_rank", units=units)
    assert [place for place, _ in order(office, shared)] == ["1", "1"]


def test_the_proof_holds_the_section_and_is_recomputed(office):
    year = chosen(office, "points:II")
    proof = office.get(reverse("ranking:ranking_proof", args=(year.pk,))).content.decode()
    assert json.loads(proof)["rules"]["tie_rules"] == ["points:II"]
    again = check_proof(read_proof(proof))
    assert [one.sentence for one in again.mismatches] == []
    assert [(row["name"], row["decided_by"]) for row in again.rows] == [
        ("Sở A", "points:II"),
        ("Sở C", "points:II"),
        ("Sở B", "points:II"),
    ]


def test_the_rules_of_last_year_stay_while_the_new_year_has_no_table(office):
    year = sectioned_year(EQUALS)
    assert choose(office, year, "points:II").status_code == 302
    year.tables.all().delete()
    assert choose(office, year, "points:II", "bonus_points").status_code == 302
    year = BlocYear.objects.get(pk=year.pk)
    assert year.regulation.tie_rules == ["points:II", "bonus_points"]
    assert "điểm mục II cao hơn" in office.get(year.get_absolute_url()).content.decode()


def test_a_section_that_the_table_lost_is_named_and_refused(office):
    year = sectioned_year(EQUALS)
    assert choose(office, year, "points:II").status_code == 302
    Criterion.objects.filter(table__bloc_year=year, code="II").update(code="V")
    answer = choose(office, year, "points:II", "points:I")
    assert answer.status_code == 422
    assert "Thứ tự ưu tiên xét mục II, bảng chấm điểm không có mục này." in answer.content.decode()
    year = agree(BlocYear.objects.get(pk=year.pk), EQUALS)
    assert "điểm mục II cao hơn" in page(office, year).content.decode()
    assert page(office, year).context["open_ties"] == ["Sở A", "Sở B", "Sở C"]
