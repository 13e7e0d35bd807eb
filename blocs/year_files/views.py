"""A whole year from one Excel file: shown first, written when it is confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views import View

from blocs.year_files.actions import (
    PREVIEW_JOB,
    ask_import,
    ask_preview,
    import_year,
    is_long,
)
from blocs.year_files.documents.checked import YearFileError
from blocs.year_files.documents.template import year_template
from blocs.year_files.forms import (
    STALE,
    ShownFile,
    YearApplyForm,
    YearFileForm,
    YearReasonForm,
    signed_file,
)
from blocs.year_files.jobs import kept_preview, opened_since
from thidua.common.files import CONTENT_TYPES
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import FormPage, PagePermission, refuse
from thidua.jobs.files import input_path
from thidua.jobs.views import OwnJob

WRONG = "Chưa ghi gì: tệp có {count:02d} ô cần sửa, nêu ở danh sách trên trang này."
HOME = ("Trang chủ", "/")
CRUMBS = (HOME, ("Năm thi đua", reverse_lazy("years:year_list")))


class YearFileNew(FormPage):
    """Where the form is fetched and brought back; the answer to a file is its preview."""

    permission_required = "years.manage_year"
    template_name = "year_files/upload.html"
    form_class = YearFileForm
    heading = "Mở năm thi đua từ tệp Excel"
    submit_label = "Xem trước"
    breadcrumbs = (*CRUMBS, ("Mở năm từ tệp Excel", None))
    faults = ()

    def get_cancel_url(self):
        return reverse("years:year_list")

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            if is_long(content):
                return redirect(ask_preview(content, name=file.name, actor=self.request.user))
            return preview(self.request, file.name, content)
        except YearFileError as error:
            self.faults = error.faults
            form.add_error("file", WRONG.format(count=len(error.faults)))
        except ValidationError as error:
            form.add_error("file", error)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(faults=self.faults, **kwargs)


class YearFileApply(PagePermission, View):
    """Writes what the preview showed, all of it or nothing."""

    permission_required = "years.manage_year"
    http_method_names = ("get", "post")

    def get(self, request):
        """The way back after signing in again: the preview is in what was kept."""
        typed = kept_input(request)
        form = YearApplyForm(typed, user=request.user)
        if not form.is_valid():
            return redirect("year_files:year_file_new")
        shown = form.cleaned_data["payload"]
        try:
            return preview(request, shown.name, shown.content, reason=typed.get("reason", ""))
        except ValidationError as error:
            return back(request, error)

    def post(self, request):
        form = YearApplyForm(request.POST, user=request.user)
        try:
            if not form.is_valid():
                raise ValidationError(form.errors["payload"])
            shown = form.cleaned_data["payload"]
            why = YearReasonForm(request.POST, asks=shown.asks)
            if not why.is_valid():
                return preview(request, shown.name, shown.content, form=why)
            if is_long(shown.content):
                job = ask_import(
                    shown.content,
                    name=shown.name,
                    shown=shown.mark,
                    actor=request.user,
                    reason=why.given,
                )
                forget_input(request)
                return redirect(job)
            upload = ContentFile(shown.content, name=shown.name)
            made = import_year(upload, actor=request.user, shown=shown.mark, reason=why.given)
        except ValidationError as error:
            return back(request, error)
        forget_input(request)
        messages.success(request, f"Đã mở {made.bloc_year} từ tệp “{shown.name}”.")
        return redirect(made.bloc_year)


class YearFilePreview(PagePermission, OwnJob):
    """The preview of a large file, which a job has made; its button has the year written."""

    permission_required = "years.manage_year"
    http_method_names = ("get", "post")

    def dispatch(self, request, *args, **kwargs):
        if not self.has_permission():
            return self.handle_no_permission()
        self.job = self.find_job(kind=PREVIEW_JOB)
        if self.job.is_open:
            return redirect(self.job)
        try:
            self.kept = kept_preview(self.job)
        except OSError:
            return back(request, ValidationError(STALE))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.page(request, YearReasonForm(asks=self.kept.get("asks", "")))

    def page(self, request, form):
        opened = opened_since(self.kept)
        name = self.job.arguments["name"]
        return show(request, self.kept, name, reason_form=form, opened=opened)

    def post(self, request, pk):
        content, name = input_path(self.job).read_bytes(), self.job.arguments["name"]
        form = YearReasonForm(request.POST, asks=self.kept.get("asks", ""))
        if self.kept["faults"] or opened_since(self.kept) or not form.is_valid():
            return self.page(request, form)
        try:
            job = ask_import(
                content,
                name=name,
                shown=self.kept["mark"],
                actor=request.user,
                reason=form.given,
            )
        except ValidationError as error:
            refuse(request, error)
            return self.page(request, form)
        return redirect(job)


class YearFileTemplate(PagePermission, View):
    """The empty workbook in which an office writes down a year."""

    permission_required = "years.manage_year"
    http_method_names = ("get",)

    def get(self, request):
        answer = HttpResponse(year_template(), content_type=CONTENT_TYPES[".xlsx"])
        answer["Content-Disposition"] = 'attachment; filename="mau-nam-thi-dua.xlsx"'
        return answer


def back(request, error):
    """To the first step, with the reason."""
    refuse(request, error)
    return redirect("year_files:year_file_new")


def preview(request, name, content, *, form=None, reason=""):
    """The second step; ValidationError for what cannot be written.

    `form` is one whose reason is missing, `reason` what was typed before signing in again.
    """
    made = import_year(ContentFile(content, name=name), actor=request.user, is_check=True)
    shown = ShownFile(name, content, made.plan.mark, made.asks)
    posts = {
        "payload": signed_file(shown, user=request.user),
        "action": reverse("year_files:year_file_apply"),
        "reason_form": form or YearReasonForm(asks=made.asks, initial={"reason": reason}),
    }
    return show(request, {"plan": made.plan}, name, **posts)


def show(request, kept, name, **posts):
    """The page of what a file would make, or of its wrong cells."""
    context = {
        "page_heading": "Xem trước năm thi đua",
        "breadcrumbs": (*CRUMBS, ("Xem trước", None)),
        "file_name": name,
        "wrong": WRONG.format(count=len(kept.get("faults", ()))),
        **{"faults": (), "payload": "", "action": request.path, "opened": None},
        **kept,
        **posts,
    }
    status = 422 if context["reason_form"].errors else 200
    return render(request, "year_files/preview.html", context, status=status)
