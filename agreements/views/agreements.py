from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from agreements.actions.agreements import (
    IN_EFFECT,
    WRITABLE,
    agreement_words,
    edit_agreement,
    start_agreement,
)
from agreements.actions.effect import WITHOUT, take_effect_without
from agreements.actions.paper_copies import copy_right
from agreements.documents.addition import agreement_addition, late_words
from agreements.documents.agreement import agreement_paper, group_table_lines
from agreements.domain.effect import (
    copies_words,
    effect_sentence,
    signed_words,
    usual_copies,
    ways_on,
)
from agreements.enums import TONES, AgreementState
from agreements.forms.agreements import AgreementForm, TargetFormSet
from agreements.models import Agreement
from agreements.models.agreed import target_rows
from agreements.models.answers import effect_words, given_to, set_apart, told
from agreements.workflows import AGREEMENT, OPEN_TEXT
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.reports.models.agreed_targets import leaves_with_targets
from blocs.units.models.seats import standing_of
from blocs.years.models.changes import changes_in_force
from blocs.years.views.pages import BlocYearPage, MayBeMissing, OneOfYear
from thidua.common.activity import kept_words
from thidua.common.files import KIND_WORDS
from thidua.common.pages.kept import kept_input
from thidua.common.pages.saving import SavesItself
from thidua.common.pages.views import (
    ObjectFormPage,
    ObjectMixin,
    ObjectPage,
    TransitionPage,
    refuse,
)
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.signed_copies import copies_of, copy_rows
from thidua.papers.stored import papers_of
from thidua.papers.views import PaperPage

MAY_SIGN = (AgreementState.SIGNING, AgreementState.EFFECTIVE)
# More are no list that one reads from end to end.
MANY_SIGNERS = 20


class AgreementMixin(OneOfYear, ObjectMixin):
    model = Agreement


def signature_rows(answers):
    """The answers as rows; of many, those that still wait stand first and the others are folded."""
    rows = [(row, late_words(row.signature) if row.is_late else "") for row in answers]
    waits = [one for one in rows if not (one[0].signature or one[0].declining)]
    if len(rows) <= MANY_SIGNERS:
        return {"rows": rows, "folded": []}
    return {"rows": waits, "folded": [one for one in rows if one not in waits]}


class AgreementDetail(AgreementMixin, MayBeMissing, ObjectPage):
    permission_required = "years.view_year"
    template_name = "agreements/agreement_detail.html"
    missing_template = "agreements/agreement_missing.html"
    crumb = "Giao ước thi đua"
    workflow = AGREEMENT
    folded_actions = ("agreements.edit_agreement",)
    move_url = "agreements:agreement_move"

    def get_context_data(self, **kwargs):
        if self.object is None:
            return self.missing_context(**kwargs)
        agreement, user = self.object, self.request.user
        given, copies = given_to(agreement), copy_rows(agreement, "agreement")
        answers = given.rows
        may_edit = user.has_perm("agreements.draft_agreement", agreement)
        return super().get_context_data(
            facts=self.get_facts(given),
            tone=TONES[agreement.state],
            targets=target_rows(agreement),
            contents=filled_lines(agreement.contents),
            execution=filled_lines(agreement.execution),
            **signature_rows(answers),
            apart=set_apart(agreement, answers, changes_in_force(self.bloc_year)),
            signed_words=signed_words(told(answers), given.share),
            effect_words=self.get_effect_words(given),
            has_late=any(row.is_late for row in answers),
            ways=self.get_ways(told(answers), given.share),
            voided=sum(one.voided_at is not None for one in given.all_signatures),
            may_edit=may_edit and agreement.state in OPEN_TEXT and not kept_words(agreement),
            copies=copies,
            scan_label=self.get_scan_label(copies),
            copy_url=self.get_copy_url(agreement),
            **self.get_own(answers),
            **kwargs,
        )

    def get_scan_label(self, copies):
        """What the button opens: the scan of a paper signed by hand, or, without words, ours."""
        is_open = self.object.state in OPEN_TEXT
        if is_open or not copies or papers_of(self.object).exists():
            return ""
        return f"Xem bản quét đã ký ({KIND_WORDS[copies[0]['copy'].content_type]})"

    def get_copy_url(self, agreement):
        """Where a paper signed by hand is recorded, for those who may."""
        may = self.request.user.has_perm(copy_right(agreement), agreement)
        return reverse("agreements:agreement_copy", args=(self.bloc_year.pk,)) if may else ""

    def missing_context(self, **kwargs):
        draft = Agreement(bloc_year=self.bloc_year)
        return BlocYearPage.get_context_data(self, **kwargs) | {
            "copy_url": self.get_copy_url(draft),
            "may_start": self.request.user.has_perm("agreements.draft_agreement", draft)
            and not kept_words(draft),
        }

    def get_facts(self, given):
        agreement = self.object
        usual = usual_copies(sum(row.owes for row in given.rows_at_effect))
        return [
            ("Số, ký hiệu", agreement.number or "chưa có"),
            ("Nơi ký", agreement.place or "chưa ghi"),
            ("Ngày ký", short_date(agreement.signed_on) if agreement.signed_on else "chưa ghi"),
            ("Chứng kiến", agreement.witness or "không ghi"),
            ("Số bản", copies_words(agreement.copies, usual)),
            *(("Bảng chấm điểm", line) for line in group_table_lines(self.bloc_year)),
        ]

    def get_effect_words(self, given):
        """With which signatures it took effect; empty before that."""
        agreement = self.object
        if not agreement.effective_at:
            return ""
        day, reason = agreement.effect_day, agreement.missing_reason
        return effect_sentence(effect_words(given), day, reason)

    def get_ways(self, answers, threshold):
        """Who can do what next; nobody stands before this page without a way on."""
        agreement = self.object
        if kept := kept_words(agreement):
            return [kept]
        head, word = str(self.bloc_year.head or ""), self.bloc_year.bloc.word
        return ways_on(agreement.state, answers, threshold, head=head, word=word)

    def get_own(self, answers):
        """Own units of a leader: which may still sign, and which of these have declined."""
        leads = standing_of(self.request.user).leads
        own = []
        if self.object.state in MAY_SIGN:
            own = [r for r in answers if r.owes and r.unit.pk in leads and not r.signature]
        is_open = self.object.state == AgreementState.SIGNING
        late = self.object.late_units() if own else ()
        asked = [row for row in own if is_open or row.unit.pk in late]
        declined = [row.declining for row in asked if row.declining]
        return {
            "sign_label": "Ký giao ước" if is_open else "Ký bổ sung",
            "units_to_sign": [row.unit for row in own],
            "declined": declined[0] if declined else None,
            "may_decline": len(declined) < len(asked),
        }


class AgreementStart(BlocYearPage, ObjectMixin, View):
    permission_required = "agreements.draft_agreement"
    http_method_names = ("post",)

    def find_object(self):
        return Agreement(bloc_year=self.bloc_year)

    def post(self, request, *args, **kwargs):
        try:
            agreement = start_agreement(self.bloc_year, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect("agreements:agreement_detail", self.bloc_year.pk)
        messages.success(request, "Đã lập dự thảo giao ước.")
        return redirect("agreements:agreement_edit", agreement.bloc_year_id)


class AgreementEdit(AgreementMixin, SavesItself, ObjectFormPage):
    permission_required = "agreements.draft_agreement"
    template_name = "agreements/agreement_form.html"
    form_class = AgreementForm
    heading = "Soạn giao ước thi đua"
    crumb = "Soạn giao ước"
    submit_label = "Lưu văn bản giao ước"

    def get_closed(self):
        is_open = self.object.state in WRITABLE
        return super().get_closed() or ("" if is_open else IN_EFFECT)

    def may_save_itself(self):
        """Once it is circulated, a change of the text voids signatures: that takes the button."""
        return self.object.state == AgreementState.DRAFT

    def get_targets(self):
        initial = list(self.object.targets.values("name", "measure", "planned", "leaf"))
        tables = tables_in_force(self.bloc_year).tables
        shared = {
            "initial": initial,
            "prefix": "chi-tieu",
            "form_kwargs": {"leaves": leaves_with_targets(tables)},
        }
        if self.request.method == "POST":
            return TargetFormSet(self.request.POST, **shared)
        return TargetFormSet(kept_input(self.request), **shared)

    def post(self, request, *args, **kwargs):
        form, self.targets = self.get_form(), self.get_targets()
        valid = form.is_valid()
        return (
            self.form_valid(form) if self.targets.is_valid() and valid else self.form_invalid(form)
        )

    def get_words(self):
        return agreement_words(self.object)

    def save(self, form, *, seen):
        return edit_agreement(
            self.object,
            actor=self.request.user,
            text=form.cleaned_data,
            targets=self.targets.rows(),
            seen=seen,
        )

    def get_context_data(self, **kwargs):
        targets = getattr(self, "targets", None) or self.get_targets()
        signed = self.object.valid_signatures().count()
        return super().get_context_data(targets=targets, signed=signed, **kwargs)


class AgreementMove(AgreementMixin, TransitionPage):
    workflow = AGREEMENT
    crumb = "Giao ước thi đua"

    def act(self, note):
        if self.move.name == WITHOUT:
            return take_effect_without(self.object, actor=self.request.user, note=note)
        return super().act(note)


class AgreementPaperPage(AgreementMixin, PaperPage):
    permission_required = "agreements.view_agreement"
    kind = "agreement"

    def is_final(self):
        return self.object.state not in OPEN_TEXT

    def build(self):
        return agreement_paper(self.object)

    def answer(self):
        """Of an agreement signed by hand the scan is the paper: nothing is drawn in its place."""
        if self.is_final() and self.object.is_signed_by_hand:
            return redirect(copies_of(self.object, self.kind).first())
        return super().answer()


class AgreementAdditionPage(AgreementMixin, PaperPage):
    """The newest addition of late signatures; earlier ones are kept beside it."""

    permission_required = "agreements.view_agreement"
    kind = "agreement_addition"

    def find_object(self):
        agreement = super().find_object()
        if agreement_addition(agreement) is None:
            raise Http404
        return agreement

    def build(self):
        return agreement_addition(self.object)
