from django.urls import reverse
from django.utils import timezone

from blocs.states import TONES, MemberChangeKind
from blocs.units.actions.blocs import (
    NewMember,
    add_member,
    create_bloc,
    edit_bloc,
    end_membership,
    paste_members,
)
from blocs.units.actions.rotation import rotation_values, state_rotation
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.filters import BlocFilter
from blocs.units.forms.blocs import (
    BlocFactsForm,
    BlocForm,
    MemberEndForm,
    MemberForm,
    PasteForm,
    RotationForm,
)
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.leaving import Leaving, leaving_effects
from blocs.units.models.notes import BLOC_NOTES
from blocs.units.models.rotation import turns_of
from blocs.units.models.seats import standing_of
from blocs.units.views.pasted import PastedLine, pasted_lines
from blocs.units.views.units import name_rows
from thidua.common.pages.asked import asked_day, asked_numbers, asked_paper
from thidua.common.pages.kept import kept_input
from thidua.common.pages.listed_first import ListedFirst
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage, ObjectPage
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import short_date

HOME = ("Trang chủ", "/")


class BlocList(ListPage):
    template_name = "units/bloc_list.html"
    permission_required = "units.list_bloc"
    filterset_class = BlocFilter
    breadcrumbs = (HOME, ("Khối, cụm thi đua", None))

    def get_rows(self):
        return Bloc.objects.for_list()

    def get_context_data(self, **kwargs):
        may_manage = self.request.user.has_perm("units.manage_bloc")
        return super().get_context_data(may_manage=may_manage, **kwargs)


class BlocMixin:
    """Pages about one bloc; whoever has a seat may see every bloc."""

    see_permission = "units.list_bloc"
    crumb = ""

    def get_queryset(self):
        return Bloc.objects.all()

    def get_bloc(self):
        return self.object

    def say(self, text):
        """«rời cụm» where our text says «rời khối» and the page is about a cụm."""
        return in_words_of(self.get_bloc().word, text)

    def get_breadcrumbs(self):
        bloc = self.get_bloc()
        crumbs = [HOME, ("Khối, cụm thi đua", reverse("units:bloc_list"))]
        if not self.crumb:
            return [*crumbs, (str(bloc), None)]
        return [*crumbs, (str(bloc), bloc.get_absolute_url()), (self.say(self.crumb), None)]


class BlocDetail(BlocMixin, ObjectPage):
    template_name = "units/bloc_detail.html"
    permission_required = "units.list_bloc"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        rows = list(self.object.memberships.select_related("unit").order_by("pk"))
        user = self.request.user
        may_manage = user.has_perm("units.manage_bloc")
        years = self.object.years.visible_to(user)
        return super().get_context_data(
            facts=self.get_facts(),
            names=name_rows(self.object),
            members=[row for row in rows if not row.ends_on or row.ends_on >= today],
            turns=sorted(
                (row for row in rows if row.turn and not row.ends_on), key=lambda row: row.turn
            ),
            left=sorted(
                (row for row in rows if row.ends_on and row.ends_on < today),
                key=lambda row: row.ends_on,
                reverse=True,
            ),
            years=[
                {"year": year, "tone": TONES[year.state]}
                for year in years.select_related("bloc", "head").order_by("-year", "pk")
            ],
            notes=[note for tell in BLOC_NOTES for note in tell(self.object)] if may_manage else [],
            may_manage=may_manage,
            sees_all=standing_of(user).sees_all,
            **kwargs,
        )

    def get_facts(self):
        bloc = self.object
        day = f", ngày {short_date(bloc.founded_on)}" if bloc.founded_on else ""
        return [
            ("Ký hiệu", bloc.code),
            ("Loại", bloc.get_kind_display()),
            ("Cấp", bloc.get_tier_display()),
            ("Cơ quan tổ chức", bloc.organiser),
            ("Quyết định thành lập", f"{bloc.founding_number or 'chưa ghi'}{day}"),
            ("Tình trạng", "đang hoạt động" if bloc.is_active else "đã ngừng"),
        ]


class BlocNew(FormPage):
    permission_required = "units.manage_bloc"
    form_class = BlocForm
    heading = "Lập khối, cụm thi đua"
    submit_label = "Lập khối, cụm"
    success_message = "Đã lập khối, cụm thi đua."

    def get_breadcrumbs(self):
        return [HOME, ("Khối, cụm thi đua", reverse("units:bloc_list")), (self.heading, None)]

    def get_cancel_url(self):
        return reverse("units:bloc_list")

    def act(self, form):
        return create_bloc(actor=self.request.user, data=form.cleaned_data)


class BlocEdit(BlocMixin, SecondWriter, ObjectFormPage):
    permission_required = "units.manage_bloc"
    form_class = BlocFactsForm
    crumb = "Sửa thông tin"
    heading = "Sửa thông tin khối, cụm"
    consequence = "Tên, ký hiệu có trang riêng: “Đổi tên” và “Sửa lỗi chính tả trong tên”."

    def save(self, form, *, seen):
        return edit_bloc(self.object, actor=self.request.user, data=form.cleaned_data, seen=seen)


class BlocRotation(BlocMixin, SecondWriter, ObjectFormPage):
    """Which unit leads in which turn: a hint where next year's head is chosen."""

    permission_required = "units.manage_bloc"
    form_class = RotationForm
    crumb = "Thứ tự luân phiên"
    success_message = "Đã ghi thứ tự luân phiên."
    consequence = (
        "Trang chọn, bầu khối trưởng năm sau nhắc thứ tự này và đơn vị đến lượt; thứ "
        "tự không ràng buộc. Đơn vị để trống thì không tham gia luân phiên; để trống cả thì khối "
        "không có thứ tự."
    )

    def get_heading(self):
        return f"Thứ tự luân phiên làm {self.object.head_word} – {self.object}"

    def get_form_kwargs(self):
        rows = self.object.memberships.filter(ends_on=None).select_related("unit").order_by("pk")
        units = [(row.unit_id, row.unit.name) for row in rows]
        return super().get_form_kwargs() | {"units": units}

    def get_initial(self):
        rows = turns_of(self.object)
        turns = {f"turn-{row.unit_id}": row.turn for row in rows}
        return {"rotation_basis": self.object.rotation_basis} | turns

    def get_words(self):
        return rotation_values(self.object)

    def save(self, form, *, seen):
        data = form.cleaned_data
        turns = {unit: data[f"turn-{unit}"] for unit, _ in form.units}
        basis = data["rotation_basis"]
        return state_rotation(
            self.object, actor=self.request.user, basis=basis, turns=turns, seen=seen
        )


class MemberAdd(BlocMixin, ObjectFormPage):
    permission_required = "units.manage_bloc"
    form_class = MemberForm
    crumb = "Thêm thành viên"
    submit_label = "Thêm vào khối"
    success_message = "Đã thêm thành viên."

    def get_heading(self):
        return f"Thêm thành viên – {self.object}"

    def get_instance(self):
        return Membership(bloc=self.object)

    def get_initial(self):
        """What the way here knew already: the unit, the day of its decision, the paper."""
        asked = self.request.GET
        unit = next(iter(asked_numbers(asked, "don-vi")), None)
        return {"unit": unit, "starts_on": asked_day(asked), "decision": asked_paper(asked)}

    def act(self, form):
        add_member(self.object, actor=self.request.user, **form.cleaned_data)
        return self.object


class MemberEnd(ListedFirst, BlocMixin, ObjectFormPage):
    permission_required = "units.manage_bloc"
    form_class = MemberEndForm
    crumb = "Ghi rời khối"
    submit_label = confirm_label = "Ghi rời khối"
    success_message = "Đã ghi đơn vị rời khối."
    consequence = (
        "Các năm đơn vị đã tham gia vẫn giữ nguyên trong lịch sử của khối. Năm đang thực hiện ghi "
        "đơn vị thôi tham gia từ ngày sau; năm chưa mở bỏ đơn vị khỏi thành phần."
    )

    def get_queryset(self):
        return Membership.objects.select_related("bloc", "unit")

    def get_bloc(self):
        return self.object.bloc

    def effects(self, form):
        left, last = self.object, form.cleaned_data["ends_on"]
        # What is left behind is the same wherever the unit goes.
        said = (MemberChangeKind.MOVED, last + ONE_DAY)
        return leaving_effects(Leaving(left.unit, [left.bloc], *said))

    def get_heading(self):
        return f"{self.object.unit} rời {self.object.bloc}"

    def get_success_url(self):
        return self.object.bloc.get_absolute_url()

    def act(self, form):
        return end_membership(self.object, actor=self.request.user, **form.cleaned_data)


class MemberPaste(BlocMixin, ObjectFormPage):
    """A published list in two steps: read it, then confirm what was understood."""

    permission_required = "units.manage_bloc"
    form_class = PasteForm
    crumb = "Dán danh sách"
    submit_label = "Đọc danh sách"
    success_message = "Đã thêm các đơn vị vào khối."
    lines = ()

    def get_heading(self):
        return f"Thêm thành viên từ danh sách – {self.object}"

    def get(self, request, *args, **kwargs):
        """Text kept from an ended session goes on at the step where it was."""
        if (kept := kept_input(request)) and "confirm" in kept:
            form = PasteForm(kept)
            if form.is_valid():
                return self.show_lines(form, self.get_lines(form, kept))
        return super().get(request, *args, **kwargs)

    def get_lines(self, form, typed=None):
        return pasted_lines(self.object, form.cleaned_data, typed)

    def show_lines(self, form, lines, status=200):
        self.template_name = "units/bloc_paste.html"
        context = self.get_context_data(object=self.object, form=form, lines=lines)
        return self.render_to_response(context, status=status)

    def form_valid(self, form):
        if "again" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" not in self.request.POST:
            return self.show_lines(form, self.get_lines(form))
        self.lines = self.get_lines(form, self.request.POST)
        if any(line.errors for line in self.lines):
            return self.form_invalid(form)
        return super().form_valid(form)

    def form_invalid(self, form):
        """A refusal of the whole list is shown beside its lines."""
        if not self.lines:
            return super().form_invalid(form)
        return self.show_lines(form, self.lines, status=self.refused_status)

    def act(self, form):
        typed = form.cleaned_data
        return paste_members(
            self.object,
            actor=self.request.user,
            members=[new_member(line, typed) for line in self.lines if line.joins],
            starts_on=typed["starts_on"],
            decision=typed["decision"],
        )


def new_member(line: PastedLine, typed):
    return NewMember(name=line.name, unit=line.unit, data=line.new_unit(typed["superior"]))
