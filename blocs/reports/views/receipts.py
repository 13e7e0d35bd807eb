"""The receipt of a sending as PDF: of the last one, or of one version."""

from django.shortcuts import get_object_or_404

from blocs.reports.documents import last_sent, receipt_of
from blocs.reports.models.versions import SheetVersion
from blocs.reports.views.reports import ReportPage
from blocs.states import VersionKind
from thidua.papers.views import PaperPage


class ReportReceipt(ReportPage, PaperPage):
    """What the unit keeps: drawn from the frozen version, the same whenever it is fetched."""

    permission_required = "reports.view_report"

    def build(self):
        version = get_object_or_404(self.get_versions(), number=self.get_number())
        return receipt_of(version, self.report)

    def get_versions(self):
        return SheetVersion.objects.filter(
            report=self.report, kind=VersionKind.SUBMITTED
        ).select_related("taken_by")

    def get_number(self):
        found = last_sent(self.report)
        return found.number if found else 0


class VersionReceipt(ReportReceipt):
    def get_number(self):
        return self.kwargs["number"]
