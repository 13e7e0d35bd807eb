"""The page of a score sheet of 60 leaves."""

from functools import cache

from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils.html import format_html_join

from blocs.reports.views.sheets import SheetEdit
from tests.bench.data import report_of_60
from tests.bench.floors import fetch, floor_ratio
from tests.bench.timing import ratio
from tests.factories.people import editor_of

FRAME = '{% extends "base.html" %}{% block content %}{{ cells }}{% endblock %}'


@cache
def report():
    return report_of_60()


@cache
def editor():
    return editor_of(report().unit)


class JoinedSheet(SheetEdit):
    """The same frame, queries and strings; the cells are joined in Python."""

    def get_template_names(self):
        return engines["django"].from_string(FRAME)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        cells = format_html_join("", "<td>{}</td>", ((text,) for text in texts(context["lines"])))
        return context | {"cells": cells}


def texts(lines):
    """Every string the template of the sheet prints, in its order."""
    for line in lines:
        yield from (line.number, line.name, line.maximum, line.own, line.rule, line.note)
        yield from (line.token_name, line.token)
        for box in (line.target, line.left_out, *line.boxes, line.text):
            if box:
                yield from (box.name, box.label, box.value, box.unit, box.error)


urlpatterns = [path("do/<int:pk>/", JoinedSheet.as_view()), path("", include("thidua.urls"))]


def template_ratio():
    """The page against the joined one, both through the whole request: the templates alone."""
    client = Client()
    client.force_login(editor())
    with override_settings(ROOT_URLCONF=__name__):
        return ratio(lambda: fetch(client, url()), lambda: fetch(client, f"/do/{report().pk}/"))


def sheet_ratio():
    """The page against its floor."""
    client = Client()
    client.force_login(editor())
    return floor_ratio(client, url())


def url():
    return reverse("reports:sheet_edit", args=(report().pk,))
