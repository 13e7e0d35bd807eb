"""The calendar of working days, kept by the office: proposed, corrected, confirmed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.holidays.actions import (
    confirm_calendar,
    keep_holiday,
    propose_calendar,
    remove_holiday,
)
from blocs.holidays.forms import (
    CalendarConfirmForm,
    CalendarProposeForm,
    HolidayForm,
    HolidayRemoveForm,
)
from blocs.legal.domain.holidays import CalendarDay, proposed_days
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.years.models.work_calendar import (
    Holiday,
    YearCalendar,
    confirmed_calendar,
    days_of_year,
    moved_windows,
    work_calendar,
)
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ObjectFormPage, PagePermission
from thidua.common.pages.years import chosen_year
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits, whole_number

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
FIRST, LAST = 2000, 2100
AHEAD = 3


def asked_year(request) -> int:
    """The year of the address («nam»), else the chosen one."""
    year = whole_number(request.GET.get("nam", ""))
    return year if year and FIRST <= year <= LAST else chosen_year(request)


def calendar_url(name: str, year: int) -> str:
    return f"{reverse(name)}?{urlencode({'nam': year})}"


class HolidayMixin:
    permission_required = "years.keep_holidays"
    crumb = ""

    def get_queryset(self):
        return Holiday.objects.all()

    def get_breadcrumbs(self):
        crumbs = [("Trang chủ", "/"), ("Ngày nghỉ, ngày làm bù", reverse("holidays:holiday_list"))]
        return [*crumbs, (self.crumb, None)] if self.crumb else [crumbs[0], (crumbs[1][0], None)]

    def get_success_url(self):
        return calendar_url("holidays:holiday_list", self.get_year())

    def get_year(self) -> int:
        return asked_year(self.request)


class HolidayList(HolidayMixin, PagePermission, TemplateView):
    """One year: its days, kept or only proposed, and how each year up to three ahead stands."""

    template_name = "holidays/list.html"

    def get_context_data(self, **kwargs):
        year = self.get_year()
        days, is_kept = days_of_year(year)
        known = {one.year: one for one in YearCalendar.objects.all()}
        return super().get_context_data(
            rows=[(one, WEEKDAYS[one.day.weekday()]) for one in days],
            is_kept=is_kept,
            chosen=year,
            calendar=known.get(year),
            years=[
                {
                    "year": one,
                    "words": state_words(known.get(one)),
                    "url": calendar_url("holidays:holiday_list", one),
                }
                for one in years_shown(year)
            ],
            propose_url=calendar_url("holidays:calendar_propose", year),
            confirm_url=calendar_url("holidays:calendar_confirm", year),
            **kwargs,
        )


def years_shown(chosen: int) -> list[int]:
    """The running year, three ahead, and the chosen one."""
    today = timezone.localdate().year
    return sorted({chosen, *range(today, today + AHEAD + 1)})


def state_words(calendar: YearCalendar | None) -> str:
    """«dự kiến», or by which document the year was confirmed."""
    if calendar is None:
        return "dự kiến"
    dated = f" ngày {short_date(calendar.dated_on)}" if calendar.dated_on else ""
    return f"đã xác nhận theo {calendar.document}{dated}"


class AsksAboutWindows:
    """Before anything is saved the page lists the windows that move, and asks.

    Saving is confirmed by the stamp of that list: where it has changed since, it is shown again.
    """

    template_name = "holidays/form.html"

    def calendar_after(self, form, calendar: WorkCalendar) -> WorkCalendar:
        """The calendar as it would be once the form was saved."""
        raise NotImplementedError

    def year_touched(self, form) -> int:
        return self.get_year()

    def form_valid(self, form):
        year = self.year_touched(form)
        calendar = work_calendar(year - 1, year, year + 1)
        moved = moved_windows(calendar, self.calendar_after(form, calendar))
        stamp = stamp_of(*moved)
        if moved and self.request.POST.get("confirmed") != stamp:
            return self.render_to_response(
                self.get_context_data(form=form, moved=moved, confirmed=stamp)
            )
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"moved": (), "confirmed": ""} | kwargs))


class KeepsDay(AsksAboutWindows):
    """The two forms of one day."""

    form_class = HolidayForm

    def year_touched(self, form):
        return form.cleaned_data["day"].year

    def calendar_after(self, form, calendar):
        data = form.cleaned_data
        return calendar.having(data["day"], is_worked=data["is_worked"])


class HolidayNew(HolidayMixin, KeepsDay, FormPage):
    heading = crumb = "Thêm ngày nghỉ, ngày làm bù"
    success_message = "Đã thêm ngày vào lịch."

    def get_year(self):
        return self.object.day.year if self.object else super().get_year()

    def act(self, form):
        return keep_holiday(Holiday(), data=form.cleaned_data, actor=self.request.user)


class OneDay(HolidayMixin):
    """Pages about a day that is kept: its own year is the one they come back to."""

    def get_year(self):
        return self.day_before.year

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Binding a form writes the typed day into its object.
        self.day_before = self.object.day if self.object else None


class HolidayEdit(OneDay, KeepsDay, SecondWriter, ObjectFormPage):
    template_name = "holidays/edit.html"
    heading = crumb = "Sửa ngày nghỉ, ngày làm bù"

    def calendar_after(self, form, calendar):
        return super().calendar_after(form, calendar.without(self.day_before))

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        return keep_holiday(self.object, data=data, actor=actor, seen=seen)

    def get_context_data(self, **kwargs):
        remove_url = reverse("holidays:holiday_remove", args=(self.object.pk,))
        return super().get_context_data(remove_url=remove_url, **kwargs)


class HolidayRemove(OneDay, AsksAboutWindows, ObjectFormPage):
    form_class = HolidayRemoveForm
    crumb = submit_label = "Bỏ ngày khỏi lịch"
    success_message = ""

    def get_heading(self):
        return f"Bỏ ngày {short_date(self.object.day)} – {self.object.name} khỏi lịch"

    def calendar_after(self, form, calendar):
        return calendar.without(self.object.day)

    def act(self, form):
        remove_holiday(self.object, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"Đã bỏ ngày {short_date(self.day_before)} khỏi lịch.")


class CalendarPropose(HolidayMixin, AsksAboutWindows, FormPage):
    """Keeps the days that the law proposes for the year and that are not there yet."""

    template_name = "holidays/propose.html"
    form_class = CalendarProposeForm
    crumb = submit_label = "Lưu lịch dự kiến"
    success_message = ""

    def get_heading(self):
        return f"Lưu lịch nghỉ dự kiến năm {self.get_year()}"

    def get_initial(self):
        return {"year": self.get_year()}

    def missing(self) -> list[CalendarDay]:
        """The proposed days of the year that are not kept."""
        days, is_kept = days_of_year(self.get_year())
        kept = {one.day for one in days} if is_kept else set()
        return [one for one in proposed_days(self.get_year()) if one.day not in kept]

    def calendar_after(self, form, calendar):
        for one in self.missing():
            calendar = calendar.having(one.day, is_worked=one.is_worked)
        return calendar

    def get_context_data(self, **kwargs):
        adds = [f"{short_date(one.day)} – {one.name}" for one in self.missing()]
        return super().get_context_data(adds=adds, **kwargs)

    def act(self, form):
        count = propose_calendar(form.cleaned_data["year"], actor=self.request.user)
        messages.success(self.request, f"Đã thêm {two_digits(count)} ngày dự kiến.")


class CalendarConfirm(HolidayMixin, SecondWriter, FormPage):
    """Says by which document the calendar of the year is settled."""

    form_class = CalendarConfirmForm
    crumb = submit_label = "Xác nhận lịch nghỉ"
    consequence = (
        "Từ đó các thời hạn tính theo năm này không còn là dự kiến; ngày thêm, sửa, bỏ sau đó phải "
        "ghi văn bản cho phép."
    )

    def get_heading(self):
        return f"Xác nhận lịch nghỉ năm {self.get_year()}"

    def get_instance(self):
        return confirmed_calendar(self.get_year()) or YearCalendar(year=self.get_year())

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        return confirm_calendar(self.get_year(), data=data, actor=actor, seen=seen)
