"""Who has no place stands under the ranking with the reason and the rule that says so."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs.ranking.models import Ground
from blocs.states import MemberChangeKind, ReportState, SeatRole
from blocs.years.actions.members import record_change
from tests.factories.blocs import regulate
from tests.factories.grounds import GROUNDS
from tests.factories.people import official
from tests.factories.ranked import DUE, ranked_year, units

pytestmark = pytest.mark.django_db
LAW = "Luật 06/2022/QH15, Điều 74"


def shown(client, year):
    """(unit, reason, rule, whether for good) of each line under the ranking."""
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("ranking:ranking", args=(year.pk,)))
    rows = answer.context["out"]
    html = answer.content.decode()
    assert [row.rule for row in rows if row.rule not in html] == []
    return [(row.unit, row.reason, row.rule, row.is_final) for row in rows]


def test_a_ground_is_told_with_the_law_of_the_table(client):
    year = ranked_year(grounds=[GROUNDS[0] | {"legal_basis": LAW}, *GROUNDS[1:]])
    for unit in units(year)[:2]:
        Ground.objects.create(bloc_year=year, unit=unit, code="out", basis="KL 12", found_on=DUE)
    year.reports.filter(unit=units(year)[1]).update(state=ReportState.RETURNED)
    reason, rule = (
        "Không xét: Có vụ việc tham nhũng.",
        f"Điều kiện loại của bảng chấm điểm ({LAW}).",
    )
    assert shown(client, year) == [(unit, reason, rule, True) for unit in units(year)[:2]]


def test_the_last_day_is_told_as_the_rule_of_the_year(client):
    last = DUE + dt.timedelta(days=5)
    year = ranked_year(days=(last + dt.timedelta(days=1), DUE, DUE), last_on=last)
    rule = "Quy định chấm điểm của năm: báo cáo nộp sau ngày 15/12/2026 thì không xét."
    assert shown(client, year) == [
        (year.head, "Quá hạn cuối cùng 15/12/2026: không xét.", rule, True)
    ]


def test_part_of_a_year_is_told_with_its_rule_whether_a_sheet_is_there_or_not(client):
    year = ranked_year(part_year="not_ranked")
    for unit in units(year)[:2]:
        year.members.filter(unit=unit).update(joined_on=dt.date(2026, 7, 1))
    year.reports.filter(unit=units(year)[1]).update(state=ReportState.SUBMITTED)
    reason = (
        "Tham gia từ 01/07/2026 (06/12 tháng); đơn vị tham gia không trọn năm không xếp hạng theo "
        "quy định của năm."
    )
    assert shown(client, year) == [(unit, reason, "", True) for unit in units(year)[:2]]


def test_without_a_class_there_is_no_place_where_classes_come_first(client):
    bands = [{"label": "Tốt", "if": [["total", ">=", "30"]]}]
    year = ranked_year(("9", "8", "7"), class_bands=bands, tie_rules=["class_first"])
    (row,) = shown(client, year)
    assert (
        row[0],
        row[1].startswith("Chưa xếp được vì xếp theo mức xếp loại trước."),
        *row[2:],
    ) == (
        units(year)[2],
        True,
        "Quy định của năm: xếp theo mức xếp loại trước, nên chưa xác định mức thì chưa có hạng.",
        True,
    )


def test_who_waits_is_told_for_what(client):
    year = ranked_year()
    year.reports.filter(unit=year.head).update(state=ReportState.SUBMITTED)
    assert shown(client, year) == [
        (
            year.head,
            "Đã nộp, chưa thẩm định xong.",
            "Chỉ đơn vị có đủ điểm thẩm định được xếp hạng.",
            False,
        )
    ]


def test_a_member_that_is_not_compared_is_told_with_its_change(client):
    year = ranked_year()
    today, unit = timezone.localdate(), units(year)[2]
    kinds = (MemberChangeKind.NOT_SIGNING, MemberChangeKind.NOT_CONSIDERED)
    for number, kind in enumerate(kinds, start=1):
        record_change(
            year, kind=kind, unit=unit, on=today, decision=f"QĐ {number}",
            actor=official(SeatRole.OFFICE),
        )  # fmt: skip
    day = f"{today:%d/%m/%Y}"
    reason = f"Không xét năm nay, từ {day}; không tham gia ký giao ước, từ {day}."
    rule = "Thay đổi thành phần số 02 của năm: QĐ 2."
    assert shown(client, year) == [(unit, reason, rule, True)]


def test_whom_nothing_holds_is_not_in_the_list(client):
    year = ranked_year()
    regulate(year, part_year="by_months")
    year.members.filter(unit=year.head).update(joined_on=dt.date(2026, 7, 1))
    assert shown(client, year) == []
