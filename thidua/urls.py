from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("thidua.accounts.urls")),
    path("", include("thidua.home.urls")),
    path("", include("blocs.urls")),
    path("", include("agreements.urls")),
    path("", include("awards.urls")),
]
