from thidua.common.pages.addresses import page
from thidua.home.late.views import LateList
from thidua.home.views import ChooseYear, FirstSteps, Search, Tasks

app_name = "home"
urlpatterns = [
    page("", Tasks),
    page("buoc-dau/", FirstSteps),
    page("tre-han/", LateList),
    page("nam/chon/", ChooseYear),
    page("tim-kiem/", Search),
]
