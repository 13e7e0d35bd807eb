"""A warm process: what it may cost, who waits for whom, and what is left when it is gone."""

import inspect
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.common.warm import works
from thidua.common.warm import client
from thidua.common.warm.client import (
    BusyError,
    FailedWorkError,
    TooCostlyError,
    UnreachableError,
    Workshop,
)

# Where the work of the tests raises its error.
LINE = inspect.getsourcelines(works.quote)[1] + 3
WORK = "tests.common.warm.works:obedient"


@pytest.fixture
def opened(settings, tmp_path):
    """`opened(**options)` is a workshop of this test alone."""
    settings.PROCESS_DIR = tmp_path / "run"
    settings.SLOW_REQUESTS = 8
    made = []

    def one(**options):
        made.append(
            Workshop(**({"name": "t", "work": WORK, "seconds": 1, "memory_mb": 200} | options))
        )
        return made[-1]

    yield one
    for workshop in made:
        workshop.stop()


def is_gone(pid):
    """A dead process may stand in the list until the system clears it away (state Z)."""
    for _ in range(250):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def while_burning(workshop):
    """A thread that asks for work without end, and is at it when this returns."""
    ended = []

    def ask():
        try:
            ended.append(workshop.ask(b"burn"))
        except TooCostlyError as error:
            ended.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    begun = workshop.addresses()[0].with_suffix(".tmp") / "burning"
    for _ in range(500):
        if begun.exists():
            return thread, ended
        time.sleep(0.02)
    raise AssertionError("the work has not begun")


def test_a_reply_comes_back_whole_and_the_process_stays(opened):
    workshop = opened()
    big = os.urandom(3_000_000)
    assert workshop.ask(b"echo " + big) == big
    assert workshop.ask(b"pid") == workshop.ask(b"pid")


def test_work_without_end_is_ended_and_the_next_request_is_served(opened):
    workshop = opened()
    first = workshop.ask(b"pid")
    began = time.monotonic()
    with pytest.raises(TooCostlyError):
        workshop.ask(b"burn")
    assert time.monotonic() - began < 5
    assert is_gone(int(first))
    assert workshop.ask(b"echo still here") == b"still here"


def test_sleeping_costs_no_core_but_is_ended_by_the_clock(opened):
    workshop = opened(seconds=0.2)
    first = workshop.ask(b"pid")
    with pytest.raises(TooCostlyError):
        workshop.ask(b"sleep 60")
    # Its own clock has ended it: whoever asked does not wait for it any more.
    assert is_gone(int(first))


def test_memory_has_an_end(opened):
    workshop = opened()
    assert workshop.ask(b"eat 20") == b"20971520"
    first = workshop.ask(b"pid")
    with pytest.raises(TooCostlyError):
        workshop.ask(b"eat 400")
    assert is_gone(int(first))
    assert workshop.ask(b"echo x") == b"x"


def test_an_update_never_meets_a_process_of_before(opened, monkeypatch):
    before = opened().addresses()
    assert opened(stamp="2").addresses() != before
    monkeypatch.setattr(client, "sources_of", lambda work: "others")
    assert opened().addresses() != before


def test_a_process_that_has_grown_is_replaced(opened):
    workshop = opened(resident_mb=1)
    assert is_gone(int(workshop.ask(b"pid")))
    assert workshop.ask(b"echo x") == b"x"


def test_the_secrets_of_the_server_are_not_handed_on(opened, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "1")
    told = opened().ask(b"environment").decode().split()
    assert "PATH" in told
    assert "SECRET_KEY" not in told


def test_an_error_is_told_and_the_process_stays(opened):
    workshop = opened()
    first = workshop.ask(b"pid")
    with pytest.raises(FailedWorkError):
        workshop.ask(b"fail ")
    assert workshop.ask(b"pid") == first


def test_what_was_uploaded_stands_in_no_log(opened, caplog):
    workshop = opened()
    with pytest.raises(FailedWorkError):
        workshop.ask("quote Nguyễn Thị Mật 0912345678".encode())
    written = "".join(file.read_text() for file in workshop.addresses()[0].parent.glob("*.log"))
    assert [json.loads(line)["message"] for line in written.splitlines()] == [
        "Cannot read …",
        f"The work failed: ValueError (tests/common/warm/works.py:{LINE} quote)",
    ]
    told = f"Warm process t: ValueError (tests/common/warm/works.py:{LINE} quote)"
    assert [record.getMessage() for record in caplog.records] == [told]


def test_beside_a_sick_request_a_healthy_one_does_not_wait(opened):
    workshop = opened(seconds=3, lanes=2)
    thread, ended = while_burning(workshop)
    began = time.monotonic()
    assert workshop.ask(b"echo healthy") == b"healthy"
    took = time.monotonic() - began
    assert ended == []
    thread.join()
    assert (ended, took < 3) == ([TooCostlyError], True)


def test_where_all_lanes_are_taken_one_waits_a_while_and_is_told(opened):
    workshop = opened(seconds=3, lanes=1, waits=0.3)
    thread, ended = while_burning(workshop)
    with pytest.raises(BusyError):
        workshop.ask(b"echo x")
    assert ended == []
    thread.join()


def test_a_worker_keeps_threads_for_its_pages(opened, settings):
    settings.SLOW_REQUESTS = 2
    workshop = opened(seconds=6, lanes=3)
    with ThreadPoolExecutor(3) as threads:
        slow = [threads.submit(workshop.ask, b"sleep 2") for _ in range(2)]
        time.sleep(1)
        with pytest.raises(BusyError):
            workshop.ask(b"echo x")
        assert [one.result() for one in slow] == [b"awake", b"awake"]
    assert workshop.ask(b"echo x") == b"x"


def test_a_reserved_workshop_waits_for_no_place(opened, settings):
    settings.SLOW_REQUESTS = 0
    with pytest.raises(BusyError):
        opened().ask(b"echo x")
    assert opened(name="own", is_reserved=True).ask(b"echo x") == b"x"


def test_what_cannot_be_started_says_why(opened):
    with pytest.raises(UnreachableError, match="no_such_function"):
        opened(work="tests.common.warm.works:no_such_function").ask(b"echo x")


def test_a_process_left_behind_by_a_killed_worker_does_not_stop_the_others(opened):
    """Its lane is silent until the work ends; whoever comes meanwhile is told to come again."""
    workshop = opened(seconds=3, lanes=1, waits=0.3)
    thread, _ = while_burning(workshop)
    workshop.addresses()[0].with_suffix(".turn").unlink()
    with pytest.raises(BusyError):
        workshop.ask(b"echo x")
    thread.join()
    assert workshop.ask(b"echo x") == b"x"
