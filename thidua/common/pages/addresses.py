"""How a page gets its address: it is known by its class, so its name is not said twice."""

import re

from django.urls import URLPattern, path
from django.views import View

START_OF_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def name_of(view: type[View]) -> str:
    """`ReportEdit` is called `report_edit`, `DecisionPaperPage` `decision_paper`."""
    return START_OF_WORD.sub("_", view.__name__.removesuffix("Page")).lower()


def page(route: str, view: type[View], name: str = "", **options) -> URLPattern:
    """The pattern of a page; `name` where its class does not say it, `options` for `as_view`."""
    return path(route, view.as_view(**options), name=name or name_of(view))
