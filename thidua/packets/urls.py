from thidua.common.pages.addresses import page
from thidua.packets.views import YearPacket

app_name = "packets"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/ho-so.zip", YearPacket),
]
