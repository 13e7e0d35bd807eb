"""«Việc của tôi» of the office, and of the secretary of a head unit: what waits for them alone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.ranking.actions.seals import keep_sealed, seal_again
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.actions.versions import rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report
from blocs.states import RegistrationState, ReportState, SeatRole, YearState
from blocs.units.models import Bloc
from blocs.years.models import BlocYear, Registration
from tests.factories.blocs import year_with_members
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_desk import PageDesk
from thidua.common.activity import record
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)
RESEAL = "Chốt lại hoặc giữ xếp hạng đã chốt: căn cứ đã thay đổi"


def tasks(user):
    return [(one.label, one.url) for one in tasks_of(user, TODAY)]


@pytest.fixture
def sealed():
    """Two units whose points were agreed and sealed an hour ago; the office has locked them.

    Their bloc does not go on, so that no next year waits for the office.
    """
    year = placed_year({"A": "90", "B": "80"})
    Bloc.objects.update(is_active=False)
    Report.objects.update(state=ReportState.LOCKED)
    seal_ranking(year, timezone.now() - dt.timedelta(hours=1))
    return year


def rectify(year, office, points):
    report = Report.objects.get(unit__name="B")
    (leaf,) = report.table.criteria.values_list("pk", flat=True)
    row = RectifiedRow(leaf, Decimal(points))
    rectify_sheet(report, rows=[row], reason="Kết luận thanh tra", actor=office)


def page_of(year):
    return reverse("ranking:ranking", args=(year.pk,))


@pytest.mark.parametrize("settle", (keep_sealed, seal_again))
@pytest.mark.parametrize("state", ("ranked", "proposed", "decided"))
def test_a_sealed_ranking_whose_points_moved_waits_for_the_office(sealed, settle, state):
    office = official(SeatRole.OFFICE)
    BlocYear.objects.update(state=state)
    assert tasks(office) == []
    rectify(sealed, office, "95")
    assert tasks(office) == [(RESEAL, page_of(sealed))]
    assert (RESEAL, page_of(sealed)) not in tasks(leader_of(sealed.head))
    settle(sealed, actor=office, reason="Theo kết luận thanh tra")
    assert tasks(office) == []
    rectify(sealed, office, "70")
    assert tasks(office) == [(RESEAL, page_of(sealed))]


def test_a_ground_moves_a_sealed_ranking_and_a_line_of_the_log_alone_does_not(sealed):
    office = official(SeatRole.OFFICE)
    record(office, "years.change_members", sealed, label="Thay đổi thành phần")
    assert tasks(office) == []
    sealed.tables.update(settings={"disqualifiers": GROUNDS})
    sealed.grounds.create(
        unit=sealed.head, code="out", basis="KL 5", found_on=dt.date(2026, 11, 30)
    )
    record(office, "ranking.record_ground", sealed, label="Ghi điều kiện loại")
    assert tasks(office) == [(RESEAL, page_of(sealed))]


def test_a_ranking_is_compared_again_only_after_more_was_written(sealed, django_assert_num_queries):
    office = official(SeatRole.OFFICE)
    rectify(sealed, office, "95")
    assert tasks(office) == [(RESEAL, page_of(sealed))]
    # All lists at once, the year that is named, and its members beside those of its bloc.
    with django_assert_num_queries(3):
        assert tasks(office) == [(RESEAL, page_of(sealed))]
    rectify(sealed, office, "80")
    assert tasks(office) == []


def test_what_was_rectified_in_a_year_of_before_the_seal_asks_nothing(sealed):
    office = official(SeatRole.OFFICE)
    rectify(sealed, office, "95")
    BlocYear.objects.update(state=YearState.ARCHIVED)
    assert tasks(office) == []


def test_agreed_points_wait_until_they_are_locked():
    year, office = placed_year({"A": "90", "B": "80", "C": "70"}), official(SeatRole.OFFICE)
    Report.objects.filter(unit__name="C").update(state=ReportState.LOCKED)
    lock = ("Xác nhận và khóa điểm 02 báo cáo", reverse("reports:year_reports", args=(year.pk,)))
    assert tasks(office) == [lock]
    # The page behind the task says what to do and leads to each report that waits.
    waiting = Report.objects.exclude(state=ReportState.LOCKED)
    text = PageDesk(office).go(lock[1]).answer.content.decode()
    assert "thống nhất điểm của 2 báo cáo" in text
    assert "bấm “Xác nhận và khóa điểm”" in text
    for report in waiting:
        link = f'<a href="{report.get_absolute_url()}">{report.unit.short_name}</a>'
        assert link in text
    other = PageDesk(leader_of(year.head)).go(lock[1]).answer
    assert other.context["to_lock"] == []
    Report.objects.update(state=ReportState.LOCKED)
    assert tasks(office) == []


@pytest.mark.parametrize("state", YearState)
def test_a_year_that_goes_on_without_a_head_waits_for_the_office(state):
    year = year_with_members(state=state)
    office = official(SeatRole.OFFICE)
    url = reverse("changes:leader_edit", args=(year.pk,))
    vacant = (f"Giao đơn vị làm {year.bloc.head_word} hoặc phụ trách: đang khuyết", url)
    over = (
        f"Ghi biên bản bàn giao và lưu năm thi đua: đang khuyết {year.bloc.head_word}",
        reverse("years:year_detail", args=(year.pk,)),
    )
    assert {vacant, over} & set(tasks(office)) == set()
    BlocYear.objects.update(head=None)
    wanted = {"planned": set(), "archived": set(), "decided": {over}}
    assert {vacant, over} & set(tasks(office)) == wanted.get(state, {vacant})


def test_the_secretary_of_the_head_receives_what_members_have_signed():
    year = year_with_members(5, state=YearState.OPEN)
    states = (None, "signed", "signed", "checked", "draft")
    for member, state in zip(year.members.order_by("order"), states, strict=True):
        if state:
            row = Registration(bloc_year=year, unit=member.unit, state=state, content="Chỉ tiêu")
            row.signed_at = timezone.now()
            row.save()
    url = reverse("registrations:registration_list", args=(year.pk,))
    receive = ("Tiếp nhận 02 bản đăng ký thi đua năm 2026", url)
    assert receive in tasks(editor_of(year.head))
    # Who leads the unit does not receive, and no other secretary.
    assert receive not in tasks(leader_of(year.head))
    assert receive not in tasks(editor_of(year.deputy))
    Registration.objects.update(state=RegistrationState.CHECKED)
    assert receive not in tasks(editor_of(year.head))


def test_the_desk_of_the_office_costs_the_same_for_many_years(django_assert_num_queries):
    office = official(SeatRole.OFFICE)
    tasks_of(office, TODAY)  # kinds of objects are read once for a process
    with django_assert_num_queries(1):
        tasks_of(office, TODAY)
    for _ in range(3):
        placed_year({"A": "90", "B": "80"})
    with django_assert_num_queries(3):
        assert len(tasks_of(office, TODAY)) == 3
