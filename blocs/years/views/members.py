"""The page on which the office fixes which units are compared in a year."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

from blocs.states import YearState
from blocs.units.models import Unit
from blocs.years.actions.planned_members import apply_to_planned
from blocs.years.actions.years import member_words, set_members
from blocs.years.forms.years import MemberRowForm
from blocs.years.models.members.differences import applying_words, difference_words, differences
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import RESTORED, ObjectMixin, refuse
from thidua.common.stamps import OvertakenError, stamp_of_words


@dataclass(frozen=True)
class MemberRow:
    """One unit that is or could be a member, as strings for the inputs."""

    unit: Unit
    prefix: str
    takes_part: bool
    order: str
    role: str = ""
    part: str = ""
    errors: list = field(default_factory=list)


class YearMembers(BlocYearPage, ObjectMixin, TemplateView):
    template_name = "years/year_members.html"
    permission_required = "years.manage_year"
    pk_url_kwarg = "year_pk"
    crumb = "Thành phần"

    def find_object(self):
        return self.bloc_year

    def get_units(self):
        """Members first in their order, then the other units of the bloc."""
        members = self.bloc_year.members.select_related("unit")
        inside = {member.unit_id: member for member in members}
        bloc = self.bloc_year.bloc
        day = max(timezone.localdate(), self.bloc_year.begins_on)
        belonging = bloc.memberships.on(day).values("unit")
        others = Unit.objects.standing().filter(pk__in=belonging)
        outside = others.exclude(pk__in=inside).distinct().for_list()
        return inside, [*(member.unit for member in inside.values()), *outside]

    def get_rows(self, typed=None):
        inside, units = self.get_units()
        roles = self.get_roles()
        rows = []
        for unit in units:
            prefix, member = f"don-vi-{unit.pk}", inside.get(unit.pk)
            part = member.part_words if member else ""
            row = {"unit": unit, "prefix": prefix, "role": roles.get(unit.pk, ""), "part": part}
            if typed is None:
                order = str(member.order) if member else ""
                is_asked = str(unit.pk) == self.request.GET.get("don-vi")
                rows.append(MemberRow(**row, takes_part=bool(member) or is_asked, order=order))
            else:
                rows.append(typed_row(row, typed))
        return rows

    def get_roles(self):
        year, word = self.bloc_year, self.bloc_year.bloc.word
        deputies = dict.fromkeys(year.deputy_ids, f"{word} phó")
        return deputies | {year.head_id: f"{word} trưởng"}

    def get(self, request, *args, **kwargs):
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        seen = (kept or {}).get("seen") or stamp_of_words(member_words(self.bloc_year))
        return self.render_to_response(self.get_context_data(rows=self.get_rows(kept), seen=seen))

    def post(self, request, *args, **kwargs):
        rows, seen = self.get_rows(request.POST), request.POST.get("seen", "")
        if any(row.errors for row in rows):
            messages.error(request, "Có thứ tự chưa đúng; hãy sửa rồi lưu lại.")
            return self.show_again(rows, seen, 422)
        try:
            set_members(self.bloc_year, actor=request.user, units=chosen_units(rows), seen=seen)
        except ValidationError as error:
            refuse(request, error)
            if isinstance(error, OvertakenError):
                return self.show_again(rows, error.stamp, 409)
            return self.show_again(rows, seen, 422)
        forget_input(request)
        messages.success(request, "Đã lưu thành phần của năm.")
        return redirect(self.bloc_year)

    def show_again(self, rows, seen, status):
        """What was typed, with the reason above it."""
        context = self.get_context_data(rows=rows, seen=seen)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs):
        is_fixed = self.bloc_year.state != YearState.PLANNED
        gaps = [] if is_fixed else differences(self.bloc_year)
        following = following_of(self.bloc_year, gaps)
        return super().get_context_data(is_fixed=is_fixed, gaps=gaps, **following, **kwargs)


def following_of(year, gaps):
    """What the button needs that takes the listed differences over into a planned year."""
    if year.state != YearState.PLANNED or not gaps:
        return {}
    return {
        "apply_effects": applying_words(gaps),
        "apply_seen": stamp_of_words(difference_words(gaps)),
    }


class MembersApply(BlocYearPage, ObjectMixin, View):
    """The button that lets a planned year have the members of its bloc."""

    http_method_names = ("post",)
    permission_required = "years.manage_year"
    pk_url_kwarg = "year_pk"

    def find_object(self):
        return self.bloc_year

    def post(self, request, *args, **kwargs):
        seen = request.POST.get("seen", "")
        try:
            apply_to_planned(self.bloc_year, seen=seen, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            words = self.bloc_year.words
            messages.success(request, f"Đã áp dụng các thay đổi thành phần cho {words}.")
        return redirect("years:year_members", self.bloc_year.pk)


def typed_row(row, typed):
    form = MemberRowForm(typed, prefix=row["prefix"])
    form.is_valid()
    return MemberRow(
        **row,
        takes_part=form.cleaned_data.get("takes_part", False),
        order=typed.get(form.add_prefix("order"), ""),
        errors=[error for found in form.errors.values() for error in found],
    )


def chosen_units(rows):
    """The ticked units by their number; those without one come last, as they stand."""
    ticked = [row for row in rows if row.takes_part]
    return [row.unit for row in sorted(ticked, key=lambda row: int(row.order or 1000))]
