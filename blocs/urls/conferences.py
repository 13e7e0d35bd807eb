from django.urls import path

from blocs.conferences.views import ballots, conferences, minutes
from blocs.conferences.views.conference_detail import ConferenceDetail

YEAR = "nam-thi-dua/<int:year_pk>/hoi-nghi/"
urlpatterns = [
    path(YEAR, ConferenceDetail.as_view(), name="conference_detail"),
    path(f"{YEAR}lap/", conferences.ConferenceNew.as_view(), name="conference_new"),
    path(f"{YEAR}sua/", conferences.ConferenceEdit.as_view(), name="conference_edit"),
    path(f"{YEAR}diem-danh/", conferences.AttendanceEdit.as_view(), name="attendance_edit"),
    path(
        f"{YEAR}dai-bieu/<int:unit_pk>/",
        conferences.DelegateEdit.as_view(),
        name="delegate_edit",
    ),
    path(f"{YEAR}noi-dung/", conferences.AgendaEdit.as_view(), name="agenda_edit"),
    path(
        f"{YEAR}khoi-truong-nam-sau/",
        conferences.NextHeadsEdit.as_view(),
        name="next_heads_edit",
    ),
    path(f"{YEAR}kiem-phieu/<slug:kind>/", ballots.BallotEdit.as_view(), name="ballot_edit"),
    path(
        f"{YEAR}kiem-phieu/<slug:kind>/xoa/",
        ballots.BallotDelete.as_view(),
        name="ballot_delete",
    ),
    path(
        f"{YEAR}kiem-phieu/<slug:kind>/bien-ban.pdf",
        minutes.CountingPreview.as_view(),
        name="counting_preview",
    ),
    path(
        f"{YEAR}chuyen/<slug:move>/", conferences.ConferenceMove.as_view(), name="conference_move"
    ),
    path(f"{YEAR}bien-ban.pdf", minutes.MinutesPreview.as_view(), name="minutes_preview"),
    path(f"{YEAR}ky-bien-ban/", minutes.MinutesSign.as_view(), name="minutes_sign"),
    path("van-ban/<int:pk>/", minutes.PaperFile.as_view(), name="paper_file"),
]
