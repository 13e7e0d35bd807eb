"""Tests that end with an empty database: rules that forbid emptying go for it, and come back.

For the conftest of a folder of such tests; SQLite empties a database line by line.
"""

import pytest
from django.db import connection

from awards.decisions.granted_lines import protect_granted_lines, release_granted_lines
from thidua.common.log_book.rules import protect_log, release_log

BLOCKER = pytest.StashKey()


def release_rules(request, django_db_blocker):
    """Let the tables be emptied when the test is over."""
    request.node.stash[BLOCKER] = django_db_blocker
    release_granted_lines(connection)
    release_log(connection)


def protect_again(item, nextitem):
    """Put the rules back once the database was emptied."""
    blocker = item.stash.get(BLOCKER, None)
    # After the last test there is no database any more.
    if blocker and nextitem:
        with blocker.unblock():
            protect_granted_lines(connection)
            protect_log(connection)
