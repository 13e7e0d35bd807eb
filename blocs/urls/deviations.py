from django.urls import path

from blocs.appraisal.views import deviations

YEAR = "nam-thi-dua/<int:year_pk>/"
urlpatterns = [
    path(f"{YEAR}doi-chieu-diem/", deviations.YearPoints.as_view(), name="year_points"),
    path(f"{YEAR}dau-hieu-hinh-thuc/", deviations.YearSigns.as_view(), name="year_signs"),
    path("bao-cao/<int:pk>/doi-chieu/", deviations.ReportDeviation.as_view(), name="deviation"),
]
