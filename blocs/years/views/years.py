from django.db.models import OuterRef, Subquery
from django.urls import reverse, reverse_lazy

from blocs.legal.models import marked_bases
from blocs.states import RUNNING_YEARS, TONES, MemberRole, RegistrationState, ReportState, YearState
from blocs.units.models import Bloc
from blocs.years.actions.editing import Moving, edit_year
from blocs.years.actions.years import next_free_year, plan_year
from blocs.years.domain.calendar import DAYS
from blocs.years.domain.leading import post_words
from blocs.years.domain.names import first_day
from blocs.years.domain.rule_words import stated_rules
from blocs.years.domain.taking_part import NO_REPORT, Duty
from blocs.years.filters import YearFilter
from blocs.years.forms.years import MOVING, YearDatesForm, YearForm, YearPlanForm
from blocs.years.models.members.differences import differences
from blocs.years.models.regulation import regulation_of
from blocs.years.models.rule_bases import Citations
from blocs.years.models.years import BlocYear
from blocs.years.views.members import following_of
from blocs.years.views.pages import BlocYearPage
from blocs.years.workflows import YEAR
from thidua.common.pages.by_keys import YearPaginator
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.timeline import timeline
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage, ObjectPage, TransitionPage
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.text import filled_lines

HOME = ("Trang chủ", "/")
# Who marks whom and the grounds of single units are for the people of the bloc and the office.
OF_THE_BLOC = (
    "appraisal.assign_appraisers",
    "appraisal.save_body",
    "ranking.record_ground",
    "ranking.lift_ground",
)


class YearList(ListPage):
    """The years of the chosen calendar year that the person may see."""

    template_name = "years/year_list.html"
    permission_required = "years.list_year"
    paginator_class = YearPaginator
    filterset_class = YearFilter
    breadcrumbs = (HOME, ("Năm thi đua", None))

    def get_rows(self):
        years = BlocYear.objects.visible_to(self.request.user)
        return years.in_year(chosen_year(self.request)).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [{"year": year, "tone": TONES[year.state]} for year in context["page_obj"]]
        may_manage = self.request.user.has_perm("years.manage_year")
        return context | {
            "rows": rows,
            "may_manage": may_manage,
            "chosen": chosen_year(self.request),
        }


class YearMixin(BlocYearPage):
    """Pages whose object is the bloc year itself."""

    pk_url_kwarg = "year_pk"

    def find_object(self):
        return self.bloc_year


class YearDetail(YearMixin, ObjectPage):
    template_name = "years/year_detail.html"
    permission_required = "years.view_year"
    workflow = YEAR
    move_url = "years:year_move"

    def get_context_data(self, **kwargs):
        year, user = self.object, self.request.user
        rows = progress_rows(year, user)
        return super().get_context_data(
            tone=TONES[year.state],
            facts=self.get_facts(rows),
            dates=[(label_of(name), year.deadline(name)) for name in DAYS],
            rows=rows,
            sittings=list(year.sittings.order_by("number")),
            rules=sentences_of(year),
            amendments=list(year.rules_amendments.order_by("number")),
            bases=marked_bases(filled_lines(year.legal_bases), year.named_on),
            **self.get_gaps(),
            may_change=user.has_perm("years.change_members", year),
            may_manage=user.has_perm("years.manage_year", year),
            sees_midyear=user.has_perm("reports.view_midyear", year),
            **kwargs,
        )

    def get_gaps(self):
        """Where bloc and year say different things, and the button of who settles it at once."""
        gaps = differences(self.object)
        may = self.request.user.has_perm("years.manage_year", self.object)
        return {"gaps": gaps} | (following_of(self.object, gaps) if may else {})

    def get_entries(self):
        may_see = self.request.user.has_perm("appraisal.view_assignments", self.object)
        return timeline(
            self.object, self.workflow, secret=() if may_see else OF_THE_BLOC, say=self.say
        )

    def get_facts(self, rows):
        year = self.object
        word = year.bloc.word
        deputies = [str(unit) for unit in (year.deputy, year.second_deputy) if unit]
        facts = [
            ("Cơ quan tổ chức", year.bloc.organiser),
            (f"{word.capitalize()} trưởng", self.get_head_words()),
            (f"{word.capitalize()} phó", "; ".join(deputies) or "chưa chọn"),
            ("Số đơn vị thành viên", members_in_words(rows)),
        ]
        if year.bloc.now_words:
            facts.insert(0, (f"Tên {word} hiện nay", year.bloc.of_now.name))
        if year.head_basis:
            facts.append((f"Căn cứ giao {word} trưởng", year.head_basis))
        if outcome := year.outcome_words:
            facts.append(("Khen thưởng", outcome))
        return facts

    def get_head_words(self):
        year = self.object
        if year.head is None and year.state == YearState.PLANNED:
            return "chưa chọn"
        words = post_words(str(year.head or ""), is_acting=year.head_is_acting)
        is_open = year.head is None and year.state in RUNNING_YEARS
        return f"{words}; {in_words_of(year.bloc.word, NAMED_BY_OFFICE)}" if is_open else words


# Beside a vacant post: who names somebody, and where.
NAMED_BY_OFFICE = (
    "cơ quan thường trực giao đơn vị khác, hoặc đơn vị phụ trách, ở trang «Khối trưởng, khối phó»"
)


def members_in_words(rows):
    """«05», and how many took part at any time of the year where that is not the same."""
    sitting, known = sum(row["sits"] for row in rows), len(rows)
    return f"{sitting:02d}" if sitting == known else f"{sitting:02d} (cả năm có {known:02d})"


def label_of(name):
    return BlocYear._meta.get_field(name).verbose_name


def progress_rows(year, user):
    """Each member with its role, and how far and where its registration and its report are."""
    word = year.bloc.word
    roles = {MemberRole.HEAD: f"{word} trưởng", MemberRole.DEPUTY: f"{word} phó"}
    members = year.members.select_related("unit").annotate(
        registration_state=own("registrations", "state"),
        registration_pk=own("registrations", "pk"),
        report_state=own("reports", "state"),
        report_pk=own("reports", "pk"),
    )
    rows, day = [], year.judged_on
    for member in members:
        member.bloc_year = year
        rows.append(
            {
                "unit": member.unit,
                "part": member.part_words,
                "sits": member.owes(Duty.SIT, day),
                "role": roles.get(member.role, "thành viên"),
                "registration": badge(
                    member.registration_state,
                    RegistrationState,
                    "Chưa đăng ký" if member.owes(Duty.REGISTER, day) else "Không phải đăng ký",
                    page_of(member, "registration", "years.view_registration", user),
                ),
                "report": badge(
                    member.report_state,
                    ReportState,
                    "Chưa có báo cáo" if member.owes(Duty.REPORT, day) else NO_REPORT,
                    page_of(member, "report", "reports.view_report", user),
                ),
            }
        )
    return rows


def own(relation, field):
    """A field of the one object that a member unit has in its year.

    By the year's own relation: reports stand above the year, which must not import them.
    """
    rows = BlocYear._meta.get_field(relation).related_model.objects
    found = rows.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    return Subquery(found.order_by("pk").values(field)[:1])


def page_of(member, name, right, user):
    """Where that object is, for who may open it; else empty."""
    pk, state = getattr(member, f"{name}_pk"), getattr(member, f"{name}_state")
    model = BlocYear._meta.get_field(f"{name}s").related_model
    found = model(pk=pk, state=state, unit_id=member.unit_id, bloc_year=member.bloc_year)
    return found.get_absolute_url() if pk and user.has_perm(right, found) else ""


def badge(state, states, missing, url):
    """Words and tone of a state, also where there is no object yet, and where it is."""
    if state is None:
        return {"label": missing, "tone": "draft", "url": ""}
    return {"label": states(state).label, "tone": TONES[state], "url": url}


def sentences_of(year):
    """The regulation of the year in words, each with its basis; nothing where it has none."""
    rules = regulation_of(year)
    if not rules.pk:
        return ()
    cited = Citations(year, year.named_on)
    return [f"{sentence} {cited.sentence(rule)}" for rule, sentence in stated_rules(rules.stated)]


class YearNew(FormPage):
    permission_required = "years.manage_year"
    form_class = YearPlanForm
    heading = "Lập năm thi đua"
    submit_label = "Lập năm thi đua"
    success_message = "Đã lập năm thi đua. Hãy chọn khối trưởng và kiểm tra thời hạn rồi mở năm."
    consequence = (
        "Thành viên lấy theo quyết định đang có hiệu lực, thời hạn lấy theo thông lệ, quy định "
        "lấy của năm trước; tất cả sửa được cho đến khi mở năm."
    )
    breadcrumbs = (
        HOME,
        ("Năm thi đua", reverse_lazy("years:year_list")),
        ("Lập năm thi đua", None),
    )

    def get_initial(self):
        key, year = self.request.GET.get("khoi", ""), chosen_year(self.request)
        bloc = Bloc.objects.filter(pk=whole_number(key) or 0).first()
        return {"bloc": key, "year": next_free_year(bloc, year) if bloc else year}

    def get_cancel_url(self):
        return reverse("years:year_list")

    def act(self, form):
        data = form.cleaned_data
        year, is_school_year = data["year"]
        first = first_day(year, is_school_year=is_school_year)
        return plan_year(
            data["bloc"],
            actor=self.request.user,
            year=year,
            is_school_year=is_school_year,
            members_on=data["members_on"] or first,
        )


class YearEdit(YearMixin, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    form_class = YearForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.bloc_year and self.bloc_year.state != YearState.PLANNED:
            self.form_class = YearDatesForm

    def get_crumb(self):
        is_open = self.bloc_year.state != YearState.PLANNED
        return "Thời hạn" if is_open else f"Thời hạn, {self.bloc_year.bloc.head_word}"

    def get_heading(self):
        return f"{self.get_crumb()}, căn cứ – {self.bloc_year}"

    def save(self, form, *, seen):
        data, actor = dict(form.cleaned_data), self.request.user
        moving = Moving(*(data.pop(name, "") for name in MOVING))
        return edit_year(self.object, actor=actor, data=data, moving=moving, seen=seen)


class YearMove(YearMixin, TransitionPage):
    workflow = YEAR
    crumb = "Chuyển bước"
