from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from blocs.units.actions.units import create_unit, edit_unit
from blocs.units.filters import UnitFilter
from blocs.units.forms.units import UnitFactsForm, UnitForm
from blocs.units.models.blocs import Membership
from blocs.units.models.names import period_words
from blocs.units.models.seats import leader_on
from blocs.units.models.unit_years import results_told, unit_chart, unit_years
from blocs.units.models.units import Unit
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage, ObjectPage
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import break_lines

HOME = ("Trang chủ", "/")
# Longer lines fit the left half of the head in no size that NĐ 30/2020 allows.
LONGEST_LINE = 26


def current_memberships():
    """Prefetch of the blocs a unit belongs to today, as `current`."""
    today = Membership.objects.on(timezone.localdate())
    rows = today.select_related("bloc").order_by("bloc__order", "bloc__name", "pk")
    return Prefetch("memberships", queryset=rows, to_attr="current")


def head_lines(superior, letterhead):
    """The left half of the unit's paper head: superior broken by width, name by hand."""
    lines = filled_lines(letterhead)
    return {
        "superior": break_lines(superior.upper(), LONGEST_LINE),
        "issuer": lines,
        "long": any(len(line) > LONGEST_LINE for line in lines),
    }


class UnitList(ListPage):
    template_name = "units/unit_list.html"
    permission_required = "units.list_unit"
    filterset_class = UnitFilter
    breadcrumbs = (HOME, ("Đơn vị", None))

    def get_rows(self):
        return Unit.objects.for_list().prefetch_related(current_memberships())

    def get_context_data(self, **kwargs):
        may_manage = self.request.user.has_perm("units.manage_unit")
        return super().get_context_data(may_manage=may_manage, **kwargs)


def name_rows(named):
    """Each former name of a unit or bloc with its days and the paper that ended it."""
    rows, begin = [], named.founded_on
    for number, one in enumerate(named.former, start=1):
        period = period_words(begin, one.last_on)
        rows.append({"number": number, "name": one.names["name"], "period": period, "row": one})
        begin = one.ended_on
    return rows


class UnitMixin:
    """Pages about one unit; whoever has a seat may see every unit."""

    see_permission = "units.list_unit"
    crumb = ""

    def get_queryset(self):
        return Unit.objects.all()

    def get_breadcrumbs(self):
        crumbs = [HOME, ("Đơn vị", reverse("units:unit_list"))]
        if not self.crumb:
            return [*crumbs, (str(self.object), None)]
        return [*crumbs, (str(self.object), self.object.get_absolute_url()), (self.crumb, None)]


class UnitDetail(UnitMixin, ObjectPage):
    template_name = "units/unit_detail.html"
    permission_required = "units.list_unit"

    def get_context_data(self, **kwargs):
        unit = self.object
        memberships = unit.memberships.select_related("bloc")
        results = results_told(unit, self.request.user)
        return super().get_context_data(
            facts=self.get_facts(),
            names=name_rows(unit),
            head=head_lines(unit.superior, unit.letterhead),
            origins=unit.origins.select_related("predecessor").order_by("on", "pk"),
            successions=unit.successions.select_related("successor").order_by("on", "pk"),
            memberships=memberships.order_by("-starts_on", "-pk"),
            years=unit_years(unit, results),
            chart=unit_chart(results),
            may_manage=self.request.user.has_perm("units.manage_unit"),
            **kwargs,
        )

    def get_facts(self):
        unit = self.object
        name = leader_on(unit)
        leader = f"{name}, {unit.leader_title}" if name else "chưa ghi"
        paper = f", {unit.end_decision}" if unit.end_decision else ""
        return [
            ("Mã đơn vị", unit.code),
            ("Tên rút gọn", unit.short_name),
            ("Cơ quan chủ quản", unit.superior),
            ("Thủ trưởng", leader),
            ("Địa chỉ", unit.address or "chưa ghi"),
            ("Tên gọi khác", "; ".join(unit.alias_lines) or "không ghi"),
            ("Thành lập", short_date(unit.founded_on) if unit.founded_on else "chưa ghi"),
            (
                "Tình trạng",
                f"Thôi hoạt động từ {short_date(unit.dissolved_on)}{paper}"
                if unit.dissolved_on
                else "Đang hoạt động",
            ),
        ]


class PaperHead:
    """Shows how the head of a paper breaks, before anything is saved."""

    template_name = "units/unit_form.html"

    def post(self, request, *args, **kwargs):
        if "preview" in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        superior, letterhead = (form[name].value() or "" for name in ("superior", "letterhead"))
        return context | {"head": head_lines(superior, letterhead)}


class UnitNew(PaperHead, FormPage):
    permission_required = "units.manage_unit"
    form_class = UnitForm
    heading = "Thêm đơn vị"
    submit_label = "Thêm đơn vị"
    success_message = "Đã thêm đơn vị."

    def get_breadcrumbs(self):
        return [HOME, ("Đơn vị", reverse("units:unit_list")), ("Thêm đơn vị", None)]

    def get_cancel_url(self):
        return reverse("units:unit_list")

    def act(self, form):
        return create_unit(actor=self.request.user, data=form.cleaned_data)


class UnitEdit(UnitMixin, SecondWriter, ObjectFormPage):
    permission_required = "units.manage_unit"
    form_class = UnitFactsForm
    crumb = "Sửa thông tin"
    heading = "Sửa thông tin đơn vị"
    consequence = (
        "Tên, đầu văn bản có trang riêng: “Đổi tên” và “Sửa lỗi chính tả trong tên”; đơn vị thôi "
        "hoạt động thì ghi ở “Giải thể” hoặc “Ghi sáp nhập, chia tách”."
    )

    def save(self, form, *, seen):
        return edit_unit(self.object, actor=self.request.user, data=form.cleaned_data, seen=seen)
