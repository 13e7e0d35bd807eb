from thidua.common.pages.addresses import page
from thidua.upkeep.views import Health

app_name = "upkeep"
urlpatterns = [
    page("van-hanh/", Health),
]
