"""The sheet of a member, open on the screen of the person who fills it in."""

import pytest
from django.db import connection

from awards.decisions.granted_lines import protect_granted_lines, release_granted_lines
from tests.factories.people import editor_of
from tests.factories.reports import member_report
from tests.journeys.desk import PASSWORD, Sheet


@pytest.fixture
def rule_of_granted_lines(django_db_setup, django_db_blocker):
    """Comes back once the whole database was emptied."""
    yield
    with django_db_blocker.unblock():
        protect_granted_lines(connection)


@pytest.fixture(autouse=True)
def granted_lines_may_be_emptied(rule_of_granted_lines, transactional_db):
    """A journey ends with an empty database; SQLite empties it line by line."""
    yield
    release_granted_lines(connection)


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
