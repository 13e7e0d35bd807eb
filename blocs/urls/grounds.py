from django.urls import path

from blocs.ranking.views import grounds as views

YEAR = "nam-thi-dua/<int:year_pk>/dieu-kien-loai/"
urlpatterns = [
    path(YEAR, views.GroundList.as_view(), name="ground_list"),
    path(f"{YEAR}ghi-nhan/", views.GroundNew.as_view(), name="ground_new"),
    path("dieu-kien-loai/<int:pk>/cham-dut/", views.GroundLift.as_view(), name="ground_lift"),
]
