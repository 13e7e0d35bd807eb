"""A page whose answer is a PDF, or the same paper as a Word file."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from thidua.common.files.active import is_active_pdf
from thidua.common.log_book.openings import PAPER, note_opening
from thidua.common.pages.views import ObjectMixin
from thidua.common.vietnamese.text import file_stem
from thidua.papers.forms import SignedCopyForm
from thidua.papers.models import Paper, SignedCopy
from thidua.papers.papers import render_paper
from thidua.papers.pdf.client import PdfFailed, PdfUnavailable
from thidua.papers.pdf.soon import pdf_soon
from thidua.papers.registry import paper_permission
from thidua.papers.signed_copies import CopyEntry, PaperBasis, read_copy, typed_faults
from thidua.papers.stored import PaperDamaged, paper_again, papers_of, read_paper
from thidua.papers.word.flow import word_paper
from thidua.papers.word.writing import CONTENT_TYPE, write_word

# Seconds until the page that says «đang in…» asks again by itself.
ASKS_AGAIN = 2


def printing_answer(request: HttpRequest, title: str) -> HttpResponse:
    """The page while the paper is being printed; the browser itself loads it again."""
    answer = render(request, "papers/printing.html", {"title": title}, status=202)
    answer["Refresh"] = str(ASKS_AGAIN)
    return answer


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """The PDF shown in the browser, with a file name that every system can keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_stem(name)}.pdf"'
    return answer


def word_answer(html: str, name: str) -> HttpResponse:
    """The working copy in Word of the paper of this HTML, to be kept and changed by who asks."""
    answer = HttpResponse(write_word(word_paper(html)), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{file_stem(name)}.docx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class TakesCopy:
    """The page of a paper signed by hand: number and days are looked at beside all other faults.

    Comes before the page class; the page says what the paper is held against.
    """

    def get_basis(self) -> PaperBasis:
        raise NotImplementedError

    def foresee(self, form: SignedCopyForm) -> dict[str, list[str]]:
        typed = form.cleaned_data
        days = {name: typed.get(name) for name in ("signed_on", "received_on")}
        entry = CopyEntry(number=typed.get("number", ""), signers="", scan=None, **days)
        return typed_faults(entry, self.get_basis())


class PaperPage(ObjectMixin, View):
    """The paper kept of `self.object` once it is final, before that drawn from the facts of now.

    A final object of before papers were kept is drawn, too. Where no PDF can be shown, the page of
    the object says what is missing.
    """

    kind = ""
    is_word = False

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
            return kept_answer(kept, self.request, is_word=self.is_word)
        paper = self.build()
        html = render_paper(paper)
        if self.is_word:
            return word_answer(html, paper.title)
        content = pdf_soon(html)
        if content is None:
            return printing_answer(self.request, paper.title)
        return pdf_answer(content, paper.title)


def kept_answer(kept: Paper, request: HttpRequest, *, is_word: bool = False) -> HttpResponse:
    """A stored paper as it was signed; that it was opened stands in the log book.

    In Word it is set anew from the data that were frozen with it.
    """
    if is_word:
        answer = word_answer(render_paper(paper_again(kept)), kept.title)
    else:
        answer = pdf_answer(read_paper(kept), kept.title)
    note_opened(request, kept.subject, kept.title)
    return answer


def note_opened(request: HttpRequest, subject: Model, title: str) -> None:
    """Write into the log book who opened a paper; published ones are opened by nobody known."""
    if request.user.is_authenticated:
        note_opening(request.user, PAPER, subject, label=f"Mở văn bản “{title}”")


class OfSubject(ObjectMixin):
    """A page about something kept of an object, whose kind says who may open it."""

    def find_object(self):
        found = super().find_object()
        if not self.request.user.has_perm(paper_permission(found.kind), found.subject):
            raise Http404
        return found

    def get_permission_required(self):
        return (paper_permission(self.object.kind),)

    def get_permission_object(self):
        return self.object.subject


class SignedCopyFile(OfSubject, View):
    """The scan of a paper signed by hand, as it was recorded."""

    http_method_names = ("get",)

    def get_queryset(self):
        return SignedCopy.objects.all()

    def get(self, request, *args, **kwargs):
        copy = self.object
        try:
            content = read_copy(copy)
        except PaperDamaged as error:
            messages.error(request, str(error))
            return redirect(copy.subject)
        note_opened(request, copy.subject, copy.words)
        answer = HttpResponse(content, content_type=copy.content_type)
        suffix = copy.file.name.rpartition(".")[2]
        name = file_stem(f"{copy.subject} {copy.words}")
        shown = "attachment" if is_active_pdf(copy.content_type, content) else "inline"
        answer["Content-Disposition"] = f'{shown}; filename="{name}.{suffix}"'
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer
