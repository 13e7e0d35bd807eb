"""Every figure of a page or workbook stands under the head of its column.

The year is the one in which no two facts have the same figure.
"""

import pytest
from django.urls import reverse

from blocs.ranking.documents.ranking_workbook import ranking_workbook
from blocs.ranking.models.rankings import ranking_of
from blocs.states import SeatRole
from tests.factories.different import (
    different_conference,
    different_opinions,
    different_proposal,
    different_year,
)
from tests.factories.people import official
from tests.papers.reading import lines_of, sheet_of, tables_of

pytestmark = pytest.mark.django_db
VOTE_HEAD = [
    "STT", "Đơn vị", "Nội dung", "Đồng ý", "Không đồng ý", "Tỷ lệ (%)", "Kết quả",
]  # fmt: skip


@pytest.fixture
def year():
    return different_year()


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def test_ranking_page(office, year):
    (places,) = tables_of(office.get(reverse("ranking:ranking", args=(year.pk,))))
    late = "Sở Xây dựng −1,50 điểm ngoài bảng: Chậm 3 ngày làm việc: trừ 1,5 điểm."
    agreed = "Hội nghị thống nhất"
    assert places == [
        ["Hạng", "Đơn vị", "Điểm nhiệm vụ", "Điểm thưởng", "Điểm trừ", "Tổng điểm", "Báo cáo"],
        ["1", "Sở Giao thông Vận tải", "91,75", "1,00", "−0,50", "92,25", agreed],
        ["2", late, "83,00", "3,00", "−3,50", "82,50 kém hạng trên 9,75", agreed],
        [
            "3",
            "Ban Quản lý Khu công nghiệp",
            "72,50",
            "0,50",
            "−1,00",
            "72,00 kém hạng trên 10,50",
            agreed,
        ],
        ["4", "Sở Công Thương", "64,00", "4,50", "−0,25", "68,25 kém hạng trên 3,75", agreed],
    ]


def test_conference_page(office, year):
    conference = different_conference(year)
    roll, awards, heads = tables_of(office.get(conference.get_absolute_url()))
    assert roll == [
        ["STT", "Đơn vị", "Điểm danh", "Đại biểu", "Chức vụ", "Lý do vắng"],
        ["1", "Sở Xây dựng", "có mặt", "Lê Thị Bình", "Phó Giám đốc", ""],
        ["2", "Sở Giao thông Vận tải", "có mặt", "Hồ Thị Dung", "Văn phòng", ""],
        ["3", "Sở Công Thương", "có mặt", "Đỗ Thị Giang", "Trưởng phòng", ""],
        ["4", "Ban Quản lý Khu công nghiệp", "có mặt", "Mai Thị Ích", "Phó ban", ""],
        ["5", "Sở Tư pháp", "có mặt", "Vũ Thị Lan", "Chánh Văn phòng", ""],
        ["6", "Sở Tài chính", "có mặt", "Hà Thị Nga", "Kế toán trưởng", ""],
        ["7", "Sở Nội vụ", "vắng mặt", "", "", "đi công tác"],
    ]
    assert awards == [
        VOTE_HEAD,
        ["1", "Sở Giao thông Vận tải", "Cờ thi đua", "04/07", "00", "57,1", "Đạt"],
        ["2", "Sở Xây dựng", "Bằng khen", "03/07", "01", "42,9", "Đạt"],
        ["3", "Ban Quản lý Khu công nghiệp", "Bằng khen", "02/07", "01", "28,6", "Không đạt"],
    ]
    assert heads == [
        VOTE_HEAD,
        ["1", "Ban Quản lý Khu công nghiệp", "Khối trưởng", "03/07", "01", "42,9", "Đạt"],
    ]


def test_item_page(office, year):
    item = different_proposal(year).items.order_by("pk").first()
    different_opinions(item)
    agreeing, refusing = (opinion.member.full_name for opinion in item.opinions.order_by("pk"))
    answer = office.get(item.get_absolute_url())
    assert tables_of(answer) == [
        [
            ["Thành viên", "Ý kiến", "Ghi rõ"],
            [agreeing, "Đồng ý", "Xứng đáng"],
            [refusing, "Không đồng ý", "Xem lại"],
        ]
    ]
    assert [(name, str(value)) for name, value in answer.context["facts"]] == [
        ("Hình thức", "Cờ thi đua của UBND tỉnh"),
        ("Đơn vị", "Sở Giao thông Vận tải"),
        ("Căn cứ", "chưa ghi"),
        ("Điểm xếp hạng", "92,25"),
    ]


def test_report_page(office, year):
    report = year.reports.get(unit=year.head)
    rows = tables_of(office.get(report.get_absolute_url()))[0]
    assert [row[:7] for row in rows] == [
        ["TT", "Tiêu chí", "Điểm tối đa", "Kết quả", "Tự chấm", "Thẩm định", "Chênh lệch"],
        ["I", "Nhiệm vụ chính trị", "70,00", "", "64,00", "62,00", "−2,00"],
        ["1", "Hoàn thành nhiệm vụ được giao", "40,00", "36", "36,00", "35,00", "−1,00"],
        ["2", "Giải quyết hồ sơ đúng hạn", "30,00", "28 %", "28,00", "27,00", "−1,00"],
        ["II", "Phong trào thi đua", "30,00", "", "20,00", "21,00", "+1,00"],
        ["1", "Mô hình mới được công nhận", "30,00", "20 mô hình", "20,00", "21,00", "+1,00"],
        ["III", "Điểm thưởng sáng kiến", "5,00", "4", "4,00", "3,00", "−1,00"],
        ["IV", "Điểm trừ chậm báo cáo", "", "−0,5", "−0,50", "−2,00", "−1,50"],
        ["", "Tổng cộng", "100,00", "", "87,50", "84,00", "−3,50"],
    ]


def test_all_units_beside_each_other(office, year):
    (rows,) = tables_of(office.get(reverse("appraisal:year_points", args=(year.pk,))))
    leaves = [row for row in rows if len(row) == 9]
    assert [[row[0], row[2], *(cell.split("▼")[0] for cell in row[3:])] for row in leaves] == [
        ["TT", "Tối đa", "BKC", "SCT", "SGT", "STP", "SXD", "Trung vị"],
        [
            "I.1", "40", "31,00tự chấm 33,00", "29,00tự chấm 30,00", "38,50tự chấm 39,00", "–",
            "35,00tự chấm 36,00", "33,00",
        ],
        [
            "I.2", "30", "24,50tự chấm 26,00", "21,00tự chấm 22,00", "29,25tự chấm 29,00", "–",
            "27,00tự chấm 28,00", "25,75",
        ],
        [
            "II.1", "30", "17,00tự chấm 18,00", "14,00tự chấm 15,00", "24,00tự chấm 25,00", "–",
            "21,00tự chấm 20,00", "19,00",
        ],
        [
            "III", "5", "0,50tự chấm 1,50", "4,50tự chấm 5,00", "1,00tự chấm 2,00", "–",
            "3,00tự chấm 4,00", "2,00",
        ],
        [
            "IV", "0", "−1,00tự chấm −0,75", "−0,25tự chấm 0,00", "−0,50tự chấm −1,00▲ 0,5", "–",
            "−2,00tự chấm −0,50", "−0,75",
        ],
        ["", "", "72,00", "68,25", "92,25", "–", "84,00", ""],
    ]  # fmt: skip


def test_list_of_reports(office, year):
    session = office.session
    session["year"] = 2026
    session.save()
    (rows,) = tables_of(office.get(reverse("reports:report_list")))
    assert [[*row[:2], *row[3:7]] for row in rows] == [
        ["STT", "Đơn vị", "Trạng thái", "Nộp ngày", "Tự chấm", "Thẩm định"],
        ["1", "Ban Quản lý Khu công nghiệp", "Hội nghị thống nhất", "07/12/2026", "77,75",
         "72,00"],
        ["2", "Sở Công Thương", "Hội nghị thống nhất", "08/12/2026", "72,00", "68,25"],
        ["3", "Sở Giao thông Vận tải", "Hội nghị thống nhất", "09/12/2026", "94,00", "92,25"],
        ["4", "Sở Tư pháp", "Đã nộp", "10/12/2026", "", ""],
        ["5", "Sở Xây dựng", "Hội nghị thống nhất", "15/12/2026", "87,50", "84,00"],
    ]  # fmt: skip


def test_ranking_workbook(year):
    content = ranking_workbook(ranking_of(year))
    second = lines_of(content, "Tổng hợp", "Hạng")[1]
    assert second == {
        "Hạng": 2,
        "Mã": "SXD",
        "Đơn vị": "Sở Xây dựng",
        "Nhiệm vụ chính trị (70) – tự chấm": 64,
        "Nhiệm vụ chính trị (70) – thẩm định": 62,
        "Phong trào thi đua (30) – tự chấm": 20,
        "Phong trào thi đua (30) – thẩm định": 21,
        "Điểm thưởng sáng kiến (5) – tự chấm": 4,
        "Điểm thưởng sáng kiến (5) – thẩm định": 3,
        "Điểm trừ chậm báo cáo – tự chấm": -0.5,
        "Điểm trừ chậm báo cáo – thẩm định": -2,
        "Điểm ngoài bảng": -1.5,
        "Tổng điểm": 82.5,
        "Tỷ lệ đạt (%)": 82.5,
        "Xếp loại": None,
        "Ghi chú": "Chậm 3 ngày làm việc: trừ 1,5 điểm.",
    }
    assert sheet_of(content, "Chi tiết")[2:] == [
        ("TT", "Nội dung, tiêu chí", "Điểm tối đa", "SGT – tự chấm", "SGT – thẩm định",
         "SXD – tự chấm", "SXD – thẩm định", "BKC – tự chấm", "BKC – thẩm định",
         "SCT – tự chấm", "SCT – thẩm định"),
        ("I", "Nhiệm vụ chính trị", "70", 68, 67.75, 64, 62, 59, 55.5, 52, 50),
        ("I.1", "Hoàn thành nhiệm vụ được giao", "40", 39, 38.5, 36, 35, 33, 31, 30, 29),
        ("I.2", "Giải quyết hồ sơ đúng hạn", "30", 29, 29.25, 28, 27, 26, 24.5, 22, 21),
        ("II", "Phong trào thi đua", "30", 25, 24, 20, 21, 18, 17, 15, 14),
        ("II.1", "Mô hình mới được công nhận", "30", 25, 24, 20, 21, 18, 17, 15, 14),
        ("III", "Điểm thưởng sáng kiến", "5", 2, 1, 4, 3, 1.5, 0.5, 5, 4.5),
        ("IV", "Điểm trừ chậm báo cáo", None, -1, -0.5, -0.5, -2, -0.75, -1, 0, -0.25),
        (None, "Điểm ngoài bảng", None, None, 0, None, -1.5, None, 0, None, 0),
        (None, "Tổng điểm", None, 94, 92.25, 87.5, 82.5, 77.75, 72, 72, 68.25),
    ]  # fmt: skip


def test_workbook_of_the_bloc(office, year):
    answer = office.get(reverse("ranking:bloc_workbook", args=(year.pk,)))
    first, *_, last = lines_of(answer.content, "Tổng hợp", "STT")
    assert first == {
        "STT": 1,
        "Đơn vị": "Sở Xây dựng",
        "Trạng thái": "Hội nghị thống nhất",
        "Nhiệm vụ chính trị": 64,
        "Phong trào thi đua": 20,
        "Điểm thưởng sáng kiến": 4,
        "Điểm trừ chậm báo cáo": -0.5,
        "Tổng tự chấm": 87.5,
        "Tổng thẩm định": 84,
        "Điểm ngoài bảng": -1.5,
        "Tổng điểm xếp hạng": 82.5,
    }
    assert [value for value in last.values() if value is not None] == [
        5,
        "Sở Tư pháp",
        "Đã nộp (dự thảo, chưa thẩm định xong)",
    ]
