from thidua.common.pages.addresses import page
from thidua.upkeep.views import Alive, Health

app_name = "upkeep"
urlpatterns = [
    page("suc-khoe/", Alive),
    page("van-hanh/", Health),
]
