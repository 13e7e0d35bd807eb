"""A bloc of eight with every bad luck of a real year, through its pages to the next year.

One unit is merged in July, one joins in September, one declines to sign, one sends its report
late, one is corrected after the sealing, the head changes in May and the threshold in June, two are
equal over the one flag.
"""

import datetime as dt
import json

import pytest
import time_machine

from agreements.models.answers import needed_share
from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.reports.models import Report
from blocs.scoring.votes.quorum import Threshold
from blocs.states import SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.models import BlocYear
from tests.factories.awards import certificate, flag
from tests.factories.blocs import BlocFactory, small_table
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_desk import PageDesk
from tests.recomputing import recompute
from tests.whole_years.papers_of_the_year import (
    amendment_tells_its_day,
    counting_minutes_tell_their_day,
    decision_tells_its_day,
    ranking_tells_both_seals,
    submission_tells_its_day,
)
from thidua.papers.models import Paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NAMES = {
    "XD": "Sở Xây dựng",
    "NNMT": "Sở Nông nghiệp và Môi trường",
    "CT": "Sở Công Thương",
    "TC": "Sở Tài chính",
    "KHCN": "Sở Khoa học và Công nghệ",
    "KCN": "Ban Quản lý các khu công nghiệp tỉnh",
    "GT": "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp phát triển "
    "nông thôn tỉnh",
    "DD": "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp tỉnh",
}
DECLINED = "Đơn vị chờ ý kiến của bộ chủ quản về chỉ tiêu được giao"
# Points, per cent and models that each unit reports; two of them are equal at the top.
POINTS = {
    "XD": ("38", "98", "2"),
    "NNMT": ("39,5", "100", "3"),
    "CT": ("39,5", "100", "3"),
    "TC": ("37", "97", "2"),
    "KHCN": ("36,5", "96", "2"),
    "GT": ("35", "95", "1"),
    "DD": ("34", "94", "1"),
    "QD": ("33", "90", "1"),
}
LATE, EQUAL = "GT", ("NNMT", "CT")
JOINER = "Trung tâm Phát triển quỹ đất tỉnh"


class Cast:
    """The bloc, its units by a short key, and a desk for each person."""

    def __init__(self):
        self.bloc = BlocFactory(name="Khối Thi đua số 6", code="KTĐ6")
        self.units, self.editors, self.leaders = {}, {}, {}
        for key, name in NAMES.items():
            self.add(key, name)
            Membership.objects.create(
                bloc=self.bloc, unit=self.units[key], starts_on=dt.date(2020, 1, 1)
            )
        self.add("QD", JOINER)
        flag(), certificate()
        self.office = PageDesk(official(SeatRole.OFFICE))
        self.chair = PageDesk(official(SeatRole.CHAIR))

    def add(self, key, name):
        unit = UnitFactory(name=name, short_name=name, letterhead=name.upper())
        self.units[key] = unit
        self.editors[key] = PageDesk(editor_of(unit))
        self.leaders[key] = PageDesk(leader_of(unit))


@pytest.fixture
def cast():
    with time_machine.travel("2026-01-05T02:00Z"):
        yield Cast()


def at(day, hour=9):
    return time_machine.travel(dt.datetime.fromisoformat(f"{day}T{hour:02}:00:00+07:00"))


def test_the_year_reaches_its_decision(cast, tmp_path):
    year = planned_and_opened(cast)
    agreement_takes_effect_without_one(cast, year)
    another_unit_takes_the_lead(cast, year)
    threshold_is_amended(cast, year)
    members_change(cast, year)
    reports_are_sent(cast, year)
    sheets_are_appraised(cast, year)
    conference_is_held(cast, year)
    one_sheet_is_rectified(cast, year)
    ranking_is_sealed_again(cast, year)
    awards_are_proposed(cast, year)
    award_is_decided(cast, year)
    next_year_opens(cast, year)
    every_artefact_tells_the_same(cast)
    papers_tell_what_was_so_on_their_day(cast, year)
    every_paper_tells_the_facts_of_its_day(cast, year)
    assert mismatches_from_outside(cast, year, tmp_path) == []


def planned_and_opened(cast):
    office = cast.office
    with at("2026-01-20"):
        office.go("/nam-thi-dua/lap/").press("Lập năm thi đua", bloc=cast.bloc.pk, year="2026")
        year = BlocYear.objects.get()
        base = f"/nam-thi-dua/{year.pk}/"
        leaders = {"head": cast.units["KHCN"].pk, "deputy": cast.units["NNMT"].pk}
        office.go(f"{base}sua/").press("Lưu", **leaders, report_due="10/12/2026")
        rules = {"signature_numerator": "3", "signature_denominator": "4"}
        office.go(f"{base}quy-dinh/").press("Lưu", **rules)
        small_table(year)
        office.go(base).press("Mở năm thi đua")
    return year


def agreement_takes_effect_without_one(cast, year):
    """Seven of eight sign; the eighth says why it does not; the year goes on."""
    base = f"/nam-thi-dua/{year.pk}/giao-uoc/"
    secretary, head = cast.editors["KHCN"], cast.leaders["KHCN"]
    with at("2026-02-10"):
        secretary.go(base).press("Lập dự thảo giao ước")
        secretary.go(f"{base}soan/").press(
            "Lưu văn bản giao ước",
            number="02",
            place="Hội trường Sở Khoa học và Công nghệ",
            signed_on="10/02/2026",
            contents="Hoàn thành xuất sắc nhiệm vụ chính trị được giao.",
            execution="Các đơn vị tổ chức phát động thi đua.",
        )
        secretary.go(base).press("Gửi các đơn vị ký")
        for key in (key for key in NAMES if key != "DD"):
            cast.leaders[key].go(f"{base}ky/").press(
                "Ký thay mặt đơn vị", signer_name="Lê Văn D", signer_title="Giám đốc"
            )
        cast.leaders["DD"].go(f"{base}khong-ky/").press("Ghi không ký", reason=DECLINED)
        head.go(base).press("Cho giao ước có hiệu lực", note="Đã đủ 3/4 đơn vị ký.")
        head.go(f"/nam-thi-dua/{year.pk}/").press("Bắt đầu thực hiện")


def another_unit_takes_the_lead(cast, year):
    """From May on the head of February may no longer act for the bloc."""
    base = f"/nam-thi-dua/{year.pk}/"
    with at("2026-05-05"):
        cast.office.go(f"{base}khoi-truong/thay-doi/").press(
            "Ghi thay đổi",
            head=cast.units["XD"].pk,
            on="04/05/2026",
            decision="Biên bản họp khối ngày 04/05/2026",
            reason="Sở Khoa học và Công nghệ đề nghị thôi làm khối trưởng.",
        )
        before, after = (cast.leaders[key].go(base).labels for key in ("KHCN", "XD"))
    moves = {"Đồng ý: Ghi kết quả sơ kết 6 tháng", "Đồng ý: Mở đợt tổng kết"}
    assert (moves & set(before), moves & set(after)) == (set(), moves)


def threshold_is_amended(cast, year):
    """The vote of December asks for more than half, the agreement of February for its own share."""
    with at("2026-06-16"):
        cast.office.go(f"/nam-thi-dua/{year.pk}/quy-dinh/").press(
            "Lưu",
            vote_threshold="60",
            signature_numerator="1",
            signature_denominator="1",
            amended_on="15/06/2026",
            document="Quyết định số 15/QĐ-KTĐ6 ngày 10/06/2026",
            amendment_reason="Theo quy chế mới của tỉnh.",
        )
    amendment = year.rules_amendments.get()
    assert [row["after"] for row in amendment.changes] == ["1/1", "60"]
    assert needed_share(year.agreement) == Threshold(3, 4)


def members_change(cast, year):
    with at("2026-07-01"):
        change(cast, year, kind="merged", unit="KCN", on="01/07/2026", counterpart="CT")
        head = cast.leaders["XD"].go(f"/nam-thi-dua/{year.pk}/")
        head.press("Ghi kết quả sơ kết 6 tháng", note="Các đơn vị đạt trên 50% chỉ tiêu.")
    with at("2026-09-01"):
        change(cast, year, kind="joined", unit="QD", on="01/09/2026")


def change(cast, year, *, unit, counterpart="", **typed):
    typed["unit"] = cast.units[unit].pk
    if counterpart:
        typed["counterpart"] = cast.units[counterpart].pk
    page = cast.office.go(f"/nam-thi-dua/{year.pk}/thanh-vien/thay-doi/ghi/")
    page.press("Xem ảnh hưởng", decision="Nghị quyết số 21/NQ-HĐND", **typed)
    page.press("Ghi thay đổi")


def reports_are_sent(cast, year):
    """All in time but one; two write the same best figures."""
    with at("2026-12-01"):
        cast.leaders["XD"].go(f"/nam-thi-dua/{year.pk}/").press("Mở đợt tổng kết")
        for key in POINTS:
            write_report(cast, year, key)
            if key != LATE:
                send_report(cast, key)
    with at("2026-12-14"):
        send_report(cast, LATE)


def write_report(cast, year, key):
    editor = cast.editors[key]
    editor.go(f"/nam-thi-dua/{year.pk}/bao-cao/").press("Bắt đầu báo cáo")
    report = report_of(cast, key)
    editor.go(f"/bao-cao/{report.pk}/noi-dung/").press(
        "Lưu", results="Hoàn thành các chỉ tiêu được giao trong năm."
    )
    direct, ratio, count, *_ = leaves(report)
    cells = {
        f"s{direct}-value": POINTS[key][0],
        f"s{ratio}-value": POINTS[key][1],
        f"s{ratio}-target": "100",
        f"s{count}-value": POINTS[key][2],
    }
    editor.go(f"/bao-cao/{report.pk}/tu-cham/").press("Lưu bảng tự chấm", **cells)


def send_report(cast, key):
    leader = cast.leaders[key].go(f"/bao-cao/{report_of(cast, key).pk}/")
    leader.press("Nộp báo cáo")


def report_of(cast, key):
    return Report.objects.get(unit=cast.units[key])


def leaves(report):
    found = report.table.criteria.exclude(kind="group").order_by("parent__order", "order")
    # Bonus and deduction hang on no group.
    return [row.pk for row in sorted(found, key=lambda row: row.parent_id is None)]


def sheets_are_appraised(cast, year):
    """The head appraises the others and the deputy the head; every figure is agreed to."""
    with at("2026-12-18"):
        for key in POINTS:
            report = report_of(cast, key)
            appraiser = cast.leaders["NNMT" if key == "XD" else "XD"]
            given = {
                f"s{score.criterion_id}-points": as_typed(score.self_points)
                for score in report.scores.exclude(self_points=None)
            }
            page = appraiser.go(f"/bao-cao/{report.pk}/tham-dinh/")
            page.press("Lưu điểm thẩm định", **given)
            appraiser.go(f"/bao-cao/{report.pk}/").press("Hoàn thành thẩm định")


def as_typed(number):
    return f"{number.normalize():f}".replace(".", ",")


def conference_is_held(cast, year):
    secretary, head = cast.editors["XD"], cast.leaders["XD"]
    base = f"/nam-thi-dua/{year.pk}/hoi-nghi/"
    with at("2026-12-22"):
        secretary.go(f"{base}lap/").press(
            "Lập hội nghị",
            day="28/12/2026",
            time="14:00",
            place="Hội trường Sở Xây dựng",
            chair_name="Nguyễn Văn A",
            chair_title="Giám đốc Sở Xây dựng",
            secretary_name="Trần Thị B",
            secretary_title="Chánh Văn phòng",
            counting_team="Phạm Thị D – tổ trưởng\nLê Văn E – thư ký",
        )
    with at("2026-12-28", hour=14):
        page = secretary.go(f"{base}diem-danh/")
        page.press("Lưu điểm danh", __is_present="on", __delegate_name="Đại biểu A")
        secretary.go(base).press("Khai mạc hội nghị")
        page = secretary.go(f"{base}noi-dung/")
        page.press("Lưu nội dung", **told_points(page.found("Lưu nội dung")[0].fields))
        award = [(key, "co-thi-dua", 8) for key in EQUAL]
        award += [(key, "bang-khen", 7) for key in ("XD", "TC")]
        count(cast, base, "award", award)
        # Both have all votes for the one flag: the conference votes again between the two.
        again = [("CT", "co-thi-dua", 6), ("NNMT", "co-thi-dua", 2)]
        count(cast, base, "award", again, turn="lan/2/")
        count(cast, base, "head", [("CT", "", 8)])
        count(cast, base, "deputy", [("QD", "", 8)])
        head.go(base).press("Xác nhận kết quả kiểm phiếu")
    with at("2026-12-28", hour=17):
        head.go(f"{base}ky-bien-ban/").press(
            "Ký biên bản",
            number="6",
            ended_day="28/12/2026",
            ended_time="16:30",
            approvals="8",
        )
        head.go(f"/nam-thi-dua/{year.pk}/").press("Chốt xếp hạng")


def told_points(fields):
    """What was said about each point of the agenda that has a title."""
    titles = [name for name, values in fields.items() if name.endswith("-title") and any(values)]
    return {name.replace("-title", "-text"): "Hội nghị thống nhất." for name in titles}


def count(cast, base, kind, lines, turn=""):
    cells = {}
    for key, award, votes in lines:
        prefix = f"u{cast.units[key].pk}"
        cells |= {f"{prefix}-award": award, f"{prefix}-votes_for": str(votes)}
    numbers = {"issued": "8", "returned": "8", "valid": "8", "invalid": "0"}
    page = cast.editors["XD"].go(f"{base}kiem-phieu/{kind}/{turn}")
    page.press("Lưu kết quả kiểm phiếu", **numbers, **cells)


def one_sheet_is_rectified(cast, year):
    """After the sealing a figure of a unit that was voted a certificate turns out to be wrong."""
    report = report_of(cast, "TC")
    with at("2027-01-04"):
        page = cast.office.go(f"/bao-cao/{report.pk}/dinh-chinh/")
        wrong = {f"points-{leaves(report)[0]}": "36"}
        page.press("Lập bản đính chính", reason="Kiểm tra lại số liệu gốc.", **wrong)
    before = report.appraised_total
    report.refresh_from_db()
    assert report.appraised_total == before - 1


def ranking_is_sealed_again(cast, year):
    """Nobody proposes on a ranking whose basis changed; the office seals it anew, with a reason."""
    base = f"/nam-thi-dua/{year.pk}/"
    with at("2027-01-04", hour=10):
        page = cast.office.go(f"{base}xep-hang/can-cu/")
        page.press("Xác nhận", way="again", reason="Theo bản đính chính của Sở Tài chính.")
    assert [seal.number for seal in year.ranking_seals.all()] == [1, 2]


def awards_are_proposed(cast, year):
    base = f"/nam-thi-dua/{year.pk}/de-nghi/"
    secretary, head, office = cast.editors["XD"], cast.leaders["XD"], cast.office
    with at("2027-01-05"):
        page = secretary.go(base).press("Lập đề nghị khen thưởng")
        page.press("Lưu đề nghị", number="7", dated_on="05/01/2027")
        # The conference voted on another place of the unit: the head says why the line stands.
        page = head.go(f"{base}can-cu/")
        page.press("Xác nhận", way="keep", reason="Đơn vị vẫn đủ phiếu, vẫn trong số lượng.")
        head.go(base).press("Gửi đề nghị lên tỉnh")
        office.go(base).press("Tiếp nhận đề nghị")


def award_is_decided(cast, year):
    office, chair = cast.office, cast.chair
    with at("2027-01-20"):
        for item in ProposalItem.objects.all():
            office.go(f"/de-nghi/dong/{item.pk}/").press("Đủ điều kiện")
        items = list(ProposalItem.objects.values_list("pk", flat=True))
        office.go("/quyet-dinh/soan/").press(
            "Lưu dự thảo", year="2026", title="Về việc tặng thưởng năm 2026", items=items
        )
        decision = Decision.objects.get()
        chair.go(f"/quyet-dinh/{decision.pk}/ky/").press(
            "Ký quyết định",
            number="123",
            signed_on="20/01/2027",
            signer_name="Phạm Văn C",
            signer_title="Chủ tịch",
        )
        office.go(f"/quyet-dinh/{decision.pk}/").press("Công bố quyết định")
    year.refresh_from_db()
    assert year.state == YearState.DECIDED


def next_year_opens(cast, year):
    office = cast.office
    with at("2027-01-25"):
        office.go("/nam-thi-dua/lap/").press("Lập năm thi đua", bloc=cast.bloc.pk, year="2027")
        following = BlocYear.objects.get(year=2027)
        office.go(f"/nam-thi-dua/{following.pk}/").press("Mở năm thi đua")
        members = {row.unit.name for row in following.members.select_related("unit")}
        assert members == {*NAMES.values(), JOINER} - {NAMES["KCN"]}
        assert (following.head, following.deputy) == (cast.units["CT"], cast.units["QD"])


def every_artefact_tells_the_same(cast):
    years = BlocYear.objects.filter(bloc=cast.bloc).order_by("year")
    with at("2027-01-26"):
        found = [difference.sentence for one in years for difference in check(one)[1]]
    assert found == []


def papers_tell_what_was_so_on_their_day(cast, year):
    """February knows nothing of July; December knows who left, who came and who sent late."""
    with at("2027-01-26"):
        head = cast.leaders["XD"].go("/")
        agreement = head.pdf(f"/nam-thi-dua/{year.pk}/giao-uoc/van-ban.pdf")
        minutes = head.pdf(f"/van-ban/{Paper.objects.get(kind='minutes').pk}/")
        sheet = head.pdf(f"/bao-cao/{report_of(cast, LATE).pk}/bang-cham.pdf")
    # February was signed under its own head, December under the one since May.
    assert f"KHỐI TRƯỞNG GIÁM ĐỐC {NAMES['KHCN'].upper()}" in agreement
    assert (NAMES["KCN"] in agreement, JOINER in agreement) == (True, False)
    assert f"{NAMES['DD']}: không ký, lý do: {DECLINED}." in agreement
    assert ("Số: 02/GƯ-KTĐ6" in agreement, "Số: 06/BB-KTĐ6" in minutes) == (True, True)
    assert f"{NAMES['KCN']} thôi tham gia từ 01/07/2026" in minutes
    assert f"{JOINER} tham gia từ 01/09/2026" in minutes
    assert ("chậm" in sheet, report_of(cast, LATE).is_late) == (True, True)


def every_paper_tells_the_facts_of_its_day(cast, year):
    """Notice, counting minutes, summary, submission and decision, read again in the end."""
    names = {**NAMES, "QD": JOINER}
    with at("2027-01-26"):
        desk = cast.office.go("/")
        amendment_tells_its_day(desk, names)
        counting_minutes_tell_their_day(desk, names)
        ranking_tells_both_seals(desk, f"/nam-thi-dua/{year.pk}/", names)
        submission_tells_its_day(desk, names)
        decision_tells_its_day(desk, names)


def mismatches_from_outside(cast, year, tmp_path):
    """The command that knows no database finds the totals of the proof, corrected ones too."""
    with at("2027-01-26"):
        proof = cast.office.go(f"/nam-thi-dua/{year.pk}/xep-hang/kiem-chung.json").answer
    path = tmp_path / "kiem-chung.json"
    path.write_bytes(proof.getvalue())
    done = recompute(path)
    assert done.returncode == 0
    return json.loads(done.stdout)["mismatches"]
