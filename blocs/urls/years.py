from django.urls import path

from blocs.years.views import members, regulation, years

YEAR = "nam-thi-dua/<int:year_pk>/"
urlpatterns = [
    path("nam-thi-dua/", years.YearList.as_view(), name="year_list"),
    path("nam-thi-dua/lap/", years.YearNew.as_view(), name="year_new"),
    path(YEAR, years.YearDetail.as_view(), name="year_detail"),
    path(f"{YEAR}sua/", years.YearEdit.as_view(), name="year_edit"),
    path(f"{YEAR}quy-dinh/", regulation.YearRulesEdit.as_view(), name="year_rules"),
    path(f"{YEAR}thanh-vien/", members.YearMembers.as_view(), name="year_members"),
    path(f"{YEAR}chuyen/<slug:move>/", years.YearMove.as_view(), name="year_move"),
]
