"""The signing of the minutes: what is printed is what is stored, and then it stays."""

import datetime as dt
import hashlib
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from blocs.conferences.actions.papers import sign_minutes
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Ballot, Conference
from blocs.reports.models import Report
from blocs.states import ConferenceState, ReportState, SeatRole
from tests.factories.blocs import ReportFactory, fill, small_table
from tests.factories.conferences import (
    END,
    UNITS,
    add_agenda,
    conference_of,
    count,
    set_aside_the_rest,
    units_of,
)
from tests.factories.people import editor_of, leader_of, official
from tests.papers.papers import missing_text, read_pdf
from thidua.papers.models import Paper
from thidua.papers.stored import PaperDamaged, papers_of, read_paper, store_paper

pytestmark = pytest.mark.django_db
C = ConferenceState
TEAM = (
    "Ông Lê Văn L, Sở Công thương – Tổ trưởng\n"
    "Bà Phạm Thị M, Sở Xây dựng – Thư ký\n"
    "Ông Vũ Văn N, Ban Quản lý các Khu công nghiệp – Thành viên"
)


def appraised_reports(year, units):
    table = small_table(year)
    for place, unit in enumerate(units):
        report = ReportFactory(
            bloc_year=year,
            unit=unit,
            table=table,
            state=ReportState.APPRAISED,
            submitted_at=timezone.now(),
        )
        fill(report, Decimal(9) - place, Decimal("8.75") - place)
        report.appraised_total = Decimal("8.75")
        report.save()


@pytest.fixture
def conference():
    """Eight units, one absent; scores, an award vote, an election, a conclusion."""
    conference = conference_of(
        present=7,
        guests="Đại diện Ban Thi đua – Khen thưởng tỉnh",
        counting_team=TEAM,
        conclusion="Giao khối trưởng hoàn thiện hồ sơ trước ngày 10/02/2021.",
    )
    appraised_reports(conference.bloc_year, units_of(conference))
    add_agenda(
        conference,
        ("Báo cáo tổng kết phong trào thi đua năm 2020", "Khối trưởng trình bày báo cáo.", ""),
        ("Kết quả chấm điểm, xếp hạng", "", "scores"),
        ("Bình xét, suy tôn", "", "award"),
        ("Bầu khối trưởng, khối phó năm 2021", "Các đơn vị giới thiệu 02 đơn vị.", "election"),
        ("Ký kết giao ước thi đua năm 2021", "08 đơn vị ký giao ước.", ""),
    )
    papers = {"issued": 7, "returned": 7, "valid": 6, "invalid": 1}
    votes = [(0, 6, 0, "flag"), (1, 5, 1, "certificate"), (6, 4, 1, "certificate")]
    count(conference, "award", votes, **papers)
    count(conference, "head", [(5, 5), (6, 1)], **papers)
    Conference.objects.update(state=C.COUNTED)
    return Conference.objects.for_page().get()


def test_the_flag_is_named_before_the_certificates_whatever_the_places():
    conference = conference_of()
    votes = [(0, 7, 0, "certificate"), (1, 7, 0, "certificate"), (2, 8, 0, "flag")]
    count(conference, "award", votes)
    ballot = Conference.objects.for_page().get().counts[0]
    expected = [("flag", UNITS[2]), ("certificate", UNITS[0]), ("certificate", UNITS[1])]
    assert [(line.award, line.unit.name) for line in ballot.votes] == expected
    lines = Ballot.objects.get().votes
    assert [(line.award, line.unit.name) for line in lines] == expected


def sign(conference, actor=None, **changes):
    facts = {"ended_at": END, "number": "06/BB-KTĐ5", "approvals": 7} | changes
    return sign_minutes(conference, actor=actor or leader_of(conference.bloc_year.head), **facts)


def refused(*args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        sign(*args, **kwargs)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def test_signing_locks_stores_and_agrees(conference):
    explained = conference.bloc_year.reports.order_by("pk")[:1]
    Report.objects.filter(pk__in=explained).update(state=ReportState.EXPLAINED)
    signed = sign(conference)
    assert (signed.state, signed.minutes_number, signed.ended_at) == (C.SIGNED, "06/BB-KTĐ5", END)
    reports = signed.bloc_year.reports.values_list("state", flat=True)
    assert list(reports) == [ReportState.AGREED] * 8
    kinds = papers_of(signed).order_by("pk").values_list("kind", "number")
    assert list(kinds) == [
        ("minutes", "06/BB-KTĐ5"),
        ("counting_minutes", ""),
        ("counting_minutes", ""),
    ]


def test_the_paper_is_frozen_with_hash_data_and_version(conference):
    signed = sign(conference)
    paper = papers_of(signed).get(kind="minutes")
    content = read_paper(paper)
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.version == "4"
    assert paper.data["letterhead"]["number"] == "Số: 06/BB-KTĐ5"
    assert paper.data["ended"] == "16 giờ 45, ngày 28 tháng 01 năm 2021"
    assert read_pdf(content).title == paper.title
    unit = units_of(signed)[0]
    unit.name = "Sở Xây dựng và Giao thông"
    unit.save()
    assert read_paper(Paper.objects.get(pk=paper.pk)) == content


def test_the_minutes_tell_every_fact_of_the_database(conference):
    signed = sign(conference)
    stored = papers_of(signed).get(kind="minutes")
    pdf = read_pdf(read_paper(stored))
    assert missing_text(minutes_of(signed), pdf) == []
    text = pdf.text
    for name in UNITS:
        assert name in text
    votes = re.findall(r"(\d\d/\d\d) (\d\d) (\d+,\d)", text)
    expected = []
    for ballot in signed.counts:
        for line in ballot.votes:
            rate = f"{Decimal(line.votes_for * 100) / 7:.1f}".replace(".", ",")
            expected.append((f"{line.votes_for:02d}/07", f"{line.votes_against:02d}", rate))
        assert (
            f"Số phiếu phát ra: {ballot.issued:02d}; số phiếu thu về: {ballot.returned:02d}; số "
            f"phiếu hợp lệ: {ballot.valid:02d}; số phiếu không hợp lệ: {ballot.invalid:02d}."
        ) in text
    assert votes == expected
    for sentence in (
        "07/08 đơn vị thuộc Khối, gồm 07 đại biểu có quyền bỏ phiếu; vắng mặt: 01; đủ "
        "điều kiện tiến hành (cần ít nhất 2/3, tức 06 đơn vị).",
        f"{UNITS[7]}: vắng mặt, lý do: đi công tác.",
        "Khối trưởng năm 2021: Ban Quản lý các Khu công nghiệp.",
        f"{UNITS[6]}: 01 phiếu không có ý kiến.",
        "được 07/07 đại biểu thống nhất thông qua, tỷ lệ 100,0%.",
        "Hội nghị kết thúc vào 16 giờ 45, ngày 28 tháng 01 năm 2021./.",
    ):
        assert sentence in text
    assert text.endswith(
        "THƯ KÝ CHỦ TỌA Trần Thị B Nguyễn Văn A Nơi nhận: - Cơ quan thường trực về thi đua, "
        f"khen thưởng của tỉnh; - Các đơn vị thành viên {signed.bloc_year.bloc}; "
        "- Lưu: VT, Hồ sơ."
    )


def test_the_ranking_of_the_minutes_is_the_ranking_of_the_points(conference):
    signed = sign(conference)
    section = minutes_of(signed).sections[1]
    assert section.heading == "2. Kết quả chấm điểm, xếp hạng"
    assert [(row.rank, row.unit) for row in section.ranking] == [
        (str(place), name) for place, name in enumerate(UNITS, start=1)
    ]


def test_no_heading_of_a_conclusion_stands_above_nothing():
    conference = conference_of(conclusion="", approvals=None)
    add_agenda(conference, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    headings = [section.heading for section in minutes_of(conference).sections]
    assert [heading for heading in headings if "Kết luận" in heading] == []
    conference.approvals = 8
    assert minutes_of(conference).sections[-1].heading == f"{len(headings) + 1}. Kết luận"


def test_counting_minutes_are_signed_by_the_team_with_its_head_at_the_right(conference):
    signed = sign(conference)
    award = papers_of(signed).filter(kind="counting_minutes").order_by("pk").first()
    assert [(signer["authority_lines"], signer["name"]) for signer in award.data["signers"]] == [
        (["THÀNH VIÊN"], "Vũ Văn N"),
        (["THƯ KÝ"], "Phạm Thị M"),
        (["TỔ TRƯỞNG"], "Lê Văn L"),
    ]
    text = read_pdf(read_paper(award)).text
    assert (
        "Hội nghị thống nhất đề nghị tặng Cờ thi đua cho 01 đơn vị: Sở Giao thông Vận tải."
    ) in text


def test_a_conference_without_votes_and_scores_is_recorded_completely():
    """Cases 01, 03 and 06: the sources name a next head, but neither votes nor points."""
    conference = conference_of(next_head_basis="bầu chọn tại hội nghị")
    conference.next_head = units_of(conference)[5]
    conference.state = C.COUNTED
    conference.save()
    add_agenda(conference, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    set_aside_the_rest(conference.bloc_year)
    signed = sign(conference, approvals=8)
    assert signed.state == C.SIGNED
    paper = papers_of(signed).get()
    assert [section["heading"] for section in paper.data["sections"]] == [
        "1. Biểu quyết",
        "2. Chọn Khối trưởng, Khối phó năm 2021",
        "3. Kết luận",
    ]
    assert paper.data["sections"][1]["closing"] == [
        "Khối trưởng năm 2021: Ban Quản lý các Khu công nghiệp (bầu chọn tại hội nghị)."
    ]


def test_only_the_leader_of_the_head_unit_signs(conference):
    year = conference.bloc_year
    for actor in (
        editor_of(year.head),
        leader_of(year.deputy),
        leader_of(units_of(conference)[4]),
        official(SeatRole.OFFICE),
    ):
        with pytest.raises(PermissionDenied):
            sign(conference, actor)
    assert Paper.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    (
        (
            {"approvals": 8},
            {"approvals": ["Số đại biểu thống nhất (8) nhiều hơn số đại biểu có mặt (7)."]},
        ),
        (
            {"ended_at": END - dt.timedelta(hours=4)},
            {"ended_time": ["Giờ kết thúc phải sau giờ bắt đầu."]},
        ),
    ),
)
def test_impossible_facts_of_the_signing_are_refused(conference, changes, expected):
    assert refused(conference, **changes) == expected


def test_minutes_are_signed_once(conference):
    sign(conference)
    assert refused(conference) == ["Hồ sơ đã chuyển trạng thái. Vui lòng tải lại trang."]
    assert papers_of(conference).filter(kind="minutes").count() == 1


def test_without_a_printer_nothing_is_signed(conference, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.PROCESS_DIR, settings.PDF_CACHE_DIR = blocked / "run", tmp_path / "cache"
    assert refused(conference) == [
        f"Chưa tạo được tệp PDF vì không dùng được thư mục “{blocked}/run”. "
        "Vui lòng báo người quản trị."
    ]
    conference.refresh_from_db()
    assert (conference.state, conference.minutes_number) == (C.COUNTED, "")
    states = conference.bloc_year.reports.values_list("state", flat=True)
    assert set(states) == {ReportState.APPRAISED}


def test_a_changed_file_is_not_handed_out(conference):
    paper = papers_of(sign(conference)).first()
    with open(paper.file.path, "ab") as file:
        file.write(b" ")
    with pytest.raises(PaperDamaged):
        read_paper(paper)


def test_a_paper_of_an_unknown_kind_is_not_stored(conference):
    with pytest.raises(LookupError):
        store_paper(
            minutes_of(conference),
            subject=conference,
            kind="leaflet",
            title="Tờ rơi",
            number="",
            actor=leader_of(conference.bloc_year.head),
        )


def test_a_draft_says_so_and_differs_from_the_paper(conference):
    draft, paper = minutes_of(conference, is_draft=True), minutes_of(conference)
    code = conference.bloc_year.bloc.code
    assert draft.letterhead.number == f"Số: …/BB-{code} (DỰ THẢO)"
    assert (draft == paper, replace(draft, letterhead=paper.letterhead) == paper) == (False, True)
