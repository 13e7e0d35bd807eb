"""The page on which an agreement signed by hand is recorded."""

from agreements.actions.paper_copies import (
    PaperSigner,
    add_copy,
    copy_basis,
    copy_right,
    record_signed_agreement,
)
from agreements.forms.agreements import agreement_sign
from agreements.forms.paper_copies import AgreementCopyForm
from agreements.models import Agreement
from agreements.workflows import AGREEMENT, OPEN_TEXT
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.views import FormPage, ObjectMixin
from thidua.papers.forms import SignedCopyForm
from thidua.papers.signed_copies import CopyEntry
from thidua.papers.views import TakesCopy


class AgreementCopy(MakesMove, TakesCopy, BlocYearPage, ObjectMixin, FormPage):
    """Whole, with who signed for which unit, while nothing is in effect; then only the scan."""

    workflow, move_name = AGREEMENT, "take_effect_on_paper"
    writes = "common.keep_copy"
    crumb = "Ghi nhận bản giấy"
    submit_label = "Ghi nhận bản giấy"
    success_message = "Đã ghi nhận giao ước ký trên giấy."

    def find_object(self):
        """The agreement of the year; a new one where nobody has drafted any."""
        found = Agreement.objects.for_page().filter(bloc_year=self.bloc_year).first()
        return found or Agreement(bloc_year=self.bloc_year)

    def get_permission_required(self):
        return (copy_right(self.object),)

    @property
    def takes_effect(self):
        return self.object.state in OPEN_TEXT

    @property
    def consequence(self):
        if not self.takes_effect:
            return "Bản quét được giữ cùng mã băm bên cạnh văn bản đã có; không thay văn bản nào."
        return (
            "Giao ước có hiệu lực từ ngày ký ghi trên bản giấy; văn bản chính là bản quét này. Năm "
            "thi đua chuyển sang đã ký giao ước."
        )

    def get_basis(self):
        return copy_basis(self.object)

    def get_heading(self):
        return f"Ghi nhận giao ước {self.bloc_year.words} ký trên giấy"

    def get_form_class(self):
        return AgreementCopyForm if self.takes_effect else SignedCopyForm

    def get_form_kwargs(self):
        units = {"units": self.object.owing_units()} if self.takes_effect else {}
        sign = agreement_sign(self.bloc_year.bloc)
        return super().get_form_kwargs() | units | {"sign": sign}

    def get_initial(self):
        return {"number": self.object.number, "signed_on": self.object.signed_on}

    def act(self, form):
        actor, typed = self.request.user, form.copy_facts()
        if not self.takes_effect:
            add_copy(self.object, entry=CopyEntry(**typed), actor=actor)
            return self.object
        signers = [PaperSigner(*row) for row in form.signers()]
        typed["signers"] = "\n".join(signer.words for signer in signers)
        return record_signed_agreement(
            self.bloc_year,
            entry=CopyEntry(**typed),
            signers=signers,
            reason=form.cleaned_data["reason"],
            actor=actor,
        )
