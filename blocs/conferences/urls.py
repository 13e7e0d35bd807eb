"""Where the pages of “hội nghị” are."""

from blocs.conferences.views import ballots, basis, conference_detail, conferences, minutes
from thidua.common.pages.addresses import page

app_name = "conferences"
COUNT = "nam-thi-dua/<int:year_pk>/hoi-nghi/kiem-phieu/<slug:kind>/"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/", conference_detail.ConferenceDetail),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/lap/", conferences.ConferenceNew),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/sua/", conferences.ConferenceEdit),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/diem-danh/", conferences.AttendanceEdit),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/dai-bieu/<int:unit_pk>/", conferences.DelegateEdit),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/noi-dung/", conferences.AgendaEdit),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/khoi-truong-nam-sau/", conferences.NextHeadsEdit),
    page(f"{COUNT}", ballots.BallotEdit),
    page(f"{COUNT}xoa/", ballots.BallotDelete),
    page(f"{COUNT}bien-ban.pdf", minutes.CountingPreview),
    page(f"{COUNT}lan/<int:number>/", ballots.BallotEdit),
    page(f"{COUNT}lan/<int:number>/xoa/", ballots.BallotDelete),
    page(f"{COUNT}lan/<int:number>/bien-ban.pdf", minutes.CountingPreview),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/can-cu/", basis.VoteBasis),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/chuyen/<slug:move>/", conferences.ConferenceMove),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/bien-ban.pdf", minutes.MinutesPreview),
    page("nam-thi-dua/<int:year_pk>/hoi-nghi/ky-bien-ban/", minutes.MinutesSign),
    page("van-ban/<int:pk>/", minutes.PaperFile),
]
