"""A list as an Excel file: the table of its page, with every row that its filter finds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from thidua.common.pages.lists.left import PAGE, ROWS, SIZES
from thidua.common.registry import Registry

ASKED, EXCEL = "tep", "xlsx"
TOO_MANY = "Danh sách có {count} dòng; tệp Excel ghi nhiều nhất {most} dòng. Hãy lọc bớt rồi tải."


@dataclass(frozen=True)
class ListFileWriter:
    """Who writes the file, as a higher app registers it: how many rows at most, and the writing.

    `write` takes the page as HTML and the words of the filter, and gives the answer.
    """

    most: int
    write: Callable[[str, list[str]], HttpResponse]


WRITERS: Registry[ListFileWriter] = Registry()


class FileOfList:
    """Mixin of lists; a list that has another file of its own says `has_file = False`."""

    has_file = True

    @property
    def writer(self) -> ListFileWriter | None:
        """Who writes the file that is asked for; None where the page is."""
        is_asked = self.has_file and self.request.GET.get(ASKED) == EXCEL
        return next(iter(WRITERS), None) if is_asked else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer, writer = super().get(request, *args, **kwargs), self.writer
        if writer is None:
            return answer
        count = answer.context_data["page_obj"].paginator.count
        if count > writer.most:
            messages.warning(request, TOO_MANY.format(count=count, most=writer.most))
            return redirect(f"{request.path}?{without(request, ASKED)}")
        return writer.write(answer.rendered_content, filter_words(answer.context_data))

    def get_paginate_by(self, queryset: QuerySet) -> int:
        return self.writer.most if self.writer else super().get_paginate_by(queryset)

    def paginate_queryset(
        self, queryset: QuerySet, page_size: int
    ) -> tuple[Paginator, Page, Any, bool]:
        try:
            found = super().paginate_queryset(queryset, page_size)
        except Http404 as error:
            # A list that was left on its last page may have become shorter since.
            if not isinstance(error.__context__, EmptyPage):
                raise
            self.kwargs = self.kwargs | {self.page_kwarg: "last"}
            found = super().paginate_queryset(queryset, page_size)
        found[1].foot = self.foot(queryset.model, page_size)
        return found

    def foot(self, model: type[Model], size: int) -> dict[str, Any]:
        """What stands under the rows beside their number."""
        rest = without(self.request, ROWS, PAGE)
        ways = [(one, f"?{ROWS}={one}&{rest}".rstrip("&"), one == size) for one in SIZES]
        file = f"?{ASKED}={EXCEL}&{rest}".rstrip("&") if self.has_file else ""
        return {"noun": model._meta.verbose_name, "sizes": ways, "file": file}


def without(request: HttpRequest, *names: str) -> str:
    """The query of the address but for these."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def filter_words(context: dict[str, Any]) -> list[str]:
    """What the bar of the list says, a sentence for each field that is filled in."""
    form: BaseForm | None = context["filter_form"]
    if form is None or not form.is_bound or not form.is_valid():
        return []
    asked = [(form[name], value) for name, value in form.cleaned_data.items() if value]
    return [f"{field.label}: {shown(field, value)}" for field, value in asked]


def shown(field: Any, value: Any) -> str:
    """A value of the bar as its field shows it."""
    if isinstance(value, Model):
        return str(value)
    choices = {str(key): words for key, words in getattr(field.field, "choices", ())}
    return str(choices.get(str(value), value))
