from thidua.common.pages.addresses import page
from thidua.home.views import ChooseYear, FirstSteps, LateList, Search, Tasks

app_name = "home"
urlpatterns = [
    page("", Tasks),
    page("buoc-dau/", FirstSteps),
    page("tre-han/", LateList),
    page("nam/chon/", ChooseYear),
    page("tim-kiem/", Search),
]
