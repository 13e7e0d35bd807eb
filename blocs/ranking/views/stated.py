"""Results by minutes: written by the office or the head unit, read on the page of the ranking."""

from django.urls import reverse

from blocs.ranking.actions.stated import Stated, state_results, stated_words, why_closed
from blocs.ranking.forms import StatedForm
from blocs.ranking.models.stated import stated_places
from blocs.years.views.years import YearMixin
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage


class StatedResults(YearMixin, SecondWriter, ObjectFormPage):
    """Place and class of each unit by the minutes, and counts where no names are known."""

    permission_required = "ranking.state_results"
    form_class = StatedForm
    heading = "Kết quả theo biên bản"
    crumb = "Kết quả theo biên bản"
    success_message = "Đã ghi kết quả theo biên bản."
    consequence = (
        "Trang xếp hạng, biên bản và đề nghị khen thưởng dùng kết quả này, ghi rõ văn bản và không "
        "có điểm."
    )

    def get_closed(self):
        return why_closed(self.bloc_year)

    def get_form_kwargs(self):
        members = self.bloc_year.members.select_related("unit").order_by("order", "pk")
        units = [(row.unit_id, row.unit.name) for row in members]
        return super().get_form_kwargs() | {"units": units}

    def get_initial(self):
        words = stated_words(self.bloc_year)
        initial = {"source": words["source"], "counts": words["counts"]}
        for row in stated_places(self.bloc_year):
            initial |= {f"place-{row.unit_id}": row.place, f"class-{row.unit_id}": row.class_label}
        return initial

    def get_words(self):
        return stated_words(self.bloc_year)

    def save(self, form, *, seen):
        data = form.cleaned_data
        rows = [
            Stated(unit, data[f"place-{unit}"], data[f"class-{unit}"]) for unit, _ in form.units
        ]
        return state_results(
            self.bloc_year,
            actor=self.request.user,
            source=data["source"],
            rows=rows,
            counts=data["counts"],
            seen=seen,
        )

    def get_success_url(self):
        return reverse("ranking:ranking", args=(self.bloc_year.pk,))
