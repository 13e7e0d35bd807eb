"""Tabs under the title of pages that belong together: each is there for who may open it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse


@dataclass(frozen=True)
class Tab:
    """One tab: `page` names its address, `rights` what it asks of the object whose pages these are.

    `places` are the namespaces of the pages that stand below it.
    """

    label: str
    page: str
    rights: tuple[str, ...]
    places: tuple[str, ...]


def shown_tabs(tabs: Iterable[Tab], user: Any, obj: Model, place: str) -> list[dict[str, Any]]:
    """The tabs this person may open, ready for components/tabs.html; no query of their own."""
    return [
        {
            "label": tab.label,
            "page": tab.page,
            "url": reverse(tab.page, args=(obj.pk,)),
            "is_current": place in tab.places,
        }
        for tab in tabs
        if user.has_perms(tab.rights, obj)
    ]
