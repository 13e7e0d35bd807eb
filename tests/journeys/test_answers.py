"""Whatever a server answers, what was typed is not lost."""

import json
from decimal import Decimal

import pytest

from tests.factories.reports import COUNT, DIRECT
from tests.journeys.desk import SAVING, stored

pytestmark = pytest.mark.django_db(transaction=True)
BUSY = "Chưa lưu được – máy chủ chưa trả lời, sẽ gửi lại"
NOT_TAKEN = "Máy chủ không nhận nội dung. Hãy chép lại nội dung quan trọng rồi bấm “Gửi lại ngay”."
HTML = "<!doctype html><title>502</title><p>Bad gateway</p>"
# Answers that come from something before the product, or from a product that is not well.
PASSING = {
    "broken": (500, "text/html", HTML),
    "gateway": (502, "text/html", HTML),
    "too many": (429, "text/html", HTML),
    "page of a gateway": (200, "text/html", HTML),
    "nothing": (200, "application/json", ""),
    "cut short": (200, "application/json", '{"rows": {"s1'),
    "other json": (200, "application/json", "null"),
}
STANDING = {
    "no right": (403, "text/html", HTML, "Anh/chị không còn quyền ghi bảng điểm này."),
    "not there": (404, "text/html", HTML, NOT_TAKEN),
    "too large": (413, "text/html", HTML, NOT_TAKEN),
    "broken refusal": (422, "application/json", '{"general"', NOT_TAKEN),
    "refusal": (422, "application/json", json.dumps({"general": ["Đã khóa."]}), "Đã khóa."),
}


def answer(sheet, status, kind, body, times=None):
    """The server answers so, and the list holds what was asked of it."""
    asked = []

    def fulfil(route):
        asked.append(route.request.post_data)
        route.fulfill(status=status, content_type=kind, body=body)

    sheet.page.route(SAVING, fulfil, times=times)
    return asked


@pytest.mark.parametrize("name", PASSING)
def test_answer_that_is_no_answer_is_asked_for_again(sheet, report, name):
    asked = answer(sheet, *PASSING[name], times=1)
    sheet.type(DIRECT, "9,5").says(BUSY)
    assert (len(asked), sheet.box(DIRECT).input_value()) == (1, "9,5")
    sheet.saved()
    assert stored(report, DIRECT) == Decimal("9.5")


@pytest.mark.parametrize("name", STANDING)
def test_refusal_says_why_and_keeps_the_text(sheet, report, name):
    *said, words = STANDING[name]
    asked = answer(sheet, *said)
    sheet.type(DIRECT, "9,5").bar(words)
    sheet.type(COUNT, "2").says(f"Chưa lưu được – {words}")
    assert (len(asked), sheet.box(DIRECT).input_value()) == (1, "9,5")
    sheet.page.unroute(SAVING)
    sheet.page.get_by_role("button", name="Gửi lại ngay").click()
    sheet.saved()
    assert (stored(report, DIRECT), stored(report, COUNT)) == (Decimal("9.5"), 2)
