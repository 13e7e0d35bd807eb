"""The page of a form answers for its searched fields: its own rights, its own rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from thidua.common.pages.searched.fields import Searches
from thidua.common.pages.searched.typed import ASKED, typed_text
from thidua.common.pages.searched.widgets import MOST_OFFERED


def suggestions(form: forms.BaseForm, asked: Mapping[str, str]) -> dict[str, Any]:
    """The rows a field of the form offers for these letters, as the script reads them."""
    name = asked[ASKED]
    field = {form.add_prefix(key): field for key, field in form.fields.items()}.get(name)
    if not isinstance(field, Searches):
        raise Http404
    rows = field.matches(typed_text(asked, name))
    options = [field.option(row) for row in rows[:MOST_OFFERED]]
    return {"rows": options, "is_more": len(rows) > MOST_OFFERED}


class Suggests:
    """A page with such fields answers for them; `get_asked_form` makes its form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if ASKED in request.GET:
            return JsonResponse(suggestions(self.get_asked_form(), request.GET))
        return super().get(request, *args, **kwargs)
