"""The first page of a sitting that continues the signed conference."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from blocs.conferences.actions.sittings import continue_conference
from blocs.conferences.models.sittings import (
    further_sitting_refusals,
    last_sitting,
    late_units,
)
from blocs.conferences.views.conferences import ConferenceNew
from thidua.common.pages.views import refuse


class SittingNew(ConferenceNew):
    """A further sitting continues the signed conference: its first page, with what is late."""

    template_name = "conferences/sitting_new.html"
    page_crumb = "Lập hội nghị bổ sung"
    heading = "Lập hội nghị bổ sung"
    submit_label = "Lập hội nghị bổ sung"
    success_message = "Đã lập hội nghị bổ sung. Việc tiếp theo: điểm danh và ghi nội dung."
    consequence = (
        "Biên bản đã ký giữ nguyên; hội nghị bổ sung có điểm danh, nội dung, phiếu và biên bản "
        "riêng, thống nhất điểm của báo cáo nộp sau."
    )

    def get(self, request, *args, **kwargs):
        last = last_sitting(self.bloc_year)
        if refusals := further_sitting_refusals(self.bloc_year, last):
            refuse(request, ValidationError(refusals))
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return super().get_initial() | {"day": timezone.localdate()}

    def act(self, form):
        return continue_conference(self.bloc_year, facts=form.facts(), actor=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(late=late_units(self.bloc_year), **kwargs)
