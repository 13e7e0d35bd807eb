"""The lines of a draft scoring table."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from blocs.criteria.actions.criteria import (
    FACTS,
    add_criterion,
    criterion_words,
    edit_criterion,
)
from blocs.criteria.forms.criteria import RuleTextForm, form_class
from blocs.criteria.forms.row_fields import MORE
from blocs.criteria.forms.trial import TRY
from blocs.criteria.models.criteria import Criterion
from blocs.criteria.models.tree import rules_of, tree_of
from blocs.criteria.views.kind_choices import (
    RICH,
    asks_for_line,
    is_offered,
    kind_choices,
    shortened,
)
from blocs.criteria.views.rule_trial import trial_of
from blocs.criteria.views.tables import DraftMixin
from blocs.scoring import GROUP, kind_words
from blocs.scoring.totals.tables import roman, walk
from blocs.states import TableState
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ObjectFormPage
from thidua.common.vietnamese.numbers import whole_number


class CriterionFormPage:
    """What adding and editing share: which form, and the points of the table."""

    template_name = "criteria/criterion_form.html"

    def writes_rules(self):
        return self.request.user.has_perm("criteria.publish_table", self.table)

    def get_class_for(self, kind, rule):
        if kind == RICH:
            if not self.writes_rules():
                raise Http404
            return RuleTextForm
        return form_class(kind, rule, writes_rules=self.writes_rules())

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"most": self.table.total_max}
        if asks_for_line(self.get_kind()):
            kwargs["lines"] = self.get_lines()
        return kwargs

    def get_lines(self):
        """The lines whose full score another may depend on."""
        tree = tree_of(self.table)
        rows = tree.rows.items()
        work = {path for path, node in walk(tree.nodes) if not node.is_extra}
        return [
            (path, f"{tree.label_of(path)} {shortened(row.name)}")
            for path, row in rows
            if path in work
        ]

    def post(self, request, *args, **kwargs):
        """«Thêm dòng» and «Thử tính» show the form again and write nothing."""
        if not {MORE, TRY} & request.POST.keys():
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.is_valid()
        trial = self.get_trial(form)
        if MORE in request.POST:
            form.errors.clear()
        return self.render_to_response(self.get_context_data(form=form, trial=trial))

    def get_trial(self, form):
        """The box that scores an example by the rule as it is typed now."""
        if self.get_kind() == GROUP:
            return None
        return trial_of(form, self.get_kind(), rules_of(self.table), self.request.POST)

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        if "trial" not in kwargs:
            kwargs["trial"] = self.get_trial(form)
        return super().get_context_data(**kwargs | {"form": form})

    def get_success_url(self):
        return f"{self.table.get_absolute_url()}#tieu-chi-{self.criterion.pk}"


class CriterionNew(DraftMixin, CriterionFormPage, FormPage):
    """First the way of scoring is chosen, then its form is filled."""

    success_message = "Đã thêm tiêu chí."
    submit_label = "Thêm vào bảng"

    def get(self, request, *args, **kwargs):
        if self.get_kind() or self.table.state != TableState.DRAFT:
            return super().get(request, *args, **kwargs)
        return self.ask_for_kind()

    def ask_for_kind(self):
        url = f"{self.request.path}?{self.get_place()}cach="
        return render(
            self.request,
            "criteria/criterion_kinds.html",
            {
                "page_heading": self.get_heading(),
                "breadcrumbs": self.get_breadcrumbs(),
                "choices": kind_choices(url, writes_rules=self.writes_rules()),
                "cancel_url": self.get_cancel_url(),
            },
        )

    def get_kind(self):
        kind = self.request.GET.get("cach", "")
        return kind if is_offered(kind) else ""

    def get_parent(self):
        asked = self.request.GET.get("cha", "")
        if not asked:
            return None
        if not hasattr(self, "parent"):
            groups = Criterion.objects.filter(table=self.table, kind=GROUP)
            self.parent = get_object_or_404(groups, pk=whole_number(asked))
        return self.parent

    def get_neighbour(self):
        """The line below which the new one is to stand; none: at the end."""
        asked = whole_number(self.request.GET.get("sau", ""))
        found = Criterion.objects.filter(table=self.table, parent=self.get_parent())
        return get_object_or_404(found, pk=asked) if asked else None

    def get_place(self):
        """Where the new line stands, as the beginning of a query."""
        asked = {name: self.request.GET.get(name, "") for name in ("cha", "sau")}
        return "".join(f"{name}={pk}&" for name, pk in asked.items() if whole_number(pk))

    def get_form_class(self):
        return self.get_class_for(self.get_kind() or GROUP, {})

    def get_initial(self):
        """The next free code of the group, which may be changed."""
        parent = self.get_parent()
        used = set(
            Criterion.objects.filter(table=self.table, parent=parent).values_list("code", flat=True)
        )
        number = roman if parent is None else str
        return {"code": next(number(n) for n in range(1, 400) if number(n) not in used)}

    def get_heading(self):
        parent = self.get_parent()
        where = f"vào “{parent.name}”" if parent else "vào bảng chấm điểm"
        return f"Thêm mục {where}"

    def get_crumb_below(self):
        return "Thêm mục"

    def act(self, form):
        self.criterion = add_criterion(
            self.table,
            actor=self.request.user,
            parent=self.get_parent(),
            kind=form.get_kind(),
            data=form.values(),
            after=self.get_neighbour(),
        )
        return self.criterion

    def get_success_url(self):
        if "again" not in self.request.POST:
            return super().get_success_url()
        if not self.request.GET.get("sau"):
            return self.request.get_full_path()
        query = self.request.GET.copy()
        query["sau"] = str(self.criterion.pk)
        return f"{self.request.path}?{query.urlencode()}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kind_label="Quy tắc khác" if self.get_kind() == RICH else kind_words(self.get_kind()),
            change_url=f"{self.request.path}?{self.get_place()}",
            choices=[],
            may_add_more=True,
            removal=[],
            **kwargs,
        )


class CriterionMixin:
    """Finds a line and the table it stands in."""

    def get_table_pk(self):
        found = Criterion.objects.select_related("parent")
        self.criterion = get_object_or_404(found, pk=self.kwargs["pk"])
        return self.criterion.table_id


class CriterionEdit(CriterionMixin, DraftMixin, CriterionFormPage, SecondWriter, ObjectFormPage):
    success_message = "Đã lưu tiêu chí."

    def get_kind(self):
        asked = self.request.GET.get("cach", "")
        return asked if is_offered(asked) else self.criterion.kind

    def get_form_class(self):
        kind = self.get_kind()
        same = kind == self.criterion.kind
        return self.get_class_for(kind, self.criterion.rule if same else {})

    def get_form_kwargs(self):
        same = self.get_kind() in (self.criterion.kind, RICH)
        return super().get_form_kwargs() | {"rule": self.criterion.rule if same else {}}

    def get_initial(self):
        row = self.criterion
        facts = {name: getattr(row, name) for name in FACTS}
        return facts | {"code": row.issued, "kind_name": row.kind}

    def get_heading(self):
        return "Sửa nhóm tiêu chí" if self.criterion.is_group else "Sửa tiêu chí"

    def get_crumb_below(self):
        return self.get_heading()

    def get_words(self):
        return criterion_words(self.criterion)

    def save(self, form, *, seen):
        self.criterion = edit_criterion(
            self.criterion,
            actor=self.request.user,
            data=form.values(),
            kind=form.get_kind() or None,
            seen=seen,
        )
        return self.criterion

    def get_context_data(self, **kwargs):
        kind = self.get_kind()
        url = f"{self.request.path}?cach="
        choices = kind_choices(url, writes_rules=self.writes_rules(), now=kind)
        return super().get_context_data(
            kind_label=kind_words(self.criterion.kind if kind == RICH else kind),
            change_url="",
            choices=choices,
            may_add_more=False,
            removal=self.get_removal(),
            **kwargs,
        )

    def get_removal(self):
        words = "Xóa nhóm này" if self.criterion.is_group else "Xóa tiêu chí này"
        below = " Mọi tiêu chí trong nhóm cũng bị xóa." if self.criterion.is_group else ""
        return [
            {
                "label": words,
                "url": reverse("criteria:criterion_remove", args=(self.criterion.pk,)),
                "obstacles": [],
                "questions": [],
                "needs_note": False,
                "consequence": f"Nội dung xóa khỏi dự thảo không lấy lại được.{below}",
                "primary": False,
                "tone": "danger",
            }
        ]
