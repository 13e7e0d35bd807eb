"""Where the pages of “đăng ký thi đua” are."""

from blocs.registrations import views
from thidua.common.pages.addresses import page

app_name = "registrations"
urlpatterns = [
    page("nam-thi-dua/<int:year_pk>/dang-ky/", views.RegistrationList),
    page("nam-thi-dua/<int:year_pk>/dang-ky/lap/", views.RegistrationStart),
    page("nam-thi-dua/<int:year_pk>/dang-ky/<int:unit_pk>/ban-giay/", views.RegistrationCopy),
    page("dang-ky/<int:pk>/", views.RegistrationDetail),
    page("dang-ky/<int:pk>/soan/", views.RegistrationEdit),
    page("dang-ky/<int:pk>/chuyen/<slug:move>/", views.RegistrationMove),
]
