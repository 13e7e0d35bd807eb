"""The sheet of a member, open on the screen of the person who fills it in."""

import pytest

from tests.factories.people import editor_of
from tests.factories.reports import member_report
from tests.journeys.desk import PASSWORD, Sheet


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
