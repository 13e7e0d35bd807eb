"""The chain proves the log book: what was changed, deleted, inserted, reordered or cut is named."""

import datetime as dt
import re
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tests.factories.people import UnitFactory, UserFactory
from thidua.common.activity import record
from thidua.common.log_book import archiving, sealing, verifying
from thidua.common.log_book.chain import BEGINNING, COLUMNS, digest_of
from thidua.common.log_book.rules import protect_log, release_log
from thidua.common.log_book.sealing import chain_new_lines
from thidua.common.log_book.verifying import LATE, Head, verify
from thidua.common.models import ActivityEntry, LogLink, LogSeal

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FIELDS = {ActivityEntry: "note", LogLink: "digest", LogSeal: "head"}


def write(count, at=MONDAY):
    """So many lines of the log book, told at that time."""
    unit, actor = UnitFactory(), UserFactory()
    return [
        record(actor, "units.edit_unit", unit, label=f"Sửa {number}", note="Vì “đúng”", at=at)
        for number in range(count)
    ]


def test_the_hash_of_a_line_does_not_hang_on_how_a_database_orders_keys():
    row = dict.fromkeys(COLUMNS) | {"at": MONDAY}
    changes = [{"field": "điểm", "before": "1"}, {"before": "1", "field": "điểm"}]
    first, second = (digest_of(BEGINNING, row | {"changes": [one]}) for one in changes)
    assert first == second


def test_a_long_chain_is_made_and_read_in_parts(monkeypatch):
    for module in (sealing, verifying, archiving):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    write(5)
    assert run("seal_log").startswith("Đã nối 05 dòng; đầu chuỗi 5:")
    assert run("verify_log") == "Nhật ký nguyên vẹn: 05 dòng đã nối, 00 dòng chờ nối."
    assert archiving.archive_lines(before=MONDAY + HOUR) == 5
    assert run("verify_log") == "Nhật ký nguyên vẹn: 05 dòng đã nối, 00 dòng chờ nối."


def test_a_run_that_is_stopped_before_its_seal_has_chained_nothing(monkeypatch):
    def stop(**facts):
        raise KeyboardInterrupt

    write(2)
    monkeypatch.setattr(LogSeal.objects, "create", stop)
    with pytest.raises(KeyboardInterrupt):
        chain_new_lines(now=MONDAY + HOUR)
    monkeypatch.undo()
    assert LogLink.objects.count() == 0
    assert chain_new_lines(now=MONDAY + HOUR).last == 2


@pytest.fixture
def lines():
    """Seven lines in two runs, with nothing of the database in the way of who owns it."""
    found = write(4)
    chain_new_lines(now=MONDAY + HOUR)
    found += write(3, MONDAY + 2 * HOUR)
    chain_new_lines(now=MONDAY + 3 * HOUR)
    release_log(connection)
    yield found
    protect_log(connection)


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_an_untouched_log_book_is_proved(lines):
    assert run("verify_log") == "Nhật ký nguyên vẹn: 07 dòng đã nối, 00 dòng chờ nối."
    assert [(seal.first, seal.last) for seal in LogSeal.objects.all()] == [(1, 4), (5, 7)]


def test_new_lines_wait_for_the_next_run_and_nobody_waits_for_it(lines):
    write(2, MONDAY + 3 * HOUR)
    assert run("verify_log") == "Nhật ký nguyên vẹn: 07 dòng đã nối, 02 dòng chờ nối."
    with time_machine.travel(MONDAY + 4 * HOUR, tick=False):
        told = run("seal_log")
        assert run("seal_log") == "Không có dòng nhật ký mới."
    head = LogSeal.objects.last()
    assert told == f"Đã nối 02 dòng; đầu chuỗi 9:{head.head} 2026-11-30T05:00:00+00:00"


@pytest.mark.parametrize(
    "change",
    [
        {"note": "khác"},
        {"actor_name": "Người khác"},
        {"at": MONDAY + dt.timedelta(microseconds=1)},
        {"changes": [{"field": "điểm", "before": "1", "after": "2"}]},
        {"actor": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_named(lines, change):
    ActivityEntry.objects.filter(pk=lines[2].pk).update(**change)
    with pytest.raises(CommandError) as refused:
        run("verify_log")
    assert str(refused.value) == (
        f"Dòng số {lines[2].pk} (vị trí 3) đã bị sửa hoặc bị đổi chỗ: “units.edit_unit”, "
        "08:00 30/11/2026."
    )


def test_a_deleted_line_is_named(lines):
    ActivityEntry.objects.filter(pk=lines[5].pk).delete()
    assert verify().fault == f"Dòng số {lines[5].pk} (vị trí 6) đã bị xóa."


def test_a_line_deleted_with_its_link_leaves_a_hole(lines):
    ActivityEntry.objects.filter(pk=lines[1].pk).delete()
    LogLink.objects.filter(position=2).delete()
    assert verify().fault == "Chuỗi thiếu vị trí 2."


def test_two_lines_that_changed_places_are_named(lines):
    first, second = LogLink.objects.filter(position__in=(2, 3)).order_by("position")
    LogLink.objects.filter(position=2).update(entry=second.entry)
    LogLink.objects.filter(position=3).update(entry=first.entry)
    assert verify().fault.startswith(f"Dòng số {second.entry} (vị trí 2) đã bị sửa hoặc bị đổi")


def test_two_lines_that_changed_places_with_their_hashes_are_named(lines):
    first, second = LogLink.objects.filter(position__in=(2, 3)).order_by("position")
    for place, other in ((2, second), (3, first)):
        LogLink.objects.filter(position=place).update(entry=other.entry, digest=other.digest)
    assert verify().fault.startswith(f"Dòng số {second.entry} (vị trí 2) đã bị sửa hoặc bị đổi")


def test_an_end_that_was_written_over_is_named(lines):
    LogSeal.objects.filter(last=4).update(head="0" * 64)
    assert verify().fault.startswith(f"Dòng số {lines[3].pk} (vị trí 4) đã bị sửa hoặc bị đổi")


def test_a_line_inserted_below_is_named_before_and_after_the_next_run(lines):
    forged = write(1, MONDAY + dt.timedelta(minutes=5))[0]
    told = (
        f"Dòng số {forged.pk} bị chèn thêm sau khi nhật ký đã được nối: “units.edit_unit”, "
        "08:05 30/11/2026."
    )
    assert verify().fault == told
    chain_new_lines(now=MONDAY + 4 * HOUR)
    assert verify().fault == told


def test_a_line_of_a_slow_transaction_is_no_insertion(lines):
    write(1, MONDAY + 3 * HOUR - LATE)
    assert verify().fault == ""
    chain_new_lines(now=MONDAY + 4 * HOUR)
    assert verify().fault == ""


def test_a_tail_that_was_cut_off_is_told_by_the_last_run(lines):
    ActivityEntry.objects.filter(pk__gte=lines[5].pk).delete()
    LogLink.objects.filter(position__gte=6).delete()
    assert verify().fault == (
        "Đuôi nhật ký bị cắt: chuỗi đã tới vị trí 7, nay chỉ còn tới vị trí 5."
    )


def test_a_tail_cut_off_with_its_run_is_told_by_the_head_kept_outside(lines, tmp_path):
    last = LogSeal.objects.last()
    ActivityEntry.objects.filter(pk__gte=lines[4].pk).delete()
    LogLink.objects.filter(position__gte=5).delete()
    last.delete()
    assert verify().fault == ""
    told = "Đuôi nhật ký bị cắt: chuỗi đã tới vị trí 7, nay chỉ còn tới vị trí 4."
    with pytest.raises(CommandError, match=told):
        run("verify_log", "--head", f"7:{last.head}")
    (heads := tmp_path / "heads").write_text(f"7:{last.head} 2026-11-30T03:00:00+00:00\n")
    with pytest.raises(CommandError, match=told):
        run("verify_log", "--heads", str(heads))


def test_a_chain_made_anew_is_told_by_the_head_kept_outside(lines):
    head = LogSeal.objects.first().head
    ActivityEntry.objects.filter(pk=lines[0].pk).update(note="khác")
    LogLink.objects.all().delete()
    LogSeal.objects.all().delete()
    chain_new_lines(now=MONDAY + 3 * HOUR)
    assert verify().fault == ""
    assert verify([Head(4, head)]).fault == (
        "Vị trí 4 không mang mã đã ghi bên ngoài: chuỗi đã bị làm lại."
    )


def test_a_link_of_no_run_is_named(lines):
    LogLink.objects.create(position=8, entry=lines[0].pk, digest="0" * 64)
    assert verify().fault == "Vị trí 8 không thuộc lượt nối nào."


def test_heads_are_added_to_the_file_of_the_office(tmp_path):
    heads = tmp_path / "heads"
    for count in (1, 2):
        write(count, timezone.now())
        run("seal_log", "--heads", str(heads))
    assert [line.split(":")[0] for line in heads.read_text().splitlines()] == ["1", "3"]
    assert run("verify_log", "--heads", str(heads)).startswith("Nhật ký nguyên vẹn: 03 dòng")


@pytest.mark.parametrize("count", [0, 1])
def test_a_file_of_heads_that_is_not_there_is_said_and_the_chain_is_verified(tmp_path, count):
    heads, said = tmp_path / "heads", StringIO()
    for _ in range(count):
        write(1, timezone.now())
        run("seal_log")
    told = run("verify_log", "--heads", str(heads), stderr=said)
    assert told.startswith(f"Nhật ký nguyên vẹn: {count:02d} dòng")
    assert said.getvalue().startswith(f"Chưa có tệp đầu chuỗi “{heads}” ({count:02d} lượt đã nối)")


@pytest.mark.parametrize("text", ["12", "12:ab", "x:" + "0" * 64])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(CommandError, match="không phải đầu chuỗi"):
        run("verify_log", "--head", text)


def test_two_runs_at_once_give_one_chain(lines, monkeypatch):
    write(1, MONDAY + 3 * HOUR)
    stale = LogSeal.objects.first()
    monkeypatch.setattr(LogSeal.objects, "last", lambda: stale)
    assert run("seal_log") == "Một lượt nối khác đang chạy."
    monkeypatch.undo()
    assert verify().fault == ""


@pytest.mark.parametrize("model", [ActivityEntry, LogLink, LogSeal])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_lets_nobody_change_the_log_book(model, act):
    assert refusal_of(model, act) == "chỉ được ghi thêm"
    assert verify().fault == ""


@pytest.mark.parametrize("act", ["update", "delete"])
def test_rules_that_are_put_anew_refuse_alike(act):
    protect_log(connection)
    assert {refusal_of(model, act) for model in FIELDS} == {"chỉ được ghi thêm"}
    assert verify().fault == ""


def refusal_of(model, act):
    """The words in which the database refuses the statement."""
    write(1)
    chain_new_lines(now=MONDAY)
    table, column = model._meta.db_table, model._meta.get_field(FIELDS[model]).column
    statement = {
        "update": f"UPDATE {table} SET {column} = 'x'",
        "delete": f"DELETE FROM {table}",
    }[act]
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return re.search("chỉ được ghi thêm", str(caught.value))[0]


def test_an_account_with_lines_is_never_deleted():
    line = write(1)[0]
    with pytest.raises(ProtectedError):
        line.actor.delete()
    assert ActivityEntry.objects.get().actor_name == str(line.actor)
