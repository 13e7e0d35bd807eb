"""Pages of an absence: who stands in for me, until when; and seats that go to another person."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from blocs.units.actions.absences import end_absence, hand_over_seats, name_substitute, stand_ins
from blocs.units.forms.absences import AbsenceForm, HandOverForm
from blocs.units.models.seats import Seat, standing_of
from blocs.units.views.people import HOME, SECOND_PERSON, PersonMixin
from thidua.accounts.models import User
from thidua.common.pages.views import (
    AsksProof,
    FormPage,
    ObjectFormPage,
    PagePermission,
    refuse,
)


class AbsenceNew(AsksProof, FormPage):
    """The days of an absence; below, who stands in already."""

    permission_required = "units.name_substitute"
    template_name = "units/absence.html"
    form_class = AbsenceForm
    heading = "Vắng mặt, người thay"
    submit_label = "Giao người thay"
    success_message = "Đã ghi những ngày vắng mặt và người thay."
    consequence = (
        "Trong những ngày này người thay thấy và làm mọi việc của bạn ở đơn vị; văn bản ghi “KT.”. "
        "Hết ngày cuối, quyền của người thay tự hết."
    )
    breadcrumbs = (HOME, ("Vắng mặt, người thay", None))

    def get_form_kwargs(self):
        user = self.request.user
        held = Seat.objects.on(timezone.localdate()).filter(stands_in_for=None)
        people = held.filter(unit__in=standing_of(user).units).values("user")
        found = User.objects.filter(pk__in=people, is_active=True).exclude(pk=user.pk)
        return super().get_form_kwargs() | {"people": found.order_by("full_name", "pk")}

    def get_success_url(self):
        return reverse("units:absence_new")

    def get_cancel_url(self):
        return "/"

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=list(stand_ins(self.request.user)), **kwargs)

    def act(self, form):
        name_substitute(actor=self.request.user, **form.cleaned_data)


class AbsenceEnd(PagePermission, View):
    """Back before the last day: nobody stands in any more."""

    permission_required = "units.name_substitute"
    http_method_names = ("post",)

    def post(self, request):
        try:
            end_absence(actor=request.user)
            messages.success(request, "Đã ghi bạn trở lại; người thay không còn quyền thay bạn.")
        except ValidationError as error:
            refuse(request, error)
        return redirect("units:absence_new")


class SeatsHandOver(PersonMixin, ObjectFormPage):
    """All seats of a person, and with them all open tasks, to another in one act."""

    form_class = HandOverForm
    crumb = "Bàn giao vị trí"
    submit_label = "Bàn giao mọi vị trí"
    success_message = "Đã bàn giao các vị trí; việc đang mở theo vị trí sang người nhận."
    consequence = (
        f"{SECOND_PERSON} Người đang giữ thôi giữ từ ngày bàn giao; vị trí chờ xác nhận thì để "
        "khuyết đến khi được xác nhận."
    )

    def get_form_kwargs(self):
        people = User.objects.filter(is_active=True).exclude(pk=self.object.pk)
        return super().get_form_kwargs() | {"people": people.order_by("full_name", "pk")}

    def get_heading(self):
        return f"Bàn giao vị trí – {self.object}"

    def act(self, form):
        hand_over_seats(self.object, actor=self.request.user, **form.cleaned_data)
