"""What cannot be undone asks who sits there once more, and loses nothing meanwhile."""

import datetime as dt
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from awards.decisions.enums import DecisionState
from blocs.states import SeatRole
from tests.accounts.test_second_factor import code_of
from tests.factories.awards import DecisionFactory
from tests.factories.people import official, with_factor
from tests.house.walk import workflows
from thidua.accounts.models import Authenticator, SpareCode
from thidua.common.models import ActivityEntry
from thidua.common.permissions import ProofNeededError, require_proof

pytestmark = pytest.mark.django_db
LOGIN, PROVE = reverse("accounts:login"), reverse("accounts:prove")
NEW, CODES = reverse("accounts:factor_new"), reverse("accounts:codes_new")
PASSWORD = "mua-xuan-nho-nho"
START = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def as_in_an_office(settings):
    settings.PROOF_MINUTES = 15


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office():
    person = official(SeatRole.OFFICE)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client(office, clock):
    client = Client()
    client.post(LOGIN, {"username": office.username, "password": PASSWORD})
    return client


@pytest.fixture
def publish():
    facts = {"number": "1/QĐ-UBND", "signed_on": START.date(), "signer_name": "Nguyễn Văn A"}
    decision = DecisionFactory(state=DecisionState.SIGNED, **facts)
    return decision, reverse("decisions:decision_move", args=(decision.pk, "publish"))


def state(decision):
    decision.refresh_from_db()
    return decision.state


def test_these_moves_ask_for_a_proof():
    asking = {
        f"{name}.{move.name}"
        for name, life in workflows().items()
        for move in life.transitions
        if move.needs_proof
    }
    assert asking == {
        "AGREEMENT.take_effect",
        "AGREEMENT.take_effect_on_paper",
        "AGREEMENT.take_effect_without",
        "CONFERENCE.sign",
        "CONFERENCE.sign_on_paper",
        "DECISION.publish",
        "DECISION.sign",
        "REGISTRATION.sign",
        "TABLE.publish",
        "YEAR.rank",
    }


def test_who_has_just_signed_in_is_not_asked(client, clock, publish):
    decision, page = publish
    clock.shift(dt.timedelta(minutes=15))
    assert client.get(page).status_code == 200
    client.post(page)
    assert state(decision) == DecisionState.PUBLISHED


def test_later_one_proves_oneself_first_and_then_acts(client, clock, publish):
    decision, page = publish
    clock.shift(dt.timedelta(minutes=16))
    assert client.get(page).url == f"{PROVE}?next={page.replace('/', '%2F')}"
    assert client.post(page, {"note": "Đã duyệt"}).url.startswith(PROVE)
    assert state(decision) == DecisionState.SIGNED
    there = client.post(page, {"note": "Đã duyệt"}).url
    wrong = client.post(there, {"password": "sai-mat-khau"})
    assert wrong.context["form"].errors == {
        "password": ["Mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."]
    }
    assert client.post(there, {"password": PASSWORD}).url == page
    assert client.get(page).context["note"] == "Đã duyệt"
    client.post(page)
    assert state(decision) == DecisionState.PUBLISHED


def test_the_code_proves_whoever_has_one(client, office, clock, publish):
    _, page = publish
    device = with_factor(office)
    clock.shift(dt.timedelta(minutes=16))
    there = client.get(page).url
    assert list(client.get(there).context["form"].fields) == ["code"]
    assert client.post(there, {"password": PASSWORD}).status_code == 422
    assert client.post(there, {"code": code_of(device)}).url == page
    assert client.get(page).status_code == 200


def test_whoever_finds_an_open_browser_takes_neither_telephone_nor_codes(client, office, clock):
    device = with_factor(office, "abcd2345")
    clock.shift(dt.timedelta(minutes=16))
    for answer in (client.get(NEW), client.post(NEW, {"code": "1"}), client.post(CODES)):
        assert answer.url.startswith(PROVE)
    assert list(Authenticator.objects.filter(user=office)) == [device]
    assert SpareCode.objects.count() == 1


def test_guessing_the_password_there_is_braked_and_told(client, office, clock, publish):
    clock.shift(dt.timedelta(minutes=16))
    there = client.get(publish[1]).url
    answers = [client.post(there, {"password": "sai"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert client.post(there, {"password": PASSWORD}).status_code == 429
    told = ActivityEntry.objects.about(office).order_by("pk")
    assert [entry.label for entry in told][-5:] == [
        *["Mật khẩu nhập để xác nhận không đúng"] * 4,
        "Tạm dừng đăng nhập do sai mật khẩu nhiều lần",
    ]


def test_the_office_may_do_without(client, clock, publish, settings):
    decision, page = publish
    settings.PROOF_MINUTES = 0
    clock.shift(dt.timedelta(minutes=29))
    client.post(page)
    assert state(decision) == DecisionState.PUBLISHED


def test_an_old_proof_stops_the_act_whoever_calls_it(office):
    require_proof(office)
    office.proof_is_old = True
    with pytest.raises(ProofNeededError):
        require_proof(office)


# What opens the account is changed by who proved himself lately.
LIST, FACTOR = reverse("accounts:session_list"), reverse("accounts:factor_detail")


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("sessions_end", LIST),
        ("session_end", LIST),
        ("codes_new", FACTOR),
        ("factor_new", ""),
        ("password_change", ""),
    ],
)
def test_the_ways_of_signing_in_are_changed_after_a_proof(client, office, clock, page, back):
    device = with_factor(office, "abcd2345")
    codes = list(SpareCode.objects.values_list("hashed", flat=True))
    address = reverse(f"accounts:{page}")
    clock.shift(dt.timedelta(minutes=16))
    there = client.post(address, {"old_password": PASSWORD, "code": "123456"}).url
    assert there == f"{PROVE}?{urlencode({'next': back or address})}"
    office.refresh_from_db()
    assert office.session_round == 0
    assert office.check_password(PASSWORD)
    assert list(SpareCode.objects.values_list("hashed", flat=True)) == codes
    assert client.post(there, {"code": code_of(device)}).url == (back or address)
    assert client.get(back or address).status_code == 200


def test_a_first_authenticator_is_set_up_after_a_proof_too(client, clock):
    new = reverse("accounts:factor_new")
    assert client.get(new).status_code == 200
    clock.shift(dt.timedelta(minutes=16))
    there = client.get(new).url
    assert there.startswith(PROVE)
    assert client.post(there, {"password": PASSWORD}).url == new
    assert client.get(new).status_code == 200


def test_a_page_with_a_form_asks_before_anything_is_typed(clock):
    decision, client = DecisionFactory(state=DecisionState.DRAFT), Client()
    client.force_login(official(SeatRole.CHAIR))
    sign = reverse("decisions:decision_sign", args=(decision.pk,))
    assert client.get(sign).url.startswith(PROVE)
    session = client.session
    session["proved_at"] = int(START.timestamp())
    session.save()
    assert client.get(sign).status_code == 200
