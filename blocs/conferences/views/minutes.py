"""The minutes: a draft to read, the signing, and stored papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View

from blocs.conferences.actions.papers import (
    ON_PAPER,
    add_minutes_copy,
    copy_basis,
    ending_faults,
    record_signed_minutes,
    sign_minutes,
    was_signed_on_paper,
)
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.documents.vote_facts import ballot_of
from blocs.conferences.forms import MinutesCopyForm, SignForm, minutes_sign
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.views.conference_pages import ConferenceMixin
from blocs.conferences.views.sealing_ways import ways_to_seal
from blocs.conferences.workflows import CONFERENCE, conference_has_ended, points_were_there
from blocs.states import ConferenceState
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.views import AsksProof, FormPage, ObjectMixin
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.papers.forms import SignedCopyForm
from thidua.papers.models import Paper
from thidua.papers.signed_copies import CopyEntry
from thidua.papers.stored import PaperDamaged
from thidua.papers.views import OfSubject, PaperPage, TakesCopy, kept_answer

RECORDED_FURTHER = (
    "Ghi nhận xong, biên bản là đã ký: số liệu của hội nghị không sửa được, điểm đã thẩm định được "
    "thống nhất; biên bản in theo số liệu ở đây và bản quét được lưu cùng mã băm."
)
RECORDED = (
    f"{RECORDED_FURTHER} Sau đó khối trưởng chốt xếp hạng của năm rồi lập đề nghị khen thưởng."
)
READ = "Vui lòng đọc dự thảo biên bản trước khi ký."
COMPARE = (
    "Dùng trang này khi hội nghị ký tay. Vui lòng đối chiếu bản giấy với dự thảo; hai bản khác "
    "nhau thì sửa số liệu của hội nghị trước khi ghi nhận."
)
ADDED = "Biên bản đã ký trong phần mềm; ở đây chỉ thêm bản quét của bản giấy."
ADDED_AGAIN = (
    "Biên bản ký trên giấy đã được ghi nhận cùng bản quét; ở đây chỉ thêm một bản quét khác của "
    "chính biên bản đó, ví dụ khi bản trước thiếu trang."
)
NOT_COUNTED = "Cần xác nhận kết quả kiểm phiếu trước khi ký biên bản."


class MinutesPreview(ConferenceMixin, PaperPage):
    """A draft shows everybody's points: only those read it who may hold a paper against it."""

    permission_required = "conferences.record_minutes"
    kind = "minutes"

    def is_final(self):
        return self.object.state == ConferenceState.SIGNED

    def build(self):
        return minutes_of(self.object, is_draft=not self.is_final())


class CountingPreview(ConferenceMixin, PaperPage):
    permission_required = "conferences.write_conference"

    def build(self):
        ballot = ballot_of(self.object, self.kwargs["kind"], self.kwargs.get("number", 1))
        if ballot is None:
            raise Http404
        return counting_minutes_of(self.object, ballot, is_draft=True)


class SealsMinutes(MakesMove):
    """The sealing, here or on paper: the hour of the end is typed, the rest is done elsewhere."""

    workflow = CONFERENCE
    asked_here = (conference_has_ended, points_were_there)

    def get_ways(self):
        return ways_to_seal(self.object, self.request.user) if self.held_by else ()

    def foresee(self, form):
        if not self.move:
            return super().foresee(form)
        approvals = form.cleaned_data.get("approvals")
        return super().foresee(form) | ending_faults(self.object, form.ended_at(), approvals)

    def get_obstacles(self):
        """An end before the last appraisal is mended in the fields of this page."""
        return points_were_there(self.object) if self.move else []


class MinutesSign(AsksProof, ConferenceMixin, SealsMinutes, ObjectMixin, FormPage):
    move_name = "sign"
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
        return NOT_COUNTED

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"code": self.bloc_year.bloc.code}

    def get_initial(self):
        return ending_of(self.object) | {
            "approvals": presence_of(self.object).present,
        }

    def act(self, form):
        return sign_minutes(self.object, actor=self.request.user, **form.signing())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object,
            obstacles=self.get_obstacles(),
            lead=READ,
            preview_url=self.object.address("minutes_preview"),
            **kwargs,
        )


def ending_of(conference):
    """The end as the conference has it; before it is written the day on which it met."""
    if conference.ended_at is None:
        return {"ended_day": day_in_vietnam(conference.starts_at)}
    ended = timezone.localtime(conference.ended_at)
    return {"ended_day": day_in_vietnam(ended), "ended_time": ended.time()}


class MinutesCopy(ConferenceMixin, SealsMinutes, TakesCopy, ObjectMixin, FormPage):
    """Minutes signed by hand: recorded whole while nothing is signed, then only their scan."""

    move_name = ON_PAPER
    writes = "common.keep_copy"
    permission_required = "conferences.record_minutes"
    template_name = "conferences/minutes_sign.html"
    heading = "Ghi nhận biên bản ký trên giấy"
    page_crumb = "Ghi nhận bản giấy"
    submit_label = "Ghi nhận bản giấy"
    success_message = "Đã ghi nhận biên bản ký trên giấy cùng bản quét."

    def get(self, request, *args, **kwargs):
        if self.object.state not in (ConferenceState.COUNTED, ConferenceState.SIGNED):
            messages.warning(request, NOT_COUNTED)
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    @property
    def is_signed(self):
        return self.object.state == ConferenceState.SIGNED

    @property
    def consequence(self):
        if self.is_signed:
            return "Bản quét được giữ cùng mã băm bên cạnh biên bản đã lưu; không thay văn bản nào."
        return self.say(RECORDED if not self.object.is_further else RECORDED_FURTHER)

    def get_form_class(self):
        return SignedCopyForm if self.is_signed else MinutesCopyForm

    def get_form_kwargs(self):
        fixed = {"fixed": ("number",)} if self.is_signed else {}
        sign = {"sign": minutes_sign(self.bloc_year.bloc.code)}
        return super().get_form_kwargs() | sign | fixed

    def get_initial(self):
        conference = self.object
        ending = ending_of(conference)
        chair = (conference.chair_name, conference.chair_title)
        secretary = (conference.secretary_name, conference.secretary_title)
        signers = [", ".join(filter(None, person)) for person in (chair, secretary)]
        return ending | {
            "number": conference.minutes_number,
            "signed_on": ending["ended_day"],
            "signers": "\n".join(filter(None, signers)),
            "approvals": presence_of(conference).present,
        }

    def act(self, form):
        entry, actor = CopyEntry(**form.copy_facts()), self.request.user
        if self.is_signed:
            add_minutes_copy(self.object, entry=entry, actor=actor)
            return self.object
        return record_signed_minutes(self.object, entry=entry, actor=actor, **form.ending())

    def get_basis(self):
        return copy_basis(self.object)

    def get_lead(self):
        if not self.is_signed:
            return COMPARE
        return ADDED_AGAIN if was_signed_on_paper(self.object) else ADDED

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            object=self.object,
            obstacles=self.get_obstacles(),
            lead=self.get_lead(),
            preview_url=self.object.address("minutes_preview"),
            **kwargs,
        )


class PaperFile(OfSubject, View):
    """A stored paper as it was signed; its subject says who may read it."""

    is_word = False

    def get_queryset(self):
        return Paper.objects.all()

    def get(self, request, *args, **kwargs):
        try:
            return kept_answer(self.object, request, is_word=self.is_word)
        except PaperDamaged as error:
            messages.error(request, str(error))
            return redirect(self.object.subject)
