"""The scoring table of a bloc year: its tree, its draft, its publication."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.criteria.actions.tables import (
    COMMENT,
    comment_table,
    edit_table,
    frozen_sentence,
    publish_table,
    table_words,
)
from blocs.criteria.forms.tables import CommentForm, TableForm
from blocs.criteria.models.bindings import bound_by
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import disqualifiers_of
from blocs.criteria.models.tree import rules_of, tree_of
from blocs.criteria.views.table_rows import found_rows, log_of, table_facts, tree_foot, tree_rows
from blocs.criteria.workflows import (
    CLOSED_YEARS,
    TABLE,
    changes_between,
    faults_of,
    judged_words,
    refusals_beside_lines,
)
from blocs.scoring import summing_words
from blocs.states import TONES, TableState
from blocs.years.views.pages import BlocYearPage, find_year
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import AsksProof, ObjectFormPage, ObjectMixin, refuse
from thidua.common.vietnamese.dates import short_date


class TableMixin(BlocYearPage, ObjectMixin):
    """Pages of one version, found by its own number together with all tables of its year."""

    def get_bloc_year(self):
        found = ScoringTable.objects.visible_to(self.request.user)
        tables = found.filter(bloc_year__tables=self.get_table_pk()).select_related("group")
        self.tables = list(tables.order_by("-version"))
        self.table = next((row for row in self.tables if row.pk == self.get_table_pk()), None)
        if self.table is None:
            raise Http404
        year = find_year(self.request.user, self.table.bloc_year_id)
        self.table.bloc_year = year
        return year

    @property
    def versions(self):
        """All versions for the same units, the newest first; none while there is no table."""
        return [row for row in self.tables if self.table and row.group_id == self.table.group_id]

    def get_table_pk(self):
        return self.kwargs["pk"]

    def find_object(self):
        return self.table

    def get_breadcrumbs(self):
        crumbs = super().get_breadcrumbs()
        below = self.get_crumb_below()
        if not below:
            return crumbs
        table = self.table
        return [*crumbs[:-1], ("Bảng chấm điểm", table.get_absolute_url()), (below, None)]

    def get_crumb(self):
        return "Bảng chấm điểm"

    def get_crumb_below(self):
        """The last word of the path on a page below the table."""
        return ""


class DraftMixin(TableMixin):
    """Pages that change the draft; a published version says why it cannot be changed."""

    permission_required = "criteria.draft_table"

    def get(self, request, *args, **kwargs):
        if self.table.state != TableState.DRAFT:
            messages.error(request, frozen_sentence(self.table))
            return redirect(self.table)
        return super().get(request, *args, **kwargs)

    def get_permission_object(self):
        return self.table

    def get_cancel_url(self):
        return self.table.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(table=self.table, **kwargs)


class TableDetail(TableMixin, TemplateView):
    """The tree in words, with the check list and what members say about a draft."""

    permission_required = "criteria.view_table"
    template_name = "criteria/table_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.get_table_context(), **kwargs)

    def get_table_context(self):
        table, user = self.table, self.request.user
        tree = tree_of(table)
        is_draft = table.state == TableState.DRAFT
        faults = faults_of(table, tree) if is_draft else []
        rows, query = tree_rows(table, tree, faults), self.request.GET.get("tim", "").strip()
        return {
            "object": table,
            "tone": TONES[table.state],
            "way": self.say(TABLE.way_of(table)),
            "facts": table_facts(table, tree),
            "rows": found_rows(rows, query),
            "query": query,
            "foot": tree_foot(table, tree),
            "rules": summing_words(rules_of(table)),
            "grounds": disqualifiers_of(table),
            "faults": self.get_faults(faults, tree) if is_draft else [],
            "is_draft": is_draft,
            **self.get_rights(is_draft),
            "other_versions": [row for row in self.versions if row.pk != table.pk],
            "groups": self.get_groups(),
            "new_url": new_url(self.bloc_year, table.group_id),
            "may_comment": is_draft and user.has_perm(COMMENT, table),
            "comment_form": CommentForm(),
            **log_of(table),
        }

    def get_faults(self, faults, tree):
        """All that keeps the draft from being issued, so that nobody learns it from the office."""
        others = [(reason, "") for reason in refusals_beside_lines(self.table)]
        return [*others, *linked_faults(faults, tree, "")]

    def get_groups(self):
        """The tables of the other units of the year: whose, in words, and where."""
        own, spoken = self.table.group_id, {}
        for row in sorted(self.tables, key=lambda row: row.state != TableState.PUBLISHED):
            spoken.setdefault(row.group_id, row)
        return [
            (f"Bảng của {row.group_words}" if group else "Bảng chung", row)
            for group, row in sorted(spoken.items(), key=lambda item: item[0] or 0)
            if group != own
        ]

    def get_rights(self, is_draft):
        table, user = self.table, self.request.user
        open_year = self.bloc_year.state not in CLOSED_YEARS
        may_draft = open_year and user.has_perm("criteria.draft_table", table)
        has_draft = any(row.state == TableState.DRAFT for row in self.versions)
        in_force = table.state == TableState.PUBLISHED
        may_replace = may_draft and replaces_another(table, self.versions)
        asks = may_replace or (may_draft and in_force and not has_draft)
        is_bound = asks and bool(bound_by(self.bloc_year))
        return {
            "may_edit": may_draft and is_draft,
            "may_publish": is_draft and user.has_perm("criteria.publish_table", table),
            "may_start": may_draft and not has_draft and not (is_bound and in_force),
            "may_amend": may_draft and in_force and not has_draft,
            "may_turn": may_replace and is_bound,
        }


def replaces_another(table, versions):
    """A draft that would take the place of a version in force without amending it."""
    is_whole = table.state == TableState.DRAFT and table.amends_id is None
    return is_whole and any(row.state == TableState.PUBLISHED for row in versions)


def linked_faults(faults, tree, page):
    """Each reason with the address of its line, as pairs (sentence, address)."""
    return [
        (
            fault.sentence,
            f"{page}#tieu-chi-{tree.rows[fault.path].pk}" if fault.path in tree.rows else "",
        )
        for fault in faults
    ]


def new_url(bloc_year, group):
    """Where a draft for these units is begun; `group` is a key, None for the common table."""
    url = reverse("criteria:table_new", args=(bloc_year.pk,))
    return f"{url}?nhom={group}" if group else url


class YearTable(TableDetail):
    """The version in force, else the newest one; where there is none, how to begin.

    Where groups of units have tables of their own it is the common one, else that of the first.
    """

    def get_bloc_year(self):
        year = find_year(self.request.user, self.kwargs["year_pk"])
        found = ScoringTable.objects.visible_to(self.request.user).select_related("group")
        self.tables = list(found.filter(bloc_year=year).order_by("-version"))
        in_force = [row for row in self.tables if row.state == TableState.PUBLISHED]
        in_force.sort(key=lambda row: row.group.order if row.group else 0)
        self.table = next(iter(in_force + self.tables), None)
        if self.table:
            self.table.bloc_year = year
        return year

    def get_permission_object(self):
        return self.bloc_year

    def get_template_names(self):
        return [self.template_name if self.table else "criteria/table_missing.html"]

    def get_table_context(self):
        if self.table:
            return super().get_table_context()
        may = self.request.user.has_perm("criteria.draft_table", self.bloc_year)
        return {
            "may_start": may and self.bloc_year.state not in CLOSED_YEARS,
            "new_url": new_url(self.bloc_year, None),
        }


class TableEdit(DraftMixin, SecondWriter, ObjectFormPage):
    template_name = "criteria/table_form.html"
    form_class = TableForm
    heading = "Thông tin chung và quy tắc cộng điểm"
    success_message = "Đã lưu thông tin chung của bảng."

    def get_crumb_below(self):
        return "Thông tin chung"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rules": rules_of(self.table)}

    def get_initial(self):
        rules = rules_of(self.table)
        floor = rules.deduction_floor
        cap = None if floor is None else -floor
        return vars(rules) | {"title": self.table.title, "deduction_cap": cap}

    def get_words(self):
        return table_words(self.table)

    def save(self, form, *, seen):
        return edit_table(
            self.table,
            actor=self.request.user,
            data=form.cleaned_data,
            rules=form.summing_rules(),
            seen=seen,
        )


def replacement_words(table, earlier):
    """Which version falls by issuing this one, and what falls with it."""
    if earlier is None:
        whom = f"{table.group_words} " if table.group_id else ""
        return [f"Năm này chưa có bảng {whom}đang áp dụng; bản này là bảng đầu tiên có hiệu lực."]
    found = [
        f"Ban hành bản này thì phiên bản {earlier.version} “{earlier.title}”, ban hành ngày "
        f"{short_date(earlier.published_at)}, không còn áp dụng và chuyển sang “Đã thay "
        "thế”; vẫn xem lại được."
    ]
    bodies = earlier.bloc_year.bodies.count()
    if bodies and table.amends_id is None:
        found.append(
            f"Lĩnh vực của {bodies:02d} cơ quan chuyên môn gắn với phiên bản {earlier.version} "
            "phải phân công lại."
        )
    return found


class TablePublish(AsksProof, DraftMixin, TemplateView):
    """The check list, and the button that freezes the version."""

    permission_required = "criteria.publish_table"
    template_name = "criteria/table_publish.html"

    def get_crumb_below(self):
        return "Ban hành"

    def get_context_data(self, **kwargs):
        move, tree, page = TABLE["publish"], tree_of(self.table), self.table.get_absolute_url()
        faults = faults_of(self.table, tree)
        said = {fault.sentence for fault in faults}
        earlier = self.table.earlier
        return super().get_context_data(
            move=move,
            replaces=replacement_words(self.table, earlier),
            earlier=earlier,
            is_judged=bool(earlier and judged_words(earlier)),
            faults=linked_faults(faults, tree, page),
            obstacles=[reason for reason in move.obstacles(self.table) if reason not in said],
            changes=changes_between(earlier, self.table) if earlier else (),
            cancel_url=page,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        try:
            table = publish_table(self.table, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, "Đã ban hành bảng chấm điểm.")
        return redirect(table)


class TableComment(TableMixin, View):
    """What a member says about the draft."""

    permission_required = COMMENT
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        form = CommentForm(request.POST)
        sentences = [text for texts in form.errors.values() for text in texts]
        try:
            if sentences:
                raise ValidationError(sentences)
            comment_table(self.table, actor=request.user, text=form.cleaned_data["text"])
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, "Đã gửi góp ý.")
        return redirect(f"{self.table.get_absolute_url()}#gop-y")
