"""A text saves itself while it is typed, and comes back when the server was not there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blocs.reports.models import Report

pytestmark = pytest.mark.django_db(transaction=True)
AT_MOST = 15_000


@pytest.fixture
def text(page, signed_in, report, writer):
    """The narrative of a report, open for its writer."""
    signed_in(page, writer).goto(reverse("reports:report_edit", args=(report.pk,)))
    return page


def state(page):
    return page.locator("main [data-save-state]")


def stored():
    return Report.objects.get().results


def test_text_is_saved_without_the_button(text):
    text.locator("[name=results]").fill("Hoàn thành 42/43 nhiệm vụ.")
    expect(state(text)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert stored() == "Hoàn thành 42/43 nhiệm vụ."
    text.locator("[name=results]").fill("Hoàn thành 43/43 nhiệm vụ.")
    expect(state(text)).to_have_text("Có thay đổi chưa lưu")
    expect(state(text)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert stored() == "Hoàn thành 43/43 nhiệm vụ."


def test_text_that_no_server_took_is_kept_and_sent_again(text, report):
    text.route("**/*tu-luu*", lambda route: route.abort())
    text.locator("[name=results]").fill("Chưa đến nơi.")
    expect(state(text)).to_have_text("Chưa lưu được – mất kết nối, sẽ gửi lại", timeout=AT_MOST)
    assert stored() == report.results
    text.unroute("**/*tu-luu*")
    text.evaluate("window.onbeforeunload = null")
    text.on("dialog", lambda dialog: dialog.accept())
    text.reload()
    expect(state(text)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert (stored(), text.locator("[name=results]").input_value()) == (
        "Chưa đến nơi.",
        "Chưa đến nơi.",
    )


def test_the_button_still_leads_back_to_the_report(text, report):
    text.locator("[name=results]").fill("Bằng nút.")
    with text.expect_navigation():
        text.locator("main form button[type=submit]").first.click()
    assert (text.url.endswith(report.get_absolute_url()), stored()) == (True, "Bằng nút.")
