"""A page whose answer is a PDF."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views import View

from thidua.common.papers import render_paper
from thidua.common.pdf import PdfFailed, PdfUnavailable
from thidua.common.pdf_cache import cached_pdf
from thidua.common.text import fold
from thidua.common.views import ObjectMixin


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """The PDF shown in the browser, with a file name that every system can keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slugify(fold(name))}.pdf"'
    return answer


class PaperPage(ObjectMixin, View):
    """Draws the paper from the facts of now; where PDFs cannot be made, says what is missing."""

    def build(self):
        """The paper (a frozen dataclass) of `self.object`."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        paper = self.build()
        try:
            return pdf_answer(cached_pdf(render_paper(paper)), paper.title)
        except (PdfUnavailable, PdfFailed) as error:
            messages.error(request, str(error))
            return redirect(self.object)
