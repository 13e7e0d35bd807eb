"""What all pages of a bloc year share: the year itself, the way to it and its track."""

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from blocs.states import ConferenceState, YearState
from blocs.years.domain.track import (
    StepState,
    YearProgress,
    line_words,
    step_of_today,
    step_words,
    year_steps,
)
from blocs.years.models.progress import POSTS
from blocs.years.models.years import BlocYear
from thidua.common.pages.addresses import PageTab, shown_tabs
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.numbers import names_in_words

# Members a step waits for, by the column of the year that lists them.
LACKING = {
    "registration": "unregistered",
    "agreement": "unsigned",
    "report": "unsent",
}
PROPOSED_STATES = (YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)
VIEW = "years.view_year"
# By name, because some of the pages and their rights live in higher apps.
TABS = (
    PageTab("Tổng quan", "years:year_detail", (VIEW,), ("changes", "packets")),
    PageTab("Đăng ký", "registrations:registration_list", (VIEW,)),
    PageTab("Bảng điểm", "criteria:year_table", (VIEW, "criteria.view_table")),
    PageTab("Giao ước", "agreements:agreement_detail", (VIEW,)),
    PageTab("Báo cáo", "reports:year_reports", (VIEW, "reports.list_report")),
    PageTab("Thẩm định", "appraisal:assignments", ("appraisal.view_assignments",)),
    PageTab("Xếp hạng", "ranking:ranking", (VIEW, "ranking.view_ranking")),
    PageTab("Hội nghị", "conferences:conference_detail", (VIEW, "conferences.view_conference")),
    PageTab("Đề nghị", "proposals:proposal_detail", (VIEW,), ("board",)),
)
# The tab to which a step of the year leads; the others lead to the year itself.
STEP_PAGES = {
    "registration": "registrations:registration_list",
    "table": "criteria:year_table",
    "agreement": "agreements:agreement_detail",
    "report": "reports:year_reports",
    "appraisal": "reports:year_reports",
    "conference": "conferences:conference_detail",
    "deliberation": "ranking:ranking",
    "proposal": "proposals:proposal_detail",
    "decision": "proposals:proposal_detail",
}


def year_tabs(bloc_year, user, place=""):
    """The pages of the year that the person may open."""
    return shown_tabs(TABS, user, bloc_year, place)


def year_track(bloc_year, now, tabs):
    """The eleven steps of a year loaded with `for_page()`, ready for components/track.html.

    A step leads to one of the `tabs`, else to the year itself. Only the step at which the year
    stands has a `line`, which stands for all on the pages of work.
    """
    steps = year_steps(bloc_year.state, bloc_year.dates, now, progress_of(bloc_year))
    today, itself = step_of_today(steps), bloc_year.get_absolute_url()
    opened = {tab["page"]: tab["url"] for tab in tabs}
    return [
        {
            "number": number,
            "label": step.label,
            "state": "blocked" if step.state == StepState.OVERDUE else step.state.value,
            "words": step_words(step),
            "who": who_acts(step, bloc_year),
            "due": step.due,
            "url": opened.get(STEP_PAGES.get(step.code), itself),
            "line": line_words(step, now) if step is today else "",
        }
        for number, step in enumerate(steps, start=1)
    ]


def who_acts(step, bloc_year):
    """Whom the step waits for by name while it is open, else whose step it is."""
    bloc = bloc_year.bloc
    if step.state not in (StepState.CURRENT, StepState.OVERDUE):
        return in_words_of(bloc.word, step.who)
    if step.code in LACKING and not awaits_head(step, bloc_year):
        lacking = getattr(bloc_year, LACKING[step.code]).split("\n")
        return f"Chờ {names_in_words(lacking, 'đơn vị') or 'đơn vị thành viên'}"
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
    # Under which tab the page stands where its address does not say it.
    tab_place = ""

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
        year, place = self.bloc_year, self.tab_place or self.request.resolver_match.namespace
        tabs = year_tabs(year, self.request.user, place)
        return super().get_context_data(
            bloc_year=year,
            tabs=tabs,
            track=year_track(year, timezone.localtime(), tabs) if tabs else [],
            **kwargs,
        )


class OneOfYear(BlocYearPage):
    """Pages about the one object of its kind in a year; what may not be seen does not exist."""

    pk_url_kwarg = "year_pk"
    lookup = "bloc_year_id"
    model: type[Model]

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user).for_page()

    def find_object(self):
        """It knows the year of the page, which has read already what its object asks of it."""
        if found := super().find_object():
            found.bloc_year = self.bloc_year
        return found


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
