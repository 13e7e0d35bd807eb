"""Where the pages of “đơn vị, khối, con người” are."""

from django.urls import path

from blocs.units.views import blocs, people, units

app_name = "units"
urlpatterns = [
    path("khoi/", blocs.BlocList.as_view(), name="bloc_list"),
    path("khoi/them/", blocs.BlocNew.as_view(), name="bloc_new"),
    path("khoi/<int:pk>/", blocs.BlocDetail.as_view(), name="bloc_detail"),
    path("khoi/<int:pk>/sua/", blocs.BlocEdit.as_view(), name="bloc_edit"),
    path("khoi/<int:pk>/thanh-vien/them/", blocs.MemberAdd.as_view(), name="member_add"),
    path("khoi/<int:pk>/thanh-vien/dan/", blocs.MemberPaste.as_view(), name="member_paste"),
    path("thanh-vien/<int:pk>/roi-khoi/", blocs.MemberEnd.as_view(), name="member_end"),
    path("nguoi-dung/", people.PersonList.as_view(), name="person_list"),
    path("nguoi-dung/them/", people.PersonNew.as_view(), name="person_new"),
    path("nguoi-dung/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("nguoi-dung/<int:pk>/sua/", people.PersonEdit.as_view(), name="person_edit"),
    path("nguoi-dung/<int:pk>/vi-tri/them/", people.SeatNew.as_view(), name="seat_new"),
    path("vi-tri/<int:pk>/ket-thuc/", people.SeatEnd.as_view(), name="seat_end"),
    path("nguoi-dung/<int:pk>/mat-khau/", people.PersonReset.as_view(), name="person_reset"),
    path("nguoi-dung/<int:pk>/ngung/", people.PersonStop.as_view(), name="person_stop"),
    path("nguoi-dung/<int:pk>/mo-lai/", people.PersonResume.as_view(), name="person_resume"),
    path("nhat-ky-he-thong/", people.LogList.as_view(), name="log_list"),
    path("don-vi/", units.UnitList.as_view(), name="unit_list"),
    path("don-vi/them/", units.UnitNew.as_view(), name="unit_new"),
    path("don-vi/<int:pk>/", units.UnitDetail.as_view(), name="unit_detail"),
    path("don-vi/<int:pk>/sua/", units.UnitEdit.as_view(), name="unit_edit"),
    path("don-vi/<int:pk>/ke-thua/", units.UnitSuccessionPage.as_view(), name="unit_succession"),
]
