from agreements.views import agreements as views
from thidua.common.pages.addresses import page

app_name = "agreements"
YEAR = "nam-thi-dua/<int:year_pk>/giao-uoc/"
urlpatterns = [
    page(YEAR, views.AgreementDetail),
    page(f"{YEAR}lap/", views.AgreementStart),
    page(f"{YEAR}soan/", views.AgreementEdit),
    page(f"{YEAR}ky/", views.AgreementSign),
    page(f"{YEAR}van-ban.pdf", views.AgreementPaperPage),
    page(f"{YEAR}chuyen/<slug:move>/", views.AgreementMove),
]
