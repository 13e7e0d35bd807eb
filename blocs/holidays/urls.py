"""Where the office keeps the days that differ from the usual week."""

from blocs.holidays import views
from thidua.common.pages.addresses import page

app_name = "holidays"
urlpatterns = [
    page("ngay-nghi/", views.HolidayList),
    page("ngay-nghi/them/", views.HolidayNew),
    page("ngay-nghi/du-kien/", views.CalendarPropose),
    page("ngay-nghi/xac-nhan/", views.CalendarConfirm),
    page("ngay-nghi/<int:pk>/", views.HolidayEdit),
    page("ngay-nghi/<int:pk>/bo/", views.HolidayRemove),
]
