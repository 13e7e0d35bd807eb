"""The years of all blocs at once: shown first, made with one press, taken back with another."""

from functools import cached_property
from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from agreements.actions.next_years import open_next_years, undo_next_years
from agreements.forms.next_years import NextYearsForm
from agreements.models.next_years import next_years, untouched_years
from blocs.units.forms.people import ConfirmForm
from thidua.common.pages.views import FormPage
from thidua.common.vietnamese.numbers import whole_number

FIRST, LAST, MIDYEAR = 2001, 2100, 7


class NextYearsMixin:
    permission_required = "years.manage_year"
    success_message = ""

    @cached_property
    def year(self) -> int:
        """The year of the address («nam»), else the one that is prepared now."""
        asked, today = whole_number(self.request.GET.get("nam", "")), timezone.localdate()
        usual = today.year + (today.month >= MIDYEAR)
        return asked if asked and FIRST <= asked <= LAST else usual

    def address(self, name, year=None):
        return f"{reverse(name)}?{urlencode({'nam': year or self.year})}"

    def get_success_url(self):
        return self.address("agreements:next_years")


class NextYears(NextYearsMixin, FormPage):
    template_name = "agreements/next_years.html"
    form_class = NextYearsForm

    @cached_property
    def plan(self):
        return next_years(self.year)

    def get_heading(self):
        return f"Lập năm {self.year} cho mọi khối, cụm"

    def get_breadcrumbs(self):
        years = ("Năm thi đua", reverse("years:year_list"))
        return [("Trang chủ", "/"), years, (self.get_heading(), None)]

    def get_cancel_url(self):
        return reverse("years:year_list")

    def get_initial(self):
        return {"shown": self.plan.mark}

    def get_ticked(self):
        """The blocs whose lines are ticked: all of them until somebody chose."""
        if self.request.method == "GET":
            return {row.bloc.pk for row in self.plan.ready}
        return {whole_number(value) for value in self.request.POST.getlist("blocs")}

    def act(self, form):
        found = open_next_years(
            actor=self.request.user,
            year=self.year,
            blocs=self.get_ticked(),
            shown=form.cleaned_data["shown"],
        )
        if made := [one for one in found if one.year]:
            messages.success(self.request, f"Đã lập năm {self.year} cho {len(made):02d} khối, cụm.")
        for one in found:
            if one.reasons:
                messages.error(self.request, f"{one.bloc}: {' '.join(one.reasons)}")

    def form_invalid(self, form):
        """The next press is about what the page shows now."""
        form.data = form.data.copy()
        form.data["shown"] = self.plan.mark
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        ticked = self.get_ticked()
        return super().get_context_data(**kwargs) | {
            "rows": [(row, row.bloc.pk in ticked) for row in self.plan.rows],
            "ready": len(self.plan.ready),
            "undo": len(untouched_years(self.year)),
            "undo_url": self.address("agreements:next_years_undo"),
            "year": self.year,
            "around": [
                (one, self.address("agreements:next_years", one))
                for one in (self.year - 1, self.year + 1)
            ],
        }


class NextYearsUndo(NextYearsMixin, FormPage):
    """Deletes what was made at once and nobody has touched since."""

    template_name = "agreements/next_years_undo.html"
    form_class = ConfirmForm
    submit_label = "Xóa các năm này"

    def get_heading(self):
        return f"Hoàn tác việc lập năm {self.year}"

    def get_breadcrumbs(self):
        page = (f"Lập năm {self.year} cho mọi khối, cụm", self.get_success_url())
        return [("Trang chủ", "/"), page, ("Hoàn tác", None)]

    def act(self, form):
        names = undo_next_years(actor=self.request.user, year=self.year)
        messages.success(self.request, f"Đã xóa {len(names):02d} năm: {'; '.join(names)}.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(years=untouched_years(self.year), **kwargs)
