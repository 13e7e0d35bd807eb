"""Minutes and counting minutes of the year in which no two figures are equal."""

import pytest

from blocs.conferences.documents.counting_minutes import CountingMinutes, counting_minutes_of
from blocs.conferences.documents.minutes import Minutes, MinutesSection, RankingRow, minutes_of
from blocs.conferences.documents.vote_facts import VoteRow
from blocs.conferences.models import AgendaItem
from tests.factories.different import different_conference, different_year
from thidua.papers.papers import Letterhead, Signer

pytestmark = pytest.mark.django_db
MINUTES = Minutes(
    rule_bases=(
        "- Bảng chấm điểm; thứ tự ưu tiên khi bằng điểm; xếp loại; túc số; tỷ lệ phiếu; "
        "số Cờ thi đua; số Bằng khen; số đơn vị phó được bầu: chưa dẫn căn cứ.",
    ),
    title="Biên bản hội nghị tổng kết năm 2026 của Khối thi đua số 5",
    letterhead=Letterhead(("UBND TỈNH LAM GIANG",), ("KHỐI THI ĐUA SỐ 5",), "Số: 06/BB-KTĐ5"),
    subject_lines=(
        "Hội nghị tổng kết phong trào thi đua và bình xét,",
        "suy tôn năm 2026 của Khối thi đua số 5",
    ),
    started="08 giờ 15, ngày 18 tháng 12 năm 2026",
    place="Hội trường Sở Xây dựng",
    form="trực tiếp",
    guests=("- Đại biểu mời: Ông Phan Văn Phú, Ban Thi đua.",),
    attendance=(
        (
            "- Đại biểu thành viên: 06/07 đơn vị thuộc Khối, gồm 06 đại biểu có quyền "
            "bỏ phiếu; vắng mặt: 01; đủ điều kiện tiến hành (cần ít nhất 2/3, tức 05 "
            "đơn vị). Trong đó:"
        ),
        "+ Sở Xây dựng: Lê Thị Bình, Phó Giám đốc;",
        "+ Sở Giao thông Vận tải: Hồ Thị Dung, Văn phòng;",
        "+ Sở Công Thương: Đỗ Thị Giang, Trưởng phòng;",
        "+ Ban Quản lý Khu công nghiệp: Mai Thị Ích, Phó ban;",
        "+ Sở Tư pháp: Vũ Thị Lan, Chánh Văn phòng;",
        "+ Sở Tài chính: Hà Thị Nga, Kế toán trưởng;",
        "+ Sở Nội vụ: vắng mặt, lý do: đi công tác.",
    ),
    chair="Trần Văn An, Khối trưởng",
    secretary="Tô Thị Quý, Chuyên viên",
    sections=(
        MinutesSection(heading="1. Báo cáo", paragraphs=("Trình bày.",)),
        MinutesSection(
            heading="2. Kết quả chấm điểm, xếp hạng",
            paragraphs=("Hội nghị thống nhất kết quả như sau:",),
            ranking=(
                RankingRow("1", "Sở Giao thông Vận tải", "94,00", "92,25"),
                RankingRow("2", "Sở Xây dựng", "87,50", "82,50"),
                RankingRow("3", "Ban Quản lý Khu công nghiệp", "77,75", "72,00"),
                RankingRow("4", "Sở Công Thương", "72,00", "68,25"),
            ),
            tie_rule=(
                "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn (mục I, II) "
                "cao hơn; điểm thưởng (mục III) cao hơn; điểm trừ (mục IV) ít hơn; nếu vẫn bằng "
                "nhau thì các đơn vị cùng hạng, hạng kế tiếp tính theo số đơn vị xếp trên. Số "
                "liệu in đến 2 chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên; thứ hạng "
                "so sánh tổng điểm chưa làm tròn."
            ),
            closing=(
                (
                    "Điểm ngoài bảng chấm điểm: Sở Xây dựng: −1,5 (Chậm 3 ngày làm việc: trừ "
                    "1,5 điểm)."
                ),
                "Sở Tư pháp chưa xếp hạng: Đã nộp, chưa thẩm định xong.",
                "Sở Tài chính chưa xếp hạng: Chưa nộp báo cáo và bảng tự chấm điểm.",
                "Sở Nội vụ chưa xếp hạng: Chưa nộp báo cáo và bảng tự chấm điểm.",
            ),
        ),
        MinutesSection(
            heading="3. Bình xét, suy tôn",
            paragraphs=(
                (
                    "Tổ kiểm phiếu gồm 02 thành viên: Ông Tạ Văn Rạng, Sở Tư pháp – Tổ trưởng; "
                    "Bà Lưu Thị Sen – Thư ký."
                ),
                (
                    "Bỏ phiếu suy tôn (bỏ phiếu kín). Số phiếu phát ra: 06; số phiếu thu về: "
                    "05; số phiếu hợp lệ: 04; số phiếu không hợp lệ: 01."
                ),
            ),
            votes=(
                VoteRow("1", "Sở Giao thông Vận tải", "Cờ thi đua", "04/07", "00", "57,1"),
                VoteRow("2", "Sở Xây dựng", "Bằng khen", "03/07", "01", "42,9"),
                VoteRow("3", "Ban Quản lý Khu công nghiệp", "Bằng khen", "02/07", "01", "28,6"),
            ),
            vote_base=(
                "Tỷ lệ phiếu tính trên tổng số đơn vị thành viên (07); mức đạt: ít nhất "
                "40%, tức từ 03 phiếu."
            ),
            closing=(
                "Ban Quản lý Khu công nghiệp: 01 phiếu không có ý kiến.",
                (
                    "Hội nghị thống nhất đề nghị tặng Cờ thi đua cho 01 đơn vị: Sở Giao thông "
                    "Vận tải."
                ),
                ("Hội nghị thống nhất đề nghị tặng Bằng khen cho 01 đơn vị: Sở Xây dựng."),
            ),
        ),
        MinutesSection(
            heading="4. Chọn Khối trưởng, Khối phó năm 2027",
            paragraphs=(
                (
                    "Bầu Khối trưởng (bỏ phiếu kín). Số phiếu phát ra: 06; số phiếu thu về: 05; "
                    "số phiếu hợp lệ: 04; số phiếu không hợp lệ: 01."
                ),
            ),
            subject_heading="Chức danh",
            votes=(
                VoteRow("1", "Ban Quản lý Khu công nghiệp", "Khối trưởng", "03/07", "01", "42,9"),
            ),
            vote_base=(
                "Tỷ lệ phiếu tính trên tổng số đơn vị thành viên (07); mức đạt: ít nhất "
                "40%, tức từ 03 phiếu."
            ),
            closing=(("Khối trưởng năm 2027: Ban Quản lý Khu công nghiệp (theo kết quả bầu)."),),
        ),
        MinutesSection(
            heading="5. Kết luận",
            paragraphs=(
                "Hoàn thiện hồ sơ.",
                (
                    "Biên bản đã được đọc lại trước hội nghị và được 05/06 đại biểu thống nhất "
                    "thông qua, tỷ lệ 83,3%."
                ),
            ),
        ),
    ),
    ended="11 giờ 40, ngày 18 tháng 12 năm 2026",
    signers=(Signer(("THƯ KÝ",), "Tô Thị Quý"), Signer(("CHỦ TỌA",), "Trần Văn An")),
    recipients=(
        "- Cơ quan thường trực về thi đua, khen thưởng của tỉnh;",
        "- Các đơn vị thành viên Khối thi đua số 5;",
        "- Lưu: VT, Hồ sơ.",
    ),
)

COUNTING = CountingMinutes(
    title=("Biên bản kiểm phiếu suy tôn, đề nghị khen thưởng năm 2026 của Khối thi đua số 5"),
    letterhead=Letterhead(("UBND TỈNH LAM GIANG",), ("KHỐI THI ĐUA SỐ 5",)),
    subject_lines=("Suy tôn, đề nghị khen thưởng năm 2026",),
    opening=(
        "Ngày 18 tháng 12 năm 2026, tại Hội trường Sở Xây dựng, Tổ kiểm phiếu do "
        "Hội nghị tổng kết Khối thi đua số 5 cử ra, gồm:"
    ),
    team=("1. Ông Tạ Văn Rạng, Sở Tư pháp – Tổ trưởng;", "2. Bà Lưu Thị Sen – Thư ký;"),
    lead_in=(
        "đã tiến hành kiểm phiếu suy tôn, đề nghị khen thưởng theo hình thức bỏ "
        "phiếu kín, kết quả như sau:"
    ),
    counts=(
        ("- Số đơn vị thành viên: 07; số đại biểu có mặt, có quyền bỏ phiếu: 06."),
        (
            "- Số phiếu phát ra: 06; số phiếu thu về: 05; số phiếu hợp lệ: 04; số phiếu "
            "không hợp lệ: 01."
        ),
    ),
    subject_heading="Hình thức đề nghị",
    votes=(
        VoteRow("1", "Sở Giao thông Vận tải", "Cờ thi đua", "04/07", "00", "57,1"),
        VoteRow("2", "Sở Xây dựng", "Bằng khen", "03/07", "01", "42,9"),
        VoteRow("3", "Ban Quản lý Khu công nghiệp", "Bằng khen", "02/07", "01", "28,6"),
    ),
    vote_base=(
        "Tỷ lệ phiếu tính trên tổng số đơn vị thành viên (07); mức đạt: ít nhất "
        "40%, tức từ 03 phiếu."
    ),
    conclusions=(
        "Ban Quản lý Khu công nghiệp: 01 phiếu không có ý kiến.",
        ("Hội nghị thống nhất đề nghị tặng Cờ thi đua cho 01 đơn vị: Sở Giao thông Vận tải."),
        ("Hội nghị thống nhất đề nghị tặng Bằng khen cho 01 đơn vị: Sở Xây dựng."),
    ),
    ended=("Biên bản được công bố trước hội nghị; phiếu được niêm phong, giao thư ký lưu giữ./."),
    signers=(Signer(("THƯ KÝ",), "Lưu Thị Sen"), Signer(("TỔ TRƯỞNG",), "Tạ Văn Rạng")),
)


def test_minutes_tell_every_fact_in_its_place():
    assert minutes_of(different_conference(different_year())) == MINUTES


def test_counting_minutes_tell_every_fact_in_their_place():
    conference = different_conference(different_year())
    assert counting_minutes_of(conference, conference.counts[0]) == COUNTING


def test_counting_minutes_of_an_election_name_the_year_that_comes():
    conference = different_conference(different_year())
    (ballot,) = [one for one in conference.counts if one.kind == "head"]
    paper = counting_minutes_of(conference, ballot)
    assert paper.title == ("Biên bản kiểm phiếu bầu khối trưởng năm 2027 của Khối thi đua số 5")
    assert paper.subject_heading == "Chức danh"
    assert paper.conclusions[-1] == (
        "Ban Quản lý Khu công nghiệp được bầu làm Khối trưởng năm 2027."
    )
    ballot.lines.update(is_chosen=False)
    conference = type(conference).objects.for_page().get()
    (ballot,) = [one for one in conference.counts if one.kind == "head"]
    assert counting_minutes_of(conference, ballot).conclusions[-1] == (
        "Chưa có đơn vị được bầu làm Khối trưởng năm 2027."
    )


def test_figures_are_printed_under_the_first_point_that_announces_them():
    conference = different_conference(different_year())
    for order, title in enumerate(("Chấm điểm", "Thảo luận về điểm"), start=2):
        AgendaItem.objects.create(
            conference=conference, order=order, title=title, topic="scores", text=""
        )
    conference = type(conference).objects.for_page().get()
    sections = minutes_of(conference).sections
    assert [(one.heading, len(one.ranking)) for one in sections[:3]] == [
        ("1. Báo cáo", 0),
        ("2. Chấm điểm", 4),
        ("3. Thảo luận về điểm", 0),
    ]
