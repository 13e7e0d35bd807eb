"""Where the pages of “xếp hạng” are."""

from django.urls import path

from blocs.ranking.views import grounds, proofs, ranking, ranking_files, relative, what_if

app_name = "ranking"
urlpatterns = [
    path(
        "nam-thi-dua/<int:year_pk>/dieu-kien-loai/",
        grounds.GroundList.as_view(),
        name="ground_list",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/dieu-kien-loai/ghi-nhan/",
        grounds.GroundNew.as_view(),
        name="ground_new",
    ),
    path("dieu-kien-loai/<int:pk>/cham-dut/", grounds.GroundLift.as_view(), name="ground_lift"),
    path("nam-thi-dua/<int:year_pk>/xep-hang/", ranking.RankingDetail.as_view(), name="ranking"),
    path(
        "nam-thi-dua/<int:year_pk>/xep-hang/bang-tong-hop.pdf",
        ranking_files.RankingPaper.as_view(),
        name="ranking_paper",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/xep-hang/chi-tiet-tieu-chi.pdf",
        ranking_files.RankingLeavesPaper.as_view(),
        name="ranking_leaves_paper",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/xep-hang/bang-tong-hop.xlsx",
        ranking_files.RankingWorkbook.as_view(),
        name="ranking_workbook",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/xep-hang/kiem-chung.json",
        proofs.RankingProof.as_view(),
        name="ranking_proof",
    ),
    path("kiem-chung-xep-hang/", proofs.ProofCheck.as_view(), name="proof_check"),
    path(
        "nam-thi-dua/<int:year_pk>/diem-so-voi-don-vi-dan-dau/",
        relative.RelativePage.as_view(),
        name="relative_points",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/bao-cao/bang-diem.xlsx",
        ranking_files.BlocWorkbook.as_view(),
        name="bloc_workbook",
    ),
    path(
        "bao-cao/<int:pk>/bang-cham.pdf", ranking_files.ReportPaper.as_view(), name="report_paper"
    ),
    path("bang-diem/<int:pk>/tinh-thu/", what_if.WhatIf.as_view(), name="what_if"),
]
