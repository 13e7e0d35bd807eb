from thidua.common.pages.addresses import page
from thidua.home.views import ChooseYear, Search, Tasks

app_name = "home"
urlpatterns = [
    page("", Tasks),
    page("nam/chon/", ChooseYear),
    page("tim-kiem/", Search),
]
