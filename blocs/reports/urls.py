"""Where the pages of “báo cáo năm” are."""

from django.urls import path

from blocs.reports.views import (
    cells,
    evidence,
    locker,
    midyear,
    report_lists,
    reports,
    sheet_files,
    sheets,
    versions,
)

app_name = "reports"
urlpatterns = [
    path("minh-chung/", locker.LockerList.as_view(), name="locker_list"),
    path("minh-chung/tai-len/", locker.LockerUpload.as_view(), name="locker_upload"),
    path("minh-chung/<int:pk>/xem/", locker.LockerDetail.as_view(), name="locker_detail"),
    path("minh-chung/<int:pk>/thoi-han/", locker.LockerExpiry.as_view(), name="locker_expiry"),
    path("minh-chung/<int:pk>/xoa/", locker.LockerDelete.as_view(), name="locker_delete"),
    path(
        "bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/chon-tu-kho/",
        locker.LockerUse.as_view(),
        name="locker_use",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bao-cao/",
        report_lists.YearReports.as_view(),
        name="year_reports",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bao-cao/bat-dau/",
        report_lists.ReportStart.as_view(),
        name="report_start",
    ),
    path("bao-cao/", report_lists.ReportList.as_view(), name="report_list"),
    path("bao-cao/<int:pk>/", reports.ReportDetail.as_view(), name="report_detail"),
    path("bao-cao/<int:pk>/noi-dung/", reports.ReportEdit.as_view(), name="report_edit"),
    path("bao-cao/<int:pk>/tu-cham/", sheets.SheetEdit.as_view(), name="sheet_edit"),
    path("bao-cao/<int:pk>/tu-cham/luu-o/", cells.SheetAutosave.as_view(), name="sheet_autosave"),
    path(
        "bao-cao/<int:pk>/tham-dinh/luu-o/",
        cells.AppraisalAutosave.as_view(),
        name="appraisal_autosave",
    ),
    path("bao-cao/<int:pk>/tham-dinh/", sheets.AppraisalEdit.as_view(), name="appraisal_edit"),
    path(
        "bao-cao/<int:pk>/giai-trinh/", reports.ExplanationEdit.as_view(), name="explanation_edit"
    ),
    path(
        "bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/",
        evidence.EvidenceUpload.as_view(),
        name="evidence_upload",
    ),
    path(
        "bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/<int:evidence_pk>/go/",
        evidence.EvidenceRemove.as_view(),
        name="evidence_remove",
    ),
    path("minh-chung/<int:pk>/", evidence.EvidenceFile.as_view(), name="evidence_file"),
    path("bao-cao/<int:pk>/chuyen/<slug:move>/", reports.ReportMove.as_view(), name="report_move"),
    path(
        "bao-cao/<int:pk>/bang-diem.xlsx",
        sheet_files.SheetWorkbook.as_view(),
        name="sheet_workbook",
    ),
    path(
        "bao-cao/<int:pk>/mau-bang-diem.xlsx",
        sheet_files.SheetWorkbook.as_view(is_blank=True),
        name="sheet_template",
    ),
    path("bao-cao/<int:pk>/excel/", sheet_files.SheetFile.as_view(), name="sheet_file"),
    path(
        "bao-cao/<int:pk>/excel/ghi/", sheet_files.SheetFileApply.as_view(), name="sheet_file_apply"
    ),
    path("bao-cao/<int:pk>/phien-ban/", versions.VersionList.as_view(), name="version_list"),
    path(
        "bao-cao/<int:pk>/phien-ban/<int:number>/",
        versions.VersionDetail.as_view(),
        name="version_detail",
    ),
    path("bao-cao/<int:pk>/so-sanh/", versions.VersionCompare.as_view(), name="version_compare"),
    path(
        "bao-cao/<int:pk>/dinh-chinh/",
        versions.ReportRectification.as_view(),
        name="report_rectify",
    ),
    path("bao-cao/<int:pk>/chot-so-ket/", versions.MidyearFreeze.as_view(), name="midyear_freeze"),
    path("nam-thi-dua/<int:year_pk>/so-ket/", midyear.MidyearList.as_view(), name="midyear_list"),
    path(
        "nam-thi-dua/<int:year_pk>/so-ket/chot/",
        midyear.MidyearFreezeYear.as_view(),
        name="midyear_freeze_year",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/so-ket/<int:unit_pk>/",
        midyear.MidyearDetail.as_view(),
        name="midyear_detail",
    ),
]
