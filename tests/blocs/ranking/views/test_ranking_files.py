"""What can be taken away from a ranking, and the page that checks a proof file."""

import datetime as dt
import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from blocs.ranking.domain.proof import FINGERPRINT, fingerprint_of
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.states import ReportState, SeatRole
from blocs.years.models import Regulation
from tests.blocs.ranking.test_whole_ranking import BANDS, DUE, ground, ranked_year
from tests.blocs.ranking.views.test_ranking import text_of
from tests.factories.people import editor_of, leader_of, official
from tests.inference.worlds import as_html
from tests.jobs.toys import work_off
from thidua.jobs.models import Job
from thidua.jobs.work import NOT_ALLOWED

pytestmark = pytest.mark.django_db
FILES = ("ranking_paper", "ranking_leaves_paper", "ranking_workbook", "ranking_proof")
LATE = DUE + dt.timedelta(days=1)


def page(year, name):
    return reverse(f"ranking:{name}", args=(year.pk,))


@pytest.fixture
def year():
    """The first unit was late, the second is held, the third has no class."""
    found = ranked_year(days=(LATE, DUE, DUE), class_bands=BANDS, late_fixed=Decimal("0.5"))
    ground(found, 1, "held")
    return found


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def test_page_shows_what_decided(office, year):
    rows = office.get(page(year, "ranking")).context["rows"]
    assert [(row.place, row.total, row.class_label, row.question) for row in rows] == [
        ("1", "35,50", "Tốt", ""),
        ("2", "32,00", "Tốt", ""),
        ("3", "28,00", "", "Không mức xếp loại nào áp dụng cho kết quả này."),
    ]
    assert [row.notes for row in rows] == [
        ("−0,50 điểm ngoài bảng: Chậm 1 ngày làm việc: trừ 0,5 điểm.",),
        ("Chưa xét khen, chờ kết luận.",),
        (),
    ]


def test_page_with_everything_costs_eighteen_queries(office, year, django_assert_num_queries):
    year.reports.update(state=ReportState.AGREED)
    with django_assert_num_queries(18):
        assert len(office.get(page(year, "ranking")).context["rows"]) == 3


def test_papers_ask_as_little_as_pages(client, year, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("thidua.papers.views.pdf_soon", as_html)
    year.reports.update(state=ReportState.AGREED)
    late, *_, report = year.reports.order_by("pk")
    sheet, of_late = (reverse("ranking:report_paper", args=(one.pk,)) for one in (report, late))
    for person, url, words, cost in (
        (editor_of(report.unit), sheet, report.unit.name, 11),
        (official(SeatRole.OFFICE), sheet, report.unit.name, 12),
        # Its total is printed as the ranking of the bloc prints it, so that is read, too.
        (editor_of(late.unit), of_late, "Điểm ngoài bảng", 20),
        (editor_of(report.unit), page(year, "ranking_paper"), "35,50", 14),
        (official(SeatRole.OFFICE), page(year, "ranking_paper"), "35,50", 14),
    ):
        client.force_login(person)
        client.get(url)
        with django_assert_num_queries(cost):
            answer = client.get(url)
        assert words in answer.content.decode()


def test_summary_paper_names_classes_and_what_stands_beside(office, year):
    text = text_of(office.get(page(year, "ranking_paper")))
    names = [row.unit.name for row in year.members.order_by("order")]
    for words in (
        "Xếp loại",
        "35,50 1 Tốt",
        f"Điểm ngoài bảng chấm điểm: {names[0]}: −0,5 (Chậm 1 ngày làm việc: trừ 0,5 điểm).",
        f"Chưa xét khen, chờ kết luận: {names[1]} (Đang bị thanh tra).",
        f"Chưa xác định mức xếp loại: {names[2]}.",
    ):
        assert words in text


def test_paper_of_leaves_has_a_line_for_each(office, year):
    scores = year.reports.get(unit=year.head).scores
    scores.filter(criterion__code="III").update(
        self_points=Decimal(5), appraised_points=Decimal(4), appraisal_reason="Thiếu minh chứng."
    )
    text = text_of(office.get(page(year, "ranking_leaves_paper")))
    for words in (
        "BẢNG ĐIỂM THẨM ĐỊNH CHI TIẾT NĂM 2026",
        "1 Hoàn thành nhiệm vụ được giao 40 8,00 9,00 7,00",
        "III Điểm thưởng sáng kiến 5 8,00 4,00 (5,00) 7,00",
        "Điểm ngoài bảng −0,50",
        "Tổng điểm 32,00 30,50 28,00",
        "Xếp thứ 1 2 3",
    ):
        assert words in text


def test_workbook_has_exact_numbers(office, year):
    answer = office.get(page(year, "ranking_workbook"))
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Tổng hợp", "Chi tiết"]
    rows = list(book["Tổng hợp"].iter_rows(min_row=3, values_only=True))
    assert rows[0][:3] == ("Hạng", "Mã", "Đơn vị")
    assert [(row[0], row[1], row[-4], row[-2]) for row in rows[1:4]] == [
        (1, year.head.code, 35.5, "Tốt"),
        (2, year.deputy.code, 32, "Tốt"),
        (3, year.members.last().unit.code, 28, "Không mức xếp loại nào áp dụng cho kết quả này."),
    ]
    leaves = list(book["Chi tiết"].iter_rows(min_row=4, values_only=True))
    assert leaves[1][:5] == ("I.1", "Hoàn thành nhiệm vụ được giao", "40", 9, 9)


def test_proof_is_what_the_page_shows(office, year):
    answer = office.get(page(year, "ranking_proof"))
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    found = check_proof(read_proof(answer.content.decode()))
    assert found.mismatches == ()
    assert [(row["place"], row["total"]) for row in found.rows] == [
        (1, "35.5"),
        (2, "32"),
        (3, "28"),
    ]


@pytest.mark.parametrize("name", FILES)
def test_files_follow_the_rights_of_the_ranking(client, year, name):
    last = year.members.order_by("order").last().unit
    client.force_login(leader_of(last))
    assert client.get(page(year, name)).status_code == 403
    year.reports.update(state=ReportState.AGREED)
    assert client.get(page(year, name)).status_code == 200
    client.force_login(leader_of(ranked_year().head))
    assert client.get(page(year, name)).status_code == 404


def check(client, text):
    upload = SimpleUploadedFile("kiem-chung.json", text.encode())
    return client.post(reverse("ranking:proof_check"), {"file": upload})


def test_page_confirms_a_true_file_and_names_what_is_wrong_in_another(client, year, office):
    data = office.get(page(year, "ranking_proof")).json()
    client.force_login(editor_of(year.members.last().unit))
    answer = check(client, json.dumps(data))
    assert answer.context["mismatches"] == []
    assert [(row["place"], row["total"]) for row in answer.context["found"]] == [
        (1, "35,50"),
        (2, "32,00"),
        (3, "28,00"),
    ]
    data["units"][0]["result"]["total"] = "36"
    answer = check(client, json.dumps(data | {FINGERPRINT: fingerprint_of(data)}))
    html = answer.content.decode()
    assert ("Tệp không khớp" in html, "Tệp nguyên vẹn" in html) == (True, False)
    assert answer.context["mismatches"] == [
        f"{year.head.name}: tổng điểm trong tệp là 36, tính lại là 35.5."
    ]


def test_page_says_why_a_file_cannot_be_read(office):
    answer = check(office, "{}")
    assert answer.context["form"].errors["file"] == [
        "Tệp không phải tệp kiểm chứng xếp hạng theo mẫu ranking-proof/1."
    ]


def test_sheet_paper_tells_points_beside_the_table(client, year):
    client.force_login(leader_of(year.head))
    report = year.reports.get(unit=year.head)
    text = text_of(client.get(reverse("ranking:report_paper", args=(report.pk,))))
    assert (
        "Điểm ngoài bảng: −0,5 (Chậm 1 ngày làm việc: trừ 0,5 điểm). Tổng điểm xếp hạng: 35,50."
        in text
    )


def test_year_without_rules_of_its_own_has_neither_classes_nor_late_points(office):
    year = ranked_year(days=(LATE, DUE, DUE))
    Regulation.objects.all().delete()
    context = office.get(page(year, "ranking")).context
    assert (context["has_classes"], [row.notes for row in context["rows"]]) == (False, [()] * 3)


def test_a_long_table_of_leaves_is_printed_by_a_job_for_who_may_see_it(
    client, office, year, settings, tmp_path, monkeypatch
):
    settings.JOBS_DIR = tmp_path
    now = text_of(office.get(page(year, "ranking_leaves_paper")))
    monkeypatch.setattr("blocs.ranking.actions.files.MOST_CELLS", 1)
    assert "Lập tệp" in office.get(page(year, "ranking_leaves_paper")).content.decode()
    office.post(page(year, "ranking_leaves_paper"))
    work_off()
    job = Job.objects.get()
    made = office.get(reverse("jobs:job_file", args=(job.pk,)))
    assert text_of(HttpResponse(b"".join(made.streaming_content))) == now
    # A unit may ask, and is refused what the conference has not agreed.
    unit = editor_of(year.members.order_by("order").last().unit)
    client.force_login(unit)
    client.post(page(year, "ranking_leaves_paper"))
    work_off()
    job = Job.objects.get(asked_by=unit)
    assert (job.status, job.fault) == ("failed", NOT_ALLOWED)
    # So is who could see it when it was made, and may not any more.
    Job.objects.update(asked_by=unit, status="done", file_name="a.pdf")
    first = Job.objects.earliest("pk")
    assert client.get(reverse("jobs:job_file", args=(first.pk,))).status_code == 403


def cells_of(content):
    """Every value of a workbook, sheet by sheet."""
    book = load_workbook(BytesIO(content))
    return [(one.title, list(one.iter_rows(values_only=True))) for one in book]


def test_a_long_workbook_of_a_ranking_is_made_by_a_job_for_who_may_see_it(
    client, office, year, settings, tmp_path, monkeypatch
):
    settings.JOBS_DIR = tmp_path
    url = page(year, "ranking_workbook")
    now = cells_of(office.get(url).content)
    monkeypatch.setattr("thidua.jobs.domain.MOST_ROWS", 1)
    assert "Lập tệp" in office.get(url).content.decode()
    office.post(url)
    work_off()
    job = Job.objects.get()
    made = office.get(reverse("jobs:job_file", args=(job.pk,)))
    assert cells_of(b"".join(made.streaming_content)) == now
    assert job.file_name.endswith(".xlsx")
    unit = editor_of(year.members.order_by("order").last().unit)
    client.force_login(unit)
    client.post(url)
    work_off()
    refused = Job.objects.get(asked_by=unit)
    assert (refused.status, refused.fault) == ("failed", NOT_ALLOWED)
