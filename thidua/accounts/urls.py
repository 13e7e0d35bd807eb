from django.contrib.auth.views import LogoutView

from thidua.accounts.views import PasswordChange, ResetSeen, SignIn
from thidua.common.pages.addresses import page

app_name = "accounts"
urlpatterns = [
    page("dang-nhap/", SignIn, "login"),
    page("dang-xuat/", LogoutView, "logout"),
    page("doi-mat-khau/", PasswordChange),
    page("da-biet-dat-lai-mat-khau/", ResetSeen),
]
