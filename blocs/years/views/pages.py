"""What all pages of a bloc year share: the year itself, the way to it and its track."""

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from blocs.states import ConferenceState, YearState
from blocs.years.domain.track import StepState, YearProgress, step_words, year_steps
from blocs.years.models.progress import POSTS
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.collation import sort_key
from thidua.common.vietnamese.numbers import two_digits

# So many units are named as those whom a step waits for; the others are counted.
NAMED = 3
# Members a step waits for, by the column of the year that lists them.
LACKING = {
    "registration": "unregistered",
    "agreement": "unsigned",
    "report": "unsent",
}
PROPOSED_STATES = (YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)
# Each step leads to a page of the same year; names, because some live in higher apps.
STEP_PAGES = {
    "registration": "registrations:registration_list",
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


def year_track(bloc_year, now):
    """The eleven steps of a year loaded with `for_page()`, ready for components/track.html."""
    steps = year_steps(bloc_year.state, bloc_year.dates, now, progress_of(bloc_year))
    return [
        {
            "number": number,
            "label": step.label,
            "state": "blocked" if step.state == StepState.OVERDUE else step.state.value,
            "words": step_words(step),
            "who": who_acts(step, bloc_year),
            "due": step.due,
            "url": reverse(STEP_PAGES[step.code], args=(bloc_year.pk,)),
        }
        for number, step in enumerate(steps, start=1)
    ]


def who_acts(step, bloc_year):
    """Whom the step waits for by name while it is open, else whose step it is."""
    bloc = bloc_year.bloc
    if step.state not in (StepState.CURRENT, StepState.OVERDUE):
        return in_words_of(bloc.word, step.who)
    if step.code in LACKING and not awaits_head(step, bloc_year):
        return f"Chờ {names_in_words(getattr(bloc_year, LACKING[step.code]))}"
    if step.code == "decision":
        return bloc.organiser or step.who
    posts = POSTS if step.code == "appraisal" else POSTS[:1]
    named = "; ".join(filter(None, (holder_of(bloc_year, post) for post in posts)))
    vacant = " (đang khuyết)" if bloc_year.head is None else ""
    return named or f"{bloc.head_word.capitalize()}{vacant}"


def awaits_head(step, bloc_year):
    """Whether the agreement is still written, or lacks nothing but that the head goes on."""
    if step.code != "agreement":
        return False
    return not bloc_year.is_circulated or not (bloc_year.is_in_effect or bloc_year.unsigned)


def holder_of(bloc_year, post):
    """«Sở A (Trần Văn An)»: the unit in this post and who leads it today."""
    unit, person = getattr(bloc_year, post), getattr(bloc_year, f"{post}_person")
    if unit is None:
        return ""
    return f"{unit.short_name} ({person})" if person else unit.short_name


def names_in_words(lines):
    """«Sở A, Sở B, Sở C và 02 đơn vị khác» out of one short name a line."""
    names = sorted(filter(None, lines.split("\n")), key=sort_key)
    shown, more = names[:NAMED], len(names) - NAMED
    words = ", ".join(shown) or "đơn vị thành viên"
    return f"{words} và {two_digits(more)} đơn vị khác" if more > 0 else words


def progress_of(bloc_year):
    """The numbers of `with_progress()` as the domain reads them."""
    is_held = bloc_year.conference_state == ConferenceState.SIGNED
    return YearProgress(
        units=bloc_year.member_count,
        registering=bloc_year.registering_count,
        registered=bloc_year.registered_count,
        signing=bloc_year.signing_count,
        signed=bloc_year.signed_count,
        submitted=bloc_year.sent_count,
        appraised=bloc_year.appraised_count,
        is_table_published=bloc_year.has_table,
        is_in_effect=bloc_year.is_in_effect,
        is_midyear_held=bloc_year.is_midyear_held,
        is_conference_held=is_held,
        is_ballot_counted=is_held and bloc_year.has_ballot,
        is_proposed=bloc_year.has_proposal and bloc_year.state in PROPOSED_STATES,
        is_decided=bloc_year.has_decision and bloc_year.state in PROPOSED_STATES[1:],
        is_forwarded=bloc_year.has_forwarded,
        is_handed_over=bloc_year.state == YearState.ARCHIVED,
        no_award_words=bloc_year.no_award_words.partition(":")[0],
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

    def say(self, text):
        """«cụm trưởng» where our text says «khối trưởng» and the year is of a cụm."""
        return in_words_of(self.bloc_year.bloc.word, text)

    def get_crumb(self):
        return self.crumb

    def get_breadcrumbs(self):
        year = self.bloc_year
        crumbs = [("Trang chủ", "/"), ("Năm thi đua", reverse("years:year_list"))]
        if not self.get_crumb():
            return [*crumbs, (str(year), None)]
        here = self.say(self.get_crumb())
        return [*crumbs, (str(year), year.get_absolute_url()), (here, None)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            bloc_year=self.bloc_year,
            track=year_track(self.bloc_year, timezone.localtime()),
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
