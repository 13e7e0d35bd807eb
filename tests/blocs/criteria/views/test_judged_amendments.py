"""What an amendment may still change is said on the pages of who writes it, not at its issuing."""

from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.actions.amendments import start_amendment
from blocs.criteria.actions.criteria import edit_criterion
from blocs.reports.models import Report
from blocs.states import SeatRole, YearState
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import leader_of, official

pytestmark = pytest.mark.django_db
NO_CHANGE = "Bản sửa đổi chưa thay đổi nội dung nào của bảng đang áp dụng."


@pytest.fixture
def report():
    year = year_with_members(state=YearState.IN_PROGRESS)
    return ReportFactory(bloc_year=year, table=small_table(year))


def told(report):
    return (
        f"Đã thẩm định báo cáo theo bảng đang áp dụng ({report.unit}), nên bản sửa đổi chỉ được "
        "sửa câu chữ, không được đổi điểm, cách chấm hay thêm, bớt, chuyển mục."
    )


def faults_on_page(client, report, data):
    """What the head reads on the page of an amendment of two leaves (`data`: of each)."""
    draft = start_amendment(
        report.table, actor=official(SeatRole.OFFICE), reason="Theo kết luận sơ kết."
    )
    for code, changes in data.items():
        leaf = draft.criteria.get(code=code, parent__code="I")
        edit_criterion(leaf, actor=official(SeatRole.OFFICE), data=changes)
    client.force_login(leader_of(report.bloc_year.head))
    page = client.get(reverse("criteria:table_detail", args=(draft.pk,)))
    return page.context["faults"]


POINTS = {"1": {"max_points": Decimal(45)}, "2": {"max_points": Decimal(25)}}


@pytest.mark.parametrize("state", ("appraised", "explained", "agreed", "locked"))
def test_the_draft_says_what_it_may_not_change(client, report, state):
    Report.objects.update(state=state, submitted_at="2026-11-01T00:00Z", appraised_total=87)
    assert faults_on_page(client, report, POINTS) == [(told(report), "")]


@pytest.mark.parametrize(
    ("state", "data", "faults"),
    (
        ("draft", POINTS, []),
        ("appraised", {"1": {"name": "Hoàn thành nhiệm vụ"}}, []),
        ("appraised", {}, [(NO_CHANGE, "")]),
    ),
)
def test_the_draft_says_nothing_of_what_it_may_change(client, report, state, data, faults):
    sent = {} if state == "draft" else {"submitted_at": "2026-11-01T00:00Z", "appraised_total": 87}
    Report.objects.update(state=state, **sent)
    assert faults_on_page(client, report, data) == faults


@pytest.mark.parametrize("is_judged", (False, True))
def test_the_limits_are_said_before_the_amendment_is_begun(client, report, is_judged):
    if is_judged:
        sent = {"submitted_at": "2026-11-01T00:00Z", "appraised_total": 87}
        Report.objects.update(state="appraised", **sent)
    client.force_login(leader_of(report.bloc_year.head))
    page = client.get(reverse("criteria:table_amend", args=(report.table.pk,)))
    begins = "Bản sửa đổi bắt đầu từ nội dung đang áp dụng, hoặc giữ nội dung của dự thảo. Khi ban "
    moves = "hành, báo cáo của các đơn vị chuyển sang bản sửa đổi"
    ends = "; các đơn vị được thông báo nội dung thay đổi."
    assert page.context["consequence"] == (
        f"{told(report)} {begins}{moves}{ends}"
        if is_judged
        else f"{begins}{moves}, điểm được tính lại{ends}"
    )
