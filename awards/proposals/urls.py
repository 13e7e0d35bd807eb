"""Where the pages of “đề nghị khen thưởng” are."""

from awards.proposals import views
from thidua.common.pages.addresses import page

app_name = "proposals"
urlpatterns = [
    page("de-nghi/", views.ProposalList),
    page("nam-thi-dua/<int:year_pk>/de-nghi/", views.ProposalDetail),
    page("nam-thi-dua/<int:year_pk>/de-nghi/lap/", views.ProposalStart),
    page("nam-thi-dua/<int:year_pk>/de-nghi/soan/", views.ProposalEdit),
    page("nam-thi-dua/<int:year_pk>/de-nghi/cung-hang/<int:award_pk>/", views.ProposalTie),
    page("nam-thi-dua/<int:year_pk>/de-nghi/to-trinh.pdf", views.ProposalPaperPage),
    page("nam-thi-dua/<int:year_pk>/de-nghi/chuyen/<slug:move>/", views.ProposalMove),
]
