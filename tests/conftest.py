"""Fixtures every test may use: the database as a file, and a browser that sees no internet."""

import gc
import os
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import engine
from playwright.sync_api import sync_playwright

from blocs.ranking.views.proofs import CHECKERS
from tests.house.acted import Acted
from tests.house.watch import Watch
from thidua.papers.pdf.client import stop_pdf_process
from thidua.workbooks.reading import READERS

# Playwright's sync API keeps an event loop running, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The suite keeps what it has read; looking for garbage in it as often as usual costs a tenth.
gc.set_threshold(50_000, 20, 50)

# A busy machine is not a fault: no test fails for its time. What failed is kept for the next run,
# with a line that brings it back on another machine; the search for a smaller one has an end.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=60,
    print_blob=True,
    database=DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis" / "examples"),
)
engine.MAX_SHRINKING_SECONDS = 20
hypothesis_settings.load_profile("house")

SCREENS = {
    "desktop": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
}
SCREENSHOTS = Path(__file__).parents[1] / "var" / "screenshots"
OTHERS_AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (state = 'active' OR state LIKE 'idle in%')
"""
OWN_HOSTS = {"127.0.0.1", "localhost"}
# What `tests.migrated` made for the whole run: a database to be copied, or a file.
MIGRATED = os.environ.get("TEST_MIGRATED")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_configure(config):
    config.pluginmanager.register(Acted(config))


def pytest_make_parametrize_id(val, argname):
    """A file has no name of its own: its bytes hold the hour, and each worker would see others."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite is tested as the file people use: in memory it has neither WAL nor locks."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("sqlite") / "thidua.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
        if MIGRATED:
            shutil.copy(MIGRATED, file)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """A file that was copied is there already."""
    return django_db_keepdb or bool(MIGRATED and connection.vendor == "sqlite")


@pytest.fixture(scope="session", autouse=True)
def no_process_is_left():
    """The warm processes of the suite end with it; one test may still be the first to need one."""
    yield
    stop_pdf_process()
    READERS.stop()
    CHECKERS.stop()


@pytest.fixture(autouse=True)
def watched_actions():
    """No action that a test calls writes without a lock, a transaction or its line in the log."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield
    assert watch.faults() == []


@pytest.fixture(scope="module")
def browser(django_db_setup):
    """One headless Chromium of the system for all tests of a file.

    While it runs, an event loop runs, and Django's connection of this thread is another one than
    before and after: whoever borrows the database for a file must see one of them only.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=CHROMIUM_ARGUMENTS,
        )
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture
def faults():
    """What went wrong in the browser; a test that leaves one here fails.

    Wrong is: an address outside this machine was asked for, a script failed, or the content
    security policy refused something.
    """
    found = []
    yield found
    assert found == []


@pytest.fixture
def open_page(browser, live_server, faults):
    """`open_page("desktop")` and `open_page("phone")` open watched pages, each a new visitor."""
    contexts = []

    def open_one(screen="desktop"):
        context = browser.new_context(
            base_url=live_server.url, viewport=SCREENS[screen], locale="vi-VN"
        )
        contexts.append(context)
        context.set_default_timeout(60_000)  # a busy machine is not a fault
        context.route("**/*", lambda route: let_through(route, faults))
        context.on("weberror", lambda fault: faults.append(f"script: {fault.error}"))
        context.on("console", lambda message: note_policy(message, faults))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    wait_for_last_requests()


def wait_for_last_requests():
    """What a closing page has sent may still be answered; emptying the tables would meet it."""
    if connection.vendor != "postgresql":
        return
    quiet = 0  # what a page sent as it closed may still be on its way
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(OTHERS_AT_WORK)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        if quiet == 3:
            return
        time.sleep(0.05)


def let_through(route, faults):
    if urlsplit(route.request.url).hostname in OWN_HOSTS:
        route.continue_()
    else:
        faults.append(f"outside: {route.request.url}")
        route.abort()


def note_policy(message, faults):
    if "Content Security Policy" in message.text:
        faults.append(f"policy: {message.text}")


@pytest.fixture
def page(open_page):
    """A page of 1366 × 768."""
    return open_page("desktop")


@pytest.fixture
def phone(open_page):
    """A page of 390 × 844."""
    return open_page("phone")


@pytest.fixture
def signed_in(live_server):
    """`signed_in(page, user)` gives the page the session of `user` without the sign-in form."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign_in


@pytest.fixture
def screenshot():
    """`screenshot(page, name)` keeps a picture of the whole page under var/screenshots."""

    def take(page, name):
        width = page.viewport_size["width"]
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)

    return take
