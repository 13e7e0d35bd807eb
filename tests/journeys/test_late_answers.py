"""Answers that come late, in pieces or never: none is taken for another, and no cell is lost."""

import socket
import threading
from contextlib import suppress
from decimal import Decimal

import pytest

from tests.factories.reports import COUNT, DIRECT
from tests.journeys.desk import first_alone, stored, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
BUSY = "Chưa lưu được – máy chủ chưa trả lời, sẽ gửi lại"
# The first bytes of five hundred.
PIECE = b"""HTTP/1.1 200 OK\r
Content-Type: application/json\r
Content-Length: 500\r
\r
{"rows": {"s1": {"to"""
# The patience of the page is told, and half a second for its first post.
HURRY = """() => {
  window.patience = [];
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (time) => {
    patience.push(time);
    return timeout.call(AbortSignal, patience.length > 1 ? time : 500);
  };
}"""


@pytest.fixture
def hurried(page, sheet):
    page.evaluate(HURRY)
    return sheet


@pytest.fixture
def broken_line():
    """`broken_line(is_open)` is the address of a server that breaks off in the middle."""
    doors, lines, threads = [], [], []

    def serve(door, is_open):
        with suppress(OSError):  # the door is shut where nobody came
            line, _ = door.accept()
            lines.append(line)
            line.recv(65536)
            line.sendall(PIECE)
            if not is_open:
                line.shutdown(socket.SHUT_RDWR)

    def start(is_open):
        doors.append(door := socket.create_server(("127.0.0.1", 0)))
        threads.append(threading.Thread(target=serve, args=(door, is_open), daemon=True))
        threads[-1].start()
        return f"http://127.0.0.1:{door.getsockname()[1]}/"

    yield start
    for door in doors:
        door.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    for one in (*lines, *doors):
        one.close()


def test_post_without_an_answer_is_given_up_after_fifteen_seconds(hurried, report):
    first_alone(hurried.page, lambda route: None)
    hurried.type(DIRECT, "9,5").says(BUSY)
    assert hurried.page.evaluate("patience") == [15_000]
    hurried.saved()
    assert stored(report, DIRECT) == Decimal("9.5")


@pytest.mark.parametrize("is_open", (True, False))
def test_answer_cut_in_the_middle_is_asked_for_again(sheet, report, broken_line, is_open):
    """The server has saved; the line breaks off or falls silent after the head of its answer."""

    saved = []

    def cut(route):
        saved.append(route.fetch())
        route.continue_(url=broken_line(is_open))

    if is_open:
        sheet.page.evaluate(HURRY)
    first_alone(sheet.page, cut)
    sheet.type(DIRECT, "9").says(BUSY)
    wait_until(sheet.page, lambda: saved)
    assert stored(report, DIRECT) == 9
    sheet.type(DIRECT, "9,75").saved()
    assert (stored(report, DIRECT), stored(report, DIRECT, "revision")) == (Decimal("9.75"), 2)
    assert sheet.page.locator("dialog[open]").count() == 0


def test_answer_to_an_older_post_changes_nothing_after_a_newer_one(hurried, report):
    late = []
    first = first_alone(hurried.page, lambda route: late.append(route.fetch()))
    hurried.type(DIRECT, "9").says(BUSY)
    wait_until(hurried.page, lambda: late)
    hurried.type(DIRECT, "9,75").saved()
    first[0].fulfill(response=late[0])
    hurried.type(COUNT, "2").saved()
    assert (hurried.box(DIRECT).input_value(), hurried.sum(hurried.leaf)) == ("9,75", "9,75")
    hurried.type(DIRECT, "9,8").saved()
    assert (stored(report, DIRECT), stored(report, DIRECT, "revision")) == (Decimal("9.8"), 3)
    assert hurried.page.locator("dialog[open]").count() == 0


def test_older_post_that_arrives_after_a_newer_one_replaces_nothing(hurried, report):
    first = first_alone(hurried.page, lambda route: None)
    hurried.type(DIRECT, "9").says(BUSY)
    hurried.type(DIRECT, "9,75").saved()
    answer = first[0].fetch().json()["rows"]
    assert [list(row) for row in answer.values()] == [["other"]]
    assert (stored(report, DIRECT), stored(report, DIRECT, "revision")) == (Decimal("9.75"), 1)
