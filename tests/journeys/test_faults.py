"""What is typed into a sheet outlives the net, the session, the server and the other writer."""

import os
import signal
import socket
import subprocess
import sys
import time
from decimal import Decimal

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from blocs.reports.models import Score
from blocs.states import ReportState
from tests.factories.people import editor_of, leader_of
from tests.factories.reports import (
    COUNT,
    DIRECT,
    in_state,
    row_of,
    submitted_report,
)
from tests.house.source import ROOT
from tests.journeys.desk import AT_MOST, Sheet, sign_in_again, stored

pytestmark = pytest.mark.django_db(transaction=True)


def test_typed_cell_is_with_the_server_within_five_seconds(sheet, report):
    began = time.monotonic()
    sheet.type(DIRECT, "9,5").saved()
    assert time.monotonic() - began < AT_MOST / 1000
    assert stored(report, DIRECT) == Decimal("9.5")
    assert (sheet.sum(sheet.leaf), sheet.sum(".sheet-total")) == ("9,50", "9,50")
    assert sheet.page.locator("[data-progress]").inner_text() == "Đã tự chấm 1/3 tiêu chí"


def test_someone_who_never_pauses_is_saved_too(sheet, report):
    box = sheet.box(DIRECT, "note")
    box.click()
    for place in range(14):
        box.press_sequentially(f"{place} ")
        sheet.page.wait_for_timeout(400)
        if stored(report, DIRECT, "note"):
            break
    assert stored(report, DIRECT, "note").startswith("0 1 2 ")
    assert place * 400 < AT_MOST


def test_wrong_cell_is_told_and_keeps_no_other_from_being_saved(sheet, report):
    sheet.type(DIRECT, "hai").type(COUNT, "2").says("Có 01 ô chưa lưu vì sai. Đã lưu")
    assert (stored(report, DIRECT), stored(report, COUNT)) == (None, 2)
    words = sheet.page.locator(f"{sheet.leaf} .sheet-error").inner_text()
    assert words == "“hai” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."
    assert sheet.box(DIRECT).get_attribute("aria-invalid") == "true"
    sheet.type(DIRECT, "2")
    expect(sheet.page.locator(f"{sheet.leaf} [data-sum=own]")).to_have_text("2,00")
    assert sheet.page.locator(f"{sheet.leaf} .sheet-error").count() == 0
    assert stored(report, DIRECT) == 2


def test_network_cut_while_typing(sheet, report):
    sheet.type(DIRECT, "9").saved()
    sheet.page.context.set_offline(True)
    sheet.type(DIRECT, "8,5").type(COUNT, "2")
    sheet.says("Chưa lưu được – mất kết nối, sẽ gửi lại")
    assert (stored(report, DIRECT), stored(report, COUNT)) == (9, None)
    assert "is-changed" in sheet.page.locator(sheet.leaf).get_attribute("class")
    sheet.page.context.set_offline(False)
    sheet.saved()
    assert (stored(report, DIRECT), stored(report, COUNT)) == (Decimal("8.5"), 2)
    assert sheet.sum(".sheet-total") == "28,50"


def test_browser_closed_without_network_brings_the_cells_back(sheet, report, browser, live_server):
    """The browser of the next morning has its cookies and what was kept, and nothing else."""
    sheet.page.context.set_offline(True)
    sheet.type(DIRECT, "7,25").says("mất kết nối")
    kept = sheet.page.context.storage_state()
    assert stored(report, DIRECT) is None
    context = browser.new_context(base_url=live_server.url, storage_state=kept)
    again = Sheet(context.new_page(), report).open()
    again.bar("Đã gửi và lưu 01 tiêu chí nhập trước đây chưa gửi được.")
    assert again.box(DIRECT).input_value() == "7,25"
    assert stored(report, DIRECT) == Decimal("7.25")
    context.close()


def test_session_ended_while_typing(sheet, report, writer):
    Session.objects.all().delete()
    sheet.type(DIRECT, "9,5").says("phiên làm việc đã kết thúc")
    sheet.bar("Phiên làm việc đã kết thúc.")
    assert stored(report, DIRECT) is None
    link = sheet.page.get_by_role("link", name="Đăng nhập ở thẻ mới")
    assert link.get_attribute("target") == "_blank"
    sheet.type(COUNT, "3")
    sign_in_again(sheet.page, writer)
    sheet.saved()
    assert (stored(report, DIRECT), stored(report, COUNT)) == (Decimal("9.5"), 3)
    assert sheet.page.locator("[data-sheet-bar]").is_hidden()


def test_whole_sheet_is_saved_after_signing_in_again(sheet, report, writer):
    """The button too works on: the token of the form is that of the new session."""
    Session.objects.all().delete()
    sheet.type(DIRECT, "9,5").says("phiên làm việc đã kết thúc")
    sign_in_again(sheet.page, writer)
    sheet.saved()
    with sheet.page.expect_navigation():
        sheet.page.locator(".form-buttons--stuck").get_by_role("button", name="Lưu bảng").click()
    words = sheet.page.locator(".messages").inner_text()
    assert words.strip() == "Mọi nội dung trên trang đã được lưu."


def test_cells_of_another_person_are_neither_shown_nor_sent(sheet, report, signed_in):
    sheet.page.context.set_offline(True)
    sheet.type(DIRECT, "7,25").says("mất kết nối")
    other = editor_of(report.unit)
    signed_in(sheet.page, other)
    second = Sheet(sheet.page.context.new_page(), report)
    sheet.page.context.set_offline(False)
    sheet.bar("Máy này đang đăng nhập bằng tài khoản khác.")
    assert sheet.page.locator(".sheet-wrap").is_hidden()
    second.open()
    assert second.box(DIRECT).input_value() == ""
    assert second.page.locator("[data-sheet-bar]").is_hidden()
    assert Score.objects.count() == 0


def test_two_browsers_in_one_sheet(sheet, report, open_page, signed_in):
    other = editor_of(report.unit)
    second = Sheet(signed_in(open_page("phone"), other), report).open()
    sheet.type(DIRECT, "9,5").type(DIRECT, "Theo báo cáo số 12", "note").saved()
    second.type(DIRECT, "8").says("Có 01 tiêu chí hai người cùng sửa")
    dialog = second.page.locator("dialog[open]")
    dialog.wait_for()
    texts = dialog.inner_text()
    assert "Của anh/chị" in texts
    assert f"Của {report.scores.get().saved_by}" in texts
    assert "Theo báo cáo số 12" in texts
    box = dialog.bounding_box()
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
    assert stored(report, DIRECT) == Decimal("9.5")
    second.page.get_by_role("button", name="Giữ nội dung của tôi").click()
    second.saved()
    assert (stored(report, DIRECT), stored(report, DIRECT, "saved_by")) == (8, other.pk)
    sheet.type(DIRECT, "7").says("Có 01 tiêu chí hai người cùng sửa")
    sheet.page.locator("dialog[open]").wait_for()
    sheet.page.keyboard.press("Tab")
    sheet.page.keyboard.press("Tab")
    sheet.page.keyboard.press("Enter")  # the second button: take theirs
    expect(sheet.box(DIRECT)).to_have_value("8")
    sheet.saved()
    assert (stored(report, DIRECT), sheet.sum(".sheet-total")) == (8, "8,00")


def test_choice_may_be_put_off(sheet, report, open_page, signed_in):
    second = Sheet(signed_in(open_page(), editor_of(report.unit)), report).open()
    sheet.type(DIRECT, "9").saved()
    second.type(DIRECT, "8").page.locator("dialog[open]").wait_for(timeout=AT_MOST)
    second.page.keyboard.press("Escape")
    second.type(COUNT, "1").says("Có 01 tiêu chí hai người cùng sửa. Đã lưu")
    assert (second.box(DIRECT).input_value(), stored(report, DIRECT)) == ("8", 9)
    second.page.get_by_role("button", name="xem và chọn").click()
    second.page.get_by_role("button", name="Lấy nội dung của người kia").click()
    expect(second.box(DIRECT)).to_have_value("9")


def test_answer_that_never_came_is_no_second_writer(sheet, report):
    """The server saved, the net broke before its answer: typing on goes on without a question."""
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.fallback()

    sheet.page.route("**/luu-o/", lose)
    sheet.type(DIRECT, "9").says("mất kết nối")
    assert stored(report, DIRECT) == 9
    sheet.type(DIRECT, "9,75").saved()
    assert (stored(report, DIRECT), stored(report, DIRECT, "revision")) == (Decimal("9.75"), 2)
    assert sheet.page.locator("dialog[open]").count() == 0


def test_report_that_was_sent_meanwhile_keeps_the_typed_text(sheet, report):
    in_state(report, ReportState.RETURNED)
    type(report).objects.update(state="submitted", submitted_at="2026-12-01T00:00:00Z")
    sheet.type(DIRECT, "9").says("Báo cáo đang ở trạng thái “Đã nộp” nên không sửa được.")
    assert (sheet.box(DIRECT).input_value(), stored(report, DIRECT)) == ("9", None)


def test_appraisal_is_saved_while_it_is_typed(page, signed_in):
    report = submitted_report()
    signed_in(page, leader_of(report.bloc_year.head))
    page.goto(f"/bao-cao/{report.pk}/tham-dinh/")
    row = f"s{row_of(report, DIRECT).criterion.pk}"
    page.locator(f"[name='{row}-points']").fill("9")
    page.locator("[data-save-state]", has_text="Có 01 ô chưa lưu vì sai").wait_for(timeout=AT_MOST)
    page.locator(f"[name='{row}-reason']").fill("Thiếu minh chứng.")
    page.locator("[data-save-state]", has_text="Đã lưu").wait_for(timeout=AT_MOST)
    assert stored(report, DIRECT, "appraised_points") == 9
    difference = page.locator(f"#tc-{row[1:]} [data-sum=difference]").inner_text()
    assert difference == "−0,50"


# --- a server of its own, which the test stops and starts -----------------------------------------


class Server:
    """The product in a process of its own, on the database of the test."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, "--noreload", "--insecure"],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "thidua.settings.test"} | database(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The server does not answer.")

    def kill(self):
        """At once, without a chance to finish anything."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def database():
    """The address of the test's database as an office would write it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": f"sqlite:///{known['NAME']}"}
    host = known["HOST"]
    place = f"/{host}" if host.startswith("/") else f"{host}:{known['PORT'] or 5432}"
    secret = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    return {"DATABASE_URL": f"postgres://{known['USER']}{secret}@{place}/{known['NAME']}"}


@pytest.fixture
def server():
    made = Server()
    yield made
    made.kill()


def test_server_killed_between_two_cells(server, open_page, report, writer):
    server.start()
    client = Client()
    client.force_login(writer)
    name = settings.SESSION_COOKIE_NAME
    page = open_page()
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": server.url}]
    )
    sheet = Sheet(page, report, server.url).open()
    sheet.type(DIRECT, "9,5").saved()
    server.kill()
    sheet.type(COUNT, "2").says("Chưa lưu được – mất kết nối, sẽ gửi lại")
    assert (stored(report, DIRECT), stored(report, COUNT)) == (Decimal("9.5"), None)
    server.start()
    page.locator("[data-save-state]", has_text="Đã lưu").wait_for(timeout=25_000)
    assert stored(report, COUNT) == 2
    assert sheet.sum(".sheet-total") == "29,50"
