"""Pages on which a unit ends: dissolved, merged, split; and on which that is taken back."""

from itertools import chain

from django.http import Http404
from django.urls import reverse

from blocs.states import MemberChangeKind
from blocs.units.actions.ends import dissolve, record_succession, reorganise, undo_end
from blocs.units.forms.units import DissolveForm, ReorganiseForm, SuccessionForm, UndoEndForm
from blocs.units.models.blocs import Bloc
from blocs.units.models.ended import heirs_of, return_effects
from blocs.units.models.leaving import Leaving, blocs_left, leaving_effects, people_left
from blocs.units.models.units import Unit
from blocs.units.views.units import HOME, UnitMixin
from thidua.common.pages.asked import asked_day, asked_numbers, asked_paper
from thidua.common.pages.listed_first import ListedFirst
from thidua.common.pages.views import FormPage, ObjectFormPage
from thidua.common.vietnamese.dates import short_date

MERGED = MemberChangeKind.MERGED


class UnitDissolve(ListedFirst, UnitMixin, ObjectFormPage):
    permission_required = "units.manage_unit"
    form_class = DissolveForm
    crumb = "Giải thể"
    submit_label = confirm_label = "Ghi giải thể"
    success_message = "Đã ghi đơn vị giải thể."
    consequence = (
        "Đơn vị thôi hoạt động từ ngày này, không đơn vị nào vào thay: đơn vị rời các khối và các "
        "năm đang thực hiện. Hồ sơ đã có vẫn đọc được."
    )

    def get_heading(self):
        return f"Giải thể – {self.object}"

    def get_initial(self):
        """What the way here knew already: the day and the paper."""
        asked = self.request.GET
        return {"dissolved_on": asked_day(asked), "end_decision": asked_paper(asked)}

    def get_instance(self):
        # The form checks a copy: the page shows the unit as it is until the act is done.
        return Unit.objects.get(pk=self.object.pk)

    def effects(self, form):
        on = form.cleaned_data["dissolved_on"]
        leaving = Leaving(self.object, Bloc.objects.all(), MemberChangeKind.DISSOLVED, on)
        told = (blocs_left(self.object), leaving_effects(leaving), people_left(self.object))
        return list(chain.from_iterable(told))

    def act(self, form):
        data = form.cleaned_data
        said = {"on": data["dissolved_on"], "decision": data["end_decision"]}
        return dissolve(self.object, actor=self.request.user, reason=data["reason"], **said)


class UnitEndUndo(ListedFirst, UnitMixin, ObjectFormPage):
    """An end that was recorded by mistake: succession, split or dissolution."""

    permission_required = "units.manage_unit"
    form_class = UndoEndForm
    submit_label = confirm_label = "Hủy ghi nhận"
    success_message = "Đã hủy; đơn vị hoạt động như trước, nhật ký vẫn giữ cả hai lần ghi."
    consequence = (
        "Đơn vị hoạt động như trước khi ghi: trở lại các khối và các năm đang thực hiện, chưa mở. "
        "Đơn vị vào thay thì ra, trừ khi đã có hồ sơ trong năm."
    )

    def find_object(self):
        found = super().find_object()
        if found.dissolved_on is None:
            raise Http404
        return found

    @property
    def crumb(self):
        return "Hủy ghi nhận kế thừa" if heirs_of(self.object) else "Hủy ghi nhận giải thể"

    def get_heading(self):
        since = short_date(self.object.dissolved_on)
        return f"{self.crumb} từ {since} – {self.object}"

    def effects(self, form):
        return return_effects(self.object)

    def act(self, form):
        return undo_end(self.object, actor=self.request.user, **form.cleaned_data)


class UnitSuccessionPage(ListedFirst, UnitMixin, ObjectFormPage):
    permission_required = "units.manage_unit"
    form_class = SuccessionForm
    crumb = "Ghi kế thừa"
    submit_label = confirm_label = "Ghi kế thừa"
    success_message = "Đã ghi đơn vị kế thừa."
    consequence = (
        "Đơn vị cũ thôi hoạt động từ ngày này. Hồ sơ các năm trước vẫn đọc được dưới tên cũ."
    )

    def get_heading(self):
        return f"{self.object} được sáp nhập, đổi tên hoặc chia tách"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"unit": self.object}

    def get_initial(self):
        """What the way here knew already: the successor, the day and the paper."""
        asked = self.request.GET
        heir = next(iter(asked_numbers(asked, "sau")), None)
        return {"successor": heir, "on": asked_day(asked), "decision": asked_paper(asked)}

    def effects(self, form):
        heir = form.cleaned_data["successor"] if form.cleaned_data["moves_memberships"] else None
        on = form.cleaned_data["on"]
        leaving = Leaving(self.object, Bloc.objects.all(), MERGED, on, heir)
        return [*leaving_effects(leaving), *people_left(self.object)]

    def act(self, form):
        record_succession(self.object, actor=self.request.user, **form.cleaned_data)
        return self.object


class UnitReorganise(ListedFirst, FormPage):
    """A merger or a split of several units, on one page and by one paper."""

    permission_required = "units.manage_unit"
    form_class = ReorganiseForm
    heading = "Sáp nhập, chia tách đơn vị"
    submit_label = confirm_label = "Ghi sáp nhập, chia tách"
    success_message = "Đã ghi sáp nhập, chia tách."
    consequence = (
        "Các đơn vị được sáp nhập hoặc chia tách thôi hoạt động từ ngày này; hồ sơ của họ vẫn đọc "
        "được dưới tên cũ. Đơn vị chia thành nhiều thì đơn vị kế thừa thứ nhất giữ chức của nó."
    )

    def get_breadcrumbs(self):
        return [HOME, ("Đơn vị", reverse("units:unit_list")), (self.heading, None)]

    def get_cancel_url(self):
        return reverse("units:unit_list")

    def get_initial(self):
        """What the way here knew already: the units, the day and the paper."""
        asked = self.request.GET
        units = {"before": asked_numbers(asked, "truoc"), "after": asked_numbers(asked, "sau")}
        return units | {"on": asked_day(asked), "decision": asked_paper(asked)}

    def effects(self, form):
        data, blocs = form.cleaned_data, Bloc.objects.all()
        units = list(data["before"])
        heir = data["after"][0] if data["moves_memberships"] else None
        found = [
            leaving_effects(Leaving(unit, blocs, MERGED, data["on"], heir, units[:place]))
            + people_left(unit)
            for place, unit in enumerate(units)
        ]
        return list(chain.from_iterable(found))

    def act(self, form):
        data = dict(form.cleaned_data)
        before, after = (list(data.pop(name)) for name in ("before", "after"))
        return reorganise(before, after, actor=self.request.user, **data)
