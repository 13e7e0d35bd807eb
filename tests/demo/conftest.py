"""The demo, loaded once for all tests of a file and taken back afterwards."""

import pytest
from django.db import transaction

from thidua.demo.load import load_demo


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """What `load_demo()` wrote; tests run inside its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)
