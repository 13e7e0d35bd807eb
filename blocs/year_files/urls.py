"""Where a whole year comes in from one workbook."""

from blocs.year_files import views
from thidua.common.pages.addresses import page

app_name = "year_files"
urlpatterns = [
    page("nam/tu-tep/", views.YearFileNew),
    page("nam/tu-tep/xem-truoc/<int:pk>/", views.YearFilePreview),
    page("nam/tu-tep/ghi/", views.YearFileApply),
    page("nam/tu-tep/mau.xlsx", views.YearFileTemplate),
]
