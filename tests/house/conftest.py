"""What the walks of this folder leave behind: a browser ends with an empty database."""

import pytest

from tests.emptying import protect_again, release_rules


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Rules of granted lines and of the log book come back once the database was emptied."""
    result = yield
    protect_again(item, nextitem)
    return result


@pytest.fixture(autouse=True)
def tables_may_be_emptied(request):
    """Only where a real server answers, whose connection sees what is committed alone."""
    needs_server = {"page", "open_page", "live_server"} & set(request.fixturenames)
    if needs_server:
        request.getfixturevalue("transactional_db")
    yield
    if needs_server:
        release_rules(request, request.getfixturevalue("django_db_blocker"))
