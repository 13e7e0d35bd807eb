"""Versions as pages: listed, opened, compared; mid-year figures; corrections told in public."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from blocs.reports.actions.versions import freeze_midyear, rectify_sheet
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report, SheetVersion
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.blocs import fill, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, in_state, member_report, row_of, score_of

pytestmark = pytest.mark.django_db
LIST, MIDYEAR = 10, 7
REASON = "Kết luận số 12/KL."


def page(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def report():
    report = fill(member_report(submitted=True), appraised=Decimal("9.5"))
    Report.objects.filter(pk=report.pk).update(appraised_total=Decimal("28.5"))
    return in_state(report, ReportState.LOCKED)


def correct(report, label=DIRECT, points="8"):
    row = RectifiedRow(row_of(report, label).criterion.pk, points=Decimal(points))
    return rectify_sheet(report, rows=[row], reason=REASON, actor=official(SeatRole.OFFICE))


def test_every_version_is_listed_and_opens_as_it_was(client, report):
    correct(report)
    client.force_login(editor_of(report.unit))
    rows = client.get(page("reports:version_list", report.pk)).context["rows"]
    assert [(row.number, row.kind, row.reason) for row in rows] == [
        (2, "Bản đính chính", REASON),
        (1, "Bản thẩm định", "Số liệu trước khi đính chính."),
    ]
    shown = [
        client.get(page("reports:version_detail", report.pk, number)).context["lines"][0].given
        for number in (1, 2)
    ]
    assert shown == ["9,50", "8,00"]
    assert client.get(page("reports:version_detail", report.pk, 3)).status_code == 404


def test_any_two_versions_are_compared(client, report):
    correct(report)
    correct(report, COUNT, "9")
    client.force_login(editor_of(report.unit))
    context = client.get(page("reports:version_compare", report.pk), {"tu": 1, "den": 3}).context
    assert [
        (leaf["label"], [(one.label, one.before, one.after) for one in leaf["changes"]])
        for leaf in context["leaves"]
    ] == [
        (
            label,
            [("Điểm thẩm định", "9,50", after), ("Lý do điều chỉnh", "để trống", REASON)],
        )
        for label, after in ((DIRECT, "8,00"), (COUNT, "9,00"))
    ]
    last = client.get(page("reports:version_compare", report.pk)).context
    assert (last["before"].number, last["after"].number) == (2, 3)
    assert client.get(page("reports:version_compare", report.pk), {"tu": "x"}).status_code == 404


def test_appraised_points_of_a_version_stay_hidden_until_they_are_told(client, report):
    correct(report)
    in_state(report, ReportState.SUBMITTED)
    client.force_login(editor_of(report.unit))
    context = client.get(page("reports:version_detail", report.pk, 2)).context
    assert (context["shows_given"], context["lines"][0].given, context["lines"][0].notes) == (
        False,
        "",
        (),
    )
    assert client.get(page("reports:version_compare", report.pk)).context["leaves"] == []


def test_office_corrects_in_the_form(client, report):
    client.force_login(official(SeatRole.OFFICE))
    url, field = (
        page("reports:report_rectify", report.pk),
        f"points-{row_of(report, DIRECT).criterion.pk}",
    )
    bare = client.post(url, {field: "8"})
    assert (bare.status_code, bare.context["reason_error"]) == (
        422,
        "Vui lòng nêu lý do, căn cứ đính chính.",
    )
    wrong = client.post(url, {field: "41", "reason": REASON})
    assert [(row.label, row.points[1], row.points[2]) for row in wrong.context["wrong"]] == [
        ("I.1", "41", "Điểm 41 nằm ngoài khoảng từ 0 đến 40.")
    ]
    done = client.post(url, {field: "8,5", "reason": REASON})
    assert done.headers["Location"] == page("reports:version_detail", report.pk, 2)
    assert score_of(report, DIRECT).appraised_points == Decimal("8.5")


def test_nobody_else_corrects(client, report):
    client.force_login(leader_of(report.bloc_year.head))
    assert client.get(page("reports:report_rectify", report.pk)).status_code == 403
    client.force_login(leader_of(year_with_members(3).head))
    for name in ("reports:report_rectify", "reports:version_list", "reports:version_compare"):
        assert client.get(page(name, report.pk)).status_code == 404


def test_ranking_tells_the_correction(client, report):
    client.force_login(official(SeatRole.OFFICE))
    url = page("ranking:ranking", report.bloc_year_id)
    assert client.get(url).context["rectifications"] == []
    day = f"{localtime(correct(report).taken_at):%d/%m/%Y}"
    assert client.get(url).context["rectifications"] == [
        f"Đã đính chính ngày {day}: {report.unit.name}. Lý do: {REASON}"
    ]


def midyear_report():
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    return fill(member_report(bloc_year=year))


def test_unit_freezes_its_figures_on_its_report(client):
    report = midyear_report()
    client.force_login(editor_of(report.unit))
    url = client.get(report.get_absolute_url()).context["freeze_url"]
    assert client.post(url).headers["Location"] == report.get_absolute_url()
    assert SheetVersion.objects.get().kind == "midyear"
    client.force_login(editor_of(report.bloc_year.head))
    assert client.post(url).status_code == 404


def test_bloc_reads_and_freezes_the_figures_of_the_year(client):
    report = midyear_report()
    year = report.bloc_year
    client.force_login(editor_of(year.head))
    rows = client.get(page("reports:midyear_list", year.pk)).context["rows"]
    assert [row["taken"] for row in rows] == ["", "", ""]
    client.post(page("reports:midyear_freeze_year", year.pk))
    rows = client.get(page("reports:midyear_list", year.pk)).context["rows"]
    detail = page("reports:midyear_detail", year.pk, report.unit_id)
    assert [row["url"] for row in rows] == ["", "", detail]
    assert client.get(detail).context["lines"][0].own == "9,50"
    assert client.get(page("reports:midyear_list", year.pk)).context["may_freeze"] is True
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.CLOSING)
    assert client.get(page("reports:midyear_list", year.pk)).context["may_freeze"] is False
    client.force_login(editor_of(report.unit))
    assert client.get(page("reports:midyear_list", year.pk)).status_code == 403
    client.force_login(editor_of(year_with_members(3).head))
    assert client.get(detail).status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_lists_cost_the_same(client, report, count, django_assert_num_queries):
    for number in range(count):
        correct(report, points=str(number + 1))
    client.force_login(editor_of(report.unit))
    with django_assert_num_queries(LIST):
        rows = client.get(page("reports:version_list", report.pk)).context["rows"]
    assert len(rows) == count + 1


def test_list_of_the_mid_year_costs_the_same(client, django_assert_num_queries):
    report = midyear_report()
    client.force_login(leader_of(report.bloc_year.head))
    url = page("reports:midyear_list", report.bloc_year_id)
    with django_assert_num_queries(MIDYEAR):
        assert client.get(url).status_code == 200
    freeze_midyear(report, actor=editor_of(report.unit))
    with django_assert_num_queries(MIDYEAR):
        assert client.get(url).status_code == 200


def test_a_review_that_is_over_says_the_same_on_the_track_and_beside_the_units(client):
    """Nothing is «not yet» frozen for a review whose result was recorded."""
    year = midyear_report().bloc_year
    client.force_login(editor_of(year.head))
    url = page("reports:midyear_list", year.pk)
    found = {}
    for note in ("", "Đạt 52% kế hoạch."):
        BlocYear.objects.filter(pk=year.pk).update(midyear_note=note)
        answer = client.get(url)
        (step,) = [row for row in answer.context["track"] if row["label"] == "Sơ kết"]
        text = answer.content.decode()
        words = [text.count(f">{said}<") for said in ("chưa chốt", "không chốt số liệu")]
        found[note] = (step["words"] == "Đã xong", words)
    assert found == {"": (False, [3, 0]), "Đạt 52% kế hoạch.": (True, [0, 3])}
