from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from awards.proposals.actions.proposals import (
    SENT,
    edit_proposal,
    move_proposal,
    start_proposal,
)
from awards.proposals.documents.submission import decided_votes, submission_paper
from awards.proposals.enums import INNER_STATES, TONES, ProposalState
from awards.proposals.filters import ProposalFilter
from awards.proposals.forms import ItemFormSet, ProposalForm
from awards.proposals.models import Proposal
from awards.proposals.models.beside_votes import left_out, result_words, year_votes
from awards.proposals.models.contents import count_words, proposal_words
from awards.proposals.models.ended_years import ended_words
from awards.proposals.models.left_out import council_left_out, vote_left_out
from awards.proposals.models.quotas import (
    line_warnings,
    national_flag_warnings,
    quota_words,
    warnings_of,
)
from awards.proposals.models.tie_words import kept_choices, open_ties, words_of_choice
from awards.proposals.workflows import PROPOSAL
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from blocs.years.domain.track import NOTHING_GRANTED
from blocs.years.models import BlocYear, Registration
from blocs.years.views.pages import BlocYearPage, MayBeMissing, OneOfYear
from thidua.common.activity import kept_words
from thidua.common.basis import basis_faults
from thidua.common.models import returned_facts
from thidua.common.pages.by_keys import YearPaginator
from thidua.common.pages.kept import kept_input
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.searched.typed import ASKED
from thidua.common.pages.views import (
    ListPage,
    ObjectFormPage,
    ObjectMixin,
    ObjectPage,
    TransitionPage,
    refuse,
)
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.dates import short_date
from thidua.papers.views import PaperPage

HOME = ("Trang chủ", "/")
NOT_PROPOSED = "chưa đề nghị"
LINES_OF_A_PAGE = 100


class ProposalList(ListPage):
    permission_required = "proposals.list_proposal"
    template_name = "proposals/proposal_list.html"
    paginator_class = YearPaginator
    filterset_class = ProposalFilter
    breadcrumbs = (HOME, ("Đề nghị khen thưởng", None))

    def get_rows(self):
        rows = Proposal.objects.visible_to(self.request.user).for_list()
        return rows.filter(bloc_year__in=BlocYear.objects.in_year(chosen_year(self.request)))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [(row, asked_words(row), TONES[row.state]) for row in context["page_obj"]]
        return context | {
            "rows": rows,
            "year": chosen_year(self.request),
            "warnings": self.get_warnings(),
        }

    def get_warnings(self):
        """For the province: whether all blocs together ask for too many Government flags."""
        if not standing_of(self.request.user).sees_all:
            return []
        sent = Proposal.objects.exclude(state__in=INNER_STATES)
        years = BlocYear.objects.in_year(chosen_year(self.request))
        return national_flag_warnings(sent.filter(bloc_year__in=years))


def asked_words(proposal):
    """What a proposal of the list asks for."""
    flags, titles = proposal.flag_count, proposal.title_count
    others = proposal.item_count - flags - titles
    return count_words(flags=flags, titles=titles, others=others)


class ProposalMixin(OneOfYear, ObjectMixin):
    model = Proposal


class ProposalDetail(ProposalMixin, MayBeMissing, ObjectPage):
    permission_required = "years.view_year"
    template_name = "proposals/proposal_detail.html"
    missing_template = "proposals/proposal_missing.html"
    crumb = "Đề nghị khen thưởng"
    workflow = PROPOSAL
    folded_actions = ("proposals.edit_proposal",)
    move_url = "proposals:proposal_move"

    def get_context_data(self, **kwargs):
        user = self.request.user
        if self.object is None:
            draft = Proposal(bloc_year=self.bloc_year)
            may_start = user.has_perm("proposals.draft_proposal", draft)
            inner, over = self.has_draft(), ended_words(self.bloc_year)
            kwargs |= {"may_start": may_start and not inner, "is_inner": inner, "over": over}
            return BlocYearPage.get_context_data(self, **kwargs)
        proposal = self.object
        items = list(proposal.items.select_related("award", "unit", "decision"))
        page = Paginator(items, LINES_OF_A_PAGE).get_page(self.request.GET.get("page"))
        is_open = proposal.is_draft and not kept_words(proposal)
        votes = year_votes(self.bloc_year)
        return super().get_context_data(
            facts=self.get_facts(items),
            tone=TONES[proposal.state],
            returned=returned_facts(proposal, is_now=proposal.state == ProposalState.RETURNED),
            page=page,
            rows=[(item, TONES[item.state], result_words(votes.of_item(item))) for item in page],
            registered=registered_rows(self.bloc_year, items, user),
            warnings=warnings_of(proposal, items),
            **self.get_warned(items, page, votes),
            left_out=left_out(proposal, votes),
            open_ties=open_ties(proposal) if is_open else [],
            choices=choice_rows(proposal),
            decided=decided_votes(row.ballot for row in votes.lines.values()),
            basis=[] if is_settled(proposal) else basis_faults(proposal),
            basis_url=self.basis_url(),
            may_edit=is_open and user.has_perm("proposals.draft_proposal", proposal),
            **kwargs,
        )

    def get_warned(self, items, page, votes):
        """The warnings about lines of this page, and how many other pages have."""
        found, own = line_warnings(self.object, items, votes), set(page)
        here = [(item, words) for item, words in found if item in own]
        return {"line_warnings": here, "warned_elsewhere": len(found) - len(here)}

    def has_draft(self):
        """Whether the bloc has one that this reader does not see yet."""
        return Proposal.objects.filter(bloc_year=self.bloc_year).exists()

    def basis_url(self):
        """Where the person settles what changed; empty for others."""
        if not self.request.user.has_perm("proposals.confirm_basis", self.object):
            return ""
        return reverse("proposals:proposal_basis", args=(self.bloc_year.pk,))

    def get_facts(self, items):
        proposal = self.object
        sent = proposal.submitted_at
        return [
            ("Số tờ trình", proposal.number or "chưa có"),
            ("Ngày", short_date(proposal.dated_on) if proposal.dated_on else "chưa ghi"),
            ("Gửi tỉnh", short_date(sent) if sent else "chưa gửi"),
            ("Được đề nghị tối đa", quota_words(self.bloc_year)),
            *([("Bỏ phiếu", left_out)] if (left_out := vote_left_out(self.bloc_year)) else ()),
            *([("Hội đồng", unspoken)] if (unspoken := council_left_out(proposal)) else ()),
            *([("Kết quả", NOTHING_GRANTED)] if is_refused(proposal, items) else ()),
        ]


def is_settled(proposal):
    """Nobody has to say any more whether it stands: it was decided, or its year ended."""
    return proposal.state == ProposalState.DECIDED or bool(kept_words(proposal))


def is_refused(proposal, items):
    """It was considered to its end, and no line stands in a decision or is with the State."""
    is_over = proposal.state == ProposalState.DECIDED
    return is_over and not any(item.decision_id or item.forwarded_on for item in items)


def choice_rows(proposal):
    """What people chose between equals, each with its award and the sentence."""
    return [(choice.award_id, words_of_choice(choice)) for choice in kept_choices(proposal)]


class ProposalStart(BlocYearPage, ObjectMixin, View):
    permission_required = "proposals.draft_proposal"
    http_method_names = ("post",)

    def find_object(self):
        return Proposal(bloc_year=self.bloc_year)

    def post(self, request, *args, **kwargs):
        try:
            start_proposal(self.bloc_year, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect("proposals:proposal_detail", self.bloc_year.pk)
        messages.success(request, "Đã lập đề nghị từ kết quả của năm. Hãy kiểm tra từng dòng.")
        return redirect("proposals:proposal_edit", self.bloc_year.pk)


class ProposalEdit(ProposalMixin, SavesItself, ObjectFormPage):
    permission_required = "proposals.draft_proposal"
    template_name = "proposals/proposal_form.html"
    form_class = ProposalForm
    heading = "Soạn đề nghị khen thưởng"
    crumb = "Soạn đề nghị"
    submit_label = "Lưu đề nghị"

    def get_closed(self):
        return super().get_closed() or ("" if self.object.is_draft else SENT)

    def get_items(self):
        members = Unit.objects.filter(years__bloc_year=self.bloc_year)
        units = (members if members.exists() else Unit.objects.standing()).order_by("name", "pk")
        options = {
            "initial": list(self.object.items.values("award", "unit", "merit", "warned_reason")),
            "prefix": "dong",
            "form_kwargs": {"units": units},
        }
        if self.request.method == "POST":
            return ItemFormSet(self.request.POST, **options)
        if kept := kept_input(self.request):
            return ItemFormSet(kept, **options)
        return ItemFormSet(**options)

    def get_asked_form(self):
        """A line of the grid, where one is asked."""
        asked = self.request.GET[ASKED]
        found = (one for one in self.get_items() if asked.startswith(f"{one.prefix}-"))
        return next(found, None) or super().get_asked_form()

    def post(self, request, *args, **kwargs):
        form, self.items = self.get_form(), self.get_items()
        valid = form.is_valid()
        if self.items.is_valid() and valid:
            return self.form_valid(form)
        return self.form_invalid(form)

    def get_words(self):
        return proposal_words(self.object)

    def save(self, form, *, seen):
        return edit_proposal(
            self.object,
            actor=self.request.user,
            header=form.cleaned_data,
            items=self.items.rows(),
            seen=seen,
        )

    def get_context_data(self, **kwargs):
        items = getattr(self, "items", None) or self.get_items()
        return super().get_context_data(items=items, rows=item_rows(items), **kwargs)


def registered_rows(bloc_year, items, user):
    """Beside what each unit registered at the start of the year what is proposed for it now."""
    proposed = {}
    for item in items:
        proposed.setdefault(item.unit_id, []).append(item.award.name)
    rows = []
    for row in Registration.objects.visible_to(user).signed_in(bloc_year):
        row.bloc_year = bloc_year
        names = "; ".join(proposed.get(row.unit_id, ())) or NOT_PROPOSED
        rows.append({"unit": row.unit, "titles": row.title_words, "proposed": names})
    return rows


def item_rows(items):
    """Each line as the template writes it: names, values, choices and errors; no query per row."""
    first = items.empty_form
    awards = [(str(row.pk), str(row)) for row in first.fields["award"].queryset]
    items.read_units()
    return [
        {
            "award": choice(form, "award", awards),
            "unit": unit_choice(form, number),
            "merit_name": form["merit"].html_name,
            "merit": form["merit"].value() or "",
            "reason_name": form["warned_reason"].html_name,
            "reason": form["warned_reason"].value() or "",
            "errors": [text for texts in form.errors.values() for text in texts]
            if items.is_bound
            else [],
        }
        for number, form in enumerate(items, start=1)
    ]


def unit_choice(form, number):
    attrs = {"class": "form-select", "aria-label": f"Đơn vị, dòng {number}"}
    return form["unit"].as_widget(attrs=attrs)


def choice(form, name, options):
    value = str(form[name].value() or "")
    return {"name": form[name].html_name, "options": options, "value": value}


class ProposalMove(ProposalMixin, TransitionPage):
    workflow = PROPOSAL
    crumb = "Đề nghị khen thưởng"

    def act(self, note):
        told = {"note": note, "is_confirmed": self.is_confirmed}
        return move_proposal(self.object, self.move.name, actor=self.request.user, **told)


class ProposalPaperPage(ProposalMixin, PaperPage):
    permission_required = "proposals.view_proposal"
    kind = "submission"

    def is_final(self):
        return self.object.state not in INNER_STATES

    def build(self):
        return submission_paper(self.object)
