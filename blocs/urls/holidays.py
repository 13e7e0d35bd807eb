from django.urls import path

from blocs.years.views import holidays as views

urlpatterns = [
    path("ngay-nghi/", views.HolidayList.as_view(), name="holiday_list"),
    path("ngay-nghi/them/", views.HolidayNew.as_view(), name="holiday_new"),
    path("ngay-nghi/co-dinh/", views.HolidayFixed.as_view(), name="holiday_fixed"),
    path("ngay-nghi/<int:pk>/", views.HolidayEdit.as_view(), name="holiday_edit"),
    path("ngay-nghi/<int:pk>/bo/", views.HolidayRemove.as_view(), name="holiday_remove"),
]
