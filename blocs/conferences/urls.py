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
from thidua.papers.addresses import kept_paper, paper

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
    (f"{COUNT}lan/<int:number>/", ballots.BallotEdit),
    (f"{COUNT}lan/<int:number>/xoa/", ballots.BallotDelete),
    ("can-cu/", basis.VoteBasis),
    ("chuyen/<slug:move>/", conferences.ConferenceMove),
    ("bo/", sittings.ConferenceCallOff),
    ("ky-bien-ban/", minutes.MinutesSign),
    ("bien-ban-giay/", minutes.MinutesCopy),
)
PAPERS = (
    (f"{COUNT}bien-ban", minutes.CountingPreview),
    (f"{COUNT}lan/<int:number>/bien-ban", minutes.CountingPreview),
    ("bien-ban", minutes.MinutesPreview),
)
urlpatterns = [
    page(f"{YEAR}hoi-nghi/lap/", conferences.ConferenceNew),
    page(f"{YEAR}hoi-nghi-bo-sung/lap/", sittings.SittingNew),
    *(page(f"{start}{route}", view) for start in SITTINGS for route, view in OF_ONE),
    *(
        each
        for start in SITTINGS
        for route, view in PAPERS
        for each in paper(f"{start}{route}", view)
    ),
    *kept_paper("van-ban/<int:pk>/", minutes.PaperFile),
]
