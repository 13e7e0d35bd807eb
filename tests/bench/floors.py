"""The least a page can cost: its queries by Django alone, its strings joined, none of our code.

The floor is a view behind Django's own session and sign-in. It asks the database all that the page
asked, by Django's query sets, takes every row as the page took it, and joins every string that the
page shows, escaped, into cells.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.models.query import QuerySet, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.html import format_html_join

from tests.bench.timing import ratio

BARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
# What Django's middleware asks by itself.
SIGNING_IN = ("Session", "User")


@dataclass
class Asked:
    """What a page asked the database: query sets, and statements written by hand."""

    queries: list = field(default_factory=list)
    statements: list = field(default_factory=list)
    is_compiling: bool = False


FLOOR = {"asked": Asked(), "strings": []}


def ask_again(asked: Asked) -> None:
    """The same queries, every row taken as it was taken."""
    for query in asked.queries:
        rows = QuerySet(model=query.model, query=query.clone())
        if query.values_select or not query.default_cols:
            rows._iterable_class = ValuesListIterable
        list(rows)
    with connection.cursor() as cursor:
        for statement, values in asked.statements:
            cursor.execute(statement, values)
            cursor.fetchall()


@login_required
def floor(request):
    """The same rows, the same strings."""
    ask_again(FLOOR["asked"])
    return HttpResponse(format_html_join("", "<td>{}</td>", FLOOR["strings"]))


urlpatterns = [path("san/", floor)]


@contextmanager
def listening():
    """All that is asked inside the block."""
    asked, compile_and_run = Asked(), SQLCompiler.execute_sql

    def by_django(compiler, *args, **kwargs):
        if compiler.query.model and compiler.query.model.__name__ not in SIGNING_IN:
            asked.queries.append(compiler.query.clone())
        asked.is_compiling = True
        try:
            return compile_and_run(compiler, *args, **kwargs)
        finally:
            asked.is_compiling = False

    def by_hand(execute, sql, params, many, context):
        if not asked.is_compiling and sql.lstrip("( ").startswith("SELECT"):
            asked.statements.append((sql, params))
        return execute(sql, params, many, context)

    SQLCompiler.execute_sql = by_django
    try:
        with connection.execute_wrapper(by_hand):
            yield asked
    finally:
        SQLCompiler.execute_sql = compile_and_run


class Strings(HTMLParser):
    """Every string of a page that people read or that a field holds."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [(value,) for name, value in attrs if name == "value" and value]

    def handle_data(self, data):
        if data.strip():
            self.found.append((data,))


def floor_ratio(client: Client, url: str) -> float:
    """CPU of the page over that of its floor, whole requests in turns."""
    fetch(client, url)
    with listening() as asked:
        answer = fetch(client, url)
    page = Strings()
    page.feed(answer.content.decode())
    FLOOR["asked"], FLOOR["strings"] = asked, page.found
    other = Client()
    other.cookies = client.cookies

    def bare():
        with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=BARE):
            fetch(other, "/san/")

    return ratio(lambda: fetch(client, url), bare, rounds=40)


def fetch(client, url):
    """The page, or an error: nobody measures an answer that says no."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    return answer
