from django.urls import path

from blocs.units.views import people as views

PERSON = "nguoi-dung/<int:pk>/"
urlpatterns = [
    path("nguoi-dung/", views.PersonList.as_view(), name="person_list"),
    path("nguoi-dung/them/", views.PersonNew.as_view(), name="person_new"),
    path(PERSON, views.PersonDetail.as_view(), name="person_detail"),
    path(f"{PERSON}sua/", views.PersonEdit.as_view(), name="person_edit"),
    path(f"{PERSON}vi-tri/them/", views.SeatNew.as_view(), name="seat_new"),
    path("vi-tri/<int:pk>/ket-thuc/", views.SeatEnd.as_view(), name="seat_end"),
    path(f"{PERSON}mat-khau/", views.PersonReset.as_view(), name="person_reset"),
    path(f"{PERSON}ngung/", views.PersonStop.as_view(), name="person_stop"),
    path(f"{PERSON}mo-lai/", views.PersonResume.as_view(), name="person_resume"),
    path("nhat-ky-he-thong/", views.LogList.as_view(), name="log_list"),
]
