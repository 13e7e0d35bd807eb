"""What all pages of a bloc year share: the year itself, the way to it and its track."""

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from blocs.states import ConferenceState
from blocs.years.domain.calendar import StepState, YearDates, YearProgress, year_steps
from blocs.years.models.years import BlocYear

WORDS = {
    StepState.DONE: "Đã xong",
    StepState.CURRENT: "Đang làm",
    StepState.TODO: "Chưa đến",
    StepState.OVERDUE: "Quá hạn",
}
COUNTED = ("registration", "report", "appraisal")
# Each step leads to a page of the same year; names, because some live in higher apps.
STEP_PAGES = {
    "registration": "years:registration_list",
    "table": "criteria:year_table",
    "agreement": "agreements:agreement_detail",
    "midyear": "years:year_detail",
    "report": "reports:year_reports",
    "appraisal": "reports:year_reports",
    "conference": "conferences:conference_detail",
    "deliberation": "ranking:ranking",
    "proposal": "proposals:proposal_detail",
    "decision": "proposals:proposal_detail",
    "handover": "years:year_detail",
}


def year_track(bloc_year, today):
    """The eleven steps of a year loaded with `for_page()`, ready for components/track.html."""
    steps = year_steps(bloc_year.state, dates_of(bloc_year), today, progress_of(bloc_year))
    return [
        {
            "number": number,
            "label": step.label,
            "state": "blocked" if step.state == StepState.OVERDUE else step.state.value,
            "words": words_of(step),
            "who": step.who,
            "due": step.due,
            "url": reverse(STEP_PAGES[step.code], args=(bloc_year.pk,)),
        }
        for number, step in enumerate(steps, start=1)
    ]


def words_of(step):
    """How far a step is: counted where this app can count it, else in a word."""
    is_counted = step.detail and step.code in COUNTED and step.state != StepState.DONE
    return step.detail if is_counted else WORDS[step.state]


def dates_of(bloc_year):
    return YearDates(**{name: getattr(bloc_year, name) for name in YearDates.__dataclass_fields__})


def progress_of(bloc_year):
    """The numbers of `with_progress()` as the domain reads them."""
    held = (ConferenceState.COUNTED, ConferenceState.SIGNED)
    return YearProgress(
        units=bloc_year.member_count,
        registered=bloc_year.registered_count,
        submitted=bloc_year.sent_count,
        appraised=bloc_year.appraised_count,
        is_table_published=bool(bloc_year.has_table),
        is_conference_held=bloc_year.conference_state in held,
        is_ballot_counted=bloc_year.conference_state in held,
    )


def find_year(user, pk):
    """The bloc year for a page; one the person may not see does not exist."""
    return get_object_or_404(BlocYear.objects.visible_to(user).for_page(), pk=pk)


class BlocYearPage:
    """Mixin of pages whose object belongs to a bloc year, named by `get_bloc_year()`.

    Comes first among the bases. `crumb` is the last word of the path.
    """

    crumb = ""

    def get_bloc_year(self):
        return find_year(self.request.user, self.kwargs["year_pk"])

    def setup(self, request, *args, **kwargs):
        self.request, self.kwargs = request, kwargs
        self.bloc_year = self.get_bloc_year() if request.user.is_authenticated else None
        super().setup(request, *args, **kwargs)

    def get_crumb(self):
        return self.crumb

    def get_breadcrumbs(self):
        year = self.bloc_year
        crumbs = [("Trang chủ", "/"), ("Năm thi đua", reverse("years:year_list"))]
        if not self.get_crumb():
            return [*crumbs, (str(year), None)]
        return [*crumbs, (str(year), year.get_absolute_url()), (self.get_crumb(), None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            bloc_year=self.bloc_year,
            track=year_track(self.bloc_year, timezone.localdate()),
            **kwargs,
        )


class OneOfYear(BlocYearPage):
    """Pages about the one object of its kind in a year; what may not be seen does not exist."""

    pk_url_kwarg = "year_pk"
    lookup = "bloc_year_id"
    model: type[Model]

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).for_page()


class MayBeMissing:
    """Where there is no such object yet the page says so, with a button for those who may begin."""

    missing_template = ""

    def find_object(self):
        return self.get_queryset().filter(bloc_year=self.bloc_year).first()

    def get_permission_object(self):
        return self.bloc_year

    def get_template_names(self):
        return [self.template_name if self.object else self.missing_template]

    def get_moves(self):
        return super().get_moves() if self.object else []
