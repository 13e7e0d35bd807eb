"""Where the pages of “đề nghị khen thưởng” are."""

from awards.proposals.views import basis, kinds, proposals, ties
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "proposals"
urlpatterns = [
    page("hinh-thuc/", kinds.AwardKindList, "kind_list"),
    page("hinh-thuc/them/", kinds.AwardKindNew, "kind_new"),
    page("hinh-thuc/nap/", kinds.AwardKindLoad, "kind_load"),
    page("hinh-thuc/<int:pk>/", kinds.AwardKindEdit, "kind_edit"),
    page("de-nghi/", proposals.ProposalList),
    page("nam-thi-dua/<int:year_pk>/de-nghi/", proposals.ProposalDetail),
    page("nam-thi-dua/<int:year_pk>/de-nghi/lap/", proposals.ProposalStart),
    page("nam-thi-dua/<int:year_pk>/de-nghi/soan/", proposals.ProposalEdit),
    page("nam-thi-dua/<int:year_pk>/de-nghi/can-cu/", basis.ProposalBasis),
    page("nam-thi-dua/<int:year_pk>/de-nghi/cung-hang/<int:award_pk>/", ties.ProposalTie),
    *paper("nam-thi-dua/<int:year_pk>/de-nghi/to-trinh", proposals.ProposalPaperPage),
    page("nam-thi-dua/<int:year_pk>/de-nghi/chuyen/<slug:move>/", proposals.ProposalMove),
]
