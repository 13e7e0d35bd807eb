"""What a leader answers for the own unit: signs, declines with a reason, takes that back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views import View

from agreements.actions.signatures import (
    decline_agreement,
    sign_agreement,
    take_back_declining,
)
from agreements.enums import AgreementState
from agreements.forms.agreements import DeclineForm, SignatureForm
from agreements.models.answers import unit_answers
from agreements.views.agreements import MAY_SIGN, AgreementMixin
from blocs.units.models.seats import standing_of
from thidua.common.pages.views import AsksProof, FormPage, refuse

NOTHING_TO_ANSWER = (
    "Đơn vị không còn gì phải trả lời: đã ký, hoặc giao ước không ở bước này. "
    "Trang giao ước cho biết ai làm việc tiếp theo."
)


class AnswerPage(AgreementMixin, FormPage):
    """A form of a leader about one own unit; where nothing can be saved, the page says so."""

    permission_required = "agreements.sign_agreement"
    states = MAY_SIGN

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.unit = self.find_unit() if self.object else None

    def find_unit(self):
        """The first own unit that owes an answer; one that has declined comes last."""
        leads = standing_of(self.request.user).leads
        own = [
            row
            for row in unit_answers(self.object)
            if row.owes and row.unit.pk in leads and not row.signature
        ]
        own.sort(key=lambda row: row.declining is not None)
        return own[0].unit if own else None

    def get(self, request, *args, **kwargs):
        if self.unit is None or self.object.state not in self.states:
            messages.warning(request, NOTHING_TO_ANSWER)
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"revision": self.object.revision}


class AgreementSign(AsksProof, AnswerPage):
    """The leader reads and signs for the own unit."""

    template_name = "agreements/signature_form.html"
    form_class = SignatureForm
    crumb = "Ký giao ước"
    submit_label = "Ký thay mặt đơn vị"
    success_message = "Đã ghi chữ ký của đơn vị."
    consequence = "Chữ ký được ghi tên người ký, thẩm quyền và thời điểm, và không rút lại được."

    def get_heading(self):
        late = "Ký bổ sung" if self.object.state == AgreementState.EFFECTIVE else "Ký"
        return f"{late} giao ước – {self.unit or self.bloc_year}"

    def get_initial(self):
        return super().get_initial() | {
            "signer_name": str(self.request.user),
            "signer_title": self.unit.leader_title if self.unit else "",
        }

    def act(self, form):
        unit = refuse_nobody(self.unit)
        return sign_agreement(self.object, actor=self.request.user, unit=unit, **form.cleaned_data)


class AgreementDecline(AnswerPage):
    """The leader says that the own unit does not sign, and why."""

    template_name = "agreements/signature_form.html"
    form_class = DeclineForm
    crumb = "Không ký giao ước"
    submit_label = "Ghi không ký"
    success_message = "Đã ghi đơn vị không ký giao ước cùng lý do."
    consequence = (
        "Lý do hiện với các đơn vị của khối và cơ quan thường trực, và được in trong giao ước "
        "nếu giao ước có hiệu lực. Đơn vị rút lại hoặc ký được khi giao ước còn đang ký; đơn vị "
        "vào sau khi giao ước có hiệu lực thì ký bổ sung được về sau."
    )

    def find_unit(self):
        """As for signing; once the agreement is in effect only those that came since decline."""
        unit = super().find_unit()
        return unit if unit and self.object.may_decline(unit) else None

    def get_heading(self):
        return f"Không ký giao ước – {self.unit or self.bloc_year}"

    def act(self, form):
        unit = refuse_nobody(self.unit)
        decline_agreement(self.object, actor=self.request.user, unit=unit, **form.cleaned_data)


def refuse_nobody(unit):
    """The own unit; whoever has none left to answer for is told so beside what was typed."""
    if unit is None:
        raise ValidationError(NOTHING_TO_ANSWER)
    return unit


class AgreementTakeBack(AgreementMixin, View):
    permission_required = "agreements.sign_agreement"
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        leads = standing_of(request.user).leads
        declined = self.object.valid_declinings().filter(unit__in=leads).order_by("pk").first()
        try:
            if declined:
                take_back_declining(self.object, actor=request.user, unit=declined.unit)
                messages.success(request, "Đã rút lại việc không ký; đơn vị ký được giao ước.")
        except ValidationError as error:
            refuse(request, error)
        return redirect(self.object)
