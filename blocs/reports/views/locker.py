"""The evidence locker of a unit: what is kept, where it is used, how it looks."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from blocs.reports.actions.locker import (
    delete_evidence,
    keep_file,
    set_expiry,
    use_evidence,
    uses_of,
)
from blocs.reports.filters import EvidenceFilter
from blocs.reports.forms.locker import ExpiryForm, LockerForm, UseForm
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report
from blocs.reports.views.evidence import LeafPage, damage_words, is_shown
from blocs.reports.views.report_panels import openings_for
from blocs.units.models.seats import standing_of
from thidua.common.files import KIND_WORDS
from thidua.common.files.active import is_active_pdf
from thidua.common.files.kept import KeptFileError, kept_bytes
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage, ObjectMixin, refuse
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import size_words

HOME = ("Trang chủ", "/")
LIST = ("Kho minh chứng", reverse_lazy("reports:locker_list"))
SHARE = "Năm {year} đã tải lên {size}, được phép {share} MB."


def units_kept_by(user):
    """Units whose locker the person fills today; a unit that stands no more is only read."""
    units = {seat.unit_id: seat.unit for seat in standing_of(user).seats if seat.unit_id}
    return [unit for unit in units.values() if user.has_perm("reports.keep_evidence", unit)]


class LockerList(ListPage):
    template_name = "reports/locker/list.html"
    permission_required = "reports.list_evidence"
    filterset_class = EvidenceFilter
    breadcrumbs = (HOME, ("Kho minh chứng", None))

    def get_rows(self):
        return Evidence.objects.kept_for(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [
            {"file": file, "size": size_words(file.size), "kind": KIND_WORDS[file.content_type]}
            for file in context["page_obj"]
        ]
        standing = standing_of(self.request.user)
        return context | {
            "rows": rows,
            "may_keep": bool(units_kept_by(self.request.user)),
            "share": self.get_share(standing),
            "has_units": len(standing.units) > 1,
        }

    def get_share(self, standing):
        """«Năm 2026 đã tải lên 12,5 MB trong 2000 MB»; of one unit, else each is asked alone."""
        if len(standing.units) != 1:
            return ""
        year = timezone.localdate().year
        size = Evidence.objects.size_of_year(next(iter(standing.units)), year)
        return SHARE.format(year=year, size=size_words(size), share=settings.UNIT_QUOTA_MB)


class LockerUpload(FormPage):
    permission_required = "reports.keep_evidence"
    form_class = LockerForm
    heading = "Cất tệp vào kho minh chứng"
    submit_label = "Tải lên"
    success_message = "Đã cất tệp vào kho."
    breadcrumbs = (HOME, LIST, ("Tải lên", None))

    def get_permission_object(self):
        """A unit the person writes for: leaders read the locker, editors fill it."""
        return next(iter(units_kept_by(self.request.user)), None)

    def get_form_kwargs(self):
        units = [unit.pk for unit in units_kept_by(self.request.user)]
        return super().get_form_kwargs() | {"units": units}

    def get_cancel_url(self):
        return reverse("reports:locker_list")

    def act(self, form):
        data = form.cleaned_data
        return keep_file(
            data["unit"],
            upload=data["file"],
            expires_on=data["expires_on"],
            actor=self.request.user,
        )


class EvidenceMixin(ObjectMixin):
    """Pages about one file, which exists for those who may open it."""

    see_permission = "reports.open_evidence"

    def get_queryset(self):
        return Evidence.objects.select_related("unit", "uploaded_by")

    def get_breadcrumbs(self):
        return [HOME, LIST, (self.object.name, None)]


@method_decorator(csp_replace({"frame-src": [SELF]}), name="dispatch")
class LockerDetail(EvidenceMixin, TemplateView):
    """The file as it looks, and what it proves."""

    template_name = "reports/locker/detail.html"
    permission_required = "reports.open_evidence"

    def get_context_data(self, **kwargs):
        file, user = self.object, self.request.user
        return super().get_context_data(
            file=file,
            facts=file_facts(file),
            uses=self.get_uses(),
            **self.get_preview(file),
            file_url=reverse("reports:evidence_file", args=(file.pk,)),
            openings=openings_for(user, file),
            may_keep=user.has_perm("reports.keep_evidence", file),
            **kwargs,
        )

    def get_preview(self, file):
        """How the file can be shown here; what is wrong with it on the server."""
        try:
            content = kept_bytes(file.file, file.sha256)
        except KeptFileError as error:
            return dict.fromkeys(("is_shown", "is_image", "is_active"), False) | {
                "damage": damage_words(file, error)
            }
        return {
            "is_shown": is_shown(file, content),
            "is_image": file.content_type.startswith("image/"),
            "is_active": is_active_pdf(file.content_type, content),
            "damage": "",
        }

    def get_uses(self):
        """The leaves the person may read about; the own unit sees all of them."""
        visible = set(
            Report.objects.visible_to(self.request.user)
            .proved_by(self.object)
            .values_list("pk", flat=True)
        )
        return [score for score in uses_of(self.object) if score.report_id in visible]


class LockerExpiry(EvidenceMixin, SecondWriter, ObjectFormPage):
    """Until when the file proves anything."""

    permission_required = "reports.keep_evidence"
    form_class = ExpiryForm
    heading = "Thời hạn của tệp"
    submit_label = "Lưu thời hạn"
    success_message = "Đã lưu thời hạn của tệp."

    def save(self, form, *, seen):
        set_expiry(self.object, **form.cleaned_data, actor=self.request.user, seen=seen)


def file_facts(file):
    """What is known of the file, in pairs."""
    facts = [
        ("Đơn vị", file.unit.name),
        ("Loại tệp", KIND_WORDS[file.content_type]),
        ("Dung lượng", size_words(file.size)),
        ("Người tải lên", file.uploaded_by),
        ("Tải lên lúc", moment_words(file.uploaded_at)),
        ("Mã kiểm tra (SHA-256)", f"{file.sha256[:16]}…"),
    ]
    if file.expires_on:
        facts.append(("Hết giá trị ngày", short_date(file.expires_on)))
    return facts


class LockerDelete(EvidenceMixin, View):
    """Deletes a file nothing uses; else says what uses it."""

    http_method_names = ("post",)
    permission_required = "reports.keep_evidence"

    def post(self, request, *args, **kwargs):
        try:
            delete_evidence(self.object, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect(self.object)
        messages.success(request, f"Đã xóa “{self.object.name}” khỏi kho minh chứng.")
        return redirect("reports:locker_list")


class LockerUse(LeafPage, ObjectFormPage):
    """A file of the locker is chosen to prove this leaf too."""

    form_class = UseForm
    submit_label = "Dùng tệp này"
    success_message = "Đã thêm minh chứng từ kho."
    crumb = "Minh chứng"

    def get_heading(self):
        return f"Chọn tệp trong kho cho tiêu chí {self.row.label}"

    def get_form_kwargs(self):
        used = [file.pk for file in self.row.files]
        files = Evidence.objects.filter(unit=self.report.unit_id).exclude(pk__in=used)
        return super().get_form_kwargs() | {"files": files.order_by("-uploaded_at", "-pk")}

    def act(self, form):
        use_evidence(
            self.object,
            criterion=self.row.criterion,
            evidence=form.cleaned_data["evidence"],
            actor=self.request.user,
        )

    def get_success_url(self):
        pks = (self.report.pk, self.row.criterion.pk)
        return reverse("reports:evidence_upload", args=pks)
