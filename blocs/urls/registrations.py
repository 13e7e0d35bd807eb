from django.urls import path

from blocs.years.views import registrations as views

YEAR = "nam-thi-dua/<int:year_pk>/dang-ky/"
ONE = "dang-ky/<int:pk>/"
urlpatterns = [
    path(YEAR, views.RegistrationList.as_view(), name="registration_list"),
    path(f"{YEAR}lap/", views.RegistrationStart.as_view(), name="registration_start"),
    path(ONE, views.RegistrationDetail.as_view(), name="registration_detail"),
    path(f"{ONE}soan/", views.RegistrationEdit.as_view(), name="registration_edit"),
    path(f"{ONE}chuyen/<slug:move>/", views.RegistrationMove.as_view(), name="registration_move"),
]
