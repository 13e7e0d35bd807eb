"""Where score sheets go out as Excel forms and come back."""

from blocs.sheet_files import views
from thidua.common.pages.addresses import page

app_name = "sheet_files"
urlpatterns = [
    page("bao-cao/<int:pk>/bang-diem.xlsx", views.SheetWorkbook),
    page(
        "bao-cao/<int:pk>/mau-bang-diem.xlsx", views.SheetWorkbook, "sheet_template", is_blank=True
    ),
    page("bao-cao/<int:pk>/excel/", views.SheetFile),
    page("bao-cao/<int:pk>/excel/ghi/", views.SheetFileApply),
]
