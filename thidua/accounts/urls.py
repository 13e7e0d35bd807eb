from django.contrib.auth.views import LogoutView
from django.urls import path

from thidua.accounts.views import PasswordChange, SignIn

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("doi-mat-khau/", PasswordChange.as_view(), name="password_change"),
]
