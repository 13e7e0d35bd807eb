"""Among many units the right one is found by a few letters: by keyboard, and without script."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, official
from thidua.common.pages.searched import widgets

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Sở Xây dựng", "Sở Giao thông", "Đài Phát thanh", "Sở Xây lắp")


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setattr(widgets, "MOST_LISTED", 2)
    return {name: UnitFactory(name=name) for name in NAMES}


@pytest.fixture
def office():
    return official(SeatRole.OFFICE)


def offered(page):
    """The rows that are offered below the line, once they are there."""
    page.locator("[role=option]").first.wait_for()
    return page.locator("[role=option]").all_inner_texts()


def joining(bloc):
    """The page as somebody comes to it who knows the day of the decision."""
    return f"{reverse('units:member_add', args=(bloc.pk,))}?ngay=2026-01-01"


def test_one_unit_is_typed_and_chosen_by_keyboard(page, signed_in, office, units):
    bloc = BlocFactory()
    signed_in(page, office).goto(joining(bloc))
    line = page.get_by_role("combobox", name="Đơn vị")
    line.press_sequentially("so xay")
    assert offered(page) == ["Sở Xây dựng", "Sở Xây lắp"]
    line.press("ArrowDown")
    assert line.get_attribute("aria-activedescendant") == "id_unit_list_1"
    line.press("ArrowUp")
    line.press("Escape")
    assert (line.get_attribute("aria-expanded"), line.input_value()) == ("false", "so xay")
    # Letters that mean nothing yet send nothing: Enter offers rows again, and takes one.
    line.press("Enter")
    assert offered(page) == ["Sở Xây dựng", "Sở Xây lắp"]
    line.press("ArrowDown")
    line.press("Enter")
    assert line.input_value() == "Sở Xây lắp"
    # Who comes back types in its place.
    line.blur()
    line.click()
    line.press_sequentially("dai")
    page.locator("[role=option]", has_text="Sở Xây lắp").wait_for(state="detached")
    assert offered(page) == ["Đài Phát thanh"]
    line.press("Enter")
    with page.expect_navigation():
        line.press("Enter")
    assert [one.unit for one in bloc.memberships.all()] == [units["Đài Phát thanh"]]


def test_several_units_are_gathered_and_one_is_left_out_again(page, signed_in, office, units):
    signed_in(page, office).goto(reverse("units:unit_reorganise"))
    before = page.get_by_role("group", name="Đơn vị được sáp nhập hoặc chia tách")
    line = before.get_by_role("combobox")
    for letters in ("dai phat", "GIAO THONG"):
        line.press_sequentially(letters)
        assert len(offered(page)) == 1
        line.press("Enter")
        assert line.input_value() == ""
    before.get_by_label("Đài Phát thanh").uncheck()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    # Refused for its other fields: what was chosen stands there again.
    assert page.locator(".error-summary").count() == 1
    assert before.locator(".form-check").all_inner_texts() == ["Sở Giao thông"]


def test_without_script_the_page_comes_back_with_a_short_list(
    browser, live_server, signed_in, office, units
):
    bloc = BlocFactory()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = signed_in(context.new_page(), office)
    page.goto(joining(bloc))
    page.locator("[name='tim-unit']").fill("so xay")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("radio", name="Sở Xây dựng").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{bloc.get_absolute_url()}*")
    assert [one.unit for one in bloc.memberships.all()] == [units["Sở Xây dựng"]]
    context.close()
