from django.urls import path

from blocs.reports.views import midyear
from blocs.reports.views import versions as views

REPORT = "bao-cao/<int:pk>/"
MIDYEAR = "nam-thi-dua/<int:year_pk>/so-ket/"
urlpatterns = [
    path(f"{REPORT}phien-ban/", views.VersionList.as_view(), name="version_list"),
    path(f"{REPORT}phien-ban/<int:number>/", views.VersionDetail.as_view(), name="version_detail"),
    path(f"{REPORT}so-sanh/", views.VersionCompare.as_view(), name="version_compare"),
    path(f"{REPORT}dinh-chinh/", views.ReportCorrect.as_view(), name="report_correct"),
    path(f"{REPORT}chot-so-ket/", views.MidyearFreeze.as_view(), name="midyear_freeze"),
    path(MIDYEAR, midyear.MidyearList.as_view(), name="midyear_list"),
    path(f"{MIDYEAR}chot/", midyear.MidyearFreezeYear.as_view(), name="midyear_freeze_year"),
    path(f"{MIDYEAR}<int:unit_pk>/", midyear.MidyearDetail.as_view(), name="midyear_detail"),
]
