"""Where the pages of “xếp hạng” are."""

from blocs.ranking.views import (
    grounds,
    proofs,
    ranking,
    ranking_files,
    relative,
    seals,
    stated,
    what_if,
)
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "ranking"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/dieu-kien-loai/", grounds.GroundList),
    page("nam-thi-dua/<int:year_pk>/dieu-kien-loai/ghi-nhan/", grounds.GroundNew),
    page("dieu-kien-loai/<int:pk>/cham-dut/", grounds.GroundLift),
    page("nam-thi-dua/<int:year_pk>/xep-hang/", ranking.RankingDetail, "ranking"),
    page("nam-thi-dua/<int:year_pk>/xep-hang/theo-bien-ban/", stated.StatedResults),
    page("nam-thi-dua/<int:year_pk>/xep-hang/can-cu/", seals.RankingBasis),
    *paper("nam-thi-dua/<int:year_pk>/xep-hang/bang-tong-hop", ranking_files.RankingPaper),
    *paper(
        "nam-thi-dua/<int:year_pk>/xep-hang/chi-tiet-tieu-chi", ranking_files.RankingLeavesPaper
    ),
    page("nam-thi-dua/<int:year_pk>/xep-hang/bang-tong-hop.xlsx", ranking_files.RankingWorkbook),
    page("nam-thi-dua/<int:year_pk>/xep-hang/kiem-chung.json", proofs.RankingProof),
    page("kiem-chung-xep-hang/", proofs.ProofCheck),
    page(
        "nam-thi-dua/<int:year_pk>/diem-so-voi-don-vi-dan-dau/",
        relative.RelativePage,
        "relative_points",
    ),
    page("nam-thi-dua/<int:year_pk>/bao-cao/bang-diem.xlsx", ranking_files.BlocWorkbook),
    *paper("bao-cao/<int:pk>/bang-cham", ranking_files.ReportPaper),
    page("bang-diem/<int:pk>/tinh-thu/", what_if.WhatIf),
]
