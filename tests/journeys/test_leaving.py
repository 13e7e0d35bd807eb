"""However a sheet is left, what was typed is not lost."""

from decimal import Decimal

import pytest

from tests.factories.reports import COUNT, DIRECT
from tests.journeys.desk import SAVING, eventually, stored, unanswered

pytestmark = pytest.mark.django_db(transaction=True)
NO_STORAGE = "() => { Storage.prototype.setItem = () => { throw new Error('off'); }; }"


@pytest.fixture
def asked(sheet):
    """The questions of the browser before it leaves; each is answered with «leave»."""
    found = []
    sheet.page.on("dialog", lambda dialog: (found.append(dialog.type), dialog.accept()))
    return found


def test_row_that_did_not_fit_into_the_browser_is_asked_about(sheet, asked):
    """One row without room is at risk though the next one found some."""
    sheet.page.evaluate(
        """() => {
          const put = Storage.prototype.setItem;
          Storage.prototype.setItem = function (name, text) {
            if (text.includes('7,25')) throw new Error('full');
            put.call(this, name, text);
          };
        }"""
    )
    with unanswered(sheet.page):
        sheet.type(DIRECT, "7,25").type(COUNT, "2")
        sheet.page.goto("/")
    assert asked == ["beforeunload"]


def test_closing_without_storage_asks(sheet, asked):
    sheet.page.evaluate(NO_STORAGE)
    sheet.type(DIRECT, "9")
    sheet.page.goto("/")
    assert asked == ["beforeunload"]


def test_leaving_within_a_second_of_the_last_key_stores_the_cell(sheet, report, asked):
    """Without what the browser keeps: the last post alone has to carry it."""
    sheet.page.evaluate(NO_STORAGE)
    sheet.type(DIRECT, "9,5")
    sheet.page.goto("/")
    eventually(lambda: stored(report, DIRECT), Decimal("9.5"))
    assert asked == ["beforeunload"]


def test_hidden_tab_sends_at_once(sheet):
    sheet.type(DIRECT, "9,5")
    with sheet.page.expect_request(SAVING, timeout=500):
        sheet.page.evaluate(
            """() => {
              Object.defineProperty(document, 'hidden', {get: () => true});
              document.dispatchEvent(new Event('visibilitychange'));
            }"""
        )
    sheet.saved()
    assert stored(sheet.report, DIRECT) == Decimal("9.5")
