"""Where people make and end tokens."""

from thidua.api.views import tokens
from thidua.common.pages.addresses import page

app_name = "tokens"
urlpatterns = [
    page("tai-khoan/ma-truy-cap/", tokens.TokenList),
    page("tai-khoan/ma-truy-cap/lap/", tokens.TokenNew),
    page("tai-khoan/ma-truy-cap/moi/", tokens.TokenShown),
    page("ma-truy-cap/", tokens.TokenRegister),
    page("ma-truy-cap/<int:pk>/ket-thuc/", tokens.TokenEnd),
]
