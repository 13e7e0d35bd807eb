"""Signing in through the province: who is linked comes in, and no forged word lets anybody in."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from joserfc import jwt

from blocs.states import SeatRole
from blocs.units.actions.identities import link_identity, unlink_identity
from blocs.units.actions.requests import confirm_request
from tests.accounts.provider.fake import (
    CLIENT,
    KEY,
    OTHER_KEY,
    SECRET,
    running,
    signed_by_secret,
    unsigned,
)
from tests.accounts.test_second_factor import code_of
from tests.factories.people import SeatFactory, UserFactory, official, with_factor
from thidua.accounts.models import Identity
from thidua.accounts.provider.client import made
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
BEGIN, LOGIN, HOME = reverse("accounts:provider_begin"), reverse("accounts:login"), "/"
ASK, BACK = reverse("accounts:factor_ask"), reverse("accounts:provider_return")
LEAVE = reverse("accounts:provider_leave")


@pytest.fixture
def fake(settings):
    with running() as fake:
        settings.OIDC_ISSUER = fake.issuer
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        made.cache_clear()
        yield fake
    made.cache_clear()


@pytest.fixture
def person(fake):
    user = SeatFactory().user
    Identity.objects.create(user=user, issuer=fake.issuer, subject="a1b2c3")
    return user


def come_in(fake, client=None, begin=BEGIN):
    """The whole way: to the provider, there, and back."""
    client = client or Client()
    back = fake.sign_in(client.get(begin).url)
    return client, client.get(back)


def who(client):
    answer = client.get(HOME)
    return answer.context["user"] if answer.status_code == 200 else None


def test_who_is_linked_comes_in_and_the_log_tells(fake, person):
    client, answer = come_in(fake, begin=f"{BEGIN}?next=/don-vi/")
    assert (answer.status_code, answer.url) == (302, "/don-vi/")
    assert who(client) == person
    told = ActivityEntry.objects.about(person).first()
    assert (told.actor, told.label) == (person, "Đăng nhập bằng tài khoản của tỉnh")
    listed = client.get(reverse("accounts:session_list")).context["sessions"]
    assert [one.is_this for one in listed] == [True]


def test_what_is_asked_of_the_provider(fake, person):
    come_in(fake)
    asked = fake.asked
    assert (asked["response_type"], asked["scope"], asked["client_id"]) == (
        "code",
        "openid",
        CLIENT,
    )
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    lengths = [len(asked[name]) > 15 for name in ("state", "nonce", "code_challenge")]
    assert lengths == [True, True, True]


def test_state_and_nonce_are_new_each_time(fake, person):
    seen = []
    for _ in range(2):
        come_in(fake)
        seen.append({fake.asked[name] for name in ("state", "nonce", "code_challenge")})
    assert seen[0] & seen[1] == set()


FORGED = {
    "another audience": ({"aud": "phan-mem-khac"}, "được cấp cho phần mềm khác"),
    "no audience": ({"aud": None}, "được cấp cho phần mềm khác"),
    "another issuer": ({"iss": "https://ke-gian.example"}, "không do hệ thống đăng nhập của tỉnh"),
    "another nonce": ({"nonce": "x" * 20}, "không thuộc lần đăng nhập này"),
    "no nonce": ({"nonce": None}, "không thuộc lần đăng nhập này"),
    "expired": ({"exp": int(time.time()) - 3600}, "đã hết hạn"),
    "no end": ({"exp": None}, "đã hết hạn"),
    "no subject": ({"sub": None}, "thiếu hoặc sai nội dung"),
    "for others in our name": ({"aud": "khac", "azp": CLIENT}, "được cấp cho phần mềm khác"),
    "for others too": ({"aud": [CLIENT, "khac"], "azp": "khac"}, "được cấp cho phần mềm khác"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_token_with_a_wrong_word_is_refused_in_a_sentence(fake, person, case):
    lie, words = FORGED[case]
    fake.lies = lambda claims: {k: v for k, v in (claims | lie).items() if v is not None}
    client, answer = come_in(fake)
    assert (answer.status_code, who(client)) == (403, None)
    assert words in answer.context["words"]


SIGNED = {
    "with nothing": unsigned,
    "by another key": lambda header, claims: jwt.encode(header, claims, OTHER_KEY),
    "by our secret": lambda header, claims: signed_by_secret(header, claims, SECRET.encode()),
    "by the public key": lambda header, claims: signed_by_secret(
        header, claims, KEY.as_pem(private=False)
    ),
    "by a key nobody knows": lambda header, claims: jwt.encode(
        {**header, "kid": "9"}, claims, OTHER_KEY
    ),
    "not at all": lambda header, claims: "rac",
}


@pytest.mark.parametrize("case", SIGNED)
def test_a_token_that_the_provider_did_not_sign_is_refused(fake, person, case):
    fake.signed = SIGNED[case]
    client, answer = come_in(fake)
    assert (answer.status_code, who(client)) == (403, None)
    assert "chữ ký không đúng" in answer.context["words"]


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(fake, person):
    back = fake.sign_in(Client().get(BEGIN).url)
    stranger = Client()
    for address in (
        back,
        f"{BACK}?code=mot-lan&state=",
        BACK,
        f"{back}&iss=https://ke-gian.example",
    ):
        answer = stranger.get(address)
        assert (answer.status_code, who(stranger)) == (403, None)
        assert answer.context["words"] != ""


def test_an_answer_counts_once(fake, person):
    client = Client()
    back = fake.sign_in(client.get(BEGIN).url)
    assert client.get(back).status_code == 302
    client.post(reverse("accounts:logout"))
    assert client.get(back).status_code == 403
    assert who(client) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_refusing": True}, "không cho đăng nhập lần này"),
        ({"subject": "khong-ai"}, "chưa gắn với ai"),
        ({"said_issuer": "https://ke-gian.example"}, "không do hệ thống đăng nhập của tỉnh"),
    ],
)
def test_who_is_not_let_in_reads_why(fake, person, change, words):
    vars(fake).update(change)
    client = Client()
    answer = client.get(BEGIN)
    if answer.status_code == 302:
        answer = client.get(fake.sign_in(answer.url))
    assert (answer.status_code, who(client)) == (403, None)
    assert words in answer.context["words"]


def test_nobody_is_made_or_found_by_mail_or_name(fake):
    known = UserFactory(username="an.nguyen", email="an@example.vn")
    fake.more = {"email": "an@example.vn", "preferred_username": "an.nguyen", "name": "Nguyễn An"}
    before = type(known).objects.count()
    _, answer = come_in(fake)
    assert (answer.status_code, answer.context["subject"]) == (403, "a1b2c3")
    assert (type(known).objects.count(), Identity.objects.count()) == (before, 0)


def test_a_stopped_account_and_another_provider_let_nobody_in(fake, person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    client, answer = come_in(fake)
    assert (answer.context["words"][:31], who(client)) == ("Tài khoản này đã ngừng sử dụng.", None)
    type(person).objects.filter(pk=person.pk).update(is_active=True)
    Identity.objects.update(issuer="https://noi-cap-cu.example")
    assert come_in(fake)[1].status_code == 403


def test_a_provider_that_does_not_answer_is_said(settings, client):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    answer = client.get(BEGIN)
    assert answer.status_code == 403
    assert answer.context["words"].startswith("Không gọi được hệ thống đăng nhập của tỉnh.")


# The code of the telephone.


@pytest.mark.parametrize(
    ("stated", "said", "is_asked"),
    [
        ([], {"acr": "loa3", "amr": ["otp"]}, True),
        (["loa3"], {}, True),
        (["loa3"], {"acr": "loa1", "amr": ["pwd"]}, True),
        (["loa3"], {"acr": "loa3"}, False),
        (["otp"], {"amr": ["pwd", "otp"]}, False),
        # What is no string, or no list of strings, states nothing; it is no fault of ours either.
        (["loa3"], {"acr": ["loa3"]}, True),
        (["loa3"], {"acr": {"loa3": True}}, True),
        (["otp"], {"amr": [["otp"], {"otp": 1}]}, True),
        (["otp"], {"acr": ["x"], "amr": [["pwd"], "otp"]}, False),
    ],
)
def test_the_code_is_asked_unless_the_provider_states_it(
    fake, person, settings, stated, said, is_asked
):
    device = with_factor(person)
    settings.OIDC_FACTOR_STATED, fake.more = stated, said
    client, _ = come_in(fake)
    assert client.get(HOME).status_code == (302 if is_asked else 200)
    if is_asked:
        assert client.get(HOME).url.startswith(ASK)
        client.post(ASK, {"code": code_of(device)})
        assert who(client) == person


def test_what_the_provider_states_is_the_proof_of_who_must_have_one(fake, person, settings):
    settings.SECOND_FACTOR, settings.OIDC_FACTOR_STATED = True, ["loa3"]
    SeatFactory(user=person, role=SeatRole.OFFICE, unit=None)
    assert come_in(fake)[0].get(HOME).status_code == 302
    fake.more = {"acr": "loa3"}
    assert who(come_in(fake)[0]) == person


@pytest.mark.parametrize("methods", [3, {"otp": 1}, "otp"])
def test_methods_that_are_no_list_let_nobody_in(fake, person, settings, methods):
    settings.OIDC_FACTOR_STATED, fake.more = ["otp", "o"], {"amr": methods}
    client, answer = come_in(fake)
    assert (answer.status_code, who(client)) == (403, None)


# Off by default; other sites; signing out.


def test_without_an_issuer_there_is_no_such_sign_in(client):
    for page in (BEGIN, BACK, LEAVE):
        assert client.get(page).status_code == 404
    assert client.get(LOGIN).context["provider"] == ""


def test_the_sign_in_page_offers_it_and_keeps_where_one_was_going(fake, client):
    page = client.get(f"{LOGIN}?next=/don-vi/").content.decode()
    assert f'href="{BEGIN}?next=/don-vi/"' in page
    assert "Đăng nhập bằng tài khoản của tỉnh" in page


def test_no_other_site_begins_it_nor_is_led_to(fake, person):
    answer = Client(headers={"Sec-Fetch-Site": "cross-site"}).get(BEGIN)
    assert answer.url == LOGIN
    _, answer = come_in(fake, begin=f"{BEGIN}?next=https://ke-gian.example/")
    assert answer.url == HOME


def test_one_signs_out_here_and_there(fake, person):
    client, _ = come_in(fake)
    assert client.get(LEAVE).url == HOME
    client.post(reverse("accounts:logout"))
    assert who(client) is None
    there = urlsplit(client.get(LEAVE).url)
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    assert (f"{there.scheme}://{there.netloc}{there.path}") == f"{fake.issuer}/leave"
    assert asked == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": f"http://testserver{LOGIN}",
    }


# Who links.


def test_the_administrator_links_an_editor_and_two_people_who_has_power(fake):
    admin, office = official(SeatRole.SYSADMIN), official(SeatRole.OFFICE)
    editor, leader = SeatFactory().user, SeatFactory(role=SeatRole.LEADER).user
    link_identity(editor, actor=admin, subject=" e1 ")
    assert editor.identity.subject == "e1"
    asked = link_identity(leader, actor=admin, subject="l1")
    assert not Identity.objects.filter(user=leader).exists()
    confirm_request(asked, actor=office)
    assert Identity.objects.get(user=leader).subject == "l1"
    told = ActivityEntry.objects.about(leader).first()
    assert (told.label, told.note) == (
        "Gắn tài khoản của tỉnh: l1",
        f"{admin} đề nghị, {office} xác nhận.",
    )
    leader.refresh_from_db()
    assert leader.reset_note.startswith("Tài khoản của tỉnh đã được gắn với bạn")


def test_the_pages_link_and_unlink(fake, person, client):
    client.force_login(official(SeatRole.SYSADMIN))
    other = SeatFactory().user
    page = reverse("units:person_identity", args=(other.pk,))
    answer = client.post(page, {"subject": "a1b2c3"})
    assert answer.context["form"].errors == {"subject": ["Mã nhận dạng này đã gắn với người khác."]}
    client.post(page, {"subject": "z9"})
    shown = client.get(reverse("units:person_detail", args=(other.pk,))).context
    assert (shown["has_provider"], shown["subject"]) == (True, "z9")
    client.post(reverse("units:person_unlink", args=(other.pk,)))
    assert not Identity.objects.filter(user=other).exists()


def test_unlinking_ends_the_sessions(fake, person):
    client, _ = come_in(fake)
    unlink_identity(person, actor=official(SeatRole.SYSADMIN))
    assert who(client) is None
    assert come_in(fake)[1].status_code == 403
