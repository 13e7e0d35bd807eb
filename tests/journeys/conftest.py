"""The sheet of a member, open on the screen of the person who fills it in."""

import pytest

from tests.emptying import protect_again, release_rules
from tests.factories.people import editor_of
from tests.factories.reports import member_report
from tests.journeys.desk import PASSWORD, Sheet


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Rules of granted lines and of the log book come back once the database was emptied."""
    result = yield
    protect_again(item, nextitem)
    return result


@pytest.fixture(autouse=True)
def tables_may_be_emptied(request, transactional_db, django_db_blocker):
    """A journey ends with an empty database; SQLite empties it line by line."""
    yield
    release_rules(request, django_db_blocker)


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
