from django.urls import path

from awards.board import views as items
from awards.decisions.views import decisions, public
from awards.proposals import views as proposals

app_name = "awards"
YEAR = "nam-thi-dua/<int:year_pk>/de-nghi/"
ITEM = "de-nghi/dong/<int:pk>/"
DECISION = "quyet-dinh/<int:pk>/"
urlpatterns = [
    path("de-nghi/", proposals.ProposalList.as_view(), name="proposal_list"),
    path(YEAR, proposals.ProposalDetail.as_view(), name="proposal_detail"),
    path(f"{YEAR}lap/", proposals.ProposalStart.as_view(), name="proposal_start"),
    path(f"{YEAR}soan/", proposals.ProposalEdit.as_view(), name="proposal_edit"),
    path(f"{YEAR}to-trinh.pdf", proposals.ProposalPaperPage.as_view(), name="proposal_paper"),
    path(f"{YEAR}chuyen/<slug:move>/", proposals.ProposalMove.as_view(), name="proposal_move"),
    path(ITEM, items.ItemDetail.as_view(), name="item_detail"),
    path(f"{ITEM}ghi-chu/", items.ItemNote.as_view(), name="item_note"),
    path(f"{ITEM}y-kien/", items.OpinionGive.as_view(), name="opinion_give"),
    path(f"{ITEM}chuyen/<slug:move>/", items.ItemMove.as_view(), name="item_move"),
    path("quyet-dinh/", decisions.DecisionList.as_view(), name="decision_list"),
    path("quyet-dinh/soan/", decisions.DecisionDraft.as_view(), name="decision_new"),
    path(DECISION, decisions.DecisionDetail.as_view(), name="decision_detail"),
    path(f"{DECISION}sua/", decisions.DecisionEdit.as_view(), name="decision_edit"),
    path(f"{DECISION}ky/", decisions.DecisionSign.as_view(), name="decision_sign"),
    path(f"{DECISION}van-ban.pdf", decisions.DecisionPaperPage.as_view(), name="decision_paper"),
    path(f"{DECISION}chuyen/<slug:move>/", decisions.DecisionMove.as_view(), name="decision_move"),
    path("hinh-thuc/", decisions.AwardKindList.as_view(), name="kind_list"),
    path("hinh-thuc/them/", decisions.AwardKindNew.as_view(), name="kind_new"),
    path("hinh-thuc/<int:pk>/", decisions.AwardKindEdit.as_view(), name="kind_edit"),
    path("cong-bo/", public.PublicDecisionList.as_view(), name="public_list"),
    path("cong-bo/khoi/", public.PublicBlocList.as_view(), name="public_blocs"),
    path("cong-bo/<int:pk>/", public.PublicDecision.as_view(), name="public_detail"),
]
