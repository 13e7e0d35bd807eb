"""Where the pages of “hội nghị” are."""

from django.urls import path

from blocs.conferences.views import ballots, conference_detail, conferences, minutes

app_name = "conferences"
urlpatterns = [
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/",
        conference_detail.ConferenceDetail.as_view(),
        name="conference_detail",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/lap/",
        conferences.ConferenceNew.as_view(),
        name="conference_new",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/sua/",
        conferences.ConferenceEdit.as_view(),
        name="conference_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/diem-danh/",
        conferences.AttendanceEdit.as_view(),
        name="attendance_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/dai-bieu/<int:unit_pk>/",
        conferences.DelegateEdit.as_view(),
        name="delegate_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/noi-dung/",
        conferences.AgendaEdit.as_view(),
        name="agenda_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/khoi-truong-nam-sau/",
        conferences.NextHeadsEdit.as_view(),
        name="next_heads_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/kiem-phieu/<slug:kind>/",
        ballots.BallotEdit.as_view(),
        name="ballot_edit",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/kiem-phieu/<slug:kind>/xoa/",
        ballots.BallotDelete.as_view(),
        name="ballot_delete",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/kiem-phieu/<slug:kind>/bien-ban.pdf",
        minutes.CountingPreview.as_view(),
        name="counting_preview",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/chuyen/<slug:move>/",
        conferences.ConferenceMove.as_view(),
        name="conference_move",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/bien-ban.pdf",
        minutes.MinutesPreview.as_view(),
        name="minutes_preview",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/hoi-nghi/ky-bien-ban/",
        minutes.MinutesSign.as_view(),
        name="minutes_sign",
    ),
    path("van-ban/<int:pk>/", minutes.PaperFile.as_view(), name="paper_file"),
]
