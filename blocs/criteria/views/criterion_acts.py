"""Changes of the lines of a draft that need no form of their own: away, up, down, elsewhere."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views import View

from blocs.criteria.actions.criteria import (
    move_criterion,
    place_criterion,
    remove_criterion,
    set_maxima,
)
from blocs.criteria.forms.places import MaximaForm, PlaceForm
from blocs.criteria.models.tree import tree_of
from blocs.criteria.views.criteria import CriterionMixin
from blocs.criteria.views.kind_choices import shortened
from blocs.criteria.views.tables import DraftMixin, TableMixin
from thidua.common.pages.views import ObjectFormPage, refuse


class CriterionAct(CriterionMixin, TableMixin, View):
    permission_required = "criteria.draft_table"
    http_method_names = ("post",)
    done = ""

    def post(self, request, *args, **kwargs):
        try:
            place = self.act(request)
        except ValidationError as error:
            refuse(request, error)
            return redirect(self.table)
        if self.done:
            messages.success(request, self.done)
        return redirect(f"{self.table.get_absolute_url()}{place}")


class CriterionRemove(CriterionAct):
    done = "Đã xóa khỏi dự thảo."

    def act(self, request):
        parent = self.criterion.parent_id
        remove_criterion(self.criterion, actor=request.user)
        return f"#tieu-chi-{parent}" if parent else ""


class CriterionMove(CriterionAct):
    def act(self, request):
        direction = request.POST.get("direction", "")
        move_criterion(self.criterion, actor=request.user, direction=direction)
        return f"#tieu-chi-{self.criterion.pk}"


class CriterionPlace(CriterionMixin, DraftMixin, ObjectFormPage):
    """A line goes into another group, or before a line; dragging posts the same."""

    form_class = PlaceForm
    submit_label = "Chuyển"
    success_message = ""
    heading = "Chuyển mục sang chỗ khác"

    def get_crumb_below(self):
        return "Chuyển mục"

    def get_heading(self):
        return f"Chuyển mục “{shortened(self.criterion.name)}”"

    def get_form_kwargs(self):
        tree = tree_of(self.table)
        labels = {row.pk: f"{tree.label_of(path)} {row.name}" for path, row in tree.rows.items()}
        return super().get_form_kwargs() | {
            "rows": list(tree.rows.values()),
            "labels": {pk: shortened(label) for pk, label in labels.items()},
            "moved": self.criterion,
        }

    def get_initial(self):
        return {"parent": self.criterion.parent_id or ""}

    def act(self, form):
        code = self.criterion.code
        row = place_criterion(
            self.criterion,
            actor=self.request.user,
            parent=form.cleaned_data["parent"],
            before=form.cleaned_data["before"],
        )
        words = f" Mã đổi từ {code} thành {row.code}." if row.code != code else ""
        messages.success(self.request, f"Đã chuyển mục.{words}")
        return self.table

    def get_success_url(self):
        return f"{self.table.get_absolute_url()}#tieu-chi-{self.criterion.pk}"


class TableMaxima(TableMixin, View):
    permission_required = "criteria.draft_table"
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        form = MaximaForm(request.POST, most=self.table.total_max)
        try:
            set_maxima(self.table, actor=request.user, points=form.points())
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, "Đã lưu điểm tối đa.")
        return redirect(self.table)
