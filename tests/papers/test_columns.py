"""Every list, table and form with figures: each figure under its own head, no two the same."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.different import (
    different_agreement,
    different_decision,
    different_proposal,
    different_year,
)
from tests.factories.people import official
from tests.papers.reading import tables_of

pytestmark = pytest.mark.django_db
AGREED = "Hội nghị thống nhất"
NO_VOTE = (
    "không bỏ phiếu suy tôn, đề nghị khen thưởng; các đơn vị được đề nghị theo kết quả xếp hạng và "
    "quy định số lượng"
)


@pytest.fixture
def year():
    return different_year()


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def read(client, name, *args):
    """The tables of a page."""
    return tables_of(client.get(reverse(name, args=args)))


def facts(client, name, *args):
    answer = client.get(reverse(name, args=args))
    return [(label, str(value)) for label, value in answer.context["facts"]]


def test_deviation_page(office, year):
    report = year.reports.get(unit=year.head)
    assert read(office, "appraisal:deviation", report.pk) == [
        [
            ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Thẩm định", "Năm trước",
             "Trung vị", "Chênh lệch đáng chú ý"],
            ["I.1", "Hoàn thành nhiệm vụ được giao", "40", "36,00", "35,00", "32,00", "33,00", ""],
            ["I.2", "Giải quyết hồ sơ đúng hạn", "30", "28,00", "27,00", "19,00", "25,75",
             "▲ cao hơn 8 so với năm trước"],
            ["II.1", "Mô hình mới được công nhận", "30", "20,00", "21,00", "11,00", "19,00",
             "▲ cao hơn 10 so với năm trước"],
            ["III", "Điểm thưởng sáng kiến", "5", "4,00", "3,00", "2,50", "2,00", ""],
            ["IV", "Điểm trừ chậm báo cáo", "", "−0,50", "−2,00", "−1,50", "−0,75",
             "▼ thấp hơn 1,5 so với tự chấm"],
        ]
    ]  # fmt: skip


def test_rectifying_and_appeals(office, year):
    report = year.reports.get(unit=year.head)
    (rows,) = read(office, "reports:report_rectify", report.pk)
    assert rows == [
        ["TT", "Tiêu chí", "Điểm tối đa", "Kết quả", "Kết quả đúng", "Tự chấm", "Thẩm định",
         "Điểm đúng"],
        ["I.1", "Hoàn thành nhiệm vụ được giao", "40,00", "36", "", "36,00", "35,00", ""],
        ["I.2", "Giải quyết hồ sơ đúng hạn", "30,00", "28", "", "28,00", "27,00", ""],
        ["II.1", "Mô hình mới được công nhận", "30,00", "20", "", "20,00", "21,00", ""],
        ["III", "Điểm thưởng sáng kiến", "5,00", "4", "", "4,00", "3,00", ""],
        ["IV", "Điểm trừ chậm báo cáo", "", "-0,5", "", "−0,50", "−2,00", ""],
    ]  # fmt: skip
    (rows,) = read(office, "appraisal:appeal_list", report.pk)
    assert [row[:6] for row in rows] == [
        ["TT", "Tiêu chí", "Tự chấm", "Thẩm định", "Chênh lệch", "Lý do điều chỉnh"],
        ["I.1", "Hoàn thành nhiệm vụ được giao", "36,00", "35,00", "−1,00",
         "Lý do hoàn thành nhiệm vụ được giao."],
        ["I.2", "Giải quyết hồ sơ đúng hạn", "28,00", "27,00", "−1,00",
         "Lý do giải quyết hồ sơ đúng hạn."],
        ["II.1", "Mô hình mới được công nhận", "20,00", "21,00", "+1,00",
         "Lý do mô hình mới được công nhận."],
        ["III", "Điểm thưởng sáng kiến", "4,00", "3,00", "−1,00", "Lý do điểm thưởng sáng kiến."],
        ["IV", "Điểm trừ chậm báo cáo", "−0,50", "−2,00", "−1,50", "Lý do điểm trừ chậm báo cáo."],
    ]  # fmt: skip


def test_reports_of_the_year_and_the_year_itself(office, year):
    (rows,) = read(office, "reports:year_reports", year.pk)
    assert [row[:6] for row in rows] == [
        ["STT", "Đơn vị", "Trạng thái", "Nộp lúc", "Tự chấm", "Thẩm định"],
        ["1", "Sở Xây dựng Khối trưởng", AGREED, "09:00 15/12/2026", "87,50", "84,00"],
        ["2", "Sở Giao thông Vận tải Khối phó", AGREED, "09:00 09/12/2026", "94,00", "92,25"],
        ["3", "Sở Công Thương", AGREED, "09:00 08/12/2026", "72,00", "68,25"],
        ["4", "Ban Quản lý Khu công nghiệp", AGREED, "09:00 07/12/2026", "77,75", "72,00"],
        ["5", "Sở Tư pháp", "Đã nộp", "14:00 10/12/2026", "", ""],
        ["6", "Sở Tài chính", "Chưa nộp", "", "", ""],
        ["7", "Sở Nội vụ", "Chưa nộp", "", "", ""],
    ]
    (members,) = read(office, "years:year_detail", year.pk)
    assert [row[1:3] + row[4:] for row in members[:4]] == [
        ["Đơn vị", "Vai trò", "Báo cáo, tự chấm"],
        ["Sở Xây dựng", "khối trưởng", AGREED],
        ["Sở Giao thông Vận tải", "khối phó", AGREED],
        ["Sở Công Thương", "thành viên", AGREED],
    ]


def test_scoring_table_and_comparison_of_rules(office, year):
    table = year.tables.get()
    (rows,) = read(office, "criteria:table_detail", table.pk)
    assert rows == [
        ["TT", "Nội dung, tiêu chí", "Cách chấm", "Điểm tối đa", "Cộng mục con"],
        ["I", "Nhiệm vụ chính trị", "", "70", "70"],
        ["1", "Hoàn thành nhiệm vụ được giao",
         "Chấm điểm trực tiếpChấm từ 0 đến 40 điểm.", "40", ""],
        ["2", "Giải quyết hồ sơ đúng hạn",
         "Định lượng theo chỉ tiêu30 × kết quả / chỉ tiêu, tối đa 30 điểm.", "30", ""],
        ["II", "Phong trào thi đua", "", "30", "30"],
        ["1", "Mô hình mới được công nhận", "Tính theo số lượng, có mức trần10 điểm cho mỗi mô "
         "hình, tối đa 30 điểm.", "30", ""],
        ["III", "Điểm thưởng sáng kiến", "Điểm thưởngGhi số điểm thưởng, tối đa 5 điểm.", "5", ""],
        ["IV", "Điểm trừ chậm báo cáo", "Điểm trừGhi số điểm trừ.", "", ""],
        ["", "Tổng điểm tối đa", "", "100", "100"],
    ]  # fmt: skip
    (rows,) = read(office, "criteria:rule_changes", year.pk)
    assert rows[0] == ["TT", "Mục", "Thay đổi", "Năm 2025", "Năm 2026"]
    assert rows[2] == [
        "2",
        "Quy định chấm điểm",
        "nộp báo cáo chậm",
        "(không có)",
        "Báo cáo nộp sau ngày 10/12/2026 (lần nộp đầu) là nộp chậm. Mỗi ngày làm việc chậm trừ "
        "0,5 điểm.",
    ]


def test_agreement(office, year):
    different_agreement(year)
    signed, targets = read(office, "agreements:agreement_detail", year.pk)
    assert signed[:4] == [
        ["STT", "Đơn vị", "Người ký", "Thẩm quyền", "Thời điểm"],
        ["1", "Sở Xây dựng", "Trần Văn An, Giám đốc", "thủ trưởng ký", "09:05 28/01/2026"],
        ["2", "Sở Giao thông Vận tải", "Hồ Thị Dung, Phó Giám đốc", "KT. (ký thay)",
         "09:05 28/01/2026"],
        ["3", "Sở Công Thương", "Chưa ký"],
    ]  # fmt: skip
    assert targets[1] == ["1", "Hồ sơ đúng hạn", "%", "98,5"]


def test_proposal_and_decision(office, year):
    decision = different_decision(different_proposal(year))
    assert read(office, "proposals:proposal_detail", year.pk) == [
        [
            ["STT", "Hình thức", "Đơn vị", "Bỏ phiếu tại hội nghị", "Trạng thái",
             "Lý do, quyết định"],
            ["1", "Cờ thi đua của UBND tỉnh", "Sở Giao thông Vận tải", "–", "Đề nghị",
             "Quyết định số 3012/QĐ-UBND"],
            ["2", "Bằng khen của Chủ tịch UBND tỉnh", "Sở Xây dựng", "–", "Đề nghị",
             "Quyết định số 3012/QĐ-UBND"],
        ]
    ]  # fmt: skip
    assert facts(office, "proposals:proposal_detail", year.pk) == [
        ("Số tờ trình", "07/TTr-KTĐ5"),
        ("Ngày", "21/12/2026"),
        ("Gửi tỉnh", "22/12/2026"),
        (
            "Được đề nghị tối đa",
            "01 cờ; 03 Bằng khen (50% của 06 đơn vị còn lại, làm tròn xuống)",
        ),
        ("Bỏ phiếu", NO_VOTE),
    ]
    assert read(office, "decisions:decision_detail", decision.pk)[0][1:] == [
        ["1", "Cờ thi đua của UBND tỉnh", "Sở Giao thông Vận tải", "Khối thi đua số 5"],
        ["2", "Bằng khen của Chủ tịch UBND tỉnh", "Sở Xây dựng", "Khối thi đua số 5"],
    ]
    assert facts(office, "decisions:decision_detail", decision.pk)[:3] == [
        ("Số", "3012/QĐ-UBND"),
        ("Ngày ký", "28/12/2026"),
        ("Người ký", "Phó Chủ tịch Phạm Văn Tín"),
    ]
