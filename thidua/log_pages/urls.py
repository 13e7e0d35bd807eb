from thidua.common.pages.addresses import page
from thidua.log_pages.views import LogBook, LogHeads, LogTable, LogWorkbook

app_name = "log_pages"
urlpatterns = [
    page("nhat-ky/", LogBook),
    page("nhat-ky/excel/", LogWorkbook),
    page("nhat-ky/csv/", LogTable),
    page("nhat-ky/dau-chuoi/", LogHeads),
]
