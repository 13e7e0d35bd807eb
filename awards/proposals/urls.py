"""Where the pages of “đề nghị khen thưởng” are."""

from django.urls import path

from awards.proposals import views

app_name = "proposals"
urlpatterns = [
    path("de-nghi/", views.ProposalList.as_view(), name="proposal_list"),
    path(
        "nam-thi-dua/<int:year_pk>/de-nghi/", views.ProposalDetail.as_view(), name="proposal_detail"
    ),
    path(
        "nam-thi-dua/<int:year_pk>/de-nghi/lap/",
        views.ProposalStart.as_view(),
        name="proposal_start",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/de-nghi/soan/",
        views.ProposalEdit.as_view(),
        name="proposal_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/de-nghi/to-trinh.pdf",
        views.ProposalPaperPage.as_view(),
        name="proposal_paper",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/de-nghi/chuyen/<slug:move>/",
        views.ProposalMove.as_view(),
        name="proposal_move",
    ),
]
