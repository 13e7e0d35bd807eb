"""A sheet that is not judged to its end: no paper, file or page adds up what is there."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Report
from tests.factories.blocs import fill
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    BONUS,
    COUNT,
    DIRECT,
    RATIO,
    given,
    in_state,
    member_report,
    submitted_report,
)
from tests.papers.papers import read_pdf
from tests.papers.reading import lines_of, sheet_of, tables_of

pytestmark = pytest.mark.django_db
NOT_WHOLE = "chưa đủ"
MARK = "(Dự thảo, chưa thẩm định xong)"
TITLE = "BẢNG TỰ CHẤM ĐIỂM THI ĐUA NĂM 2026"


@pytest.fixture
def half(client):
    """One leaf of a submitted sheet is appraised; its head is signed in."""
    report = submitted_report()
    report.self_total = Decimal("38.00")
    report.save()
    head = leader_of(report.bloc_year.head)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=head)
    client.force_login(head)
    return report


def appraise(report, *labels):
    head = leader_of(report.bloc_year.head)
    rows = [given(report, label, "8.5", "Thiếu.") for label in labels]
    save_appraisal(report, rows=rows, actor=head)


def sums_printed(client, report):
    """(own, given, difference) of each group and of the total, as the paper is built."""
    answer = client.get(reverse("ranking:report_paper", args=(report.pk,)))
    assert answer.status_code == 200
    return read_pdf(answer.content).text


def test_paper_of_a_half_appraised_sheet_is_a_draft_without_sums(client, half):
    text = sums_printed(client, half)
    assert text.count(MARK) == 1
    assert "I Nhiệm vụ chính trị 70 19,00 chưa đủ 1 Hoàn thành" in text
    assert "II Phong trào thi đua 30 9,50 chưa đủ 1 Mô hình" in text
    assert "Tổng điểm 100 38,00 chưa đủ Chênh lệch" in text
    assert "9,50 9,00 −0,50 Thiếu." in text


def test_a_whole_group_has_its_sum_while_the_total_waits(client, half):
    appraise(half, RATIO)
    text = sums_printed(client, half)
    assert "I Nhiệm vụ chính trị 70 19,00 17,50 −1,50 1 Hoàn thành" in text
    assert "Tổng điểm 100 38,00 chưa đủ Chênh lệch" in text


def test_all_leaves_judged_is_still_a_draft_until_the_appraisal_is_finished(client, half):
    appraise(half, RATIO, COUNT, BONUS)
    text = sums_printed(client, half)
    assert (text.count(MARK), "Tổng điểm 100 38,00 34,50 −3,50 Chênh lệch" in text) == (1, True)
    in_state(half, "appraised")
    assert sums_printed(client, half).count("ự thảo") == 0


def test_the_unit_reads_its_own_whole_sheet_without_a_word_of_the_appraisal(client, half):
    client.force_login(editor_of(half.unit))
    text = sums_printed(client, half)
    assert ("ự thảo" in text, NOT_WHOLE in text) == (False, False)
    assert "Tổng điểm 100 38,00 Tổng điểm được vượt" in text


def test_a_sheet_half_scored_by_its_unit_says_so_on_paper(client):
    report = fill(member_report())
    report.scores.filter(criterion__name="Hoàn thành nhiệm vụ được giao").delete()
    client.force_login(editor_of(report.unit))
    text = sums_printed(client, report)
    assert "(Dự thảo, đơn vị chưa nộp)" in text
    assert "I Nhiệm vụ chính trị 70 chưa đủ 1 Hoàn thành nhiệm vụ được giao 40 2 Giải" in text
    assert "II Phong trào thi đua 30 9,50 1 Mô hình" in text
    assert "Tổng điểm 100 chưa đủ" in text


def test_points_outside_the_table_make_no_ranked_total_of_half_a_sheet(client, half):
    half.bloc_year.regulation.late_fixed = Decimal(2)
    half.bloc_year.regulation.save()
    late = "2026-12-20T03:00:00Z"
    Report.objects.filter(pk=half.pk).update(first_submitted_at=late, submitted_at=late)
    text = sums_printed(client, half)
    assert "Tổng điểm xếp hạng: chưa đủ." in text


def test_excel_of_a_half_appraised_sheet_says_the_same(client, half):
    answer = client.get(reverse("sheet_files:sheet_workbook", args=(half.pk,)))
    rows = sheet_of(answer.content, "Bảng điểm")
    assert rows[2][0] == f"{TITLE} (DỰ THẢO, CHƯA THẨM ĐỊNH XONG)"
    total = lines_of(answer.content, "Bảng điểm", "TT")[-1]
    assert (total["Điểm tự chấm"], total["Điểm thẩm định"]) == (38, NOT_WHOLE)
    in_state(half, "appraised")
    appraise_all = client.get(reverse("sheet_files:sheet_workbook", args=(half.pk,)))
    assert sheet_of(appraise_all.content, "Bảng điểm")[2][0] == (
        f"{TITLE} (DỰ THẢO, CHƯA THẨM ĐỊNH XONG)"
    )


def test_excel_of_the_bloc_says_the_same(client, half):
    answer = client.get(reverse("ranking:bloc_workbook", args=(half.bloc_year_id,)))
    (line,) = lines_of(answer.content, "Tổng hợp", "STT")
    assert (line["Trạng thái"], line["Nhiệm vụ chính trị"]) == (
        "Đã nộp (dự thảo, chưa thẩm định xong)",
        19,
    )
    assert (line["Tổng tự chấm"], line["Tổng thẩm định"]) == (38, NOT_WHOLE)


def test_pages_name_what_lacks_and_compare_only_what_is_whole(client, half):
    year = half.bloc_year_id
    matrix = tables_of(client.get(reverse("appraisal:year_points", args=(year,))))[0]
    assert matrix[-1][3] == "38,00 (tự chấm)"
    listed = tables_of(client.get(reverse("reports:year_reports", args=(year,))))[0]
    assert listed[3][4:6] == ["38,00", "9,00 (chưa xong)"]
    sheet = next(
        rows for rows in tables_of(client.get(half.get_absolute_url())) if rows[0][0] == "TT"
    )
    sums = [row[4:7] for row in sheet if row[0] in ("I", "II") or row[1] == "Tổng cộng"]
    assert sums == [["19,00", "9,00chưa đủ", ""], ["9,50", "", ""], ["38,00", "9,00chưa đủ", ""]]


def test_a_sheet_that_lost_a_judgement_has_no_place(client, half):
    """A main leaf that nobody judged counts as nothing, not as 0."""
    appraise(half, RATIO, COUNT, BONUS)
    in_state(half, "appraised")
    half.scores.filter(criterion__name="Giải quyết hồ sơ đúng hạn").delete()
    answer = client.get(reverse("ranking:ranking_paper", args=(half.bloc_year_id,)))
    assert "(còn 01 tiêu chí chưa có điểm thẩm định)" in read_pdf(answer.content).text
