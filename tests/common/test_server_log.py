"""What the server writes down: one line of JSON an event, nothing that somebody typed."""

import io
import json
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.views.units import UnitList
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.tokens import Program, token_of
from thidua.api.refusals import FAULTY
from thidua.api.views.data import UnitsGiven
from thidua.common.server_log import JsonLine

pytestmark = pytest.mark.django_db
TYPED = "Nguyễn Thị Mật"


@pytest.fixture
def lines():
    """`lines()` is what the handler of an office has written since the test began."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def browser_of():
    def signed_in(person):
        client = Client(raise_request_exception=False, HTTP_USER_AGENT=TYPED.encode().hex())
        client.force_login(person)
        return client

    return signed_in


def test_the_settings_of_an_office_write_this_way():
    handler = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["formatters"][handler["formatter"]]["()"] == (
        "thidua.common.server_log.JsonLine"
    )
    assert settings.LOGGING["root"]["handlers"] == ["console"]


def test_a_refusal_is_one_line_without_a_traceback(lines, browser_of):
    unit = UnitFactory()
    answer = browser_of(editor_of(unit)).post(
        reverse("units:unit_edit", args=(unit.pk,)), {"name": TYPED}
    )
    assert answer.status_code == 403
    (line,) = lines()
    assert {key: line[key] for key in sorted(line) if key not in ("at", "from")} == {
        "level": "WARNING",
        "logger": "django.request",
        "message": "Forbidden",
        "method": "POST",
        "of": {"pk": unit.pk},
        "page": "units:unit_edit",
        "status": 403,
    }


def test_a_fault_tells_kind_and_place_and_nothing_that_was_typed(lines, browser_of, monkeypatch):
    def fail(page):
        try:
            raise KeyError(page.request.GET["q"])
        except KeyError as error:
            raise ValueError(f"wrong: {page.request.GET['q']}") from error

    monkeypatch.setattr(UnitList, "get_rows", fail)
    client = browser_of(official(SeatRole.OFFICE))
    answer = client.get(reverse("units:unit_list"), {"q": TYPED})
    assert answer.status_code == 500
    (line,) = lines()
    assert (line["status"], line["page"], line["error"]) == (
        500,
        "units:unit_list",
        "ValueError ← KeyError",
    )
    assert line["where"][-1].startswith("tests/common/test_server_log.py:")
    assert line["where"][-1].endswith(" fail")
    assert no_secret(line, client)


def test_a_fault_that_a_program_met_is_written_down_as_one_of_a_page(lines, monkeypatch):
    """Once, with its places; the program is told none of it."""

    def fail(page):
        raise ValueError(f"wrong: {TYPED}")

    monkeypatch.setattr(UnitsGiven, "get_facts", fail)
    secret = token_of(official(SeatRole.OFFICE))[1]
    answer = Program(secret, raise_request_exception=False).get("/api/v1/units")
    (line,) = lines()
    told = (answer.status_code, line["status"], line["page"], line["error"])
    assert told == (500, 500, "api:units_given", "ValueError")
    assert line["where"][-1].endswith(" fail")
    assert answer.json() == {"error": {"code": "fault", "message": FAULTY}}
    words = json.dumps(line, ensure_ascii=False) + answer.content.decode()
    assert not any(hidden in words for hidden in (TYPED, secret, "wrong"))


def test_an_address_that_is_none_of_ours_is_not_written_down(lines, browser_of):
    client = browser_of(official(SeatRole.OFFICE))
    assert client.get(f"/{TYPED}/", {"mật khẩu": TYPED}).status_code == 404
    found = lines()
    told = [(line["message"], line["status"], "page" in line) for line in found]
    assert told == [("Not Found", 404, False)]
    assert no_secret(found[0], client)


def no_secret(line, client):
    """Neither the typed words nor a cookie, escaped or not."""
    told = json.dumps(line, ensure_ascii=False)
    cookies = [cookie.value for cookie in client.cookies.values()]
    return cookies and not any(word in told for word in (TYPED, "Mật", "khẩu", *cookies))


@pytest.mark.parametrize(
    ("name", "message", "given", "expected"),
    [
        ("axes", "AXES: failure by %s", ("nguyen.mat",), "AXES: failure by …"),
        ("django.request", "%(a)s of %(b)d", ({"a": "x", "b": 2},), "… of 2"),
        ("other", "%d rows in %.1f s", (3, 0.25), "3 rows in 0.2 s"),
        ("other", f"Row of {TYPED}", (), "…"),
        ("thidua.warm", "Warm process %s: %s", ("pdf", "KeyError"), "Warm process pdf: KeyError"),
    ],
)
def test_what_others_put_into_a_message_is_left_out(lines, name, message, given, expected):
    logging.getLogger(name).warning(message, *given)
    assert [line["message"] for line in lines()] == [expected]
