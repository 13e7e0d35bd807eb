from thidua.accounts import factors
from thidua.accounts.provider import views as provider
from thidua.accounts.views import (
    PasswordChange,
    ResetSeen,
    SessionEnd,
    SessionList,
    SessionsEnd,
    SignIn,
    SignOut,
)
from thidua.common.pages.addresses import page

app_name = "accounts"
urlpatterns = [
    page("dang-nhap/", SignIn, "login"),
    page("dang-xuat/", SignOut, "logout"),
    page("tinh/", provider.ProviderBegin),
    page("tinh/ve/", provider.ProviderReturn),
    page("tinh/ra/", provider.ProviderLeave),
    page("doi-mat-khau/", PasswordChange),
    page("xac-thuc/", factors.FactorAsk),
    page("xac-thuc/dat/", factors.FactorNew),
    page("xac-thuc/buoc-hai/", factors.FactorDetail),
    page("xac-thuc/ma-du-phong/", factors.CodesNew),
    page("xac-thuc/ma-du-phong/moi/", factors.CodesShown),
    page("xac-thuc/lai/", factors.Prove),
    page("noi-dang-nhap/", SessionList),
    page("noi-dang-nhap/dang-xuat-noi-khac/", SessionsEnd),
    page("noi-dang-nhap/dang-xuat-mot-noi/", SessionEnd),
    page("da-biet-dat-lai-mat-khau/", ResetSeen),
]
