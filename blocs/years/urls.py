"""Where the pages of “năm thi đua” are."""

from django.urls import path

from blocs.years.views import awards, holidays, members, registrations, regulation, years

app_name = "years"
urlpatterns = [
    path("ngay-nghi/", holidays.HolidayList.as_view(), name="holiday_list"),
    path("ngay-nghi/them/", holidays.HolidayNew.as_view(), name="holiday_new"),
    path("ngay-nghi/co-dinh/", holidays.HolidayFixed.as_view(), name="holiday_fixed"),
    path("ngay-nghi/<int:pk>/", holidays.HolidayEdit.as_view(), name="holiday_edit"),
    path("ngay-nghi/<int:pk>/bo/", holidays.HolidayRemove.as_view(), name="holiday_remove"),
    path(
        "nam-thi-dua/<int:year_pk>/dang-ky/",
        registrations.RegistrationList.as_view(),
        name="registration_list",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/dang-ky/lap/",
        registrations.RegistrationStart.as_view(),
        name="registration_start",
    ),
    path(
        "dang-ky/<int:pk>/", registrations.RegistrationDetail.as_view(), name="registration_detail"
    ),
    path(
        "dang-ky/<int:pk>/soan/", registrations.RegistrationEdit.as_view(), name="registration_edit"
    ),
    path(
        "dang-ky/<int:pk>/chuyen/<slug:move>/",
        registrations.RegistrationMove.as_view(),
        name="registration_move",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/quy-dinh-cham-diem/",
        regulation.ScoringRulesDetail.as_view(),
        name="scoring_rules",
    ),
    path(
        "nam-thi-dua/<int:year_pk>/quy-dinh-cham-diem/sua/",
        regulation.ScoringRulesEdit.as_view(),
        name="scoring_rules_edit",
    ),
    path("nam-thi-dua/", years.YearList.as_view(), name="year_list"),
    path("nam-thi-dua/lap/", years.YearNew.as_view(), name="year_new"),
    path("nam-thi-dua/<int:year_pk>/", years.YearDetail.as_view(), name="year_detail"),
    path("nam-thi-dua/<int:year_pk>/sua/", years.YearEdit.as_view(), name="year_edit"),
    path(
        "nam-thi-dua/<int:year_pk>/quy-dinh/", regulation.YearRulesEdit.as_view(), name="year_rules"
    ),
    path(
        "nam-thi-dua/<int:year_pk>/thanh-vien/", members.YearMembers.as_view(), name="year_members"
    ),
    path(
        "nam-thi-dua/<int:year_pk>/chuyen/<slug:move>/", years.YearMove.as_view(), name="year_move"
    ),
    path("hinh-thuc/", awards.AwardKindList.as_view(), name="kind_list"),
    path("hinh-thuc/them/", awards.AwardKindNew.as_view(), name="kind_new"),
    path("hinh-thuc/<int:pk>/", awards.AwardKindEdit.as_view(), name="kind_edit"),
]
