from django.urls import include, path

handler400 = "thidua.accounts.views.bad_request"
urlpatterns = [
    path("tai-khoan/", include("thidua.accounts.urls")),
    path("", include("thidua.home.urls")),
    path("", include("blocs.urls")),
    path("", include("agreements.urls")),
    path("", include("awards.urls")),
]
