"""Leaves that do not concern a unit: the ranking by percent, its denominators, on all artefacts."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.proposals.documents.submission import submission_paper
from blocs.conferences.documents.minutes import minutes_of
from blocs.criteria.models import Criterion
from blocs.ranking.models.rankings import ranking_of
from blocs.states import AgendaTopic, ReportState, SeatRole, YearState
from tests.factories.awards import ProposalFactory, ProposalItemFactory, certificate
from tests.factories.blocs import (
    ReportFactory,
    ScoringTableFactory,
    fill,
    regulate,
    year_with_members,
)
from tests.factories.conferences import add_agenda, conference_of
from tests.factories.people import official
from tests.papers.papers import read_pdf
from tests.papers.reading import tables_of
from tests.papers.test_divided_years import sheets_of
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
D = Decimal
# Points of work (60), of reform (30), bonus; Sở A has no reform to do.
SHEETS = {"Sở A": ("57", None, "0"), "Sở B": ("58", "26", "0.6"), "Sở C": ("56", "28.6", "0")}
CLASSES = [{"label": "Xuất sắc", "if": [["percent", ">=", "95"]]}, {"label": "Tốt", "if": []}]
RULE = (
    "Có đơn vị không được giao một số chỉ tiêu nên xếp hạng theo tỷ lệ % giữa tổng điểm và điểm "
    "tối đa của các tiêu chí được giao. Khi bằng tỷ lệ đạt, xét lần lượt:"
)
ROWS = [
    ("1", "Sở A", "57,00", "60", "95,00%", "Xuất sắc"),
    ("2", "Sở C", "84,60", "90", "94,00%", "Tốt"),
    ("3", "Sở B", "84,60", "90", "94,00%", "Tốt"),
]


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def year():
    """The unit with the fewest points is first; two others are equal but for points of work."""
    found = year_with_members(3, state=YearState.RANKED)
    regulate(found, class_bands=CLASSES, tie_rules=["work_points", "shared_rank"])
    table = ScoringTableFactory(bloc_year=found, total_max=90, published=True)
    lines = (("1", "direct", 60), ("2", "direct", 30), ("3", "bonus", 5))
    for order, (code, kind, maximum) in enumerate(lines, start=1):
        Criterion.objects.create(
            table=table,
            code=code,
            name=f"Nội dung {code}",
            kind=kind,
            max_points=maximum,
            order=order,
            rule={"may_be_not_applicable": True} if code == "2" else {},
        )
    for member, (name, points) in zip(found.members.order_by("order"), SHEETS.items(), strict=True):
        member.unit.name = member.unit.short_name = name
        member.unit.save()
        report = ReportFactory(
            bloc_year=found,
            unit=member.unit,
            table=table,
            submitted=True,
            first_submitted_at=timezone.now(),
            state=ReportState.AGREED,
            appraised_total=D(0),
        )
        fill(report, D(0), D(0))
        for score, given in zip(report.scores.order_by("criterion__order"), points, strict=True):
            score.not_applicable = given is None
            score.note = "Không giao (QĐ 15)" if given is None else ""
            score.value = score.self_points = score.appraised_points = given and D(given)
            score.save()
        report.self_total = report.appraised_total = sum(map(D, filter(None, points)))
        report.save()
    return found


def page(office, year, name="ranking"):
    return office.get(reverse(f"ranking:{name}", args=(year.pk,)))


def pdf(office, year, name):
    return " ".join(read_pdf(page(office, year, name).content).text.split())


def test_the_page_tells_the_percent_what_it_is_of_and_that_it_was_compared(office, year):
    answer = page(office, year)
    assert [
        (row.place, row.unit, row.total, row.maximum, row.percent, row.class_label)
        for row in answer.context["rows"]
    ] == ROWS
    (table,) = tables_of(answer)
    assert table[0][5:9] == ["Tổng điểm", "Điểm tối đa", "Tỷ lệ đạt", "Xếp loại"]
    html = " ".join(answer.content.decode().split())
    assert (html.count(RULE), html.count("bằng tổng điểm")) == (1, 0)
    notes = {row.unit: row.notes for row in answer.context["rows"] if row.notes}
    words = "Bằng tỷ lệ đạt, xếp theo điểm phần nhiệm vụ chuyên môn (mục I, II): "
    assert notes == {"Sở C": (f"{words}84,6.",), "Sở B": (f"{words}84.",)}


def test_papers_tell_the_same(office, year):
    summary = pdf(office, year, "ranking_paper")
    assert summary.count(RULE) == 1
    assert "57,00 57,00 60 95,00% 1 Xuất sắc" in summary
    assert "84,60 84,60 90 94,00% 2 Tốt" in summary
    leaves = pdf(office, year, "ranking_leaves_paper")
    assert "Điểm tối đa 60 90 90 Tỷ lệ đạt (%) 95,00 94,00 94,00" in leaves
    conference = conference_of(year, starts_at=timezone.now())
    add_agenda(conference, ("Thống nhất điểm", "", AgendaTopic.SCORES))
    (section,) = [one for one in minutes_of(conference).sections if one.ranking]
    assert [
        (row.rank, row.unit, row.points, row.maximum, row.share, row.class_label)
        for row in section.ranking
    ] == ROWS
    assert {row.group for row in section.ranking} == {""}
    assert section.tie_rule.startswith(RULE)
    classes = "Xuất sắc: tỷ lệ đạt từ 95% trở lên. Tốt: các trường hợp còn lại."
    assert section.tie_rule.endswith(classes)
    proposal = ProposalFactory(bloc_year=year)
    unit = year.members.get(unit__name="Sở A").unit
    ProposalItemFactory(proposal=proposal, award=certificate(), unit=unit)
    (row,) = [one for group in submission_paper(proposal).groups for one in group.rows]
    assert (row.points, row.total) == ("95,00%", "(tổng điểm 57,00/60)")


def test_both_workbooks_tell_the_same(office, year):
    for name in ("ranking_workbook", "bloc_workbook"):
        rows = next(iter(sheets_of(page(office, year, name)).values()))
        head = next(row for row in rows if "Đơn vị" in row)
        told = {row[head.index("Đơn vị")]: row for row in rows if len(row) == len(head)}
        columns = [head.index(one) for one in ("Điểm tối đa", "Tỷ lệ đạt (%)")]
        assert [told["Sở A"][one] for one in columns] == [60, 95]
        assert "Nhóm" not in head


def test_the_page_that_recomputes_a_proof_tells_the_same(office, year):
    file = page(office, year, "ranking_proof").content
    upload = SimpleUploadedFile("kiem-chung.json", file, content_type="application/json")
    answer = office.post(reverse("ranking:proof_check"), {"file": upload})
    assert [
        (str(row["place"]), row["name"], row["total"], row["compared"])
        for row in answer.context["found"]
    ] == [(place, unit, total, share[:-1]) for place, unit, total, _, share, _ in ROWS]
    assert answer.context["rule"].startswith("Khi bằng tỷ lệ đạt, xét lần lượt: điểm phần nhiệm vụ")
    (table,) = tables_of(answer)
    assert table[1] == ["1", "Sở A", "57,00", "95,00", "Xuất sắc"]


def test_every_artefact_agrees_with_the_database(office, year):
    conference = conference_of(year, starts_at=timezone.now())
    add_agenda(conference, ("Thống nhất điểm", "", AgendaTopic.SCORES))
    artefacts, found = check(year)
    assert [one.sentence for one in found] == []
    told = {fact.name for one in artefacts for row in one.rows for fact in row.facts}
    assert {"điểm tối đa", "tỷ lệ đạt"} <= told


def test_units_with_one_maximum_show_no_percent(office, year):
    year.reports.get(unit__name="Sở A").delete()
    assert ranking_of(year).by_percent is False
    (table,) = tables_of(page(office, year))
    assert "Điểm tối đa" not in table[0]
