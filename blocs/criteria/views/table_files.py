"""Scoring tables from and to files; what comes in is shown before it is written."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from blocs.criteria.actions.tables import copy_table, import_table, refill_table, start_table
from blocs.criteria.documents.table_workbook import blank_workbook, table_workbook
from blocs.criteria.forms.table_files import TableConfirmForm, TableImportForm, signed_table
from blocs.criteria.forms.tables import COPY, FILE, TableStartForm
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import table_file, table_value
from blocs.criteria.views.table_rows import plain_rows
from blocs.criteria.views.tables import DraftMixin, TableMixin
from blocs.criteria.workflows import year_still_counts
from blocs.scoring import summing_words
from blocs.scoring.totals.tables import check_table
from blocs.scoring.totals.tree import with_formula
from blocs.states import TableState
from blocs.years.views.pages import BlocYearPage
from thidua.common.files import CONTENT_TYPES
from thidua.common.pages.kept import forget_input
from thidua.common.pages.views import FormPage, ObjectFormPage, PagePermission, refuse


def asked_group(bloc_year, request):
    """The group of units that the address names; None for the common table."""
    asked = request.GET.get("nhom", "")
    found = [one for one in bloc_year.unit_groups.all() if str(one.pk) == asked]
    if asked and not found:
        raise Http404
    return found[0] if found else None


class PreviewMixin:
    """The first step of an import: the file is read and shown, nothing is written."""

    def show_preview(self, table, formula, url):
        table = replace(table, nodes=with_formula(table.nodes, formula))
        rules = table.rules
        rows = plain_rows(table.nodes)
        context = {
            "page_heading": "Xem trước khi nhập",
            "breadcrumbs": self.get_breadcrumbs(),
            "table": table,
            "rows": rows,
            "leaves": sum(not row.is_group for row in rows),
            "rules": summing_words(rules),
            "problems": check_table(
                table.nodes, rules.total_max, step=rules.step, decimals=rules.decimals
            ),
            "payload": signed_table(table, self.request.user),
            "confirm_url": url,
            "back_url": self.request.path,
        }
        return render(self.request, "criteria/table_preview.html", context)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"faults": context["form"].fields["file"].faults}


class ConfirmMixin:
    """The second step: the table that was shown is written."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        form = TableConfirmForm(request.POST, user=request.user)
        try:
            if not form.is_valid():
                raise ValidationError(form.errors["payload"])
            table = self.act(form.cleaned_data["payload"])
        except ValidationError as error:
            refuse(request, error)
            return redirect(self.get_back_url())
        forget_input(request)
        messages.success(request, "Đã nhập. Hãy kiểm tra từng tiêu chí trước khi ban hành.")
        return redirect(table)


class TableNew(PreviewMixin, BlocYearPage, FormPage):
    """A draft begun empty, as a copy, or from a file."""

    permission_required = "criteria.draft_table"
    template_name = "criteria/table_new.html"
    form_class = TableStartForm
    crumb = "Lập dự thảo bảng chấm điểm"
    heading = "Lập dự thảo bảng chấm điểm"
    submit_label = "Tiếp tục"
    success_message = "Đã lập dự thảo. Hãy kiểm tra từng tiêu chí trước khi ban hành."

    def get_permission_object(self):
        return self.bloc_year

    def get_closed(self):
        counted = year_still_counts(ScoringTable(bloc_year=self.bloc_year))
        return super().get_closed() or " ".join(counted)

    def get_form_kwargs(self):
        groups = self.bloc_year.unit_groups.all()
        return super().get_form_kwargs() | {"sources": self.get_sources(), "groups": groups}

    def get_sources(self):
        """Issued tables the person may see, those of this bloc first, the newest first."""
        found = ScoringTable.objects.visible_to(self.request.user)
        issued = found.exclude(state=TableState.DRAFT).select_related(
            "bloc_year__bloc", "bloc_year__conference"
        )
        return issued.order_by("-bloc_year__year", "bloc_year__bloc__name", "-version", "pk")

    def get_initial(self):
        year, group = self.bloc_year, asked_group(self.bloc_year, self.request)
        of_bloc = self.get_sources().filter(bloc_year__bloc=year.bloc_id)
        last = of_bloc.filter(group__name=group.name).first() if group else None
        last = last or of_bloc.first()
        whom = f" – {group}" if group else ""
        return {
            "group": group,
            "way": COPY if last else "",
            "source": last,
            "title": f"Bảng chấm điểm thi đua {year.words} của {year.bloc}{whom}",
        }

    def get_cancel_url(self):
        return reverse("criteria:year_table", args=(self.bloc_year.pk,))

    def form_valid(self, form):
        data = form.cleaned_data
        if data["way"] != FILE:
            return super().form_valid(form)
        table = replace(data["file"], title=data["title"])
        url = reverse("criteria:table_confirm", args=(self.bloc_year.pk,))
        group = data.get("group")
        return self.show_preview(table, data["formula"], f"{url}?nhom={group.pk}" if group else url)

    def act(self, form):
        data = form.cleaned_data
        year, given = self.bloc_year, {"actor": self.request.user, "title": data["title"]}
        given["group"] = data.get("group")
        if data["way"] == COPY:
            return copy_table(year, source=data["source"], **given)
        return start_table(year, total_max=data["total_max"], **given)


class TableConfirm(ConfirmMixin, BlocYearPage, PagePermission, View):
    permission_required = "criteria.draft_table"

    def get_permission_object(self):
        return self.bloc_year

    def get_back_url(self):
        return reverse("criteria:table_new", args=(self.bloc_year.pk,))

    def act(self, source):
        group = asked_group(self.bloc_year, self.request)
        return import_table(
            self.bloc_year, actor=self.request.user, source=source, title=source.title, group=group
        )


class TableImport(PreviewMixin, DraftMixin, ObjectFormPage):
    """All lines of a draft replaced by those of a file."""

    template_name = "criteria/table_import.html"
    form_class = TableImportForm
    heading = "Nhập lại dự thảo từ tệp"
    submit_label = "Xem trước"

    def get_crumb_below(self):
        return "Nhập từ tệp"

    def form_valid(self, form):
        table = form.cleaned_data["file"]
        table = replace(table, title=table.title or self.table.title)
        url = reverse("criteria:table_refill", args=(self.table.pk,))
        return self.show_preview(table, form.cleaned_data["formula"], url)


class TableRefill(ConfirmMixin, TableMixin, View):
    """The draft takes the lines of the file that was shown."""

    permission_required = "criteria.draft_table"

    def get_back_url(self):
        return self.table.get_absolute_url()

    def act(self, source):
        return refill_table(self.table, actor=self.request.user, source=source, title=source.title)


class TableJson(TableMixin, View):
    """The table as a file of criteria-table/1."""

    permission_required = "criteria.view_table"

    def get(self, request, *args, **kwargs):
        answer = JsonResponse(
            table_file(self.table), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
        return named(answer, f"{file_name(self.table)}.json")


class TableWorkbook(TableMixin, View):
    """The table as an Excel file that can come back."""

    permission_required = "criteria.view_table"

    def get(self, request, *args, **kwargs):
        state = self.table.get_state_display().lower()
        subtitle = f"{self.bloc_year}, {self.table.version_words}, {state}"
        content = table_workbook(table_value(self.table), subtitle=subtitle)
        return workbook_answer(content, f"{file_name(self.table)}.xlsx")


class TableBlank(BlocYearPage, PagePermission, View):
    """The empty Excel form to begin with."""

    permission_required = "criteria.draft_table"

    def get_permission_object(self):
        return self.bloc_year

    def get(self, request, *args, **kwargs):
        return workbook_answer(blank_workbook(), "mau-bang-diem.xlsx")


def workbook_answer(content, name):
    return named(HttpResponse(content, content_type=CONTENT_TYPES[".xlsx"]), name)


def file_name(table):
    return f"bang-diem-{table.bloc_year.span.replace('–', '-')}-phien-ban-{table.version}"


def named(answer, name):
    """The answer as a file to be kept under a name that every system can hold."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
