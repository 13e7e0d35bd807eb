"""The catalogue of legal texts; a text lists every rule of every year that rests on it."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.legal.actions import keep_legal_document
from blocs.legal.forms import LegalDocumentForm
from blocs.legal.models import LegalDocument
from thidua.common.pages.by_keys import KeyPaginator
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectMixin, PagePermission
from thidua.common.vietnamese.dates import short_date

HOME = ("Trang chủ", "/")
DOCUMENTS = "Văn bản pháp lý"
CITATIONS_ON_PAGE = 50
IN_FORCE, COMPARED = "đã đối chiếu, đang có hiệu lực", "đã đối chiếu, chưa ghi ngày có hiệu lực"


class LegalDocumentList(ListPage):
    permission_required = "legal.keep_legal_documents"
    template_name = "legal/list.html"
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
        "marks": ", ".join(marks) or (IN_FORCE if document.in_force_from else COMPARED),
    }


class LegalDocumentDetail(ObjectMixin, PagePermission, TemplateView):
    """One text, and every rule of every year that rests on it."""

    permission_required = "legal.keep_legal_documents"
    template_name = "legal/detail.html"

    def get_queryset(self):
        return LegalDocument.objects.all()

    def get_breadcrumbs(self):
        return [HOME, (DOCUMENTS, reverse("legal:legal_document_list")), (str(self.object), None)]

    def get_context_data(self, **kwargs):
        document = self.object
        row = document_row(document)
        # What cites a text stands above it; the text knows it by its own relation.
        found = document.citations.select_related("bloc_year__bloc")
        found = found.order_by("-bloc_year__year", "bloc_year__bloc__order", "pk")
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
            # Each year of each bloc cites a text in several rules: the list grows for good.
            citations=KeyPaginator(found, CITATIONS_ON_PAGE).get_page(self.request.GET.get("page")),
            **kwargs,
        )


class LegalDocumentNew(FormPage):
    permission_required = "legal.keep_legal_documents"
    form_class = LegalDocumentForm
    heading = "Thêm văn bản pháp lý"
    crumb = "Thêm văn bản"

    def get_breadcrumbs(self):
        return [HOME, (DOCUMENTS, reverse("legal:legal_document_list")), (self.crumb, None)]

    def act(self, form):
        fields, actor = form.cleaned_data, self.request.user
        return keep_legal_document(LegalDocument(), actor=actor, fields=fields)

    def get_success_url(self):
        return reverse("legal:legal_document_list")


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
