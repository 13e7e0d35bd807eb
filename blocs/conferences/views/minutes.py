"""The minutes: a draft to read, the signing, and stored papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View

from blocs.conferences.actions.papers import sign_minutes
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.documents.vote_facts import ballot_of
from blocs.conferences.forms import SignForm
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.views.conference_pages import ConferenceMixin
from blocs.conferences.workflows import CONFERENCE, conference_has_ended
from blocs.states import ConferenceState
from thidua.common.pages.views import FormPage, ObjectMixin
from thidua.papers.models import Paper
from thidua.papers.stored import PaperDamaged, read_paper
from thidua.papers.views import OfSubject, PaperPage, pdf_answer


class MinutesPreview(ConferenceMixin, PaperPage):
    """A draft shows everybody's points, so only those who write the conference read it."""

    permission_required = "conferences.write_conference"

    def build(self):
        return minutes_of(self.object, is_draft=True)


class CountingPreview(ConferenceMixin, PaperPage):
    permission_required = "conferences.write_conference"

    def build(self):
        ballot = ballot_of(self.object, self.kwargs["kind"], self.kwargs.get("number", 1))
        if ballot is None:
            raise Http404
        return counting_minutes_of(self.object, ballot, is_draft=True)


class MinutesSign(ConferenceMixin, ObjectMixin, FormPage):
    permission_required = "conferences.sign_minutes"
    template_name = "conferences/minutes_sign.html"
    form_class = SignForm
    heading = "Ký biên bản hội nghị"
    page_crumb = "Ký biên bản"
    submit_label = "Ký biên bản"
    success_message = "Đã ký biên bản. Văn bản được lưu cùng mã băm và không đổi nữa."
    consequence = (
        "Sau khi ký, số liệu của hội nghị không sửa được; điểm đã thẩm định được hội nghị "
        "thống nhất và biên bản được lưu nguyên văn."
    )

    def get(self, request, *args, **kwargs):
        if self.object.state != ConferenceState.COUNTED:
            messages.warning(request, self.get_refusal())
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    def get_refusal(self):
        if self.object.state == ConferenceState.SIGNED:
            return "Biên bản hội nghị đã ký."
        return "Cần xác nhận kết quả kiểm phiếu trước khi ký biên bản."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"code": self.bloc_year.bloc.code}

    def get_initial(self):
        return {
            "ended_day": timezone.localtime(self.object.starts_at).date(),
            "approvals": presence_of(self.object).present,
        }

    def act(self, form):
        return sign_minutes(self.object, actor=self.request.user, **form.signing())

    def get_context_data(self, **kwargs):
        move = CONFERENCE["sign"]
        # The hour of the end is typed on this page.
        guards = [guard for guard in move.guards if guard is not conference_has_ended]
        reasons = [reason for guard in guards for reason in guard(self.object)]
        return super().get_context_data(
            object=self.object,
            obstacles=reasons,
            move=move,
            preview_url=self.object.address("minutes_preview"),
            **kwargs,
        )


class PaperFile(OfSubject, View):
    """A stored paper as it was signed; its subject says who may read it."""

    def get_queryset(self):
        return Paper.objects.all()

    def get(self, request, *args, **kwargs):
        try:
            return pdf_answer(read_paper(self.object), self.object.title)
        except PaperDamaged as error:
            messages.error(request, str(error))
            return redirect(self.object.subject)
