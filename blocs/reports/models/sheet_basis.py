"""Under which table and rules a sheet was sent in, and what their amendments change for it."""

from collections.abc import Iterator, Mapping

from django.db.models import Max

from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import sheet_of
from blocs.scoring import Waiting
from blocs.states import ReportState
from thidua.common.basis import (
    BasisFact,
    basis_changes,
    basis_faults,
    keep_basis,
    kept_facts,
    rests_on,
)
from thidua.common.vietnamese.numbers import format_trimmed

LEAF = "leaf:"
DECIMALS = 4
ASK_UNIT = (
    "Lãnh đạo đơn vị xác nhận điểm tự chấm theo sửa đổi, hoặc mở lại để làm lại; đơn vị chưa làm "
    "thì khối trưởng trả lại báo cáo."
)


@rests_on("reports.report")
def sheet_facts(report: Report) -> Iterator[BasisFact]:
    """The table, the decimals, and each leaf with the unit's own points out of its maximum."""
    sheet = sheet_of(report)
    yield BasisFact("table", "Bảng chấm điểm", report.table.version_words)
    yield BasisFact("decimals", "Số chữ số thập phân của điểm", str(sheet.decimals))
    for row in sheet.rows:
        name = f"Mục {row.label} {row.criterion.name}"
        yield BasisFact(f"{LEAF}{row.criterion.pk}", name, own_words(row))


def own_words(row: SheetRow) -> str:
    """«9,5 / 10 điểm»; points that follow from the figures of other units are no basis."""
    points = format_trimmed(row.own, DECIMALS) if row.own is not None else "chưa chấm"
    if row.entry.not_applicable:
        points = "không giao"
    elif not row.entry.is_empty and isinstance(row.outcome, Waiting):
        points = "tính theo cả khối"
    return f"{points} / {format_trimmed(row.criterion.max_points, DECIMALS)} điểm"


def keep_sending(report: Report, *, actor) -> None:
    """The sheet is sent in under the table and the rules of now; the report is saved by others."""
    last = report.bloc_year.rules_amendments.aggregate(last=Max("number"))["last"]
    report.sent_table, report.sent_rules = report.table, last or 0
    keep_basis(report, actor=actor)


def sent_under(report: Report) -> str:
    """«phiên bản 1, quy định theo sửa đổi số 02»; empty before the sheet was sent in."""
    if report.sent_table is None:
        return ""
    rules = f", quy định theo sửa đổi số {report.sent_rules:02d}" if report.sent_rules else ""
    if report.sent_table_id == report.table_id:
        return f"{report.sent_table.version_words}{rules}"
    return f"{report.sent_table.version_words}{rules}; nay theo {report.table.version_words}"


def amendment_faults(report: Report) -> list[str]:
    """What amendments changed for a sheet that is in, while its unit has not settled it."""
    return basis_faults(report, ASK_UNIT) if report.state == ReportState.SUBMITTED else []


def waits_for_unit(report: Report) -> bool:
    """Whether the unit has to settle an amended table; asks nothing where the table is the same."""
    is_other = report.sent_table_id not in (None, report.table_id)
    return is_other and report.state == ReportState.SUBMITTED and bool(basis_changes(report))


def carry_basis(report: Report, lines: Mapping[int, int]) -> None:
    """What the sheet was sent with, told by the lines that continue its own (old to new ids)."""
    facts = kept_facts(report)
    if facts is None:
        return
    keys = {f"{LEAF}{old}": f"{LEAF}{new}" for old, new in lines.items()}
    moved = [BasisFact(keys.get(fact.key, fact.key), fact.name, fact.words) for fact in facts]
    keep_basis(report, actor=None, facts=moved)
