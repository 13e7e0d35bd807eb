from django.urls import path

from agreements.views import agreements as views

app_name = "agreements"
YEAR = "nam-thi-dua/<int:year_pk>/giao-uoc/"
urlpatterns = [
    path(YEAR, views.AgreementDetail.as_view(), name="agreement_detail"),
    path(f"{YEAR}lap/", views.AgreementStart.as_view(), name="agreement_start"),
    path(f"{YEAR}soan/", views.AgreementEdit.as_view(), name="agreement_edit"),
    path(f"{YEAR}ky/", views.AgreementSign.as_view(), name="agreement_sign"),
    path(f"{YEAR}van-ban.pdf", views.AgreementPaperPage.as_view(), name="agreement_paper"),
    path(f"{YEAR}chuyen/<slug:move>/", views.AgreementMove.as_view(), name="agreement_move"),
]
