"""Where the pages of “báo cáo năm” are."""

from blocs.reports.views import (
    cells,
    evidence,
    locker,
    midyear,
    receipts,
    report_copies,
    report_lists,
    reports,
    sheets,
    versions,
)
from thidua.common.pages.addresses import page

app_name = "reports"
urlpatterns = [
    page("minh-chung/", locker.LockerList),
    page("minh-chung/tai-len/", locker.LockerUpload),
    page("minh-chung/<int:pk>/xem/", locker.LockerDetail),
    page("minh-chung/<int:pk>/thoi-han/", locker.LockerExpiry),
    page("minh-chung/<int:pk>/xoa/", locker.LockerDelete),
    page("bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/chon-tu-kho/", locker.LockerUse),
    page("nam-thi-dua/<int:year_pk>/bao-cao/", report_lists.YearReports),
    page("nam-thi-dua/<int:year_pk>/bao-cao/bat-dau/", report_lists.ReportStart),
    page("bao-cao/", report_lists.ReportList),
    page("bao-cao/<int:pk>/", reports.ReportDetail),
    page("bao-cao/<int:pk>/noi-dung/", reports.ReportEdit),
    page("bao-cao/<int:pk>/ban-giay/", report_copies.ReportCopy),
    page("bao-cao/<int:pk>/sua-doi/", reports.ReportAmended),
    page("bao-cao/<int:pk>/tu-cham/", sheets.SheetEdit),
    page("bao-cao/<int:pk>/tu-cham/luu-o/", cells.SheetAutosave),
    page("bao-cao/<int:pk>/tham-dinh/luu-o/", cells.AppraisalAutosave),
    page("bao-cao/<int:pk>/tham-dinh/", sheets.AppraisalEdit),
    page("bao-cao/<int:pk>/giai-trinh/", reports.ExplanationEdit),
    page("bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/", evidence.EvidenceUpload),
    page(
        "bao-cao/<int:pk>/minh-chung/<int:criterion_pk>/<int:evidence_pk>/go/",
        evidence.EvidenceRemove,
    ),
    page("minh-chung/<int:pk>/", evidence.EvidenceFile),
    page("bao-cao/<int:pk>/chuyen/<slug:move>/", reports.ReportMove),
    page("bao-cao/<int:pk>/phien-ban/", versions.VersionList),
    page("bao-cao/<int:pk>/phien-ban/<int:number>/", versions.VersionDetail),
    page("bao-cao/<int:pk>/giay-xac-nhan.pdf", receipts.ReportReceipt),
    page("bao-cao/<int:pk>/phien-ban/<int:number>/giay-xac-nhan.pdf", receipts.VersionReceipt),
    page("bao-cao/<int:pk>/so-sanh/", versions.VersionCompare),
    page("bao-cao/<int:pk>/dinh-chinh/", versions.ReportRectification, "report_rectify"),
    page("bao-cao/<int:pk>/chot-so-ket/", versions.MidyearFreeze),
    page("nam-thi-dua/<int:year_pk>/so-ket/", midyear.MidyearList),
    page("nam-thi-dua/<int:year_pk>/so-ket/chot/", midyear.MidyearFreezeYear),
    page("nam-thi-dua/<int:year_pk>/so-ket/<int:unit_pk>/", midyear.MidyearDetail),
]
