from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views import View

from agreements.actions.agreements import (
    agreement_words,
    edit_agreement,
    sign_agreement,
    start_agreement,
)
from agreements.documents.agreement import agreement_paper
from agreements.enums import TONES, AgreementState
from agreements.forms.agreements import AgreementForm, SignatureForm, TargetFormSet
from agreements.models import Agreement
from agreements.workflows import AGREEMENT
from blocs.criteria.models import ScoringTable
from blocs.reports.models.agreed_targets import leaves_with_targets
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from blocs.years.views.pages import BlocYearPage, MayBeMissing, OneOfYear
from thidua.common.pages.kept import kept_input
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import (
    FormPage,
    ObjectFormPage,
    ObjectMixin,
    ObjectPage,
    TransitionPage,
    refuse,
)
from thidua.papers.views import PaperPage

OPEN_TEXT = (AgreementState.DRAFT, AgreementState.SIGNING)


class AgreementMixin(OneOfYear, ObjectMixin):
    model = Agreement


class AgreementDetail(AgreementMixin, MayBeMissing, ObjectPage):
    permission_required = "years.view_year"
    template_name = "agreements/agreement_detail.html"
    missing_template = "agreements/agreement_missing.html"
    crumb = "Giao ước thi đua"
    workflow = AGREEMENT
    move_url = "agreements:agreement_move"

    def get_context_data(self, **kwargs):
        if self.object is None:
            return self.missing_context(**kwargs)
        agreement, user = self.object, self.request.user
        members = list(self.bloc_year.members.select_related("unit"))
        signatures = {row.unit_id: row for row in agreement.valid_signatures()}
        may_edit = user.has_perm("agreements.draft_agreement", agreement)
        return super().get_context_data(
            facts=self.get_facts(),
            tone=TONES[agreement.state],
            targets=list(agreement.targets.all()),
            contents=lines(agreement.contents),
            execution=lines(agreement.execution),
            rows=[(member.unit, signatures.get(member.unit_id)) for member in members],
            signed=len(signatures),
            total=len(members),
            voided=agreement.signatures.exclude(voided_at=None).count(),
            may_edit=may_edit and agreement.state in OPEN_TEXT,
            units_to_sign=self.get_units_to_sign(members, signatures),
            **kwargs,
        )

    def missing_context(self, **kwargs):
        draft = Agreement(bloc_year=self.bloc_year)
        return BlocYearPage.get_context_data(self, **kwargs) | {
            "may_start": self.request.user.has_perm("agreements.draft_agreement", draft)
        }

    def get_facts(self):
        agreement = self.object
        return [
            ("Số, ký hiệu", agreement.number or "chưa có"),
            ("Nơi ký", agreement.place or "chưa ghi"),
            ("Ngày ký", f"{agreement.signed_on:%d/%m/%Y}" if agreement.signed_on else "chưa ghi"),
            ("Chứng kiến", agreement.witness or "không ghi"),
            ("Số bản", f"{agreement.copies:02d}"),
        ]

    def get_units_to_sign(self, members, signatures):
        """Own units of a leader that have not signed yet."""
        if self.object.state != AgreementState.SIGNING:
            return []
        leads = standing_of(self.request.user).leads
        return [
            member.unit
            for member in members
            if member.unit_id in leads and member.unit_id not in signatures
        ]


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


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


class AgreementEdit(AgreementMixin, SecondWriter, ObjectFormPage):
    permission_required = "agreements.draft_agreement"
    template_name = "agreements/agreement_form.html"
    form_class = AgreementForm
    heading = "Soạn giao ước thi đua"
    crumb = "Soạn giao ước"
    submit_label = "Lưu văn bản giao ước"

    def get_targets(self):
        initial = list(self.object.targets.values("name", "measure", "planned", "leaf"))
        table = ScoringTable.objects.in_force(self.bloc_year).first()
        shared = {
            "initial": initial,
            "prefix": "chi-tieu",
            "form_kwargs": {"leaves": leaves_with_targets(table)},
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


class AgreementSign(AgreementMixin, FormPage):
    """The leader reads and signs for the own unit."""

    permission_required = "agreements.sign_agreement"
    template_name = "agreements/signature_form.html"
    form_class = SignatureForm
    crumb = "Ký giao ước"
    submit_label = "Ký thay mặt đơn vị"
    success_message = "Đã ghi chữ ký của đơn vị."
    consequence = "Chữ ký được ghi tên người ký, thẩm quyền và thời điểm, và không rút lại được."

    def get_unit(self):
        leads = standing_of(self.request.user).leads
        return (
            Unit.objects.filter(pk__in=leads, years__bloc_year=self.bloc_year)
            .order_by("name", "pk")
            .first()
        )

    def get_heading(self):
        return f"Ký giao ước – {self.get_unit()}"

    def get_initial(self):
        unit = self.get_unit()
        return {
            "signer_name": str(self.request.user),
            "signer_title": unit.leader_title if unit else "",
            "revision": self.object.revision,
        }

    def act(self, form):
        return sign_agreement(
            self.object, actor=self.request.user, unit=self.get_unit(), **form.cleaned_data
        )


class AgreementMove(AgreementMixin, TransitionPage):
    workflow = AGREEMENT
    crumb = "Giao ước thi đua"


class AgreementPaperPage(AgreementMixin, PaperPage):
    permission_required = "agreements.view_agreement"
    kind = "agreement"

    def is_final(self):
        return self.object.state not in OPEN_TEXT

    def build(self):
        return agreement_paper(self.object)
