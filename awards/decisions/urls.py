"""Where the pages of “quyết định khen thưởng” are."""

from awards.decisions.views import decisions, public
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "decisions"
urlpatterns = [
    page("quyet-dinh/", decisions.DecisionList),
    page("quyet-dinh/soan/", decisions.DecisionDraft, "decision_new"),
    page("quyet-dinh/<int:pk>/", decisions.DecisionDetail),
    page("quyet-dinh/<int:pk>/sua/", decisions.DecisionEdit),
    page("quyet-dinh/<int:pk>/bo/", decisions.DecisionDrop),
    page("quyet-dinh/<int:pk>/can-cu/", decisions.DecisionBasis),
    page("quyet-dinh/<int:pk>/ky/", decisions.DecisionSign),
    *paper("quyet-dinh/<int:pk>/van-ban", decisions.DecisionPaperPage),
    page("quyet-dinh/<int:pk>/chuyen/<slug:move>/", decisions.DecisionMove),
    page("cong-bo/", public.PublicDecisionList, "public_list"),
    page("cong-bo/tap-the/", public.PublicCommended),
    page("cong-bo/khoi/", public.PublicBlocList, "public_blocs"),
    page("cong-bo/khoi/<int:pk>/", public.PublicBloc),
    page("cong-bo/<int:pk>/", public.PublicDecision, "public_detail"),
]
