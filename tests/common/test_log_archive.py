"""Old lines move to the archive word for word, and the chain proves both."""

import datetime as dt
import re
from functools import partial

import pytest
import time_machine
from django.core.management import CommandError
from django.db import DatabaseError, connection, transaction

from tests.common.test_log_chain import run, write
from thidua.common.activity import record
from thidua.common.log_book.archiving import archive_lines
from thidua.common.log_book.models import lines_about
from thidua.common.log_book.rules import protect_log, release_log
from thidua.common.log_book.sealing import chain_new_lines
from thidua.common.log_book.verifying import verify
from thidua.common.models import ActivityEntry, ArchivedEntry
from thidua.common.pages.timeline import timeline

pytestmark = pytest.mark.django_db
# 31/12/2020 17:30 UTC is already New Year in Vietnam.
EVE = dt.datetime(2020, 12, 31, 16, 30, tzinfo=dt.UTC)
NEW_YEAR = dt.datetime(2020, 12, 31, 17, 30, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC)


@pytest.fixture
def lines():
    """Three lines of 2020 and two of 2021, about one unit each time, chained."""
    found = write(3, EVE) + write(2, NEW_YEAR)
    chain_new_lines(now=NOW)
    return found


def told():
    return list(ActivityEntry.objects.order_by("pk").values())


def test_lines_before_the_years_that_are_kept_move_word_for_word(lines):
    before = told()
    with time_machine.travel(NOW, tick=False):
        assert run("archive_log") == "Đã chuyển 03 dòng trước ngày 01/01/2021 vào kho lưu."
        assert run("archive_log") == "Đã chuyển 00 dòng trước ngày 01/01/2021 vào kho lưu."
    assert list(ArchivedEntry.objects.order_by("pk").values()) == before[:3]
    assert told() == before[3:]


def test_the_chain_runs_through_both(lines):
    archive_lines(before=NEW_YEAR)
    assert run("verify_log") == "Nhật ký nguyên vẹn: 05 dòng đã nối, 00 dòng chờ nối."
    release_log(connection)
    ArchivedEntry.objects.filter(pk=lines[1].pk).update(note="khác")
    assert verify().fault.startswith(f"Dòng số {lines[1].pk} (vị trí 2) đã bị sửa")
    ArchivedEntry.objects.filter(pk=lines[0].pk).delete()
    assert verify().fault == f"Dòng số {lines[0].pk} (vị trí 1) đã bị xóa."
    protect_log(connection)


def test_a_line_put_into_the_archive_alone_is_named(lines):
    row = {name: value for name, value in told()[0].items() if name != "id"}
    forged = ArchivedEntry.objects.create(pk=999, **row)
    assert verify().fault.startswith(f"Dòng số {forged.pk} bị chèn thêm")


def test_a_line_that_no_run_chained_stays(lines):
    write(1, EVE)
    assert archive_lines(before=NEW_YEAR) == 3
    assert ActivityEntry.objects.filter(at=EVE).count() == 1


def test_the_page_of_an_object_shows_archived_lines_below_the_live_ones(lines):
    unit = lines[0].subject
    record(lines[0].actor, "units.edit_unit", unit, label="Sửa sau", at=NEW_YEAR)
    archive_lines(before=NEW_YEAR)
    expected = ["Sửa sau", "Sửa 2", "Sửa 1", "Sửa 0"]
    assert [line.label for line in lines_about(unit)] == expected
    assert [line["label"] for line in timeline(unit)] == expected
    assert [line["label"] for line in timeline(unit, limit=2)] == expected[:2]


def test_the_database_lets_a_line_go_only_where_the_archive_holds_it(lines):
    assert refused_changes(lines) == {"chỉ được ghi thêm"}


def test_rules_that_are_put_anew_let_no_other_line_go(lines):
    protect_log(connection)
    assert refused_changes(lines) == {"chỉ được ghi thêm"}


def refused_changes(lines):
    """In which words the database refuses each change, where the archive holds another line."""
    ArchivedEntry.objects.create(**told()[0] | {"note": "khác"})
    found = set()
    for change in (
        ActivityEntry.objects.filter(pk=lines[0].pk).delete,
        partial(ArchivedEntry.objects.update, note=""),
        ArchivedEntry.objects.all().delete,
    ):
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            change()
        found.add(re.search("chỉ được ghi thêm", str(caught.value))[0])
    return found


def test_a_move_that_is_stopped_in_the_middle_has_not_begun(lines, monkeypatch):
    monkeypatch.setattr(
        "thidua.common.log_book.archiving.ActivityEntry.objects.filter", stopped_at_deleting()
    )
    with pytest.raises(KeyboardInterrupt):
        archive_lines(before=NEW_YEAR)
    monkeypatch.undo()
    assert (ArchivedEntry.objects.count(), ActivityEntry.objects.count()) == (0, 5)


def stopped_at_deleting():
    """The list as ever; when it is asked for lines by number, in order to delete them, the end."""
    usual = ActivityEntry.objects.get_queryset

    def lines(*rules, **wanted):
        if "pk__in" in wanted:
            raise KeyboardInterrupt
        return usual().filter(*rules, **wanted)

    return lines


def test_too_few_years_are_refused():
    with pytest.raises(CommandError, match="ít nhất 02 năm"):
        run("archive_log", "--years", "1")


def test_the_size_is_told(lines):
    archive_lines(before=NEW_YEAR)
    write(4, NOW)
    with time_machine.travel(NOW, tick=False):
        live, old, links, year = run("measure_log").splitlines()
    assert re.fullmatch(r"đang dùng: 6 dòng, \d+ KB, \d+ byte/dòng", live)
    assert re.fullmatch(r"kho lưu: 3 dòng, \d+ KB, \d+ byte/dòng", old)
    assert re.fullmatch(r"mắt xích: 5 dòng, \d+ KB, \d+ byte/dòng", links)
    assert re.fullmatch(r"365 ngày qua: 4 dòng, khoảng \d+,\d MB", year)
