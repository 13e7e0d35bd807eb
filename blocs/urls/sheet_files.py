from django.urls import path

from blocs.reports.views import sheet_files as views

REPORT = "bao-cao/<int:pk>/"
urlpatterns = [
    path(f"{REPORT}bang-diem.xlsx", views.SheetWorkbook.as_view(), name="sheet_workbook"),
    path(
        f"{REPORT}mau-bang-diem.xlsx",
        views.SheetWorkbook.as_view(is_blank=True),
        name="sheet_template",
    ),
    path(f"{REPORT}excel/", views.SheetFile.as_view(), name="sheet_file"),
    path(f"{REPORT}excel/ghi/", views.SheetFileApply.as_view(), name="sheet_file_apply"),
]
