"""Opens every artefact of a bloc year as people who may see it, and writes nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from itertools import chain
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.models import Seat
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.papers.told import TELLERS, Artefact
from thidua.year_check.comparing import Difference, differences
from thidua.year_check.reading import Content, read

CLOSED = "không ai trong số cơ quan thường trực và khối trưởng mở được"


def check(
    year: BlocYear, *, about: Callable[[str], bool] = bool
) -> tuple[list[Artefact], list[Difference]]:
    """All artefacts of the year and every fact that one of them tells otherwise.

    `about` chooses artefacts by their name, for whoever asks about a few of them.

    Signing in leaves a session behind; it is rolled back with everything else.
    """
    with refusals_unlogged(), transaction.atomic():
        # As the database has it, whatever the caller read of it before.
        year = BlocYear.objects.for_page().get(pk=year.pk)
        told = chain.from_iterable(teller(year) for teller in TELLERS)
        artefacts = [artefact for artefact in told if about(artefact.name)]
        clients = [client_of(person, year.year) for person in openers(year)]
        found = [one for artefact in artefacts for one in told_otherwise(artefact, clients)]
        transaction.set_rollback(True)
    return artefacts, found


@contextmanager
def refusals_unlogged() -> Iterator[None]:
    """Pages that do not open to the first person are no events for the server's log."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def told_otherwise(artefact: Artefact, clients: list[Client]) -> list[Difference]:
    """As the person sees it to whom it tells most: a draft may hide from others what it holds."""
    least = [Difference(artefact.name, artefact.url, "mở ra", "mở được", CLOSED)]
    for place, content in enumerate(opened(artefact, clients)):
        found = list(differences(artefact, content))
        if not found:
            return []
        least = min(least, found, key=len) if place else found
    return least


def openers(year: BlocYear) -> Iterator[User]:
    """The province's office, then the people of the head unit."""
    today = timezone.localdate()
    offices = Seat.objects.on(today).filter(role=SeatRole.OFFICE)
    heads = Seat.objects.on(today).filter(unit__isnull=False, unit=year.head_id)
    for seat in chain(offices.order_by("pk"), heads.order_by("pk")):
        yield seat.user


def client_of(person: User, year: int) -> Client:
    """Signed in as this person, with the year chosen that lists are about."""
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip("*.") == name), "localhost")
    client = Client(raise_request_exception=False, SERVER_NAME=host)
    client.force_login(person)
    session = client.session
    session["year"] = year
    session.save()
    return client


def opened(artefact: Artefact, clients: list[Client]) -> Iterator[Content]:
    """What each person sees to whom it opens."""
    for client in clients:
        answer = client.get(artefact.url, secure=settings.SECURE_SSL_REDIRECT)
        if answer.status_code == HTTPStatus.OK:
            yield whole(
                client, artefact.url, read(answer.headers["Content-Type"], answer.getvalue())
            )


def whole(client: Client, url: str, content: Content) -> Content:
    """The content with that of all further pages of a list."""
    rows, after = list(content.rows), content.after
    while after:
        answer = client.get(urljoin(url, after), secure=settings.SECURE_SSL_REDIRECT)
        page = read(answer.headers["Content-Type"], answer.getvalue())
        rows, after = [*rows, *page.rows], page.after
    return replace(content, rows=tuple(rows), after="")
