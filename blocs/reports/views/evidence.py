"""Files of evidence: added to a leaf, taken off it, opened."""

from io import BytesIO

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin

from blocs.reports.actions.evidence import attach_evidence, note_download, remove_evidence
from blocs.reports.actions.reports import WRITABLE
from blocs.reports.forms.evidence import EvidenceForm
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import sheet_of
from blocs.reports.views.reports import ReportPage
from thidua.common.files import SHOWN_INLINE
from thidua.common.files.active import is_active_pdf
from thidua.common.files.kept import MISSING, KeptFileError, kept_bytes
from thidua.common.pages.views import ObjectFormPage, ObjectMixin, refuse
from thidua.common.vietnamese.numbers import size_words

GONE = "Tệp “{name}” không còn trên máy chủ. Vui lòng báo người quản trị hệ thống."
CHANGED_FILE = (
    "Tệp “{name}” trên máy chủ không còn đúng như lúc tải lên nên không mở được. Vui lòng báo "
    "người quản trị hệ thống."
)


class LeafPage(ReportPage):
    """A page about the evidence of one leaf of the report."""

    permission_required = "reports.edit_report"
    open_states = WRITABLE

    def find_object(self):
        wanted = self.kwargs["criterion_pk"]
        found = [row for row in sheet_of(self.report).rows if row.criterion.pk == wanted]
        if not found:
            raise Http404
        self.row = found[0]
        return super().find_object()

    def get_leaf_url(self):
        """The row of the sheet from which the person came."""
        sheet = reverse("reports:sheet_edit", args=(self.report.pk,))
        return f"{sheet}#tc-{self.row.criterion.pk}"


class EvidenceUpload(LeafPage, ObjectFormPage):
    template_name = "reports/evidence_upload.html"
    form_class = EvidenceForm
    submit_label = "Tải lên"
    success_message = "Đã thêm minh chứng."
    crumb = "Minh chứng"

    def get_heading(self):
        return f"Minh chứng của tiêu chí {self.row.label}"

    def act(self, form):
        upload = form.cleaned_data["file"]
        attach_evidence(
            self.object, criterion=self.row.criterion, upload=upload, actor=self.request.user
        )

    def get_success_url(self):
        return self.request.path

    def get_cancel_url(self):
        return self.get_leaf_url()

    def get_context_data(self, **kwargs):
        files = [self.get_file(file) for file in self.row.files]
        return super().get_context_data(
            row=self.row, files=files, sheet_url=self.get_leaf_url(), **kwargs
        )

    def get_file(self, file):
        pks = (self.report.pk, self.row.criterion.pk, file.pk)
        return {
            "name": file.name,
            "size": size_words(file.size),
            "uploaded_at": file.uploaded_at,
            "preview_url": file.get_absolute_url(),
            "remove_url": reverse("reports:evidence_remove", args=pks),
        }


class EvidenceRemove(LeafPage, ObjectMixin, View):
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        evidence = get_object_or_404(Evidence, pk=kwargs["evidence_pk"], unit=self.report.unit_id)
        try:
            remove_evidence(
                self.object,
                criterion=self.row.criterion,
                evidence=evidence,
                actor=request.user,
            )
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, f"Đã gỡ “{evidence.name}” khỏi tiêu chí {self.row.label}.")
        pks = (self.report.pk, self.row.criterion.pk)
        return redirect("reports:evidence_upload", *pks)


@method_decorator(csp_replace({"frame-ancestors": [SELF]}), name="dispatch")
@method_decorator(xframe_options_sameorigin, name="dispatch")
class EvidenceFile(ObjectMixin, View):
    """A file, for its own unit and for whoever may read a report that uses it.

    Every opening is in the log book. Our own page may show it in a frame, nobody else's.
    """

    http_method_names = ("get",)
    permission_required = "reports.open_evidence"
    see_permission = "reports.open_evidence"

    def get_queryset(self):
        return Evidence.objects.all()

    def get(self, request, *args, **kwargs):
        file = self.object
        try:
            content = kept_bytes(file.file, file.sha256)
        except KeptFileError as error:
            messages.error(request, damage_words(file, error))
            return redirect(file)
        report = Report.objects.visible_to(request.user).proved_by(file).for_list().first()
        note_download(file, report=report, actor=request.user)
        answer = FileResponse(
            BytesIO(content),
            as_attachment=not is_shown(file, content),
            filename=file.name,
            content_type=file.content_type,
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def is_shown(file, content):
    """Whether the browser shows it: pictures, and PDFs that do nothing by themselves."""
    return file.content_type in SHOWN_INLINE and not is_active_pdf(file.content_type, content)


def damage_words(file, error):
    """What is wrong with a file of evidence on the server, and whom to tell."""
    words = GONE if error.why == MISSING else CHANGED_FILE
    return words.format(name=file.name)
