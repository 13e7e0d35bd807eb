from django.urls import path

from thidua.home.views import ChooseYear, Search, Tasks

app_name = "home"
urlpatterns = [
    path("", Tasks.as_view(), name="tasks"),
    path("nam/chon/", ChooseYear.as_view(), name="choose_year"),
    path("tim-kiem/", Search.as_view(), name="search"),
]
