"""Open every page for everybody in one database and write down what it cost."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
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

ROUNDS, EXPLAINED = 2, 8
# Signing out and in again is not a page; files are measured by the other lines of the bench.
NOT_OPENED = {"accounts:logout", "home:choose_year"}
FILES = (".pdf", ".xlsx", ".json", ".zip", "/excel/", "/csv/", "/tep/")


@dataclass
class Cost:
    """What one page costs: statements, milliseconds of web and of database, bytes."""

    page: str
    role: str
    about: str
    url: str
    queries: int = 0
    web: float = 0.0
    database: float = 0.0
    size: int = 0


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


def measure(client: Client, cost: Cost, statements: Statements) -> bool:
    """Fill in the cost; False where the page does not open for this person."""
    statements.count = 0
    with connection.execute_wrapper(statements):
        answer = client.get(cost.url)
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if answer.status_code != 200 or not is_page:
        return False
    cost.queries, cost.size = statements.count, len(answer.content)
    web, database = [], []
    for _ in range(ROUNDS):
        with timed(web, database):
            client.get(cost.url)
    cost.web, cost.database = 1000 * min(web), 1000 * min(database)
    return True


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


def main(target: str, roles: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    connection.ensure_connection()
    where, statements, costs, closed = found(), Statements(), [], set()
    for role, person in where.people.items():
        if roles and role not in roles:
            continue
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
            session = client.session
            session["year"] = where.year.year
            session.save()
        for page in opened_pages():
            closed.add(page.name)
            for about, url in addresses(page, where, role):
                cost = Cost(page.name, role, about, url)
                if measure(client, cost, statements):
                    costs.append(asdict(cost))
    told = {
        "costs": costs,
        "closed": sorted(closed - {cost["page"] for cost in costs}),
        "plans": explained(statements),
    }
    Path(target).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
