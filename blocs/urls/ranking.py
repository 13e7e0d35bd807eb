from django.urls import path

from blocs.ranking.views import proofs, relative
from blocs.ranking.views import ranking as views
from blocs.ranking.views import ranking_files as files

YEAR = "nam-thi-dua/<int:year_pk>/xep-hang/"
urlpatterns = [
    path(YEAR, views.RankingDetail.as_view(), name="ranking"),
    path(f"{YEAR}bang-tong-hop.pdf", files.RankingPaper.as_view(), name="ranking_paper"),
    path(
        f"{YEAR}chi-tiet-tieu-chi.pdf",
        files.RankingLeavesPaper.as_view(),
        name="ranking_leaves_paper",
    ),
    path(
        f"{YEAR}bang-tong-hop.xlsx",
        files.RankingWorkbook.as_view(),
        name="ranking_workbook",
    ),
    path(f"{YEAR}kiem-chung.json", proofs.RankingProof.as_view(), name="ranking_proof"),
    path("kiem-chung-xep-hang/", proofs.ProofCheck.as_view(), name="proof_check"),
    path(
        "nam-thi-dua/<int:year_pk>/diem-so-voi-don-vi-dan-dau/",
        relative.RelativePage.as_view(),
        name="relative_points",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bao-cao/bang-diem.xlsx",
        files.BlocWorkbook.as_view(),
        name="bloc_workbook",
    ),
    path("bao-cao/<int:pk>/bang-cham.pdf", files.ReportPaper.as_view(), name="report_paper"),
]
