"""Lines of the log book are found by what was folded once, and read by their indexes."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from tests.factories.people import UnitFactory
from thidua.common.activity import record
from thidua.common.log_book.archiving import archive_lines
from thidua.common.log_book.finding import lines_with
from thidua.common.log_book.sealing import chain_new_lines
from thidua.common.log_book.verifying import verify
from thidua.common.models import ActivityEntry, ArchivedEntry, LogWords
from thidua.log_pages.filters import lines_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
NAMES = ("Sở Xây dựng", "Ban Quản lý các khu công nghiệp", "Sở Nội vụ")
QUERIES = {
    "so xay": NAMES[:1],
    "ĐĂNG XAY": (),
    "công ban nghiep": NAMES[1:2],
    "lap": NAMES,
    # One field holds all words: the name of the unit and that of the act are two.
    "lập noi": (),
    "100%": (),
    "…": (),
}


@pytest.fixture
def lines():
    for name in NAMES:
        record(None, "units.add", UnitFactory(name=name), label="Lập đơn vị")
    return ActivityEntry.objects.all()


def found(model, query):
    return {line.subject_name for line in model.objects.filter(lines_with(query))}


@pytest.mark.parametrize("query", QUERIES)
def test_a_line_is_found_alike_new_chained_and_archived(lines, query):
    wanted = set(QUERIES[query])
    assert found(ActivityEntry, query) == wanted
    chain_new_lines(now=NOW)
    assert (LogWords.objects.count(), found(ActivityEntry, query)) == (len(NAMES), wanted)
    archive_lines(before=NOW + dt.timedelta(days=1))
    assert (found(ArchivedEntry, query), lines.count()) == (wanted, 0)


def test_old_lines_are_found_by_their_kept_words_alone(lines, monkeypatch):
    """Far from the newest nothing is folded: what was not kept is not found there."""
    chain_new_lines(now=NOW)
    monkeypatch.setattr("thidua.common.log_book.finding.NEWEST", 0)
    assert found(ActivityEntry, "noi vu") == {NAMES[2]}
    LogWords.objects.filter(label__contains="lap").update(subject_name="")
    assert found(ActivityEntry, "noi vu") == set()


def test_kept_words_are_no_part_of_the_chain(lines):
    chain_new_lines(now=NOW)
    LogWords.objects.all().delete()
    assert (verify().proved, verify().fault) == (len(NAMES), "")


def test_the_migration_folds_every_line_in_batches(lines, monkeypatch):
    chain_new_lines(now=NOW)
    archive_lines(before=ActivityEntry.objects.latest("pk").at)
    record(None, "units.add", UnitFactory(name="Sở Y tế"), label="Lập đơn vị")
    kept = list(LogWords.objects.order_by("pk").values())
    LogWords.objects.all().delete()
    migration = import_module("thidua.common.migrations.0005_log_is_found_by_kept_words")
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    migration.fold_old_lines(apps, None)
    now = list(LogWords.objects.order_by("pk").values())
    assert (now[:-1], now[-1]["subject_name"]) == (kept, "so y te")


@pytest.fixture
def many(lines):
    """As many lines about other things as make an index cheaper than reading them all."""
    unit = ContentType.objects.get_for_model(lines[0].subject)
    ActivityEntry.objects.bulk_create(
        ActivityEntry(at=NOW, label="Lập đơn vị", subject_type=unit, subject_id=number)
        for number in range(10**6, 10**6 + 3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {ActivityEntry._meta.db_table}")
    return unit


@pytest.mark.parametrize("wanted", ("page", "object"))
def test_pages_of_the_log_read_an_index_and_sort_nothing(many, wanted):
    """Of an object the rows are found by its index; ordering so few is left to the planner."""
    of_one = ActivityEntry.objects.filter(subject_type=many, subject_id=10**6 + 7).order_by()
    rows = {"page": lines_of("")[:50], "object": of_one}[wanted]
    plan = rows.explain()
    index = {"page": "common_acti_at_06c2df_idx", "object": "common_acti_subject"}[wanted]
    assert (index in plan, "Sort" in plan or "TEMP B-TREE" in plan) == (True, False)
