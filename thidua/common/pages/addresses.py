"""How a page gets its address, known by its class, so that its name is not said twice; and the tabs
that lead from one page to those beside it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.views import View

START_OF_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def name_of(view: type[View]) -> str:
    """`ReportEdit` is called `report_edit`, `DecisionPaperPage` `decision_paper`."""
    return START_OF_WORD.sub("_", view.__name__.removesuffix("Page")).lower()


def page(route: str, view: type[View], name: str = "", **options) -> URLPattern:
    """The pattern of a page; `name` where its class does not say it, `options` for `as_view`."""
    return path(route, view.as_view(**options), name=name or name_of(view))


@dataclass(frozen=True)
class PageTab:
    """One tab, there for who may open its page: `page` names its address, `rights` what it asks.

    The rights are asked of the object whose pages these are; below the tab stand the pages
    of its own namespace and of those in `places`.
    """

    label: str
    page: str
    rights: tuple[str, ...]
    places: tuple[str, ...] = ()


def shown_tabs(tabs: Iterable[PageTab], user: Any, obj: Model, place: str) -> list[dict[str, Any]]:
    """The tabs this person may open, ready for components/tabs.html; no query of their own."""
    return [
        {
            "label": tab.label,
            "page": tab.page,
            "url": reverse(tab.page, args=(obj.pk,)),
            "is_current": place in (tab.page.partition(":")[0], *tab.places),
        }
        for tab in tabs
        if user.has_perms(tab.rights, obj)
    ]
