"""What is asked of a sheet whose table was amended after it was sent in."""

from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import guards as reports
from tests.factories.reports import DIRECT, row_of, submitted_report
from thidua.common.basis import UNCHANGED, keep_basis

ASKED = (
    "Căn cứ đã thay đổi: Mục I.1 Hoàn thành nhiệm vụ được giao: 9,5 / 40 điểm → 8 / 40 điểm. Lãnh "
    "đạo đơn vị xác nhận điểm tự chấm theo sửa đổi, hoặc mở lại để làm lại; đơn vị chưa làm thì "
    "khối trưởng trả lại báo cáo."
)


def kept(**changed):
    """A sheet that is in with its basis, and what became of its first leaf since."""
    report = submitted_report()
    keep_basis(report, actor=None)
    if changed:
        score = row_of(report, DIRECT).score
        type(score).objects.filter(pk=score.pk).update(**changed)
    found = Report.objects.for_page().get(pk=report.pk)
    found.known_sheet = read_sheet(found)
    return found


OF_AMENDMENTS = {
    reports.amendments_are_settled: [
        (submitted_report, []),
        (kept, []),
        (lambda: kept(self_points=8), [ASKED]),
    ],
    reports.amendment_was_made: [
        (kept, [UNCHANGED]),
        (lambda: kept(self_points=8), []),
    ],
}
