"""Who holds the database alone makes no code: secrets are encrypted, codes for need hashed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from blocs.states import SeatRole
from blocs.units.checks import seats_with_factor
from tests.accounts.test_second_factor import SPARE, code_of
from tests.factories.blocs import year_with_members
from tests.factories.people import SeatFactory, UserFactory, official, with_factor
from thidua.accounts.encryption import KeyLostError, decrypted, encrypted, is_current
from thidua.accounts.models import Authenticator, SpareCode
from thidua.accounts.second_factor import LOST, WRONG, check_code, must_have_factor
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
OLD, NEW = "khóa-cũ" * 8, "khóa-mới" * 8


@pytest.fixture
def person(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    return official(SeatRole.OFFICE)


def test_what_is_encrypted_opens_only_with_its_key_for_whom_it_was(person):
    kept = encrypted("mật".encode(), "totp:1")
    assert decrypted(kept, "totp:1").decode() == "mật"
    assert encrypted("mật".encode(), "totp:1") != kept
    for text, about in ((kept, "totp:2"), (f"{kept[:-6]}AAAAA=", "totp:1"), ("a1:", "totp:1")):
        with pytest.raises(KeyLostError):
            decrypted(text, about)


def test_neither_secret_nor_code_stands_in_the_database(person):
    device = with_factor(person, SPARE)
    row = TOTPDevice.objects.values().get()
    assert device.bin_key.hex() not in str(row)
    assert row["key"].startswith("a1:")
    hashed = SpareCode.objects.get().hashed
    assert (SPARE in hashed, hashed.count("$")) == (False, 2)
    assert not StaticToken.objects.exists()


def test_the_secret_of_one_person_opens_nothing_for_another(person):
    mine, other = with_factor(person), with_factor(UserFactory())
    Authenticator.objects.filter(pk=other.pk).update(key=mine.key)
    assert check_code(other.user, code_of(mine)) == LOST


def test_a_secret_that_is_being_set_up_is_encrypted_in_the_session_too(person, client):
    client.force_login(person)
    session = client.session
    session["proved_at"] = 4_000_000_000
    session.save()
    page = client.get(reverse("accounts:factor_new"))
    kept = client.session["factor_secret"]
    assert page.context["secret"].replace(" ", "") not in kept
    assert len(decrypted(kept, f"totp:{person.pk}")) == 20


def test_after_a_new_key_the_old_one_is_read_and_the_secret_moves_to_the_new(person, settings):
    device = with_factor(person)
    code = code_of(device)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert not is_current(device.key, f"totp:{person.pk}")
    assert check_code(person, code) == ""
    device.refresh_from_db()
    settings.SECRET_KEY_FALLBACKS = []
    assert is_current(device.key, f"totp:{person.pk}")


def test_where_the_key_is_lost_a_code_for_need_still_opens(person, settings):
    code = code_of(with_factor(person, SPARE))
    settings.SECRET_KEY = NEW
    assert check_code(person, code) == LOST
    assert check_code(person, SPARE) == ""
    assert check_code(person, SPARE) == WRONG


def test_the_operator_lets_a_person_begin_anew(person, capsys):
    with_factor(person, SPARE)
    call_command("drop_second_factor", person.username.upper())
    assert capsys.readouterr().out == f"Đã bỏ bước xác thực thứ hai của {person.username}.\n"
    assert not Authenticator.objects.exists()
    assert not SpareCode.objects.exists()
    told = ActivityEntry.objects.about(person).first()
    assert (told.actor, told.action) == (None, "accounts.drop_factor")
    before = person.session_round
    person.refresh_from_db()
    assert person.session_round == before + 1
    assert "người vận hành máy" in person.reset_note
    with pytest.raises(CommandError, match="Không có tài khoản khong-co"):
        call_command("drop_second_factor", "khong-co")


def test_the_migration_closes_what_was_in_clear(person):
    secret = "3132333435363738393031323334353637383930"
    device = TOTPDevice.objects.create(user=person, name="cũ", key=secret)
    spare = StaticDevice.objects.create(user=person, name="cũ")
    for code in (SPARE, "zzzz7777"):
        spare.token_set.create(token=code)
    migration = import_module("thidua.accounts.migrations.0006_secrets_of_the_factor_closed")
    migration.close(apps, None)
    kept = Authenticator.objects.get(pk=device.pk)
    assert kept.bin_key.hex() == secret
    assert not StaticToken.objects.exists()
    assert check_code(person, code_of(kept)) == ""
    assert check_code(person, "ZZZZ-7777") == ""
    migration.open_again(apps, None)
    assert Authenticator.objects.get(pk=device.pk).key == secret


# Who is asked for it is a setting.


def test_the_office_says_who_must_have_one(settings):
    settings.SECOND_FACTOR = True
    year = year_with_members()
    head = SeatFactory(unit=year.head).user
    other, office = SeatFactory().user, official(SeatRole.OFFICE)
    cases = {
        "": (False, False, False),
        "editor": (True, True, False),
        "bloc_editor": (True, False, False),
        "bloc_editor,office": (True, False, True),
    }
    for seats, expected in cases.items():
        settings.SECOND_FACTOR_SEATS = seats.split(",")
        people = [type(one).objects.get(pk=one.pk) for one in (head, other, office)]
        assert tuple(must_have_factor(one) for one in people) == expected


def test_a_misspelt_seat_is_told(settings):
    assert seats_with_factor() == []
    settings.SECOND_FACTOR_SEATS = ["editor", "bloc_editor", "leader", "ofice", "boss"]
    (fault,) = seats_with_factor()
    assert (fault.id, fault.msg) == (
        "thidua.E002",
        "SECOND_FACTOR_SEATS có tên không phải vị trí nào: boss, ofice.",
    )
