from django.urls import path

from blocs.reports.views import cells, evidence, report_lists, reports, sheets

YEAR = "nam-thi-dua/<int:year_pk>/bao-cao/"
REPORT = "bao-cao/<int:pk>/"
LEAF = f"{REPORT}minh-chung/<int:criterion_pk>/"
urlpatterns = [
    path(YEAR, report_lists.YearReports.as_view(), name="year_reports"),
    path(f"{YEAR}bat-dau/", report_lists.ReportStart.as_view(), name="report_start"),
    path("bao-cao/", report_lists.ReportList.as_view(), name="report_list"),
    path(REPORT, reports.ReportDetail.as_view(), name="report_detail"),
    path(f"{REPORT}noi-dung/", reports.ReportEdit.as_view(), name="report_edit"),
    path(f"{REPORT}tu-cham/", sheets.SheetEdit.as_view(), name="sheet_edit"),
    path(f"{REPORT}tu-cham/luu-o/", cells.SheetAutosave.as_view(), name="sheet_autosave"),
    path(f"{REPORT}tham-dinh/luu-o/", cells.AppraisalAutosave.as_view(), name="appraisal_autosave"),
    path(f"{REPORT}tham-dinh/", sheets.AppraisalEdit.as_view(), name="appraisal_edit"),
    path(f"{REPORT}giai-trinh/", reports.ExplanationEdit.as_view(), name="explanation_edit"),
    path(LEAF, evidence.EvidenceUpload.as_view(), name="evidence_upload"),
    path(f"{LEAF}<int:evidence_pk>/go/", evidence.EvidenceRemove.as_view(), name="evidence_remove"),
    path("minh-chung/<int:pk>/", evidence.EvidenceFile.as_view(), name="evidence_file"),
    # Last: every other word after the report is the name of a move.
    path(f"{REPORT}<slug:move>/", reports.ReportMove.as_view(), name="report_move"),
]
