from agreements.views import agreements as views
from agreements.views import answers, next_years, paper_copies
from thidua.common.pages.addresses import page
from thidua.papers.addresses import paper

app_name = "agreements"
YEAR = "nam-thi-dua/<int:year_pk>/giao-uoc/"
urlpatterns = [
    page("nam-thi-dua/lap-moi-khoi/", next_years.NextYears),
    page("nam-thi-dua/lap-moi-khoi/hoan-tac/", next_years.NextYearsUndo),
    page(YEAR, views.AgreementDetail),
    page(f"{YEAR}lap/", views.AgreementStart),
    page(f"{YEAR}soan/", views.AgreementEdit),
    page(f"{YEAR}ky/", answers.AgreementSign),
    page(f"{YEAR}khong-ky/", answers.AgreementDecline),
    page(f"{YEAR}rut-khong-ky/", answers.AgreementTakeBack),
    page(f"{YEAR}ban-giay/", paper_copies.AgreementCopy),
    *paper(f"{YEAR}van-ban", views.AgreementPaperPage),
    *paper(f"{YEAR}chu-ky-bo-sung", views.AgreementAdditionPage),
    page(f"{YEAR}chuyen/<slug:move>/", views.AgreementMove),
]
