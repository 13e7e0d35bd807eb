"""A store of files of its own for each test, and what to back up."""

import datetime as dt
import os

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from blocs.reports.actions.locker import keep_file
from tests.emptying import protect_again, release_rules
from tests.factories.files import pdf
from tests.factories.people import UnitFactory, editor_of
from tests.prove import ASKED
from tests.upkeep.places import empty_place
from thidua.upkeep.backups.engines import engine_of
from thidua.upkeep.backups.writing import write_backup

# It needs the history of the code, and minutes.
collect_ignore = [] if os.environ.get(ASKED) else ["test_upgrade.py"]
AT = dt.datetime(2025, 12, 5, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Rules of granted lines and of the log book come back once the database was emptied."""
    result = yield
    protect_again(item, nextitem)
    return result


@pytest.fixture(autouse=True)
def tables_may_be_emptied(request):
    """A backup sees only what other connections see: such a test ends with an empty database."""
    marker = request.node.get_closest_marker("django_db")
    is_transactional = bool(marker and marker.kwargs.get("transaction"))
    if is_transactional:
        request.getfixturevalue("transactional_db")
    yield
    if is_transactional:
        release_rules(request, request.getfixturevalue("django_db_blocker"))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Where uploads of this test are."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def place(tmp_path):
    """Engine and storage of an empty place."""
    with empty_place(tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture
def kept():
    """`kept("1")` puts one file into the locker of a new unit."""

    def keep(text, unit=None):
        unit = unit or UnitFactory()
        upload = SimpleUploadedFile("Báo cáo.pdf", pdf(text))
        return keep_file(unit, upload=upload, expires_on=None, actor=editor_of(unit))

    return keep


@pytest.fixture
def back_up(tmp_path):
    """`back_up()` makes a backup of the database of the tests; `minutes` after the first."""

    def make(minutes=0, folder=tmp_path / "backups"):
        at = AT + dt.timedelta(minutes=minutes)
        return write_backup(folder, engine=engine_of(), storage=default_storage, at=at)

    return make
