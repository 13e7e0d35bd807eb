"""A text saves itself while it is typed, and comes back when the server was not there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from blocs.conferences.models import AgendaItem
from blocs.reports.models import Report
from tests.factories.conferences import add_agenda, conference_of
from tests.factories.people import editor_of

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


def test_letters_are_counted_while_they_are_typed(text):
    """As the server counts them: a letter with its marks is one, however the keyboard made it."""
    told = text.locator('.text-limit[data-of="id_results"]')
    assert told.inner_text() == "Nhiều nhất 20.000 ký tự."
    text.locator("[name=results]").fill("Tie\u0302\u0301ng Vie\u0323\u0302t")
    assert told.inner_text() == "10/20.000 ký tự."
    text.locator("[name=results]").fill("a" * 20_001)
    assert told.inner_text() == "20.001/20.000 ký tự: dài quá, hãy rút gọn."


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


def test_what_the_button_saved_does_not_come_back_over_what_others_wrote(text, report):
    """Pressed before the text saved itself: nothing is left on this machine."""
    text.locator("[name=results]").fill("Của tôi.")
    with text.expect_navigation():
        text.locator("main form button[type=submit]").first.click()
    assert stored() == "Của tôi."
    Report.objects.update(results="Của người khác.")
    text.goto(reverse("reports:report_edit", args=(report.pk,)))
    assert text.locator("[name=results]").input_value() == "Của người khác."
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('thidua.o.'))"
    assert text.evaluate(kept) == []


def test_what_the_page_refuses_is_shown_again_and_kept(text):
    text.locator("[name=results]").fill("a" * 20_001)
    with text.expect_navigation():
        text.locator("main form button[type=submit]").first.click()
    assert text.locator("[name=results]").input_value() == "a" * 20_001
    assert "Nội dung dài 20.001 ký tự" in text.locator("main").inner_text()
    # What is saved by itself afterwards leaves no «Có … mục cần sửa» above «Đã lưu».
    assert text.locator(".error-summary").count() == 1
    text.locator("[name=results]").fill("Ngắn lại")
    text.locator("[data-save-state]", has_text="Đã lưu").wait_for()
    assert text.locator(".error-summary, .invalid-feedback, .is-invalid").count() == 0


@pytest.fixture
def agenda(page, signed_in):
    """The agenda of a conference with one point, open for the head unit."""
    conference = conference_of()
    add_agenda(conference, ("Thảo luận", "", ""))
    url = reverse("conferences:agenda_edit", args=(conference.bloc_year_id,))
    signed_in(page, editor_of(conference.bloc_year.head)).goto(url)
    return page


def points():
    return list(AgendaItem.objects.values_list("title", "text"))


def test_agenda_is_saved_without_the_button_and_a_new_point_once(agenda):
    agenda.locator("textarea").first.fill("05 ý kiến.")
    agenda.locator("[name=n1-title]").fill("Bế mạc")
    expect(state(agenda)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert points() == [("Thảo luận", "05 ý kiến."), ("Bế mạc", "")]
    agenda.locator("[name=n1-text]").fill("Hội nghị kết thúc.")
    expect(state(agenda)).to_have_text("Có thay đổi chưa lưu")
    expect(state(agenda)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert points() == [("Thảo luận", "05 ý kiến."), ("Bế mạc", "Hội nghị kết thúc.")]


def test_new_point_whose_answer_was_lost_comes_back_into_its_own_line(agenda):
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    agenda.route("**/*tu-luu*", lose_the_answer)
    agenda.locator("[name=n1-title]").fill("Bế mạc")
    expect(state(agenda)).to_have_text("Chưa lưu được – mất kết nối, sẽ gửi lại", timeout=AT_MOST)
    assert points() == [("Thảo luận", ""), ("Bế mạc", "")]
    agenda.unroute("**/*tu-luu*")
    agenda.on("dialog", lambda dialog: dialog.accept())
    agenda.reload()
    stored = AgendaItem.objects.get(title="Bế mạc")
    expect(agenda.locator(f"[name=p{stored.pk}-title]")).to_have_value("Bế mạc")
    expect(agenda.locator("[name=n1-title]")).to_have_value("")
    expect(state(agenda)).to_contain_text("Đã lưu ", timeout=AT_MOST)
    assert points() == [("Thảo luận", ""), ("Bế mạc", "")]
