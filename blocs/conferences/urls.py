"""Where the pages of “hội nghị” are: those of a sitting say which one, the closing one need not."""

from blocs.conferences.views import (
    ballots,
    basis,
    conference_detail,
    conferences,
    minutes,
    orders,
    sittings,
)
from thidua.common.pages.addresses import page

app_name = "conferences"
YEAR = "nam-thi-dua/<int:year_pk>/"
SITTINGS = (f"{YEAR}hoi-nghi/", f"{YEAR}hoi-nghi-bo-sung/<int:sitting>/")
COUNT = "kiem-phieu/<slug:kind>/"
OF_ONE = (
    ("", conference_detail.ConferenceDetail),
    ("sua/", conferences.ConferenceEdit),
    ("diem-danh/", conferences.AttendanceEdit),
    ("dai-bieu/<int:unit_pk>/", conferences.DelegateEdit),
    ("noi-dung/", conferences.AgendaEdit),
    ("thu-hang/", orders.OrderEdit),
    ("khoi-truong-nam-sau/", conferences.NextHeadsEdit),
    (f"{COUNT}", ballots.BallotEdit),
    (f"{COUNT}xoa/", ballots.BallotDelete),
    (f"{COUNT}bien-ban.pdf", minutes.CountingPreview),
    (f"{COUNT}lan/<int:number>/", ballots.BallotEdit),
    (f"{COUNT}lan/<int:number>/xoa/", ballots.BallotDelete),
    (f"{COUNT}lan/<int:number>/bien-ban.pdf", minutes.CountingPreview),
    ("can-cu/", basis.VoteBasis),
    ("chuyen/<slug:move>/", conferences.ConferenceMove),
    ("bien-ban.pdf", minutes.MinutesPreview),
    ("bo/", sittings.ConferenceCallOff),
    ("ky-bien-ban/", minutes.MinutesSign),
    ("bien-ban-giay/", minutes.MinutesCopy),
)
urlpatterns = [
    page(f"{YEAR}hoi-nghi/lap/", conferences.ConferenceNew),
    page(f"{YEAR}hoi-nghi-bo-sung/lap/", sittings.SittingNew),
    *(page(f"{start}{route}", view) for start in SITTINGS for route, view in OF_ONE),
    page("van-ban/<int:pk>/", minutes.PaperFile),
]
