from thidua.common.pages.addresses import page
from thidua.view_as.views import ViewAsEnd, ViewAsNew

app_name = "view_as"
urlpatterns = [
    page("xem-nhu/", ViewAsNew),
    page("xem-nhu/ket-thuc/", ViewAsEnd),
]
