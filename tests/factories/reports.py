"""A report with its sheet as people fill it in, and what a browser posts."""

from decimal import Decimal

from blocs.reports.domain.sheet_rows import GivenRow, TypedRow
from blocs.reports.forms.sheet_strings import name_of, shown_answer, shown_appraisal, token_of
from blocs.reports.models.sheets import read_sheet
from blocs.scoring import Entry
from blocs.states import ReportState
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members

# Why a sheet takes nothing in a state, and who goes on with it.
CLOSED = {
    "draft": (
        "Báo cáo đang ở trạng thái “Nháp” nên không sửa được. Cán bộ đầu mối của đơn vị soạn và tự "
        "chấm, lãnh đạo đơn vị nộp về khối trưởng."
    ),
    "submitted": (
        "Báo cáo đang ở trạng thái “Đã nộp” nên không sửa được. Khối trưởng, khối phó thẩm định, "
        "hoặc trả lại kèm lý do thì đơn vị sửa được."
    ),
    "returned": (
        "Báo cáo đang ở trạng thái “Bị trả lại” nên không sửa được. Đơn vị sửa theo lý do trả lại, "
        "lãnh đạo đơn vị nộp lại."
    ),
    "appraised": (
        "Báo cáo đang ở trạng thái “Đã thẩm định” nên không sửa được. Đơn vị kiến nghị, giải trình "
        "trong thời hạn hoặc ghi không kiến nghị; hội nghị thống nhất điểm khi ký biên bản."
    ),
    "explained": (
        "Báo cáo đang ở trạng thái “Có giải trình” nên không sửa được. Khối trưởng, khối phó trả "
        "lời giải trình; hội nghị thống nhất điểm sau đó."
    ),
    "agreed": (
        "Báo cáo đang ở trạng thái “Hội nghị thống nhất” nên không sửa được. Hội nghị đã thống "
        "nhất điểm trong biên bản; cơ quan thường trực xác nhận và khóa điểm, có sai sót thì "
        "đính chính."
    ),
    "locked": (
        "Báo cáo đang ở trạng thái “Đã khóa” nên không sửa được. Không còn việc phải làm: cơ quan "
        "thường trực đã khóa điểm mà hội nghị thống nhất; có sai sót thì cơ quan thường trực đính "
        "chính khi năm thi đua chưa bàn giao, lưu."
    ),
}
# The leaves of `small_table` by the number printed before them.
DIRECT, RATIO, COUNT, BONUS, DEDUCTION = "I.1", "I.2", "II.1", "III", "IV"


def member_report(**kwargs):
    """The report of the third member: neither head nor deputy."""
    year = kwargs.pop("bloc_year", None) or year_with_members(3)
    unit = year.members.order_by("order").last().unit
    table = kwargs.pop("table", None) or small_table(year)
    return ReportFactory(bloc_year=year, unit=unit, table=table, **kwargs)


def submitted_report(points=Decimal("9.5"), **kwargs):
    """A report that is in, the same points at every leaf but the deduction."""
    report = fill(member_report(submitted=True, **kwargs), points)
    report.scores.filter(criterion__kind="deduction").delete()
    return report


def row_of(report, label):
    """The row of the sheet as it is stored now."""
    return next(row for row in read_sheet(report).rows if row.label == label)


def score_of(report, label):
    return row_of(report, label).score


def typed(report, label, revision=0, note="", **answers):
    """A changed row of the unit: `typed(report, DIRECT, value="9.5")`."""
    numbers = {
        name: Decimal(value) if name in ("value", "target") else value
        for name, value in answers.items()
    }
    return TypedRow(row_of(report, label).criterion.pk, revision, Entry(**numbers), note)


def given(report, label, points, reason="", revision=0):
    """A changed row of the appraiser."""
    number = None if points is None else Decimal(points)
    return GivenRow(row_of(report, label).criterion.pk, revision, number, reason)


def posted(report, changes, show=shown_answer):
    """What a browser posts: every row as it is shown, with `changes` by label and field."""
    data = {}
    for row in read_sheet(report).rows:
        shown = show(row)
        data[name_of(row, "token")] = token_of(row, shown)
        for field, value in (shown | changes.get(row.label, {})).items():
            if field != "na" or value:
                data[name_of(row, field)] = value
    return data


def posted_appraisal(report, changes):
    return posted(report, changes, shown_appraisal)


def in_state(report, state):
    """The report put into a state without the way there."""
    type(report).objects.filter(pk=report.pk).update(state=ReportState(state))
    return type(report).objects.get(pk=report.pk)
