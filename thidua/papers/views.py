"""A page whose answer is a PDF."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views import View

from thidua.common.pages.views import ObjectMixin
from thidua.common.vietnamese.text import fold
from thidua.papers.papers import render_paper
from thidua.papers.pdf import PdfFailed, PdfUnavailable
from thidua.papers.pdf_cache import cached_pdf
from thidua.papers.stored import PaperDamaged, papers_of, read_paper


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """The PDF shown in the browser, with a file name that every system can keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slugify(fold(name))}.pdf"'
    return answer


class PaperPage(ObjectMixin, View):
    """The paper kept of `self.object` once it is final, before that drawn from the facts of now.

    A final object of before papers were kept is drawn, too. Where no PDF can be shown, the page of
    the object says what is missing.
    """

    kind = ""

    def build(self):
        """The paper (a frozen dataclass) of `self.object`."""
        raise NotImplementedError

    def is_final(self):
        """Whether the kept paper is the one to show; a page without `kind` always draws."""
        return bool(self.kind)

    def get(self, request, *args, **kwargs):
        try:
            return self.answer()
        except (PdfUnavailable, PdfFailed, PaperDamaged) as error:
            messages.error(request, str(error))
            return redirect(self.object)

    def answer(self):
        kept = papers_of(self.object).filter(kind=self.kind).first() if self.is_final() else None
        if kept:
            return pdf_answer(read_paper(kept), kept.title)
        paper = self.build()
        return pdf_answer(cached_pdf(render_paper(paper)), paper.title)
