"""How much of a sheet stands on one screen, and what its bar says; lengths in pixels."""

import pytest

from blocs.criteria.models import Criterion
from tests.bench.data import report_of_60
from tests.factories.people import editor_of
from tests.factories.reports import COUNT, DIRECT, RATIO, row_of
from tests.journeys.desk import Sheet

pytestmark = pytest.mark.django_db(transaction=True)
# What stands between the head of the table and the bar, lines of groups included.
MEASURE = """() => {
  const box = (one) => one.getBoundingClientRect();
  const lines = [...document.querySelectorAll(".sheet--entry tbody tr")];
  const leaves = lines.filter((line) => !line.matches(".sheet-group"));
  const bar = box(document.querySelector(".sheet-foot"));
  const under = Math.max(0, box(document.querySelector(".sheet--entry thead th")).bottom);
  return {
    bar: bar.height,
    field: box(document.querySelector(".sheet--entry .sheet-input")).bottom - bar.top,
    rows: leaves.map((line) => line.offsetHeight),
    page: document.documentElement.scrollHeight,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    shown: lines.map(box).filter((one) => one.top >= under - 1 && one.bottom <= bar.top + 1).length,
  };
}"""
# The page scrolls smoothly, so it is asked until it is so.
CLEAR = """() => {
  const edge = (one, side) => document.querySelector(one).getBoundingClientRect()[side];
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return bottom <= edge(".sheet-foot", "top") && top >= edge(".sheet--entry thead th", "bottom");
}"""


def measured(page, *, scrolled):
    page.evaluate("(to) => window.scrollTo(0, to)", scrolled)
    return page.evaluate(MEASURE)


def test_ten_rows_of_sixty_stand_on_the_screen_of_an_office(page, signed_in):
    report = report_of_60()
    signed_in(page, editor_of(report.unit)).goto(f"/bao-cao/{report.pk}/tu-cham/")
    found = measured(page, scrolled=0)
    assert len(found["rows"]) == 60
    assert max(found["rows"]) <= 60
    assert (found["bar"] <= 56, found["field"] <= 0, found["over"]) == (True, True, 0)
    assert found["page"] <= 3600
    assert found["shown"] >= 7
    assert all(measured(page, scrolled=to)["shown"] >= 10 for to in (300, 900, 1500))


def test_a_telephone_shows_the_first_field_above_a_low_bar(phone, signed_in):
    report = report_of_60()
    signed_in(phone, editor_of(report.unit)).goto(f"/bao-cao/{report.pk}/tu-cham/")
    found = measured(phone, scrolled=0)
    assert (found["bar"] <= 56, found["field"] <= 0, found["over"]) == (True, True, 0)


def test_the_bar_says_what_is_left_while_the_sheet_is_filled_in(page, signed_in, report, writer):
    leaf = row_of(report, COUNT).criterion
    Criterion.objects.filter(pk=leaf.pk).update(needs_evidence=True)
    sheet = Sheet(signed_in(page, writer), report).open()
    stand = page.locator(".sheet-stand")
    assert stand.inner_text() == "Tổng –/100,00 · còn 3 ô"
    sheet.type(COUNT, "2").saved()
    assert stand.inner_text() == "Tổng 20,00/100,00 · còn 2 ô · thiếu 1 minh chứng"
    part = f"[data-part='nhom-{leaf.parent_id}'] .sheet-part-sum"
    assert page.locator(part).text_content() == "20,00/30,00"
    # What the bar says is what the page says when it is opened anew.
    assert sheet.open().page.locator(".sheet-stand").inner_text() == stand.inner_text()


def test_the_next_empty_cell_gets_the_focus_and_says_how_it_is_scored(sheet, report):
    page = sheet.page
    page.set_viewport_size({"width": 1366, "height": 420})
    leaves = [f"#tc-{row_of(report, label).criterion.pk}" for label in (DIRECT, RATIO, COUNT)]
    # Bonus and deduction may stay empty: after the last cell comes the first again.
    for place, leaf in enumerate((*leaves, leaves[0])):
        page.get_by_role("link", name="Ô trống kế tiếp").click()
        if place == 1:  # its target is asked, too
            assert page.locator(f"{leaf} :focus").count() == 1
            page.get_by_role("link", name="Ô trống kế tiếp").click()
        assert page.locator(f"{leaf} :focus").count() == 1
        assert page.locator(f"{leaf} .sheet-how > .sheet-hint").is_visible()
        assert page.locator(".sheet-how[open]").count() == 1
        page.wait_for_function(CLEAR, timeout=10_000)
