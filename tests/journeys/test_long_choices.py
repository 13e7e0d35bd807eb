"""Among many units the right one is found by a few letters, and what is chosen stays in sight."""

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from tests.factories.people import UnitFactory, official
from tests.journeys.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Sở Xây dựng", "Sở Giao thông", "Đài Phát thanh", "Sở Xây lắp")


@pytest.fixture
def merging(open_page):
    for name in NAMES:
        UnitFactory(name=name)
    desk = Desk(open_page, official(SeatRole.OFFICE))
    desk.page.goto(reverse("units:unit_reorganise"))
    return desk.page


def shown(page, side):
    """The units that are in sight on one side, in their order."""
    lines = page.locator(f"#div_id_{side} .form-check:visible")
    return [text.strip() for text in lines.all_inner_texts()]


def test_a_few_letters_without_accents_leave_the_unit_and_whatever_is_chosen(merging):
    search = merging.get_by_label("Tìm: Đơn vị được sáp nhập hoặc chia tách")
    before, after = shown(merging, "before"), shown(merging, "after")
    assert [name in before for name in NAMES] == [True] * 4
    search.fill("dai phat")
    assert shown(merging, "before") == ["Đài Phát thanh"]
    merging.locator("#div_id_before").get_by_label("Đài Phát thanh").check()
    search.fill("XÂY")
    assert sorted(shown(merging, "before")) == ["Sở Xây dựng", "Sở Xây lắp", "Đài Phát thanh"]
    assert shown(merging, "after") == after
    search.press("Enter")
    assert merging.locator(".error-summary").count() == 0
    search.fill("")
    assert shown(merging, "before") == before


def test_what_was_chosen_stands_in_sight_after_a_refusal(merging):
    """The last of each list, which the box would hide below its edge."""
    last = {side: shown(merging, side)[-1] for side in ("before", "after")}
    chosen = {"before": last["before"], "after": shown(merging, "after")[-2]}
    for side, name in chosen.items():
        merging.locator(f"#div_id_{side}").get_by_label(name, exact=True).check()
    with merging.expect_navigation():
        merging.locator("main form button[type=submit]").click()
    assert merging.locator(".error-summary").count() == 1
    for side, name in chosen.items():
        assert shown(merging, side)[0] == name
        first = merging.locator(f"#div_id_{side} .form-check").first
        assert first.locator("input").is_checked()
        assert first.evaluate("one => one.parentElement.scrollTop") == 0
