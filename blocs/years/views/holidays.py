"""The calendar of working days, kept by the office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from blocs.years.actions.holidays import add_fixed_holidays, keep_holiday, remove_holiday
from blocs.years.forms.holidays import HolidayForm
from blocs.years.models.work_calendar import Holiday
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import (
    FormPage,
    ListPage,
    ObjectFormPage,
    ObjectMixin,
    PagePermission,
    refuse,
)
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.dates import short_date

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class HolidayMixin:
    permission_required = "years.keep_holidays"
    crumb = ""

    def get_queryset(self):
        return Holiday.objects.all()

    def get_breadcrumbs(self):
        crumbs = [("Trang chủ", "/"), ("Ngày nghỉ, ngày làm bù", reverse("years:holiday_list"))]
        return [*crumbs, (self.crumb, None)] if self.crumb else [crumbs[0], (crumbs[1][0], None)]


class HolidayList(HolidayMixin, ListPage):
    template_name = "years/holidays/list.html"
    paginate_by = 60

    def get_rows(self):
        return Holiday.objects.filter(day__year=chosen_year(self.request)).order_by("day", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [(holiday, WEEKDAYS[holiday.day.weekday()]) for holiday in context["page_obj"]]
        return context | {"rows": rows, "chosen": chosen_year(self.request)}


class HolidayNew(HolidayMixin, FormPage):
    form_class = HolidayForm
    heading = crumb = "Thêm ngày nghỉ, ngày làm bù"
    success_message = "Đã thêm ngày vào lịch."

    def act(self, form):
        return keep_holiday(Holiday(), data=form.cleaned_data, actor=self.request.user)

    def get_success_url(self):
        return reverse("years:holiday_list")


class HolidayEdit(HolidayMixin, SecondWriter, ObjectFormPage):
    template_name = "years/holidays/edit.html"
    form_class = HolidayForm
    heading = crumb = "Sửa ngày nghỉ, ngày làm bù"

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        return keep_holiday(self.object, data=data, actor=actor, seen=seen)

    def get_success_url(self):
        return reverse("years:holiday_list")

    def get_context_data(self, **kwargs):
        remove_url = reverse("years:holiday_remove", args=(self.object.pk,))
        return super().get_context_data(remove_url=remove_url, **kwargs)


class HolidayRemove(HolidayMixin, ObjectMixin, View):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        day = short_date(self.object.day)
        remove_holiday(self.object, actor=request.user)
        messages.success(request, f"Đã bỏ ngày {day} khỏi lịch.")
        return redirect("years:holiday_list")


class HolidayFixed(HolidayMixin, PagePermission, View):
    """Adds the holidays with a fixed day to the chosen year."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        try:
            count = add_fixed_holidays(chosen_year(request), actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, f"Đã thêm {count:02d} ngày nghỉ cố định.")
        return redirect("years:holiday_list")
