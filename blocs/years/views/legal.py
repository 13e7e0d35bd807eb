"""The catalogue of legal texts, and which article each rule of a year rests on."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.states import YearState
from blocs.years.actions.legal import (
    ARCHIVED,
    keep_legal_document,
    rule_basis_words,
    set_rule_bases,
)
from blocs.years.forms.legal import LegalDocumentForm, RuleBasesForm
from blocs.years.models.legal import LegalDocument, RuleBasis
from blocs.years.views.years import YearMixin
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import (
    FormPage,
    ListPage,
    ObjectFormPage,
    ObjectMixin,
    PagePermission,
)
from thidua.common.vietnamese.dates import short_date

HOME = ("Trang chủ", "/")
DOCUMENTS = "Văn bản pháp lý"


class LegalDocumentList(ListPage):
    permission_required = "years.keep_legal_documents"
    template_name = "years/legal/list.html"
    breadcrumbs = (HOME, (DOCUMENTS, None))

    def get_rows(self):
        return LegalDocument.objects.order_by("number", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": [document_row(one) for one in context["page_obj"]]}


def document_row(document):
    """What the list and the page of a text say of it today."""
    marks = document.text.marks(timezone.localdate())
    return {
        "document": document,
        "from": short_date(document.in_force_from) if document.in_force_from else "chưa ghi",
        "to": short_date(document.in_force_to) if document.in_force_to else "–",
        "marks": ", ".join(marks) or "đã đối chiếu, đang có hiệu lực",
    }


class LegalDocumentDetail(ObjectMixin, PagePermission, TemplateView):
    """One text, and every rule of every year that rests on it."""

    permission_required = "years.keep_legal_documents"
    template_name = "years/legal/detail.html"

    def get_queryset(self):
        return LegalDocument.objects.all()

    def get_breadcrumbs(self):
        return [HOME, (DOCUMENTS, reverse("years:legal_document_list")), (str(self.object), None)]

    def get_context_data(self, **kwargs):
        document = self.object
        row = document_row(document)
        found = RuleBasis.objects.filter(document=document).select_related("bloc_year__bloc")
        day = document.issued_on
        facts = [
            ("Ngày ban hành", short_date(day) if day else "chưa ghi"),
            ("Cơ quan ban hành", document.issuer or "chưa ghi"),
            ("Trích yếu", document.subject or "chưa ghi"),
            ("Có hiệu lực từ ngày", row["from"]),
            ("Có hiệu lực đến hết ngày", row["to"]),
            ("Hôm nay", row["marks"]),
            ("Nguồn", document.source or "chưa ghi"),
        ]
        return super().get_context_data(
            object=document,
            facts=facts,
            citations=found.order_by("-bloc_year__year", "bloc_year__bloc__order", "pk"),
            **kwargs,
        )


class LegalDocumentNew(FormPage):
    permission_required = "years.keep_legal_documents"
    form_class = LegalDocumentForm
    heading = "Thêm văn bản pháp lý"
    crumb = "Thêm văn bản"

    def get_breadcrumbs(self):
        return [HOME, (DOCUMENTS, reverse("years:legal_document_list")), (self.crumb, None)]

    def act(self, form):
        fields, actor = form.cleaned_data, self.request.user
        return keep_legal_document(LegalDocument(), actor=actor, fields=fields)

    def get_success_url(self):
        return reverse("years:legal_document_list")


class LegalDocumentEdit(SecondWriter, ObjectMixin, LegalDocumentNew):
    heading = "Sửa văn bản pháp lý"
    crumb = "Sửa văn bản"

    def save(self, form, *, seen):
        fields = form.cleaned_data
        return keep_legal_document(self.object, actor=self.request.user, fields=fields, seen=seen)

    def get_queryset(self):
        return LegalDocument.objects.all()

    def get_instance(self):
        # A copy, because binding a model form writes the typed text into its object.
        return LegalDocument.objects.get(pk=self.object.pk)


class RuleBasesEdit(YearMixin, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    form_class = RuleBasesForm
    crumb = "Căn cứ của quy định"
    submit_label = "Lưu căn cứ"

    def get_heading(self):
        return f"Căn cứ của từng quy định – {self.bloc_year}"

    def get_closed(self):
        return ARCHIVED if self.object.state == YearState.ARCHIVED else ""

    def get_initial(self):
        found = {row.rule: row for row in self.object.rule_bases.all()}
        cited = {rule: row.document_id for rule, row in found.items()}
        return cited | {f"{rule}_article": row.article for rule, row in found.items()}

    def get_words(self):
        return rule_basis_words(self.object)

    def save(self, form, *, seen):
        bases, actor = form.bases(), self.request.user
        return set_rule_bases(self.object, actor=actor, bases=bases, seen=seen)

    def get_success_url(self):
        return reverse("years:scoring_rules", args=(self.bloc_year.pk,))
