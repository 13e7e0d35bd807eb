"""Where the pages of “quyết định khen thưởng” are."""

from django.urls import path

from awards.decisions.views import decisions, public

app_name = "decisions"
urlpatterns = [
    path("quyet-dinh/", decisions.DecisionList.as_view(), name="decision_list"),
    path("quyet-dinh/soan/", decisions.DecisionDraft.as_view(), name="decision_new"),
    path("quyet-dinh/<int:pk>/", decisions.DecisionDetail.as_view(), name="decision_detail"),
    path("quyet-dinh/<int:pk>/sua/", decisions.DecisionEdit.as_view(), name="decision_edit"),
    path("quyet-dinh/<int:pk>/ky/", decisions.DecisionSign.as_view(), name="decision_sign"),
    path(
        "quyet-dinh/<int:pk>/van-ban.pdf",
        decisions.DecisionPaperPage.as_view(),
        name="decision_paper",
    ),
    path(
        "quyet-dinh/<int:pk>/chuyen/<slug:move>/",
        decisions.DecisionMove.as_view(),
        name="decision_move",
    ),
    path("cong-bo/", public.PublicDecisionList.as_view(), name="public_list"),
    path("cong-bo/khoi/", public.PublicBlocList.as_view(), name="public_blocs"),
    path("cong-bo/<int:pk>/", public.PublicDecision.as_view(), name="public_detail"),
]
