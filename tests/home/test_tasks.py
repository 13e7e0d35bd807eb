"""«Việc của tôi»: the right task for the right person, at a constant cost."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from agreements.enums import AgreementState
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from blocs.appraisal.models import Appeal
from blocs.conferences.models import Conference
from blocs.ranking.models.stated import StatedCount
from blocs.reports.models import Correction, Report
from blocs.states import AppealState, ReportState, SeatRole, TableState, YearState
from blocs.years.models import BlocYear, Holiday, Registration
from blocs.years.models.regulation import Regulation
from tests.factories.agreements import AgreementFactory
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    ReportFactory,
    ScoringTableFactory,
    small_table,
    year_with_members,
)
from tests.factories.people import SeatFactory, editor_of, leader_of, official
from thidua.common.deadlines import Deadline
from thidua.common.task_lines import task
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)


def labels(user):
    return [one.label for one in tasks_of(user, TODAY)]


def sheet_of(year, unit, state, **more):
    return ReportFactory(
        bloc_year=year,
        unit=unit,
        table=year.tables.first() or small_table(year),
        state=state,
        submitted_at=timezone.now(),
        **more,
    )


def test_a_task_counts_working_days_by_the_calendar_of_the_office():
    """30/4 and 1/5 are off; the Saturday after is worked instead. On the last day it is today."""
    year = year_with_members(4, state=YearState.OPEN)
    BlocYear.objects.update(registration_due=dt.date(2026, 5, 9))
    Holiday.objects.create(day=dt.date(2026, 4, 30), name="Ngày Chiến thắng")
    Holiday.objects.create(day=dt.date(2026, 5, 1), name="Ngày Quốc tế Lao động")
    Holiday.objects.create(day=dt.date(2026, 5, 9), name="Làm bù", is_worked=True)
    person = editor_of(year.members.last().unit)
    days = [dt.date(2026, 4, 29), dt.date(2026, 5, 8), dt.date(2026, 5, 9), dt.date(2026, 5, 12)]
    told = [(one.due_words, one.is_late) for day in days for one in tasks_of(person, day)]
    assert told == [
        ("còn 6 ngày làm việc", False),
        ("còn 1 ngày làm việc", False),
        ("hôm nay", False),
        ("quá hạn 2 ngày làm việc", True),
    ]


def test_deadline_is_told_in_words():
    days = [Deadline(dt.date(2026, 12, day)) for day in (1, 4)]
    words = [task("Nộp", "/", "Sở", due, TODAY).due_words for due in days]
    late = task("Nộp", "/", "Sở", Deadline(dt.date(2026, 11, 28)), TODAY)
    assert words == ["hôm nay", "còn 3 ngày"]
    assert (late.due_words, late.is_late) == ("quá hạn 3 ngày", True)


def test_member_is_asked_to_begin_and_then_to_finish_the_report():
    year = year_with_members(4)
    member = year.members.last().unit
    begin = "Bắt đầu báo cáo và tự chấm điểm năm 2026"
    assert labels(editor_of(member)) == [begin]
    sheet_of(year, member, ReportState.DRAFT)
    assert labels(editor_of(member)) == ["Hoàn thành và nộp báo cáo, bảng tự chấm năm 2026"]


def test_a_late_unit_of_a_ranked_year_is_asked_to_begin_as_well():
    year = year_with_members(4, state=YearState.RANKED)
    member, other = (row.unit for row in list(year.members.all())[2:])
    begin = (
        "Bắt đầu báo cáo và tự chấm điểm năm 2026 (nộp sau hội nghị tổng kết, hội nghị bổ sung "
        "thống nhất điểm)"
    )
    assert labels(editor_of(member)) == [begin]
    sheet_of(year, member, ReportState.DRAFT)
    assert labels(editor_of(member)) == ["Hoàn thành và nộp báo cáo, bảng tự chấm năm 2026"]
    year.members.filter(unit=other).update(unconsidered_on=TODAY)
    assert labels(editor_of(other)) == []


def test_nobody_is_asked_for_a_report_where_minutes_state_the_result():
    year = year_with_members(4, state=YearState.RANKED)
    member = year.members.last().unit
    StatedCount.objects.create(bloc_year=year, class_label="Tốt", number=4, source="Biên bản số 5")
    assert labels(editor_of(member)) == []


def test_who_sits_in_two_units_is_asked_for_the_report_of_the_second():
    year = year_with_members(4)
    first, second = (row.unit for row in list(year.members.all())[2:])
    person = editor_of(first)
    SeatFactory(user=person, unit=second, role=SeatRole.EDITOR)
    sheet_of(year, first, ReportState.APPRAISED)
    assert labels(person) == ["Bắt đầu báo cáo và tự chấm điểm năm 2026"]


def test_unit_is_asked_to_mark_what_it_was_assigned_until_it_has_finished():
    year = marked_year(4)
    head, *_, member = units_of(year)
    (one,) = assigned(report_of(year, head), member)
    label = f"Chấm bảng điểm của {head.name}"
    assert (label in labels(editor_of(member)), label in labels(leader_of(head))) == (True, False)
    finished(one)
    assert (label in labels(editor_of(member))) is False


def test_returned_report_is_told_as_returned():
    year = year_with_members(4)
    member = year.members.last().unit
    sheet_of(year, member, ReportState.RETURNED)
    assert labels(leader_of(member)) == ["Sửa báo cáo bị trả lại năm 2026"]


def test_head_appraises_the_others_and_deputy_the_head():
    year = year_with_members(4)
    member = year.members.last().unit
    sheet_of(year, year.head, ReportState.SUBMITTED)
    sheet_of(year, member, ReportState.SUBMITTED)
    of_member = f"Thẩm định báo cáo của {member.name}"
    of_head = f"Thẩm định báo cáo của {year.head.name}"
    assert labels(leader_of(year.head)) == [of_member, "Chuẩn bị hội nghị tổng kết"]
    assert set(labels(leader_of(year.deputy))) >= {of_member, of_head}


def test_every_member_of_a_year_just_opened_is_asked_to_register():
    """Before it has a row; who is set aside, or comes later, is not asked."""
    year = year_with_members(5, state=YearState.OPEN)
    *_, member, aside, later = year.members.order_by("order")
    aside.unconsidered_on, later.joined_on = dt.date(2026, 6, 1), dt.date(2026, 12, 2)
    aside.save()
    later.save()
    people = [editor_of(row.unit) for row in (member, aside, later)]
    assert [labels(person) for person in people] == [["Lập bản đăng ký thi đua năm 2026"], [], []]
    Registration.objects.create(bloc_year=year, unit=member.unit)
    assert labels(people[0]) == ["Ký bản đăng ký thi đua năm 2026"]
    with_next_day = [one.label for one in tasks_of(people[2], dt.date(2026, 12, 2))]
    assert with_next_day == ["Lập bản đăng ký thi đua năm 2026"]


def test_leader_signs_the_agreement_once():
    agreement = AgreementFactory(signing=True)
    deputy = agreement.bloc_year.deputy
    Registration.objects.create(
        bloc_year=agreement.bloc_year, unit=deputy, state="signed", signed_at=timezone.now()
    )
    leader = leader_of(deputy)
    assert labels(leader) == ["Ký giao ước thi đua năm 2026"]
    agreement.state = AgreementState.DRAFT
    agreement.save()
    assert labels(leader) == []


def test_head_unit_is_asked_for_the_proposal():
    year = ProposalFactory().bloc_year
    for unit in (year.head, year.deputy):
        sheet_of(year, unit, ReportState.AGREED, appraised_total=90)
    assert labels(editor_of(year.head)) == ["Lập và gửi đề nghị khen thưởng"]
    assert labels(editor_of(year.deputy)) == []


def test_office_receives_issues_and_publishes():
    ProposalFactory(state=ProposalState.SUBMITTED, submitted_at=timezone.now())
    year = year_with_members(state=YearState.OPEN)
    ScoringTableFactory(bloc_year=year, state=TableState.DRAFT)
    DecisionFactory(state=DecisionState.SIGNED, number="1/QĐ", signed_on=TODAY)
    assert labels(official(SeatRole.OFFICE)) == [
        "Tiếp nhận đề nghị khen thưởng",
        "Xem và ban hành bảng chấm điểm",
        "Công bố quyết định",
    ]


@pytest.mark.parametrize("state", YearState)
def test_a_draft_table_waits_for_the_office_until_the_books_close(state):
    """Also where the agreement took effect before the table was issued: the year waits for it."""
    ScoringTableFactory(bloc_year=year_with_members(state=state), state=TableState.DRAFT)
    waits = state in ("open", "agreed", "in_progress", "midyear_done")
    found = labels(official(SeatRole.OFFICE)).count("Xem và ban hành bảng chấm điểm")
    assert found == waits


def test_council_gives_opinions_and_chair_signs():
    item = ProposalItemFactory(
        proposal__state=ProposalState.BEFORE_COUNCIL,
        proposal__submitted_at=timezone.now(),
        state=ItemState.ELIGIBLE,
    )
    DecisionFactory()
    member = official(SeatRole.COUNCIL)
    assert labels(member) == ["Cho ý kiến về đề nghị khen thưởng"]
    item.opinions.create(member=member, agrees=True)
    assert labels(member) == []
    assert labels(official(SeatRole.CHAIR)) == [
        "Cho ý kiến về đề nghị khen thưởng",
        "Ký quyết định",
    ]


@pytest.mark.parametrize("count", (1, 3))
def test_home_page_costs_the_same(client, count, django_assert_num_queries):
    year = year_with_members(5)
    for member in list(year.members.all())[2 : 2 + count]:
        sheet_of(year, member.unit, ReportState.SUBMITTED)
    client.force_login(leader_of(year.head))
    ContentType.objects.get_for_models(BlocYear, Conference, Registration, Report, Decision)
    # Eight for the tasks; the papers, the sealed rankings and the news of the unit.
    with django_assert_num_queries(11):
        answer = client.get(reverse("home:tasks"))
    assert len(answer.context["tasks"]) == count + 2


def test_a_person_without_a_seat_reads_the_public_page(client):
    client.force_login(editor_of(year_with_members().head).__class__.objects.create(username="x"))
    assert client.get("/").headers["Location"] == reverse("decisions:public_list")


def test_correction_leads_to_its_row_and_the_corrected_leaf_to_whoever_asked():
    year = year_with_members(4)
    member = year.members.last().unit
    report = sheet_of(year, member, ReportState.RETURNED)
    leaf = report.table.criteria.get(code="III")
    now = timezone.now()
    correction = Correction.objects.create(
        report=report,
        criterion=leaf,
        asked_by_unit=year.head,
        asked_by=leader_of(year.head),
        reason="Thiếu số liệu quý IV.",
        asked_at=now,
    )
    found = tasks_of(editor_of(member), TODAY)
    assert [(one.label, one.url) for one in found if "tiêu chí" in one.label] == [
        (
            "Sửa tiêu chí “Điểm thưởng sáng kiến”: Thiếu số liệu quý IV.",
            reverse("appraisal:correction_sheet", args=(report.pk,)) + f"#tc-{leaf.pk}",
        )
    ]
    correction.answered_at, report.state = now, ReportState.SUBMITTED
    correction.save()
    report.save()
    assert f"Kiểm tra lại tiêu chí đã sửa của {member.name}" in labels(editor_of(year.head))
    assert labels(editor_of(member)) == []


def test_objection_waits_for_the_leader_and_then_for_the_appraisers():
    year = year_with_members(4)
    member = year.members.last().unit
    report = sheet_of(year, member, ReportState.APPRAISED)
    leaf = report.table.criteria.get(code="III")
    appeal = Appeal.objects.create(report=report, criterion=leaf, text="Đề nghị xem lại.")
    assert labels(leader_of(member)) == ["Gửi kiến nghị về điểm"]
    appeal.state, appeal.raised_at = AppealState.OPEN, timezone.now()
    appeal.save()
    words = f"Trả lời kiến nghị về điểm của {member.name}"
    people = (leader_of(member), editor_of(year.head), leader_of(year.head), leader_of(year.deputy))
    assert [words in labels(person) for person in people] == [False, False, True, True]


@pytest.mark.parametrize(
    ("state", "midyear_due", "steps"),
    [
        ("agreed", None, ["Bắt đầu thực hiện năm 2026"]),
        ("in_progress", dt.date(2026, 12, 1), ["Ghi kết quả sơ kết 6 tháng năm 2026"]),
        (
            "in_progress",
            dt.date(2026, 11, 30),
            ["Ghi kết quả sơ kết 6 tháng năm 2026", "Mở đợt tổng kết năm 2026"],
        ),
        ("in_progress", None, ["Mở đợt tổng kết năm 2026"]),
        ("midyear_done", dt.date(2026, 7, 15), ["Mở đợt tổng kết năm 2026"]),
    ],
)
def test_the_leader_of_the_head_goes_on_with_the_year(state, midyear_due, steps):
    """The review of the middle of the year may be left out once its day has passed."""
    year = year_with_members(4, state=state, midyear_due=midyear_due)
    year.members.update(unsigned_on=year.begins_on)
    Registration.objects.bulk_create(
        Registration(bloc_year=year, unit=unit, state="checked", signed_at=timezone.now())
        for unit in (year.head, year.deputy)
    )
    small_table(year)
    assert labels(leader_of(year.head)) == steps
    assert labels(leader_of(year.deputy)) == []
    if state == "agreed":
        year.tables.update(state=TableState.DRAFT, published_at=None, fingerprint="")
        assert labels(leader_of(year.head)) == []
        year.tables.all().delete()
        assert labels(editor_of(year.head)) == ["Lập bảng chấm điểm năm 2026"]


def test_the_unit_looks_at_its_appraised_points_while_it_may_object():
    year = year_with_members(4)
    member = year.members.last().unit
    report = sheet_of(year, member, ReportState.APPRAISED, appraised_total=90)
    Report.objects.update(appraised_at=dt.datetime(2026, 11, 30, 5, tzinfo=dt.UTC))
    words = "Xem điểm thẩm định năm 2026: kiến nghị hoặc ghi không kiến nghị"
    Regulation.objects.filter(bloc_year=year).update(appeal_days=0)
    assert labels(leader_of(member)) == []
    Regulation.objects.filter(bloc_year=year).update(appeal_days=3)
    assert labels(leader_of(member)) == [words]
    assert labels(editor_of(member)) == []
    (found,) = tasks_of(leader_of(member), TODAY)
    assert (found.url, found.due.day) == (report.get_absolute_url(), dt.date(2026, 12, 3))
    assert tasks_of(leader_of(member), dt.date(2026, 12, 4)) == []
    Report.objects.update(waived_at=timezone.now())
    assert labels(leader_of(member)) == []


def test_the_office_appraises_the_head_of_a_year_without_a_deputy():
    year = year_with_members(4)
    sheet_of(year, year.head, ReportState.SUBMITTED)
    words = f"Thẩm định báo cáo của {year.head.name}: năm không có đơn vị phó"
    assert labels(official(SeatRole.OFFICE)) == []
    BlocYear.objects.update(deputy=None)
    assert labels(official(SeatRole.OFFICE)) == [words]


def test_whom_the_conference_chose_takes_over_and_the_office_plans_the_next_year():
    year = year_with_members(4, state=YearState.DECIDED)
    chosen = year.members.last().unit
    Conference.objects.create(bloc_year=year, next_head=chosen, starts_at=timezone.now())
    take = f"Nhận bàn giao từ {year.head}: xem hồ sơ, ký biên bản"
    assert labels(leader_of(chosen)) == [take]
    assert labels(editor_of(year.head)) == ["Bàn giao cho khối trưởng mới"]
    office = official(SeatRole.OFFICE)
    (found,) = tasks_of(office, TODAY)
    wanted = f"{reverse('years:year_new')}?khoi={year.bloc_id}"
    assert (found.label, found.url) == ("Lập năm 2027", wanted)
    year_with_members(0, bloc=year.bloc, year=2027, state=YearState.PLANNED)
    assert labels(office) == ["Mở năm 2027"]
