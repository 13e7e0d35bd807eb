from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from awards.decisions.actions import (
    SIGNED,
    confirm_draft,
    decision_words,
    draft_decision,
    drop_draft,
    publish_decision,
    sign_decision,
)
from awards.decisions.documents.decision import decision_paper, words_of_years
from awards.decisions.enums import DecisionState
from awards.decisions.filters import DecisionFilter
from awards.decisions.forms import (
    LINES_OF_A_PAGE,
    DecisionForm,
    DropDraftForm,
    SignDecisionForm,
)
from awards.decisions.models import OF_AN_ITEM, Decision, council_words
from awards.decisions.workflows import DECISION
from awards.proposals.enums import TONES
from awards.proposals.models import ProposalItem
from blocs.years.models import BlocYear
from thidua.common.basis import basis_faults
from thidua.common.pages.basis import BasisPage
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.views import (
    AsksProof,
    FormPage,
    ListPage,
    ObjectFormPage,
    ObjectMixin,
    ObjectPage,
    TransitionPage,
)
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import whole_number
from thidua.papers.views import PaperPage

HOME = ("Trang chủ", "/")
DECISIONS = "Quyết định khen thưởng"


class DecisionList(ListPage):
    permission_required = "decisions.list_decision"
    template_name = "decisions/decision_list.html"
    filterset_class = DecisionFilter
    breadcrumbs = (HOME, (DECISIONS, None))

    def get_rows(self):
        rows = Decision.objects.visible_to(self.request.user).for_list()
        return rows.filter(year=chosen_year(self.request))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": [(row, TONES[row.state]) for row in context["page_obj"]],
            "year": chosen_year(self.request),
            "may_draft": self.request.user.has_perm("decisions.draft_decision"),
        }


class DecisionMixin(ObjectMixin):
    crumb = ""

    def get_queryset(self):
        return Decision.objects.visible_to(self.request.user)

    def get_breadcrumbs(self):
        crumbs = [HOME, (DECISIONS, reverse("decisions:decision_list"))]
        if self.crumb:
            return [*crumbs, (str(self.object), self.object.get_absolute_url()), (self.crumb, None)]
        return [*crumbs, (str(self.object), None)]


class DraftForm(DecisionMixin):
    """A form about a draft; once it is signed the page shows why nothing is written there."""

    def get_closed(self):
        return "" if self.object.state == DecisionState.DRAFT else SIGNED


class DecisionDetail(DecisionMixin, ObjectPage):
    permission_required = "decisions.view_decision"
    template_name = "decisions/decision_detail.html"
    workflow = DECISION
    move_url = "decisions:decision_move"

    def get_context_data(self, **kwargs):
        decision, user = self.object, self.request.user
        is_draft = decision.state == DecisionState.DRAFT
        may_edit = is_draft and user.has_perm("decisions.draft_decision", decision)
        return super().get_context_data(
            tone=TONES[decision.state],
            facts=facts_of(decision),
            awarded=awarded_page(decision, self.request),
            may_edit=may_edit,
            basis=basis_faults(decision) if is_draft else [],
            basis_url=reverse("decisions:decision_basis", args=(decision.pk,)) if may_edit else "",
            may_sign=is_draft and user.has_perm("decisions.sign_decision", decision),
            **kwargs,
        )


def awarded_page(decision, request):
    """The lines of a decision, some at a time; its paper names them all."""
    items = decision.items.select_related(*OF_AN_ITEM)
    return Paginator(items, LINES_OF_A_PAGE).get_page(request.GET.get("page"))


def facts_of(decision):
    signed = decision.signed_on
    return [
        ("Số", decision.number or "chưa có"),
        ("Ngày ký", short_date(signed) if signed else "chưa ký"),
        ("Người ký", f"{decision.signer_title} {decision.signer_name}" if signed else "chưa ký"),
        ("Trích yếu", decision.title),
        *([("Hội đồng", left_out)] if (left_out := council_words(decision)) else ()),
    ]


class ChoosesLines:
    """The form of a draft: a page of the lines at a time, each page saves its own."""

    permission_required = "decisions.draft_decision"
    template_name = "decisions/decision_form.html"
    form_class = DecisionForm
    submit_label = "Lưu dự thảo"

    def get_choices(self):
        """The lines that may stand in the draft."""
        return ProposalItem.objects.free().filter(decision=None).for_page()

    def get_form_kwargs(self):
        number = self.request.GET.get("page")
        return super().get_form_kwargs() | {"choices": self.get_choices(), "number": number}

    def get_success_url(self):
        """The page of lines that was asked for with the save, or the draft."""
        number = whole_number(self.request.POST.get("to", ""))
        if number is None or not self.object:
            return super().get_success_url()
        edit = reverse("decisions:decision_edit", args=(self.object.pk,))
        return f"{edit}?{urlencode({'page': number})}"


def draft_of(form):
    """What the form says of a draft, as the action takes it."""
    fields = {name: form.cleaned_data[name] for name in DecisionForm.Meta.fields}
    return {"fields": fields, "items": list(form.cleaned_data["items"])}


class DecisionDraft(ChoosesLines, FormPage):
    """A new draft from the lines that are eligible and free."""

    heading = "Soạn dự thảo quyết định"
    success_message = "Đã lưu dự thảo quyết định."

    def get_breadcrumbs(self):
        return [HOME, (DECISIONS, reverse("decisions:decision_list")), ("Soạn dự thảo", None)]

    def get_initial(self):
        """The lines of the year; its bases are chosen among the texts in force on its day."""
        year = chosen_year(self.request)
        years = BlocYear.objects.in_year(year)
        lines = self.get_choices().filter(proposal__bloc_year__in=years)
        words = words_of_years(years.filter(pk__in=lines.values("proposal__bloc_year")), year)
        return {
            "year": year,
            "title": f"Về việc khen thưởng các tập thể có thành tích thi đua {words}",
            "items": list(lines.values_list("pk", flat=True)),
        }

    def get_instance(self):
        return Decision(year=chosen_year(self.request))

    def get_cancel_url(self):
        return reverse("decisions:decision_list")

    def act(self, form):
        return draft_decision(Decision(), actor=self.request.user, **draft_of(form))


class DecisionEdit(ChoosesLines, DraftForm, SavesItself, ObjectFormPage):
    heading = "Sửa dự thảo quyết định"
    crumb = "Sửa dự thảo"

    def get_choices(self):
        own = ProposalItem.objects.filter(decision=self.object).for_page()
        return super().get_choices() | own

    @cached_property
    def held(self):
        """The lines of the draft as it is stored."""
        return list(self.object.items.values_list("pk", flat=True))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"held": self.held}

    def get_initial(self):
        return {"items": self.held}

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    def get_autosave(self):
        """Each page of lines by its own address: what this browser keeps of one is of that one."""
        found, number = super().get_autosave(), whole_number(self.request.GET.get("page", ""))
        if not found or not number:
            return found
        return found | {"url": f"{found['url']}&page={number}"}

    def get_words(self):
        return decision_words(self.object, DecisionForm.Meta.fields)

    def save(self, form, *, seen):
        return draft_decision(self.object, actor=self.request.user, seen=seen, **draft_of(form))


class DecisionDrop(DraftForm, ObjectFormPage):
    """A draft that shall not be signed is taken away, with the reason."""

    permission_required = "decisions.draft_decision"
    form_class = DropDraftForm
    heading = "Bỏ dự thảo quyết định"
    submit_label = "Bỏ dự thảo này"
    crumb = "Bỏ dự thảo"
    success_message = "Đã bỏ dự thảo quyết định; các dòng trong đó xét lại được."
    consequence = (
        "Các dòng trong dự thảo lại chờ đưa vào quyết định: xét lại, chưa xét, không đề nghị tặng "
        "hoặc trả đề nghị về khối được. Nhật ký của từng đề nghị giữ lý do."
    )

    def act(self, form):
        drop_draft(self.object, reason=form.cleaned_data["reason"], actor=self.request.user)

    def get_success_url(self):
        return reverse("decisions:decision_list")


class DecisionBasis(DraftForm, BasisPage):
    """What changed below the lines of a draft."""

    permission_required = "decisions.draft_decision"

    def save(self, form, *, seen):
        reason, actor = form.cleaned_data["reason"], self.request.user
        return confirm_draft(self.object, actor=actor, reason=reason, seen=seen)


class DecisionSign(AsksProof, MakesMove, DraftForm, ObjectFormPage):
    workflow, move_name = DECISION, "sign"
    permission_required = "decisions.sign_decision"
    form_class = SignDecisionForm
    heading = "Ký quyết định"
    submit_label = "Ký quyết định"
    crumb = "Ký"
    success_message = "Đã ghi số, ngày và chữ ký của quyết định."
    consequence = "Sau khi ký, quyết định không sửa được nữa; các dòng trong đó được tặng."

    def get_initial(self):
        return {"signed_on": timezone.localdate(), "signer_name": str(self.request.user)}

    def act(self, form):
        return sign_decision(self.object, actor=self.request.user, **form.cleaned_data)


class DecisionMove(DecisionMixin, TransitionPage):
    workflow = DECISION
    crumb = "Quyết định"

    def act(self, note):
        return publish_decision(self.object, actor=self.request.user, note=note)


class DecisionPaperPage(DecisionMixin, PaperPage):
    permission_required = "decisions.view_decision"
    kind = "decision"

    def is_final(self):
        return self.object.state != DecisionState.DRAFT

    def build(self):
        return decision_paper(self.object, is_draft=not self.is_final())
