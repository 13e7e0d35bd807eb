"""A sitting that continues the signed conference, and one that is not held after all."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from blocs.conferences.actions.sittings import call_off_conference, continue_conference
from blocs.conferences.forms import CallOffForm, SittingForm
from blocs.conferences.models.sittings import (
    further_sitting_refusals,
    last_sitting,
    late_units,
)
from blocs.conferences.views.conference_pages import ConferenceMixin, WhileOpen
from blocs.conferences.views.conferences import ConferenceNew
from blocs.states import ConferenceState
from blocs.years.models.frozen_rules import archived_words
from thidua.common.pages.views import ObjectFormPage, refuse


class SittingNew(ConferenceNew):
    """A further sitting continues the signed conference: its first page, with what is late."""

    template_name = "conferences/sitting_new.html"
    form_class = SittingForm
    page_crumb = "Lập hội nghị bổ sung"
    heading = "Lập hội nghị bổ sung"
    submit_label = "Lập hội nghị bổ sung"
    success_message = "Đã lập hội nghị bổ sung. Việc tiếp theo: điểm danh và ghi nội dung."
    consequence = (
        "Biên bản đã ký giữ nguyên; hội nghị bổ sung có điểm danh, nội dung, phiếu và biên bản "
        "riêng, thống nhất điểm của báo cáo nộp sau."
    )

    def get_closed(self):
        return archived_words(self.bloc_year)

    def get(self, request, *args, **kwargs):
        last = last_sitting(self.bloc_year)
        if refusals := further_sitting_refusals(self.bloc_year, last):
            refuse(request, ValidationError(refusals))
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return super().get_initial() | {"day": timezone.localdate()}

    def act(self, form):
        reason, actor = form.cleaned_data["reason"], self.request.user
        return continue_conference(self.bloc_year, facts=form.facts(), reason=reason, actor=actor)

    def get_context_data(self, **kwargs):
        return super().get_context_data(late=late_units(self.bloc_year), **kwargs)


class ConferenceCallOff(WhileOpen, ConferenceMixin, ObjectFormPage):
    """A conference that was only prepared is taken away, with the reason."""

    permission_required = "conferences.write_conference"
    form_class = CallOffForm
    states = (ConferenceState.PREPARED,)
    page_crumb = heading = "Bỏ hội nghị"
    submit_label = "Bỏ hội nghị này"
    success_message = "Đã bỏ hội nghị chưa khai mạc."
    consequence = (
        "Điểm danh và nội dung đã chuẩn bị của hội nghị này bị xóa; nhật ký của năm thi đua giữ "
        "thời gian dự kiến và lý do."
    )

    def act(self, form):
        reason = form.cleaned_data["reason"]
        return call_off_conference(self.object, reason=reason, actor=self.request.user)
