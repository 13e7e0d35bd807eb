"""Units of part of a year: compared as the bloc's rule says, on every page, paper and file."""

import datetime as dt
import json
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from awards.proposals.models.quotas import quota_words
from blocs.conferences.documents.minutes import minutes_of
from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.results import ranking_faults
from blocs.states import MemberChangeKind as K
from blocs.states import ReportState, SeatRole
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory, ProposalItemFactory, certificate
from tests.factories.blocs import ReportFactory, fill, regulate, year_with_members
from tests.factories.changes import JULY_1, SEPTEMBER_1, change_members
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import save
from tests.papers.papers import read_pdf
from tests.recomputing import recompute
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)
RULE = (
    "Đơn vị tham gia không trọn năm được so sánh theo số tháng tham gia: tổng điểm (hoặc tỷ lệ "
    "đạt) nhân số tháng tham gia, chia 12, lấy 2 chữ số thập phân, phần bằng hoặc quá nửa làm "
    "tròn lên; xếp loại theo tổng điểm, không tính theo tháng. Tháng có từ 15 ngày tham gia trở "
    "lên tính là một tháng."
)
JOINED = "tham gia từ 01/09/2026, so sánh theo 04/12 tháng: 95,00 × 04/12 = 31,67 điểm"
SUCCEEDED = "tham gia từ 01/07/2026, so sánh theo 06/12 tháng: 90,00 × 06/12 = 45,00 điểm"
OUT = (
    "Tham gia từ 01/09/2026 (04/12 tháng); đơn vị tham gia không trọn năm không xếp hạng theo "
    "quy định của năm."
)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def come(year, name, on, points, **more):
    """A unit that joins on that day and whose sheet is appraised with these points."""
    unit = UnitFactory(name=name, short_name=name)
    change_members(year, unit, K.JOINED, on, **more)
    report = ReportFactory(
        bloc_year=year,
        unit=unit,
        table=year.tables.get(),
        submitted=True,
        state=ReportState.AGREED,
        appraised_total=Decimal(points),
    )
    fill(report, Decimal(points), Decimal(points))
    return unit


def bent_year(way):
    """F goes into the new H in July, G joins in September, the others are there all the year."""
    year = placed_year({"Sở A": 90, "Sở B": 40, "Sở C": 30, "Sở F": 99}, part_year=way)
    left = year.members.get(unit__name="Sở F").unit
    left.reports.all().delete()
    heir = come(year, "Sở H", JULY_1, 90, reason="Kế thừa Sở F")
    change_members(year, left, K.MERGED, JULY_1, counterpart=heir)
    come(year, "Sở G", SEPTEMBER_1, 95)
    return BlocYear.objects.get(pk=year.pk)


def page(office, year):
    return office.get(reverse("ranking:ranking", args=(year.pk,)))


def places(office, year):
    return {row.unit: row.place for row in page(office, year).context["rows"]}


def printed(office, year):
    answer = office.get(reverse("ranking:ranking_paper", args=(year.pk,)))
    return " ".join(read_pdf(answer.content).text.split())


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("full", {"Sở G": "1", "Sở A": "2", "Sở H": "2", "Sở B": "4", "Sở C": "5"}),
        ("by_months", {"Sở A": "1", "Sở H": "2", "Sở B": "3", "Sở G": "4", "Sở C": "5"}),
        ("not_ranked", {"Sở A": "1", "Sở B": "2", "Sở C": "3"}),
    ],
)
def test_joined_in_september_left_in_july_and_the_heir_of_a_merger(office, way, expected):
    year = bent_year(way)
    assert places(office, year) == expected
    out = {left.unit.name: left.reason for left in page(office, year).context["out"]}
    july = OUT.replace("01/09/2026 (04", "01/07/2026 (06")
    left = {"Sở F": "Thôi tham gia từ 01/07/2026."}
    assert out == ({"Sở H": july, "Sở G": OUT} | left if way == "not_ranked" else left)
    paper = printed(office, year)
    assert "Sở F thôi tham gia từ 01/07/2026 (sáp nhập vào Sở H)" in paper
    assert [one.sentence for one in check(year)[1]] == []


def test_page_paper_and_minutes_say_rule_months_and_the_compared_figure(office):
    year = bent_year("by_months")
    html = " ".join(page(office, year).content.decode().split())
    paper, conference = printed(office, year), conference_of(year, starts_at=NOVEMBER)
    minutes = minutes_of(conference)
    said = " ".join(
        line
        for section in minutes.sections
        for line in (section.tie_rule, *section.closing)
        if line
    )
    for text in (html, paper, said):
        assert text.count(RULE) == 1
    assert f"{JOINED[0].upper()}{JOINED[1:]}." in html
    for text in (paper, said):
        assert f"Đơn vị tham gia không trọn năm: Sở H {SUCCEEDED}; Sở G {JOINED}." in text
    compared = {row.unit: row.compared for row in page(office, year).context["rows"]}
    assert page(office, year).context["compared"] == "Điểm so sánh"
    assert compared == {
        "Sở A": "90,00",
        "Sở H": "45,00",
        "Sở B": "40,00",
        "Sở G": "31,67",
        "Sở C": "30,00",
    }


def test_both_workbooks_have_a_column_of_what_is_compared(office):
    year = bent_year("by_months")
    found = {}
    for name in ("ranking_workbook", "bloc_workbook"):
        answer = office.get(reverse(f"ranking:{name}", args=(year.pk,)))
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(row for row in rows if "Điểm so sánh" in row)
        column, unit = head.index("Điểm so sánh"), head.index("Đơn vị")
        found[name] = {row[unit]: row[column] for row in rows if row[column] and row is not head}
    compared = {"Sở A": 90, "Sở H": 45, "Sở B": 40, "Sở G": 31.67, "Sở C": 30}
    assert found == {"ranking_workbook": compared, "bloc_workbook": compared}


def test_the_submission_prints_what_was_compared_and_the_total_beside_it(office):
    year = bent_year("by_months")
    proposal = ProposalFactory(bloc_year=year)
    for name in ("Sở A", "Sở G"):
        unit = year.members.get(unit__name=name).unit
        ProposalItemFactory(proposal=proposal, award=certificate(), unit=unit)
    (group,) = submission_paper(proposal).groups
    assert [(row.name, row.points, row.total) for row in group.rows] == [
        ("Sở A", "90,00", ""),
        ("Sở G", "31,67", "(tổng điểm 95,00)"),
    ]


def test_without_such_a_unit_nothing_is_said(office):
    year = placed_year({"Sở A": 90, "Sở B": 40}, part_year="by_months")
    html, paper = page(office, year).content.decode(), printed(office, year)
    assert ["không trọn năm" in text for text in (html, paper)] == [False, False]
    assert page(office, year).context["compared"] == ""


def test_the_command_recomputes_the_months_from_outside(office, tmp_path):
    year = bent_year("by_months")
    url = reverse("ranking:ranking_proof", args=(year.pk,))
    data = json.loads(office.get(url).content)
    path = tmp_path / "kiem-chung.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = recompute(path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {row["name"]: row for row in json.loads(done.stdout)["units"]}
    assert [rows["Sở G"][key] for key in ("months", "compared", "place")] == [4, "31.67", 4]
    assert [rows["Sở H"][key] for key in ("months", "compared", "place")] == [6, "45", 2]
    unit = next(one for one in data["units"] if one["name"] == "Sở G")
    unit["joined_on"] = "2026-03-01"
    path.write_text(json.dumps(data | {FINGERPRINT: fingerprint_of(data)}), encoding="utf-8")
    done = recompute(path)
    assert done.returncode == 1
    assert "Sở G: số tháng tham gia trong tệp là 4, tính lại là 10." in done.stderr
    assert "Sở G: số được so sánh trong tệp là 31.67, tính lại là 79.17." in done.stderr


def test_the_page_that_checks_a_file_says_by_how_many_months(office):
    year = bent_year("by_months")
    proof = office.get(reverse("ranking:ranking_proof", args=(year.pk,))).content
    upload = SimpleUploadedFile("kiem-chung.json", proof, "application/json")
    answer = office.post(reverse("ranking:proof_check"), {"file": upload})
    assert answer.context["mismatches"] == []
    assert {row["name"]: row["part"] for row in answer.context["found"] if row["part"]} == {
        "Sở H": "So sánh theo 06/12 tháng: 45,00.",
        "Sở G": "So sánh theo 04/12 tháng: 31,67.",
    }


@pytest.mark.parametrize(
    ("way", "count", "words"),
    [
        ("by_months", 5, "01 cờ; 02 Bằng khen (50% của 04 đơn vị còn lại, làm tròn xuống)"),
        ("not_ranked", 3, "01 cờ; 01 Bằng khen (50% của 02 đơn vị còn lại, làm tròn xuống)"),
    ],
)
def test_a_unit_without_a_place_is_in_no_base_of_quotas(office, way, count, words):
    year = bent_year(way)
    assert quota_words(year) == words
    assert len(places(office, year)) == count


def test_a_sealed_ranking_keeps_the_months_and_the_rule_of_its_sealing(office):
    year = bent_year("by_months")
    seal_ranking(year, NOVEMBER)
    before = places(office, year)
    regulate(year, part_year="full")
    year.members.filter(unit__name="Sở G").update(joined_on=dt.date(2026, 3, 1))
    year = BlocYear.objects.get(pk=year.pk)
    assert places(office, year) == before
    compared = {row.unit: row.compared for row in page(office, year).context["rows"]}
    assert compared["Sở G"] == "31,67"
    later = JOINED.replace("01/09", "01/03").replace("04/", "10/").replace("31,67", "79,17")
    (changed,) = ranking_faults(year)
    assert changed.partition("; Sở H")[0] == (
        f"Căn cứ đã thay đổi: Sở G: 95,00 điểm ({JOINED}), hạng 4 → 95,00 điểm ({later}), hạng 2"
    )


def test_an_award_for_a_unit_that_is_not_ranked_warns_with_the_rule(client):
    year = bent_year("not_ranked")
    proposal = Proposal.objects.create(bloc_year=year)
    unit = year.members.get(unit__name="Sở G").unit
    ProposalItemFactory(proposal=proposal, award=certificate(), unit=unit)
    client.force_login(leader_of(year.head))
    page_of_proposal = client.get(reverse("proposals:proposal_detail", args=(year.pk,)))
    assert [sentence for _, sentence in page_of_proposal.context["line_warnings"]] == [
        f"Sở G: {OUT[0].lower()}{OUT[1:]} Chỉ đơn vị đang hoạt động, tham gia đến khi bình xét và "
        "được xếp hạng mới được đề nghị khen thưởng."
    ]


def test_the_office_says_the_way_on_the_page_of_rules_and_all_read_it(office):
    year = year_with_members(2)
    url = reverse("years:year_rules", args=(year.pk,))
    form = office.get(url).context["form"]
    assert dict(form.fields["part_year"].choices)["by_months"] == "theo số tháng tham gia"
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed = {name: value for name, value in typed.items() if value is not False}
    assert save(office, url, typed | {"part_year": "by_months"}).status_code == 302
    year = BlocYear.objects.get(pk=year.pk)
    assert year.regulation.part_year == "by_months"
    assert RULE in office.get(year.get_absolute_url()).content.decode()
