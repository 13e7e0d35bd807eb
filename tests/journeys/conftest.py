"""The sheet of a member, open on the screen of the person who fills it in."""

import pytest
from django.db import connection

from awards.decisions.granted_lines import protect_granted_lines, release_granted_lines
from tests.factories.people import editor_of
from tests.factories.reports import member_report
from tests.journeys.desk import PASSWORD, Sheet
from thidua.common.log_book.rules import protect_log, release_log

BLOCKER = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Rules of granted lines and of the log book come back once the database was emptied."""
    result = yield
    # After the last test there is no database any more.
    blocker = item.stash.get(BLOCKER, None)
    if blocker and nextitem:
        with blocker.unblock():
            protect_granted_lines(connection)
            protect_log(connection)
    return result


@pytest.fixture(autouse=True)
def tables_may_be_emptied(request, transactional_db, django_db_blocker):
    """A journey ends with an empty database; SQLite empties it line by line."""
    request.node.stash[BLOCKER] = django_db_blocker
    yield
    release_granted_lines(connection)
    release_log(connection)


@pytest.fixture
def report():
    return member_report()


@pytest.fixture
def writer(report):
    person = editor_of(report.unit)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def sheet(page, signed_in, report, writer):
    return Sheet(signed_in(page, writer), report).open()
