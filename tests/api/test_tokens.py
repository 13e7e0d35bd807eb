"""Tokens: who makes one, what it opens, when it opens nothing any more, what is told of it."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.actions.people import reset_password, resume_person, stop_person
from blocs.units.actions.requests import confirm_request
from tests.factories.people import SeatFactory, UserFactory, auditor, official
from tests.factories.tokens import Program, program_of, token_of
from thidua.accounts.actions import end_sessions
from thidua.accounts.models import User
from thidua.api.actions import LONGEST, MOST, end_token, make_token
from thidua.api.enums import Scope
from thidua.api.models import ApiToken
from thidua.common.models import ActivityEntry
from thidua.common.permissions import ProofNeededError

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
TODAY = NOW.date()
UNITS = "/api/v1/units"
OLD, NEW = "HoaSen-2026-cu", "HoaSen-2026-moi"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor():
    return SeatFactory().user


@pytest.fixture
def sysadmin():
    return official(SeatRole.SYSADMIN)


def said(person):
    lines = ActivityEntry.objects.about(person).filter(action__startswith="api.")
    return [(line.actor, line.action, line.label, line.note) for line in lines]


def made_by(person, **facts):
    asked = {"name": "Kho", "scopes": ["units"], "expires_on": TODAY + LONGEST} | facts
    return make_token(actor=person, **asked)


def answer(secret, **headers):
    found = Program(secret, **headers).read("/units")
    return found[0], found[1].get("error", {}).get("code", "")


def test_a_token_is_kept_as_a_hash_and_opens_what_it_names(editor):
    made = made_by(editor, scopes=["blocs", "units"], expires_on=dt.date(2026, 12, 31))
    kept = ApiToken.objects.get()
    assert made.secret not in " ".join(str(value) for value in vars(kept).values())
    assert (kept.person, kept.scopes, made.secret[:12]) == (editor, ["units", "blocs"], kept.prefix)
    statuses = [Program(made.secret).read(f"/{scope}")[0] for scope in ("units", "blocs", "years")]
    assert statuses == [200, 200, 403]
    label = f"Lập mã truy cập Kho ({kept.prefix}…)"
    note = "Được đọc: Đơn vị; Khối, cụm. Dùng đến hết ngày 31/12/2026."
    assert said(editor) == [(editor, "api.make_token", label, note)]


@pytest.mark.parametrize(
    ("scopes", "days", "told"),
    [
        ([], 1, "Vui lòng chọn ít nhất một loại dữ liệu."),
        (["units", "votes"], 1, "Vui lòng chọn ít nhất một loại dữ liệu."),
        (["units"], -1, "Ngày hết hạn phải từ hôm nay trở đi."),
        (["units"], 366, "Mã dùng được nhiều nhất 365 ngày: hạn muộn nhất là 02/11/2027."),
    ],
)
def test_a_token_that_opens_nothing_or_lives_too_long_is_refused(editor, scopes, days, told):
    with pytest.raises(ValidationError, match=told):
        made_by(editor, scopes=scopes, expires_on=TODAY + dt.timedelta(days))
    assert ApiToken.objects.count() == 0


def test_a_person_has_so_many_living_tokens(editor):
    tokens = [made_by(editor).token for _ in range(MOST)]
    with pytest.raises(ValidationError, match="Đang có 10 mã dùng được"):
        made_by(editor)
    end_token(tokens[0], actor=editor)
    assert made_by(editor).token.pk


def test_making_one_asks_for_a_proof(editor, settings, client):
    settings.PROOF_MINUTES = 15
    client.force_login(editor)
    target = client.get(reverse("tokens:token_new")).url
    assert target.startswith(reverse("accounts:prove"))
    editor.proof_is_old = True
    with pytest.raises(ProofNeededError):
        made_by(editor)


HOLDERS = {
    "editor": (lambda: SeatFactory().user, True),
    "leader": (lambda: SeatFactory(role=SeatRole.LEADER).user, True),
    "office": (lambda: official(SeatRole.OFFICE), True),
    "bloc_office": (lambda: official(SeatRole.OFFICE, sees_only=[1]), True),
    "auditor": (auditor, False),
    "council": (lambda: official(SeatRole.COUNCIL), False),
    "chair": (lambda: official(SeatRole.CHAIR), False),
    "sysadmin": (lambda: official(SeatRole.SYSADMIN), False),
    "seatless": (UserFactory, False),
    "superuser": (lambda: UserFactory(is_superuser=True, is_staff=True), False),
}


@pytest.mark.parametrize("kind", HOLDERS)
def test_who_works_for_a_unit_or_in_the_office_holds_tokens(kind):
    """An auditor looks for some days and leaves no program behind."""
    make, may = HOLDERS[kind]
    person = make()
    if not may:
        with pytest.raises(PermissionDenied):
            made_by(person)
    assert answer(token_of(person)[1]) == ((200, "") if may else (403, "closed"))


def test_the_page_shows_a_new_token_once(editor, client):
    client.force_login(editor)
    typed = {"name": "Kho", "scopes": ["years"], "expires_on": "31/12/2026"}
    first = client.post(reverse("tokens:token_new"), typed)
    shown = client.get(first.url)
    secret = shown.context["secret"]
    assert shown.content.decode().count(secret) == 1
    assert shown["Cache-Control"] == "private, no-store"
    assert ApiToken.objects.of_secret(secret).scopes == ["years"]
    again = client.get(first.url)
    assert (again.status_code, again.url) == (302, reverse("tokens:token_list"))
    page = client.get(again.url).content.decode()
    assert [page.count(word) for word in (secret, secret[:12], "Năm thi đua, thành viên")] == [
        0, 1, 1
    ]  # fmt: skip


def test_no_session_opens_the_interface_and_no_token_opens_a_page(editor):
    client = Client()
    client.force_login(editor)
    assert client.get(UNITS).status_code == 401
    program = program_of(editor)
    pages = ("units:unit_list", "tokens:token_list", "home:tasks", "tokens:token_register")
    assert [program.get(reverse(page)).status_code for page in pages] == [302] * 4


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "missing_token"),
        ("Basic YTpi", "missing_token"),
        ("Bearer ", "missing_token"),
        ("Bearer tdk_nothing", "wrong_token"),
        ("Bearer \u00e9\u00ff", "wrong_token"),
        (f"Bearer {'x' * 5000}", "wrong_token"),
    ],
)
def test_what_is_no_token_is_refused_in_a_sentence(header, code):
    found = Client(headers={"authorization": header} if header else {}).get(UNITS)
    assert (found.status_code, found.json()["error"]["code"]) == (401, code)
    assert found.json()["error"]["message"].endswith(".")
    assert found["WWW-Authenticate"] == 'Bearer realm="thidua"'


def test_a_token_in_the_address_is_no_token(editor):
    secret = token_of(editor)[1]
    assert Client().get(UNITS, {"token": secret}).status_code == 401


def test_it_lives_to_the_end_of_its_last_day_in_vietnam(editor, clock):
    secret = token_of(editor, expires_on=dt.date(2026, 12, 30))[1]
    clock.move_to(dt.datetime(2026, 12, 30, 16, 59, tzinfo=dt.UTC))
    assert answer(secret) == (200, "")
    clock.move_to(dt.datetime(2026, 12, 30, 17, 0, tzinfo=dt.UTC))
    assert answer(secret) == (401, "expired")


def test_the_person_ends_it_and_nobody_else_finds_it(editor, client):
    token, secret = token_of(editor)
    address = reverse("tokens:token_end", args=(token.pk,))
    client.force_login(SeatFactory().user)
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert answer(secret) == (200, "")
    client.force_login(editor)
    assert client.post(address).url == reverse("tokens:token_list")
    assert answer(secret) == (401, "ended")
    label = f"Kết thúc mã truy cập {token}"
    assert said(editor) == [(editor, "api.end_token", label, "")]
    with pytest.raises(ValidationError, match="Mã này đã kết thúc"):
        end_token(token, actor=editor)


@pytest.mark.parametrize("role", [SeatRole.SYSADMIN, SeatRole.OFFICE])
def test_who_watches_ends_any_and_the_person_reads_of_it(editor, role, client):
    token, secret = token_of(editor)
    watcher = official(role)
    client.force_login(watcher)
    register = client.get(reverse("tokens:token_register")).content.decode()
    assert (register.count(token.prefix), register.count(secret)) == (1, 0)
    client.post(reverse("tokens:token_end", args=(token.pk,)))
    assert answer(secret) == (401, "ended")
    editor.refresh_from_db()
    assert editor.reset_note == (
        f"{watcher} đã kết thúc mã truy cập “{token}” của bạn lúc 15:00 02/11/2026."
    )


@pytest.mark.parametrize("make", [auditor, lambda: official(SeatRole.CHAIR), UserFactory])
def test_others_do_not_see_whose_tokens_there_are(make, client):
    client.force_login(make())
    assert client.get(reverse("tokens:token_register")).status_code == 403


def test_a_stopped_account_ends_its_tokens_for_good(editor, sysadmin):
    secret = token_of(editor)[1]
    stop_person(editor, actor=sysadmin)
    assert answer(secret) == (401, "ended")
    resume_person(editor, actor=sysadmin)
    assert answer(secret) == (401, "ended")


def test_signing_out_everywhere_ends_them(editor):
    secret = token_of(editor)[1]
    end_sessions(editor, actor=editor)
    assert answer(secret) == (401, "ended")


def changed_by_oneself(person):
    client = Client()
    client.force_login(person)
    typed = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    answer = client.post(reverse("accounts:password_change"), typed, follow=True)
    # Where it is changed one stays signed in.
    assert answer.redirect_chain == [(reverse("home:tasks"), 302)]
    assert answer.status_code == 200


def reset_and_changed(person):
    _, secret = token_of(person)
    reset_password(person, actor=official(SeatRole.SYSADMIN), password=OLD)
    assert answer(secret) == (401, "ended")
    person.refresh_from_db()
    changed_by_oneself(person)


def reset_by_two(person):
    SeatFactory(user=person, role=SeatRole.LEADER)
    asked = reset_password(person, actor=official(SeatRole.SYSADMIN), password=OLD)
    confirm_request(asked, actor=official(SeatRole.OFFICE))
    person.refresh_from_db()
    changed_by_oneself(person)


@pytest.mark.parametrize("change", [changed_by_oneself, reset_and_changed, reset_by_two])
def test_a_new_password_ends_them_for_good(editor, client, change):
    editor.set_password(OLD)
    editor.save()
    token, secret = token_of(editor)
    change(editor)
    assert answer(secret) == (401, "ended")
    # Over is over: nothing offers to end it once more.
    client.force_login(User.objects.get(pk=editor.pk))
    page = client.get(reverse("tokens:token_list")).content.decode()
    assert ("Đã kết thúc" in page, token.get_absolute_url() in page) == (True, False)
    with pytest.raises(ValidationError, match="đã kết thúc"):
        end_token(token, actor=editor)


def test_it_opens_nothing_once_the_seats_have_ended(editor):
    secret = token_of(editor)[1]
    editor.seats.update(ends_on=dt.date(2026, 11, 1))
    assert answer(secret) == (403, "closed")


def test_it_waits_while_its_person_must_change_the_password(editor):
    secret = token_of(editor)[1]
    editor.must_change_password = True
    editor.save()
    assert answer(secret) == (403, "closed")


def test_its_last_use_is_kept_once_a_day(editor, clock, django_assert_num_queries):
    token, secret = token_of(editor)
    assert answer(secret) == (200, "")
    token.refresh_from_db()
    assert token.last_used_on == TODAY
    # The token; seats and years of the person; the units and their blocs.
    with django_assert_num_queries(4):
        answer(secret)
    clock.shift(dt.timedelta(days=1))
    answer(secret)
    token.refresh_from_db()
    assert token.last_used_on == TODAY + dt.timedelta(days=1)


def test_wrong_tokens_slow_down_their_address_and_no_right_one(editor, clock):
    secret = token_of(editor)[1]
    assert {answer("tdk_sai") for _ in range(20)} == {(401, "wrong_token")}
    slowed = Program("tdk_sai").get(UNITS)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "20")
    assert slowed.json()["error"]["message"].endswith("Thử lại sau 20 giây.")
    assert answer(secret) == (200, "")
    assert answer("tdk_sai", REMOTE_ADDR="10.0.0.9") == (401, "wrong_token")
    counted = AccessAttempt.objects.order_by("pk").values_list("failures_since_start", flat=True)
    assert list(counted) == [20, 1]
    clock.shift(dt.timedelta(seconds=21))
    assert [answer("tdk_sai"), answer("tdk_sai")] == [(401, "wrong_token"), (429, "too_many")]
    clock.shift(dt.timedelta(minutes=16))
    assert answer("tdk_sai") == (401, "wrong_token")


def test_wrong_tokens_keep_nobody_from_signing_in(editor):
    editor.set_password("mua-xuan-nho-nho")
    editor.save()
    for _ in range(30):
        answer("tdk_sai")
    typed = {"username": editor.username, "password": "mua-xuan-nho-nho"}
    assert Client().post(reverse("accounts:login"), typed).status_code == 302


def test_whoever_looks_as_another_sees_and_makes_no_tokens(editor, client):
    """And a session opens nothing for programs, as whomever one looks."""
    token_of(editor)
    client.force_login(official(SeatRole.OFFICE))
    asked = {"person": editor.pk, "reason": "Giúp đỡ"}
    assert client.post(reverse("view_as:view_as_new"), asked).status_code == 302
    pages = ("tokens:token_list", "tokens:token_new", "tokens:token_shown")
    assert [client.get(reverse(page)).status_code for page in pages] == [403] * 3
    typed = {"name": "Kho", "scopes": ["years"], "expires_on": "31/12/2026"}
    assert client.post(reverse("tokens:token_new"), typed).status_code == 403
    assert client.get(UNITS).status_code == 401
    assert ApiToken.objects.count() == 1


def test_without_https_a_token_is_refused_and_not_led_on(editor, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    program = program_of(editor)
    found = program.get(UNITS)
    assert (found.status_code, found.json()["error"]["code"]) == (403, "https")
    assert program.get(UNITS, secure=True).status_code == 200
    assert program.get("/don-vi/").status_code == 301


def test_every_scope_has_its_words():
    assert [scope.label for scope in Scope if not scope.label] == []
    assert len(Scope) == 5
