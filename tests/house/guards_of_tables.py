"""What each guard of scoring tables says of objects that meet it and of objects that do not."""

from decimal import Decimal

from blocs.criteria import workflows as tables
from blocs.criteria.models import ScoringTable
from blocs.states import ReportState, YearState
from blocs.years.models import BlocYear
from tests.factories.blocs import (
    ReportFactory,
    regulate,
    small_table,
    year_with_members,
)
from tests.factories.people import UnitFactory
from tests.house.guards_of_papers import signed
from tests.house.guards_of_sheets import LATE_STATES, NOW, only


def amendment(of=None, *, report=None, **line):
    """An amendment whose line I.1 says this; a report in that state uses the table before."""
    year = year_with_members()
    first = small_table(year)
    if report:
        unit = UnitFactory(name="Sở Chấm")
        facts = {"state": report, "submitted_at": NOW, "appraised_total": 1}
        ReportFactory(bloc_year=year, unit=unit, table=first, **facts)
    facts = {"version": 2, "published": False, "amendment": 1, "amendment_reason": "A"}
    draft = small_table(year, amends=of(year) if of else first, **facts)
    draft.criteria.filter(code="1", parent__code="I").update(**line)
    return draft


def superseded(year):
    """Another version than the one in force."""
    facts = {"version": 3, "state": "superseded", "published_at": NOW, "fingerprint": "0"}
    return ScoringTable.objects.create(bloc_year=year, title="Cũ", total_max=100, **facts)


def next_version(report=None, year_state=YearState.OPEN):
    """A table that is no amendment, after one that a report uses or does not."""
    draft = amendment(report=report)
    draft.amends, draft.amendment = None, 0
    draft.bloc_year.state = year_state
    draft.bloc_year.save()
    return draft


def signed_version(by, voided=0):
    """The same in a year whose agreement some units have signed."""
    agreement = signed(by=by, voided=voided)
    draft = next_version()
    agreement.bloc_year = draft.bloc_year
    agreement.save()
    return draft


def classed(path):
    """A table of a year whose best class looks at the line of that path."""
    year = year_with_members()
    regulate(year, class_bands=[{"label": "Tốt", "if": [[f"points:{path}", "=", "0"]]}])
    return small_table(year)


def used_table(count):
    year = year_with_members(3)
    table = small_table(year)
    for member in year.members.order_by("order")[:count]:
        ReportFactory(bloc_year=year, unit=member.unit, table=table)
    return table


IN_USE = "Phiên bản 1 đang áp dụng đã có {} báo cáo sử dụng, không thay bằng phiên bản khác được."
JUDGED = (
    "Đã thẩm định báo cáo theo bảng đang áp dụng (Sở Chấm), nên bản sửa đổi chỉ được sửa câu "
    "chữ, không được đổi điểm, cách chấm hay thêm, bớt, chuyển mục."
)
TWO_SIGNED = "Giao ước thi đua đã có chữ ký của 02 đơn vị."
NO_SUCH_LINE = (
    "Mức xếp loại “Tốt” xét mục P.3, bảng chấm điểm không có mục này. "
    "Hãy thêm mục vào bảng hoặc đề nghị sửa quy định chấm điểm của năm."
)
NO_CHANGE = "Bản sửa đổi chưa thay đổi nội dung nào của bảng đang áp dụng."
RANKED = "Năm thi đua đã xếp hạng, không lập hoặc sửa bảng chấm điểm được nữa."
OTHER = "Bản được sửa đổi không còn áp dụng. Hãy lập bản sửa đổi khác."
OF_TABLES = {
    tables.year_still_counts: [
        (lambda state=state: ScoringTable(bloc_year=BlocYear(state=state)), told)
        for state, told in only(YearState, set(YearState) - {*LATE_STATES}, lambda state: RANKED)
    ],
    tables.table_adds_up: [
        (lambda: small_table(year_with_members()), []),
        (
            lambda: small_table(year_with_members(), total_max=Decimal(101)),
            ["Bảng tiêu chí: tổng điểm các mục con là 100, khác điểm tối đa 101."],
        ),
    ],
    tables.classes_name_its_lines: [
        (lambda: small_table(year_with_members()), []),
        (lambda: classed("II/1"), []),
        (lambda: classed("P/3"), [NO_SUCH_LINE]),
    ],
    tables.amendment_says_something: [
        (lambda: small_table(year_with_members()), []),
        (lambda: amendment(name="Khác"), []),
        (amendment, [NO_CHANGE]),
    ],
    tables.earlier_version_is_free: [
        (lambda: small_table(year_with_members()), []),
        (next_version, []),
        (
            lambda: next_version(ReportState.DRAFT),
            [IN_USE.format("01"), tables.USE_AMENDMENT.format(1)],
        ),
        (
            lambda: next_version(year_state=YearState.AGREED),
            ["Năm thi đua đã sang bước “Đã ký giao ước”.", tables.USE_AMENDMENT.format(1)],
        ),
        (lambda: signed_version(2), [TWO_SIGNED, tables.USE_AMENDMENT.format(1)]),
        (lambda: signed_version(2, voided=2), []),
        (lambda: amendment(superseded), [OTHER]),
        (lambda: amendment(report=ReportState.SUBMITTED, max_points=39), []),
        (lambda: amendment(report=ReportState.APPRAISED, max_points=39), [JUDGED]),
        (lambda: amendment(report=ReportState.LOCKED, max_points=39), [JUDGED]),
        (lambda: amendment(report=ReportState.APPRAISED, name="Khác"), []),
    ],
    tables.no_report_uses_it: [
        (lambda: used_table(0), []),
        (lambda: used_table(1), [IN_USE.format("01")]),
    ],
}
