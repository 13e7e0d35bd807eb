from django.urls import path

from blocs.views import ranking as views

YEAR = "nam-thi-dua/<int:year_pk>/xep-hang/"
urlpatterns = [
    path(YEAR, views.RankingDetail.as_view(), name="ranking"),
    path(f"{YEAR}bang-tong-hop.pdf", views.RankingPaper.as_view(), name="ranking_paper"),
    path("bao-cao/<int:pk>/bang-cham.pdf", views.ReportPaper.as_view(), name="report_paper"),
]
