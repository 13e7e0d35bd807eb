"""Saving one cell of a sheet while it is typed."""

from itertools import cycle
from urllib.parse import urlencode

from django.db import transaction
from django.http import JsonResponse
from django.test import Client, override_settings
from django.urls import include, path

from blocs.reports.models import Score
from blocs.reports.views.cells import SheetAutosave
from tests.bench.sheets import editor, report
from tests.bench.timing import ratio

FORM = "application/x-www-form-urlencoded"
POINTS = ("8,5", "9", "9,25")


class BareUpdate(SheetAutosave):
    """One UPDATE of one row in a transaction, behind the same sign-in, middleware and right."""

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            found = Score.objects.filter(pk=request.POST["score"])
            found.update(value=request.POST["value"].replace(",", "."))
        return JsonResponse({"saved": True})


# Both at the front, so that the list of all addresses weighs on neither.
urlpatterns = [
    path("luu/<int:pk>/", SheetAutosave.as_view()),
    path("o/<int:pk>/", BareUpdate.as_view()),
    path("", include("thidua.urls")),
]


def cell_ratio():
    """One typed value through the autosave view against the bare view, whole requests."""
    client, typed = Client(), cycle(POINTS)
    client.force_login(editor())
    score = report().scores.order_by("pk").first()
    row = f"s{score.criterion_id}"
    url, token = f"/luu/{report().pk}/", f"{score.revision}-"

    def save():
        nonlocal token
        data = {f"{row}-token": token, f"{row}-value": next(typed), f"{row}-note": score.note}
        told = post(client, url, data)["rows"][row]
        token = told["token"]

    def update():
        post(client, f"/o/{report().pk}/", {"score": score.pk, "value": next(typed)})

    with override_settings(ROOT_URLCONF=__name__):
        return ratio(save, update, rounds=60)


def post(client, url, data):
    answer = client.post(url, urlencode(data), content_type=FORM)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    return answer.json()
