"""The papers of a scoring in the year in which no two figures are equal."""

import pytest

from blocs.criteria.documents.rule_changes import ChangeLine, rule_changes_paper
from blocs.criteria.domain.table_changes import Change
from blocs.ranking.documents.ranking_table import (
    RankingTable,
    SummaryCell,
    SummaryRow,
    ranking_table_paper,
)
from blocs.ranking.documents.score_leaves import (
    LeafBlock,
    LeafCell,
    LeafLine,
    ScoreLeaves,
    score_leaves_paper,
)
from blocs.ranking.documents.score_sheet import ScoreLine, ScoreSheetPaper, score_sheet_paper
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from tests.factories.blocs import BlocYearFactory
from tests.factories.different import different_conference, different_year
from thidua.papers.papers import Letterhead, Signer

pytestmark = pytest.mark.django_db
SUMMARY = RankingTable(
    title="Bảng tổng hợp điểm thi đua năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(("UBND TỈNH LAM GIANG",), ("KHỐI THI ĐUA SỐ 5",)),
    heading="BẢNG TỔNG HỢP ĐIỂM THI ĐUA NĂM 2026",
    attached_lines=(
        ("(Kèm theo Biên bản số 06/BB-KTĐ5 ngày 18 tháng 12 năm 2026 của Khối thi đua số 5)"),
    ),
    groups=(
        "Nhiệm vụ chính trị (70)",
        "Phong trào thi đua (30)",
        "Điểm thưởng sáng kiến (5)",
        "Điểm trừ chậm báo cáo",
    ),
    rows=(
        SummaryRow(
            "1",
            "Sở Giao thông Vận tải",
            (
                SummaryCell("68,00", "67,75"),
                SummaryCell("25,00", "24,00"),
                SummaryCell("2,00", "1,00"),
                SummaryCell("−1,00", "−0,50"),
            ),
            "92,25",
            "1",
        ),
        SummaryRow(
            "2",
            "Sở Xây dựng",
            (
                SummaryCell("64,00", "62,00"),
                SummaryCell("20,00", "21,00"),
                SummaryCell("4,00", "3,00"),
                SummaryCell("−0,50", "−2,00"),
            ),
            "82,50",
            "2",
        ),
        SummaryRow(
            "3",
            "Ban Quản lý Khu công nghiệp",
            (
                SummaryCell("59,00", "55,50"),
                SummaryCell("18,00", "17,00"),
                SummaryCell("1,50", "0,50"),
                SummaryCell("−0,75", "−1,00"),
            ),
            "72,00",
            "3",
        ),
        SummaryRow(
            "4",
            "Sở Công Thương",
            (
                SummaryCell("52,00", "50,00"),
                SummaryCell("15,00", "14,00"),
                SummaryCell("5,00", "4,50"),
                SummaryCell("0,00", "−0,25"),
            ),
            "68,25",
            "4",
        ),
        SummaryRow(
            "5",
            "Sở Tư pháp",
            (SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", "")),
            "",
            "",
        ),
        SummaryRow(
            "6",
            "Sở Tài chính",
            (SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", "")),
            "",
            "",
        ),
        SummaryRow(
            "7",
            "Sở Nội vụ",
            (SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", ""), SummaryCell("", "")),
            "",
            "",
        ),
    ),
    notes=(
        (
            "Tổng điểm là tổng điểm thẩm định của các nội dung, cộng điểm thưởng, trừ "
            "điểm trừ. Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn "
            "(mục I, II) cao hơn; điểm thưởng (mục III) cao hơn; điểm trừ (mục IV) ít hơn; nếu "
            "vẫn bằng nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên. "
            "Số liệu in đến 2 chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên; thứ hạng so "
            "sánh tổng điểm chưa làm tròn."
        ),
        ("Điểm ngoài bảng chấm điểm: Sở Xây dựng: −1,5 (Chậm 3 ngày làm việc: trừ 1,5 điểm)."),
        (
            "Chưa xếp hạng: Sở Tư pháp (đã nộp, chưa thẩm định xong); Sở Tài chính "
            "(chưa nộp báo cáo và bảng tự chấm điểm); Sở Nội vụ (chưa nộp báo cáo và "
            "bảng tự chấm điểm)."
        ),
    ),
    signers=(
        Signer(("THƯ KÝ",), "Tô Thị Quý"),
        Signer(("KHỐI PHÓ",), "Ngô Văn Cư"),
        Signer(("KHỐI TRƯỞNG",), "Trần Văn An"),
    ),
)

LEAVES = ScoreLeaves(
    title="Bảng điểm chi tiết năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(("UBND TỈNH LAM GIANG",), ("KHỐI THI ĐUA SỐ 5",)),
    heading="BẢNG ĐIỂM THẨM ĐỊNH CHI TIẾT NĂM 2026",
    attached_lines=(
        ("(Kèm theo Biên bản số 06/BB-KTĐ5 ngày 18 tháng 12 năm 2026 của Khối thi đua số 5)"),
    ),
    blocks=(
        LeafBlock(
            ("SGT", "SXD", "BKC", "SCT"),
            (
                LeafLine(
                    "group",
                    "I",
                    "Nhiệm vụ chính trị",
                    "70",
                    (LeafCell("67,75"), LeafCell("62,00"), LeafCell("55,50"), LeafCell("50,00")),
                ),
                LeafLine(
                    "leaf",
                    "1",
                    "Hoàn thành nhiệm vụ được giao",
                    "40",
                    (
                        LeafCell("38,50", "39,00"),
                        LeafCell("35,00", "36,00"),
                        LeafCell("31,00", "33,00"),
                        LeafCell("29,00", "30,00"),
                    ),
                ),
                LeafLine(
                    "leaf",
                    "2",
                    "Giải quyết hồ sơ đúng hạn",
                    "30",
                    (
                        LeafCell("29,25", "29,00"),
                        LeafCell("27,00", "28,00"),
                        LeafCell("24,50", "26,00"),
                        LeafCell("21,00", "22,00"),
                    ),
                ),
                LeafLine(
                    "group",
                    "II",
                    "Phong trào thi đua",
                    "30",
                    (LeafCell("24,00"), LeafCell("21,00"), LeafCell("17,00"), LeafCell("14,00")),
                ),
                LeafLine(
                    "leaf",
                    "1",
                    "Mô hình mới được công nhận",
                    "30",
                    (
                        LeafCell("24,00", "25,00"),
                        LeafCell("21,00", "20,00"),
                        LeafCell("17,00", "18,00"),
                        LeafCell("14,00", "15,00"),
                    ),
                ),
                LeafLine(
                    "leaf",
                    "III",
                    "Điểm thưởng sáng kiến",
                    "5",
                    (
                        LeafCell("1,00", "2,00"),
                        LeafCell("3,00", "4,00"),
                        LeafCell("0,50", "1,50"),
                        LeafCell("4,50", "5,00"),
                    ),
                ),
                LeafLine(
                    "leaf",
                    "IV",
                    "Điểm trừ chậm báo cáo",
                    "",
                    (
                        LeafCell("−0,50", "−1,00"),
                        LeafCell("−2,00", "−0,50"),
                        LeafCell("−1,00", "−0,75"),
                        LeafCell("−0,25", "0,00"),
                    ),
                ),
                LeafLine(
                    "total",
                    "",
                    "Điểm ngoài bảng",
                    "",
                    (LeafCell(""), LeafCell("−1,50"), LeafCell(""), LeafCell("")),
                ),
                LeafLine(
                    "total",
                    "",
                    "Tổng điểm",
                    "",
                    (LeafCell("92,25"), LeafCell("82,50"), LeafCell("72,00"), LeafCell("68,25")),
                ),
                LeafLine(
                    "total",
                    "",
                    "Xếp thứ",
                    "",
                    (LeafCell("1"), LeafCell("2"), LeafCell("3"), LeafCell("4")),
                ),
            ),
        ),
    ),
    notes=(
        "Số trong ngoặc là điểm tự chấm, chỉ ghi khi khác điểm thẩm định.",
        (
            "Tổng điểm là tổng điểm thẩm định của các nội dung, cộng điểm thưởng, trừ "
            "điểm trừ. Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn "
            "(mục I, II) cao hơn; điểm thưởng (mục III) cao hơn; điểm trừ (mục IV) ít hơn; nếu "
            "vẫn bằng nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên. "
            "Số liệu in đến 2 chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên; thứ hạng so "
            "sánh tổng điểm chưa làm tròn."
        ),
        ("Điểm ngoài bảng chấm điểm: Sở Xây dựng: −1,5 (Chậm 3 ngày làm việc: trừ 1,5 điểm)."),
        (
            "Chưa xếp hạng: Sở Tư pháp (đã nộp, chưa thẩm định xong); Sở Tài chính "
            "(chưa nộp báo cáo và bảng tự chấm điểm); Sở Nội vụ (chưa nộp báo cáo và "
            "bảng tự chấm điểm)."
        ),
    ),
    signers=(
        Signer(("THƯ KÝ",), "Tô Thị Quý"),
        Signer(("KHỐI PHÓ",), "Ngô Văn Cư"),
        Signer(("KHỐI TRƯỞNG",), "Trần Văn An"),
    ),
)

SHEET = ScoreSheetPaper(
    title="Bảng tự chấm điểm thi đua năm 2026 của Sở Xây dựng",
    letterhead=Letterhead(
        ("UBND TỈNH ĐẮK LẮK",), ("SỞ XÂY DỰNG",), "", "Lam Giang, ngày 15 tháng 12 năm 2026"
    ),
    subject_lines=("Năm 2026 của Sở Xây dựng",),
    lines=(
        ScoreLine("group", "I", "Nhiệm vụ chính trị", "70", "64,00", "62,00", "−2,00", ""),
        ScoreLine(
            "leaf",
            "1",
            "Hoàn thành nhiệm vụ được giao",
            "40",
            "36,00",
            "35,00",
            "−1,00",
            "Lý do hoàn thành nhiệm vụ được giao.",
        ),
        ScoreLine(
            "leaf",
            "2",
            "Giải quyết hồ sơ đúng hạn",
            "30",
            "28,00",
            "27,00",
            "−1,00",
            "Lý do giải quyết hồ sơ đúng hạn.",
        ),
        ScoreLine("group", "II", "Phong trào thi đua", "30", "20,00", "21,00", "+1,00", ""),
        ScoreLine(
            "leaf",
            "1",
            "Mô hình mới được công nhận",
            "30",
            "20,00",
            "21,00",
            "+1,00",
            "Lý do mô hình mới được công nhận.",
        ),
        ScoreLine(
            "leaf",
            "III",
            "Điểm thưởng sáng kiến",
            "5",
            "4,00",
            "3,00",
            "−1,00",
            "Lý do điểm thưởng sáng kiến.",
        ),
        ScoreLine(
            "leaf",
            "IV",
            "Điểm trừ chậm báo cáo",
            "",
            "−0,50",
            "−2,00",
            "−1,50",
            "Lý do điểm trừ chậm báo cáo.",
        ),
        ScoreLine("total", "", "Tổng điểm", "100", "87,50", "84,00", "−3,50", ""),
    ),
    notes=(
        "Chênh lệch là điểm thẩm định trừ điểm tự chấm.",
        (
            "Tổng điểm được vượt tổng điểm tối đa nhờ điểm thưởng. Điểm của từng tiêu "
            "chí làm tròn đến 2 chữ số thập phân. Tiêu chí không giao cho đơn vị được "
            "bỏ ra khỏi cả điểm đạt và điểm tối đa; khi đó xếp hạng theo tỷ lệ đạt."
        ),
        ("Điểm ngoài bảng: −1,5 (Chậm 3 ngày làm việc: trừ 1,5 điểm). Tổng điểm xếp hạng: 82,50."),
    ),
    signers=(Signer(("NGƯỜI LẬP BIỂU",), ""), Signer(("GIÁM ĐỐC",), "Trần Văn An")),
)


@pytest.fixture
def year():
    year = different_year()
    different_conference(year)
    return year


def test_summary_tells_every_figure_in_its_column(year):
    assert ranking_table_paper(ranking_of(year)) == SUMMARY


def test_leaves_tell_every_figure_in_its_column(year):
    assert score_leaves_paper(ranking_of(year)) == LEAVES


def test_sheet_tells_every_figure_in_its_column(year):
    report = Report.objects.for_page().get(bloc_year=year, unit=year.head)
    assert score_sheet_paper(report, shows_appraisal=True) == SHEET


def test_annex_of_changes_puts_last_year_before_this_one():
    last, year = BlocYearFactory(year=2025), BlocYearFactory(year=2026)
    change = Change("I.1 Hồ sơ đúng hạn", "điểm tối đa", "30", "40")
    paper = rule_changes_paper(year, last, [change])
    assert paper.columns == ("TT", "Mục", "Thay đổi", "Năm 2025", "Năm 2026")
    assert paper.lines == (ChangeLine("1", "I.1 Hồ sơ đúng hạn", "điểm tối đa", "30", "40"),)
    assert paper.notes == ()
