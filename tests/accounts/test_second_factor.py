"""The code beside the password: who is asked, what is closed meanwhile, codes for need."""

import datetime as dt
import time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from blocs.states import GUARDED_ROLES, UNIT_ROLES, SeatRole
from blocs.units.actions.requests import ask_for_new_factor, confirm_request
from blocs.units.models import Unit
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, official, with_factor
from thidua.accounts.actions import set_up_factor
from thidua.accounts.models import Authenticator, SpareCode, User
from thidua.accounts.second_factor import (
    WRONG,
    check_code,
    draft_device,
    must_have_factor,
    new_secret,
)
from thidua.common.models import ActivityEntry
from thidua.common.permissions import ProofNeededError

pytestmark = pytest.mark.django_db
LOGIN, HOME = reverse("accounts:login"), reverse("home:tasks")
ASK, NEW = reverse("accounts:factor_ask"), reverse("accounts:factor_new")
PROVE = reverse("accounts:prove")
DETAIL, CODES = reverse("accounts:factor_detail"), reverse("accounts:codes_new")
NEW_UNIT = reverse("units:unit_new")
PASSWORD, SPARE = "mua-xuan-nho-nho", "abcd2345"
START = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def as_in_an_office(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def person(clock):
    return with_password(official(SeatRole.OFFICE))


def signed_in(person, client=None, **more):
    client = client or Client()
    client.post(LOGIN, {"username": person.username, "password": PASSWORD, **more})
    return client


def code_of(device):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06d}"


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize("role", SeatRole)
def test_who_signs_decides_or_opens_accounts_must_have_one(settings, role):
    unit = UnitFactory() if role in UNIT_ROLES else None
    person = SeatFactory(role=role, unit=unit, ends_on=dt.date(2099, 12, 31)).user
    assert must_have_factor(person) is (role in GUARDED_ROLES)
    settings.SECOND_FACTOR = False
    assert must_have_factor(person) is False


def test_a_code_is_asked_before_anything_else(person, clock):
    device = with_factor(person)
    client = signed_in(person)
    for page in (HOME, NEW_UNIT, reverse("accounts:password_change"), DETAIL, NEW):
        assert client.get(page).url.startswith(ASK)
    code = code_of(device)
    answer = client.post(f"{ASK}?next={NEW_UNIT}", {"code": wrong(code)})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "code": ["Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại."]
    }
    assert ActivityEntry.objects.about(person).first().label == "Mã xác thực bước hai không đúng"
    assert client.get(HOME).url.startswith(ASK)
    clock.shift(dt.timedelta(seconds=5))
    typed = f"{code[:3]} {code[3:]}"
    assert client.post(f"{ASK}?next={NEW_UNIT}", {"code": typed}).url == NEW_UNIT
    assert client.get(HOME).status_code == 200


def test_a_code_counts_once(person):
    device = with_factor(person)
    code = code_of(device)
    assert signed_in(person).post(ASK, {"code": code}).status_code == 302
    assert signed_in(person).post(ASK, {"code": code}).status_code == 422


def test_who_guesses_codes_waits_and_the_log_does_not_grow(person, clock):
    device, client = with_factor(person), signed_in(person)
    for pause in (1, 2, 4):
        client.post(ASK, {"code": wrong(code_of(device))})
        answer = client.post(ASK, {"code": code_of(device)})
        words = f"Đã nhập sai nhiều lần. Hãy nhập mã mới sau {pause} giây (lúc 08:00)."
        assert answer.context["form"].errors == {"code": [words]}
        assert (answer.status_code, answer["Retry-After"]) == (429, str(pause))
        clock.shift(dt.timedelta(seconds=pause))
    Authenticator.objects.update(throttling_failure_count=8)
    assert "sau 3 phút (lúc 08:02)" in client.post(ASK, {"code": "123456"}).content.decode()
    clock.shift(dt.timedelta(seconds=128))
    failed = ActivityEntry.objects.filter(action="accounts.fail_factor")
    assert failed.count() == 3
    assert client.post(ASK, {"code": code_of(device)}).status_code == 302


def test_a_code_for_need_is_worth_one_sign_in(person):
    with_factor(person, SPARE)
    assert signed_in(person).post(ASK, {"code": "ABCD-2345"}).status_code == 302
    assert signed_in(person).post(ASK, {"code": SPARE}).status_code == 422


def test_the_page_is_not_led_to_another_site(person):
    device = with_factor(person)
    answer = signed_in(person).post(f"{ASK}?next=https://example.com/", {"code": code_of(device)})
    assert answer.url == HOME


def test_what_was_typed_waits_for_the_code_too(person, clock):
    device = with_factor(person)
    client = signed_in(person)
    client.post(ASK, {"code": code_of(device)})
    client.session.flush()
    typed = {"name": "Sở Xây dựng", "code": "SXD"}
    client.post(NEW_UNIT, typed)
    signed_in(person, client, next=NEW_UNIT)
    clock.shift(dt.timedelta(seconds=60))
    client.post(f"{ASK}?next={NEW_UNIT}", {"code": code_of(device)})
    assert client.get(NEW_UNIT).context["form"].data.dict() == typed
    assert Unit.objects.count() == 0


def test_who_must_have_one_sets_it_up_at_the_next_sign_in(person):
    client = signed_in(person)
    page = client.get(HOME, follow=True)
    assert page.redirect_chain == [(f"{NEW}?next=%2F", 302)]
    assert page.context["square"].startswith("data:image/svg+xml")
    device = Authenticator(user=person, key=client.session["factor_secret"])
    assert client.post(NEW, {"code": wrong(code_of(device))}).status_code == 422
    assert not Authenticator.objects.exists()
    first = code_of(device)
    answer = client.post(NEW, {"code": first}, follow=True)
    codes = answer.context["codes"]
    assert (len(set(codes)), answer["Cache-Control"]) == (10, "private, no-store")
    assert client.get(HOME).status_code == 200
    assert "factor_secret" not in client.session
    assert ActivityEntry.objects.about(person).first().label == "Đặt bước xác thực thứ hai"
    # The first code has proved the telephone, and signs nobody in.
    assert signed_in(person).post(ASK, {"code": first}).status_code == 422
    assert signed_in(person).post(ASK, {"code": codes[3]}).status_code == 302


def test_a_first_password_is_changed_after_the_code(person):
    person.must_change_password = True
    person.save()
    client = signed_in(person)
    assert client.get(HOME).url.startswith(NEW)
    device = Authenticator(user=person, key=client.session.get("factor_secret") or secret(client))
    shown = client.post(f"{NEW}?next={NEW_UNIT}", {"code": code_of(device)}).url
    page = client.get(shown).context
    assert (len(page["codes"]), page["target"]) == (10, NEW_UNIT)
    assert client.get(HOME).url == reverse("accounts:password_change")


def secret(client):
    client.get(NEW)
    return client.session["factor_secret"]


def test_who_need_not_have_one_may(clock):
    person = with_password(SeatFactory().user)
    client = signed_in(person)
    assert client.get(HOME).status_code == 200
    assert client.get(DETAIL).context["is_asked"] is False
    assert client.post(CODES).url == DETAIL
    device = Authenticator(user=person, key=secret(client))
    client.post(NEW, {"code": code_of(device)})
    shown = client.get(DETAIL).context
    assert (shown["is_set"], shown["left"]) == (True, 10)
    assert signed_in(person).get(HOME).url.startswith(ASK)


def test_new_codes_end_the_old_ones(person, clock):
    device = with_factor(person, SPARE)
    client = signed_in(person)
    client.post(ASK, {"code": code_of(device)})
    shown = client.post(CODES).url
    codes = client.get(shown).context["codes"]
    # Once more, by F5 or by going back, shows none and makes none.
    assert client.get(shown).url == DETAIL
    assert "new_codes" not in client.session
    assert (len(codes), SpareCode.objects.count()) == (10, 10)
    assert check_code(person, SPARE) == WRONG
    clock.shift(dt.timedelta(seconds=2))
    assert check_code(person, codes[9]) == ""


def test_another_telephone_takes_the_place_of_the_first(person):
    device = with_factor(person)
    client = signed_in(person)
    client.post(ASK, {"code": code_of(device)})
    other = Authenticator(user=person, key=secret(client))
    client.post(NEW, {"code": code_of(other)})
    assert [one.bin_key for one in Authenticator.objects.filter(user=person)] == [other.bin_key]


# The seats of now decide, not those of when one signed in.


def test_a_seat_of_power_given_meanwhile_asks_on_the_next_page(clock):
    person = with_password(UserFactory())
    client = signed_in(person)
    assert client.get(DETAIL).status_code == 200
    SeatFactory(user=person, role=SeatRole.OFFICE, unit=None)
    assert client.get(NEW_UNIT).url.startswith(NEW)
    typed = {"name": "Sở Xây dựng", "code": "SXD"}
    assert client.post(NEW_UNIT, typed).url.startswith(NEW)
    assert Unit.objects.count() == 0
    device = Authenticator(user=person, key=secret(client))
    client.post(NEW, {"code": code_of(device)})
    assert client.get(NEW_UNIT).context["form"].data.dict() == typed


def test_who_finds_an_open_browser_does_not_set_one_up_for_the_new_seat(clock, settings):
    settings.PROOF_MINUTES = 15
    person = with_password(UserFactory())
    client = signed_in(person)
    SeatFactory(user=person, role=SeatRole.OFFICE, unit=None)
    clock.shift(dt.timedelta(minutes=16))
    there = client.get(NEW).url
    assert there.startswith(PROVE)
    assert client.post(there, {"password": "sai-mat-khau"}).status_code == 422
    assert client.get(NEW).url == there
    assert client.post(there, {"password": PASSWORD}).url == NEW
    assert client.get(HOME).url.startswith(NEW)
    assert client.get(NEW).status_code == 200


def test_who_proved_the_telephone_is_not_asked_again_for_a_new_seat(clock):
    person = with_password(UserFactory())
    device = with_factor(person)
    client = signed_in(person)
    client.post(ASK, {"code": code_of(device)})
    SeatFactory(user=person, role=SeatRole.CHAIR, unit=None)
    assert client.get(HOME).status_code == 200


def test_an_office_that_asks_nobody_does_not_ask_later_either(clock, settings):
    settings.SECOND_FACTOR = False
    person = with_password(official(SeatRole.CHAIR))
    assert signed_in(person).get(HOME).status_code == 200


# Who knows the password alone came first, and waits at the page that sets one up.


def test_the_password_alone_takes_no_telephone_from_who_set_one_up_meanwhile(person):
    thief = signed_in(person)
    other = Authenticator(user=person, key=secret(thief))
    device = with_factor(person)
    assert thief.get(NEW).url.startswith(ASK)
    assert thief.post(NEW, {"code": code_of(other)}).url.startswith(ASK)
    assert thief.get(HOME).url.startswith(ASK)
    assert list(Authenticator.objects.filter(user=person)) == [device]
    assert thief.post(ASK, {"code": code_of(device)}).url == HOME


def test_setting_one_up_ends_the_sessions_of_the_password_alone(person):
    thief, owner = signed_in(person), signed_in(person)
    other = Authenticator(user=person, key=secret(thief))
    own = Authenticator(user=person, key=secret(owner))
    owner.post(NEW, {"code": code_of(own)})
    assert owner.get(HOME).status_code == 200
    assert thief.post(NEW, {"code": code_of(other)}).url.startswith(LOGIN)
    assert [one.bin_key for one in Authenticator.objects.filter(user=person)] == [own.bin_key]


@pytest.mark.parametrize(("is_old", "rounds"), [(True, 0), (False, 1)])
def test_the_act_itself_refuses_whose_session_did_not_prove_the_telephone_of_now(
    person, is_old, rounds
):
    """Both requests are under way at once: the lock lets the second see what the first has done."""
    device = with_factor(person)
    draft = draft_device(person, new_secret(person))
    User.objects.filter(pk=person.pk).update(session_round=rounds)
    person.proof_is_old = is_old
    with pytest.raises(ProofNeededError):
        set_up_factor(person, actor=person, device=draft)
    assert list(Authenticator.objects.filter(user=person)) == [device]


# The telephone is lost, and the codes as well.


def test_two_people_let_a_person_begin_anew(person):
    with_factor(person, SPARE)
    client = signed_in(person)
    client.post(ASK, {"code": SPARE})
    admin, chair = official(SeatRole.SYSADMIN), official(SeatRole.CHAIR)
    asked = ask_for_new_factor(person, actor=admin)
    assert Authenticator.objects.filter(user=person).exists()
    with pytest.raises(ValidationError, match="đang chờ người thứ hai"):
        ask_for_new_factor(person, actor=admin)
    confirm_request(asked, actor=chair)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not SpareCode.objects.exists()
    assert client.get(HOME).status_code == 302
    person.refresh_from_db()
    assert f"theo đề nghị của {admin}, {chair} xác nhận" in person.reset_note
    assert signed_in(person).get(HOME).url.startswith(NEW)


def test_nobody_asks_for_what_is_not_there_nor_without_the_right(person):
    with pytest.raises(ValidationError, match="chưa đặt"):
        ask_for_new_factor(person, actor=official(SeatRole.SYSADMIN))
    with pytest.raises(PermissionDenied):
        ask_for_new_factor(person, actor=official(SeatRole.CHAIR))


def test_the_page_of_a_person_asks_for_it(client, settings):
    settings.SECOND_FACTOR = False  # the administrator of the test has none
    person = UserFactory()
    client.force_login(official(SeatRole.SYSADMIN))
    page = reverse("units:person_factor", args=(person.pk,))
    assert client.post(page).context["form"].non_field_errors() == [
        "Người này chưa đặt bước xác thực thứ hai."
    ]
    with_factor(person)
    client.post(page)
    assert person.account_requests.get().kind == "factor"
