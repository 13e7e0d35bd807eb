"""The browser of the tests sees only this machine and forgives no fault."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.people import official

OUTSIDE = "http://example.org/picture.png"
INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'chạy được'";
  document.head.append(script);
}"""


def test_request_to_the_outside_is_stopped_and_noted(page, faults):
    page.set_content(f'<img src="{OUTSIDE}" alt="">')
    assert faults == [f"outside: {OUTSIDE}"]
    faults.clear()


def test_failing_script_is_noted(page, faults):
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('hỏng') }) }")
    assert faults == ["script: hỏng"]
    faults.clear()


def test_inline_script_is_refused_and_noted(page, faults):
    page.goto(reverse("accounts:login"))
    with page.expect_console_message():
        page.evaluate(INLINE_SCRIPT)
    assert [fault.partition(":")[0] for fault in faults] == ["policy"]
    assert page.title() != "chạy được"
    faults.clear()


@pytest.mark.parametrize(("screen", "size"), [("desktop", [1366, 768]), ("phone", [390, 844])])
def test_screens_have_the_promised_size(open_page, screen, size):
    assert open_page(screen).evaluate("[innerWidth, innerHeight]") == size


def test_signed_in_opens_pages_as_that_person(page, signed_in):
    person = get_user_model().objects.create_user("nguyen.van.a", full_name="Nguyễn Văn A")
    signed_in(page, person).goto(reverse("home:tasks"))
    assert page.url.endswith(reverse("home:tasks"))


def test_ctrl_k_leads_to_the_search_from_inside_a_field(page, signed_in):
    signed_in(page, official(SeatRole.OFFICE)).goto(reverse("years:year_list"))
    page.locator("main input, main select").first.focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("sở")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    assert page.locator("h1").inner_text() == "Kết quả tìm “sở”"


@pytest.mark.parametrize("name", ("accounts:login", "home:tasks"))
def test_the_first_page_of_a_browser_asks_little(page, signed_in, name):
    """The page, a style sheet, two scripts, two pictures, two sets of letters."""
    if name == "home:tasks":
        signed_in(page, official(SeatRole.OFFICE))
    # The emblem is asked for twice, as a picture and as the sign of the window, and kept.
    asked = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(reverse(name), wait_until="networkidle")
    assert len(asked) <= 8, "\n".join(asked)
