"""Files that prove a result, small and made by the demo itself."""

import hashlib
from collections.abc import Mapping
from io import BytesIO

from django.core.files.base import ContentFile
from openpyxl import Workbook

from blocs.reports.models import Evidence, Report, Score
from thidua.common.files import CONTENT_TYPES
from thidua.demo.keeping import keep
from thidua.demo.log import minutes
from thidua.demo.world import Staged


def attach_evidence(staged: Staged, reports: Mapping[str, Report], path: str) -> None:
    """A list of initiatives for every report, attached to the leaf at `path`."""
    code = path.rpartition("/")[2]
    scores = Score.objects.filter(report__in=reports.values(), criterion__code=code)
    by_report = {score.report_id: score for score in scores}
    for unit_code, report in reports.items():
        score = by_report[report.pk]
        content = list_of_initiatives(report.unit.name, int(score.value))
        file = Evidence(
            unit=report.unit,
            name=f"Danh mục sáng kiến – {report.unit.short_name}.xlsx",
            content_type=CONTENT_TYPES[".xlsx"],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=staged.world.people.editors[unit_code],
        )
        file.file.save("danh-muc-sang-kien.xlsx", ContentFile(content), save=False)
        keep(file)
        score.evidence.add(file)
        Evidence.objects.filter(pk=file.pk).update(uploaded_at=score.saved_at - minutes(10))


def list_of_initiatives(unit: str, count: int) -> bytes:
    """A sheet with one line for each initiative."""
    book = Workbook()
    sheet = book.active
    sheet.append([f"DANH MỤC SÁNG KIẾN, MÔ HÌNH – {unit.upper()} (SỐ LIỆU MINH HỌA)"])
    sheet.append(["STT", "Tên sáng kiến, mô hình", "Quyết định công nhận"])
    for number in range(1, count + 1):
        sheet.append([number, f"Sáng kiến minh họa số {number}", "00/QĐ (minh họa)"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
