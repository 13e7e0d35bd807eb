"""A whole bloc year at the desks of those who live it: from self-scores to the next agreement."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from agreements.enums import AgreementState
from agreements.models import Agreement
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.conferences.models import Ballot, Conference
from blocs.reports.models import Report
from blocs.states import BallotKind, ConferenceState, ReportState, SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.models import BlocYear
from tests.factories.awards import certificate, flag
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.journeys.desk import Desk
from thidua.papers.models import Paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = (
    "Sở Giao thông Vận tải",
    "Sở Tài nguyên và Môi trường",
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn",
)
# What each unit types at its leaves: direct points, percent of a target of 100, models.
ANSWERS = (("39,5", "100", "3"), ("38", "98", "2"), ("35,25", "95", "1"))
TOTALS = (Decimal("99.5"), Decimal("87.4"), Decimal("73.75"))


def today():
    """No paper is dated before what it rests on, which this journey writes today."""
    return f"{timezone.localdate():%d/%m/%Y}"


@pytest.fixture
def cast(open_page):
    """The bloc year and a desk for each person, signed in through the form."""
    year = year_with_members(3, year=2025, state=YearState.CLOSING)
    units = [member.unit for member in year.members.order_by("order")]
    for unit, name in zip(units, NAMES, strict=True):
        unit.name = unit.short_name = name
        unit.letterhead = name.upper()
        unit.save()
        Membership.objects.create(bloc=year.bloc, unit=unit, starts_on=dt.date(2020, 1, 1))
    small_table(year)
    flag(), certificate()
    people = {
        "editors": [Desk(open_page, editor_of(unit)) for unit in units],
        "leaders": [Desk(open_page, leader_of(unit)) for unit in units],
        "office": Desk(open_page, official(SeatRole.OFFICE)),
        "chair": Desk(open_page, official(SeatRole.CHAIR)),
    }
    return year, units, people


def test_a_year_from_self_scores_to_the_next_agreement(cast):
    year, units, people = cast
    reports_are_written_and_sent(year, people)
    sheets_are_appraised(year, people)
    conference_is_held_and_signed(year, units, people)
    award_is_granted(year, units, people)
    next_agreement_is_signed(year, units, people)
    assert differences_of_all_artefacts(year) == []


def differences_of_all_artefacts(year):
    """Pages, PDFs, workbooks and proof of both years, read back by machine."""
    years = BlocYear.objects.filter(bloc=year.bloc).order_by("year")
    return [difference.sentence for one in years for difference in check(one)[1]]


def reports_are_written_and_sent(year, people):
    for editor, leader, (points, percent, models) in zip(
        people["editors"], people["leaders"], ANSWERS, strict=True
    ):
        editor.go(f"/nam-thi-dua/{year.pk}/bao-cao/").press("Bắt đầu báo cáo")
        report = Report.objects.latest("pk")
        editor.go(f"/bao-cao/{report.pk}/noi-dung/")
        editor.fill(results="Hoàn thành 100% nhiệm vụ được giao trong năm.")
        editor.press_first_submit()
        editor.go(f"/bao-cao/{report.pk}/tu-cham/")
        boxes = editor.page.locator(".sheet [data-column='value']")
        for place, text in enumerate((points, percent, models)):
            boxes.nth(place).fill(text)
        editor.page.locator(".sheet [data-column='target']").first.fill("100")
        editor.press("Lưu bảng tự chấm")
        leader.go(f"/bao-cao/{report.pk}/").move("Nộp báo cáo")
        report.refresh_from_db()
        assert report.state == ReportState.SUBMITTED
    assert tuple(Report.objects.order_by("pk").values_list("self_total", flat=True)) == TOTALS


def sheets_are_appraised(year, people):
    """The head appraises the others, the deputy the head; one mark differs and has its reason."""
    for place, report in enumerate(Report.objects.order_by("pk")):
        appraiser = people["leaders"][0 if place else 1]
        appraiser.go(f"/bao-cao/{report.pk}/tham-dinh/")
        appraiser.page.locator(".sheet tbody input.sheet-input").first.wait_for()
        boxes = appraiser.page.locator(".sheet [data-column='points']")
        # The last two lines are bonus and deduction, of which nobody claimed any.
        for score, box in zip(scores_of(report), boxes.all()[:3], strict=True):
            box.fill("34,75" if score == "35,25" else score)
        if place == 2:
            appraiser.page.locator(".sheet textarea").first.fill("Thiếu minh chứng nhiệm vụ số 4.")
        appraiser.press("Lưu điểm thẩm định")
        appraiser.go(f"/bao-cao/{report.pk}/").move("Hoàn thành thẩm định")
        report.refresh_from_db()
        assert report.state == ReportState.APPRAISED
    totals = Report.objects.order_by("pk").values_list("appraised_total", flat=True)
    assert tuple(totals) == (*TOTALS[:2], TOTALS[2] - Decimal("0.5"))
    for leader, report in zip(people["leaders"], Report.objects.order_by("pk"), strict=True):
        leader.go(f"/bao-cao/{report.pk}/").move("Ghi không kiến nghị về điểm")


def scores_of(report):
    """Self-points as they are typed, in the order of the table."""
    rows = report.scores.exclude(self_points=None).order_by(
        "criterion__parent__order", "criterion__order", "criterion__pk"
    )
    return [f"{row.self_points.normalize():f}".replace(".", ",") for row in rows]


def conference_is_held_and_signed(year, units, people):
    secretary, head = people["editors"][0], people["leaders"][0]
    base = f"/nam-thi-dua/{year.pk}/hoi-nghi/"
    secretary.go(f"{base}lap/")
    secretary.fill(
        day=today(),
        time="00:00",
        place="Hội trường Sở Giao thông Vận tải",
        chair_name="Nguyễn Văn A",
        chair_title="Giám đốc Sở Giao thông Vận tải",
        secretary_name="Trần Thị B",
        secretary_title="Chánh Văn phòng",
        counting_team="Phạm Thị D, Sở Tài nguyên và Môi trường – tổ trưởng\nLê Văn E – thư ký",
    )
    secretary.press_first_submit()
    secretary.go(f"{base}diem-danh/")
    for box in secretary.page.locator(".sheet input[type=checkbox]").all():
        box.check()
    for place, box in enumerate(secretary.page.locator("[name$='delegate_name']").all()):
        box.fill(f"Đại biểu {'ABC'[place]}")
    secretary.press_first_submit()
    secretary.go(base).move("Khai mạc hội nghị")
    secretary.go(f"{base}noi-dung/")
    for topic in secretary.page.locator("fieldset:has(textarea)").all():
        if topic.locator("input[name$='title']").input_value():
            topic.locator("textarea").fill("Hội nghị thảo luận và thống nhất.")
    secretary.press_first_submit()
    votes_are_counted_and_minutes_signed(secretary, head, base, units)
    head.go(f"/nam-thi-dua/{year.pk}/").move("Chốt xếp hạng")
    head.go(f"/nam-thi-dua/{year.pk}/xep-hang/").sees("99,50").sees("73,25")
    score_papers_say_what_the_database_says(head, year)


def votes_are_counted_and_minutes_signed(secretary, head, base, units):
    count_votes(secretary, base, "award", ("3", "3", "2"))
    count_votes(secretary, base, "head", ("", "3", ""))
    count_votes(secretary, base, "deputy", ("", "", "3"))
    head.go(base).move("Xác nhận kết quả kiểm phiếu")
    head.go(f"{base}ky-bien-ban/")
    ended = f"{timezone.localtime():%H:%M}"
    head.fill(number="6", ended_day=today(), ended_time=ended, approvals="3")
    head.press_first_submit()
    conference = Conference.objects.get()
    assert conference.state == ConferenceState.SIGNED
    assert (conference.next_head, conference.next_deputy) == (units[1], units[2])
    minutes_say_what_the_database_says(head, conference, units)


def count_votes(secretary, base, kind, votes):
    secretary.go(f"{base}kiem-phieu/{kind}/")
    secretary.fill(issued="3", returned="3", valid="3", invalid="0")
    boxes = secretary.page.locator("[name$='votes_for']")
    for place, text in enumerate(votes):
        if kind == "award":
            choice = ("co-thi-dua", "bang-khen")[place] if place < 2 else ""
            secretary.page.locator("select[name$='award']").nth(place).select_option(choice)
            text = text if choice else ""
        boxes.nth(place).fill(text)
    secretary.press("Lưu kết quả kiểm phiếu")


def minutes_say_what_the_database_says(head, conference, units):
    paper = Paper.objects.get(kind="minutes")
    text = head.pdf(f"/van-ban/{paper.pk}/")
    assert "Số: 06/BB-" in text
    assert f"00 giờ 00, {timezone.localdate():ngày %d tháng %m năm %Y}" in text
    assert f"{timezone.localtime(conference.ended_at):%H giờ %M, ngày %d tháng %m năm %Y}" in text
    for unit in units:
        assert unit.name in text
    for total in ("99,50", "87,40", "73,25"):
        assert total in text
    ballot = Ballot.objects.get(conference=conference, kind=BallotKind.AWARD)
    assert (ballot.issued, ballot.returned, ballot.valid, ballot.invalid) == (3, 3, 3, 0)
    assert "Nguyễn Văn A" in text
    assert "Trần Thị B" in text


def score_papers_say_what_the_database_says(head, year):
    """The summary of the bloc, the sheet of each unit and the stored counts."""
    summary = head.pdf(f"/nam-thi-dua/{year.pk}/xep-hang/bang-tong-hop.pdf")
    for report in Report.objects.select_related("unit"):
        total = f"{report.appraised_total:.2f}".replace(".", ",")
        assert report.unit.name in summary
        assert total in summary
        sheet = head.pdf(f"/bao-cao/{report.pk}/bang-cham.pdf")
        assert report.unit.name in sheet
        assert total in sheet
    counts = Paper.objects.filter(kind="counting_minutes").order_by("pk")
    assert counts.count() == 3
    for paper, ballot in zip(counts, Ballot.objects.order_by("pk"), strict=True):
        text = head.pdf(f"/van-ban/{paper.pk}/")
        assert f"Số phiếu phát ra: {ballot.issued:02d}" in text
        for line in ballot.lines.select_related("unit"):
            assert line.unit.name in text


def decision_is_published(office, chair):
    """Drafted from the lines of the year that the office has chosen, signed, published."""
    office.page.locator(".strip-year [name=year]").select_option("2025")
    office.press("Chọn")
    office.go("/quyet-dinh/soan/").fill(year="2025", title="Về việc tặng Cờ thi đua năm 2025")
    office.press("Lưu dự thảo")
    decision = Decision.objects.get()
    chair.go(f"/quyet-dinh/{decision.pk}/ky/")
    chair.fill(
        number="123/QĐ-UBND",
        signed_on=today(),
        signer_name="Phạm Văn C",
        signer_title="Chủ tịch",
    ).press("Ký quyết định")
    office.go(f"/quyet-dinh/{decision.pk}/").move("Công bố quyết định")
    return decision


def award_is_granted(year, units, people):
    secretary, head = people["editors"][0], people["leaders"][0]
    office, chair = people["office"], people["chair"]
    base = f"/nam-thi-dua/{year.pk}/de-nghi/"
    secretary.go(base).press("Lập đề nghị khen thưởng")
    secretary.fill(number="07/TTr-KTĐ", dated_on=today()).press("Lưu đề nghị")
    proposed = ProposalItem.objects.order_by("award__order").values_list("award__code", "unit")
    assert list(proposed) == [("co-thi-dua", units[0].pk), ("bang-khen", units[1].pk)]
    head.go(base).move("Gửi đề nghị lên tỉnh")
    text = head.pdf(f"{base}to-trinh.pdf")
    assert "Số: 07/TTr-KTĐ" in text
    assert f"1 {units[0].name} 99,50 03/03 (100,0%)" in text
    office.go(base).move("Tiếp nhận đề nghị")
    first, second = ProposalItem.objects.order_by("award__order")
    office.go(f"/de-nghi/dong/{first.pk}/").move("Đủ điều kiện")
    office.go(f"/de-nghi/dong/{second.pk}/")
    office.move("Không đề nghị tặng", note="Báo cáo thành tích gửi sau hạn.")
    decision = decision_is_published(office, chair)
    decision.refresh_from_db()
    assert decision.state == DecisionState.PUBLISHED
    text = head.pdf(f"/quyet-dinh/{decision.pk}/van-ban.pdf")
    assert "Số: 123/QĐ-UBND" in text
    assert f"{timezone.localdate():ngày %d tháng %-m năm %Y}" in text
    assert f"1 {units[0].name}" in text
    states = dict(ProposalItem.objects.values_list("unit", "state"))
    assert states == {units[0].pk: ItemState.GRANTED, units[1].pk: ItemState.REFUSED}
    assert Proposal.objects.get().state == ProposalState.DECIDED
    year.refresh_from_db()
    assert year.state == YearState.DECIDED
    head.go(f"/de-nghi/dong/{second.pk}/").sees("Báo cáo thành tích gửi sau hạn.")


def next_agreement_is_signed(year, units, people):
    office = people["office"]
    office.go("/nam-thi-dua/lap/")
    office.page.locator("[name=bloc]").select_option(str(year.bloc_id))
    office.fill(year="2026", members_on="01/02/2026").press_first_submit()
    following = BlocYear.objects.get(year=2026)
    assert (following.head, following.deputy) == (units[1], units[2])
    office.go(f"/nam-thi-dua/{following.pk}/").move("Mở năm thi đua")
    secretary = people["editors"][1]
    base = f"/nam-thi-dua/{following.pk}/giao-uoc/"
    secretary.go(base).press("Lập dự thảo giao ước")
    secretary.fill(
        number="02/GƯ",
        place="Hội trường Sở Giao thông Vận tải",
        signed_on=today(),
        contents="Hoàn thành xuất sắc nhiệm vụ chính trị được giao.",
        execution="Các đơn vị tổ chức phát động thi đua.",
    ).press("Lưu văn bản giao ước")
    secretary.go(base).move("Gửi các đơn vị ký")
    for leader in people["leaders"]:
        leader.go(f"{base}ky/").fill(signer_name="Lê Văn D", signer_title="Giám đốc")
        leader.press("Ký thay mặt đơn vị")
    agreement = Agreement.objects.get()
    assert agreement.state == AgreementState.EFFECTIVE
    following.refresh_from_db()
    assert following.state == YearState.AGREED
    text = people["leaders"][2].pdf(f"{base}van-ban.pdf")
    assert "Hoàn thành xuất sắc nhiệm vụ chính trị được giao." in text
    assert text.count("Lê Văn D") >= 3
