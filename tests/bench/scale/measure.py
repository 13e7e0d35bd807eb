"""Opens pages of one database as it is told, line by line, and says what each cost.

`run.py` asks one such process for the demo and one for the scale data in turns, so that a machine
that is slower for a minute is slower for both. First it says which pages there are for whom; then
each line it reads is one of them; at the end it says the plans of its slowest statements.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import django

django.setup()

from django.core.exceptions import ObjectDoesNotExist  # noqa: E402
from django.db import connection  # noqa: E402 – the apps come first
from django.test import Client  # noqa: E402

from tests.bench.scale.whom import Found, found  # noqa: E402
from tests.house.visits import Visit, fillings, subject_model  # noqa: E402
from tests.house.walk import pages  # noqa: E402
from thidua.common.pages.views import RefusesForm, TransitionPage  # noqa: E402
from thidua.papers.views import PaperPage  # noqa: E402

EXPLAINED = 8
# Signing out and in again is not a page; files are measured by the other lines of the bench.
NOT_OPENED = {"accounts:logout", "home:choose_year"}
FILES = (".pdf", ".xlsx", ".json", ".zip", "/excel/", "/csv/", "/tep/")


@dataclass
class Cost:
    """What one page costs: statements, milliseconds of web and of database, bytes."""

    queries: int
    web: float
    database: float
    size: int


class Statements:
    """Counts statements and keeps the slowest one of each text with its parameters."""

    def __init__(self):
        self.count, self.slow = 0, {}

    def __call__(self, execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            spent = time.perf_counter() - begun
            if spent > self.slow.get(sql, (0,))[0]:
                self.slow[sql] = (spent, params)


def database_seconds() -> float:
    """CPU seconds of the server process that works for this connection."""
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def opened_pages():
    """Lists and pages about one object; what is typed into is measured by whoever changes it."""
    return [
        page
        for page in pages()
        if page.name not in NOT_OPENED
        and not issubclass(page.view, (TransitionPage, PaperPage, RefusesForm))
        and not any(part in page.route for part in FILES)
    ]


def addresses(page, where: Found, role: str) -> Iterator[tuple[str, str]]:
    """(what it is about, address) of the page for each object this person may open it about."""
    if subject_model(page.route) is None:
        yield "", Visit(page, ()).url
        return
    for about, obj in where.objects(page, role).items():
        try:
            first = fillings(page, obj, where.side)[0]
        except (AttributeError, IndexError, LookupError, ObjectDoesNotExist):
            continue  # nothing of that kind hangs on it
        yield about, Visit(page, tuple(first.items())).url


def measured(client: Client, url: str, statements: Statements) -> Cost | None:
    """What the page costs now; None where it does not open for this person."""
    statements.count, web, database = 0, [], []
    with connection.execute_wrapper(statements), timed(web, database):
        answer = client.get(url)
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if answer.status_code != 200 or not is_page:
        return None
    return Cost(statements.count, 1000 * web[0], 1000 * database[0], len(answer.content))


@contextmanager
def timed(web: list, database: list):
    here, there = time.process_time(), database_seconds()
    yield
    web.append(time.process_time() - here)
    database.append(database_seconds() - there)


def explained(statements: Statements) -> list[dict]:
    """The plans of the slowest statements."""
    slowest = sorted(statements.slow.items(), key=lambda row: -row[1][0])[:EXPLAINED]
    plans = []
    for sql, (spent, params) in slowest:
        if not sql.lstrip().upper().startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        plans.append({"seconds": spent, "sql": sql, "plan": plan})
    return plans


def offered(where: Found, roles: list[str]) -> dict[tuple[str, str, str], str]:
    """The address of each page by its name, the role and what it is about."""
    return {
        (page.name, role, about): url
        for role in where.people
        if not roles or role in roles
        for page in opened_pages()
        for about, url in addresses(page, where, role)
    }


def main(roles: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    connection.ensure_connection()
    where, statements = found(), Statements()
    urls = offered(where, roles)

    @cache
    def client_of(role: str) -> Client:
        client, person = Client(raise_request_exception=False), where.people[role]
        if person:
            client.force_login(person)
            session = client.session
            session["year"] = where.year.year
            session.save()
        return client

    say(list(urls))
    for line in sys.stdin:
        key = tuple(json.loads(line))
        cost = measured(client_of(key[1]), urls[key], statements)
        say(cost and asdict(cost))
    say(explained(statements))


def say(told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
