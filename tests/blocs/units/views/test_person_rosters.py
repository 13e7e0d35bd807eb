"""Many accounts from one list: the preview, the slips, what waits, and that no password stays."""

import logging
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from blocs.states import SeatRole
from blocs.units.actions import person_rosters as acts
from blocs.units.models import AccountRequest, Seat
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, auditor, editor_of, leader_of, official
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.papers.pdf.client import PdfFailed

pytestmark = pytest.mark.django_db
PAGE, FORM = reverse("units:person_roster"), reverse("units:person_roster_forms")
TITLES = "Họ và tên\tVai trò\tMã đơn vị\tTừ ngày\tThư điện tử\tTên đăng nhập"
LIST = "\n".join(
    (
        TITLES,
        "Lê Văn An\tcán bộ đầu mối\tSXD\t05/12/2026\tan@example.vn",
        "Phạm Thị Bình\tlãnh đạo\tSXD\t05/12/2026\t\tsxd.lanhdao",
    )
)
PASSWORD = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")


@pytest.fixture
def unit():
    return UnitFactory(code="SXD", name="Sở Xây dựng")


@pytest.fixture
def admin(client):
    client.force_login(official(SeatRole.SYSADMIN))
    return client


def confirm(client, answer):
    form, plan = answer.context["form"], answer.context["plan"]
    return client.post(PAGE, {"text": form["text"].value(), "confirmed": plan.mark})


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_accounts_are_opened_and_their_slips_are_the_answer(admin, unit, client):
    shown = admin.post(PAGE, {"text": LIST})
    assert [line.username for line in shown.context["plan"].lines] == ["levanan", "sxd.lanhdao"]
    assert not User.objects.filter(username="levanan").exists()
    answer = confirm(admin, shown)
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "application/pdf",
        "private, no-store",
    )
    words = text_of(answer)
    for said in ("Lê Văn An", "Sở Xây dựng – cán bộ đầu mối", "levanan", "http://testserver/"):
        assert said in words
    first, second = PASSWORD.findall(words)
    editor, leader = User.objects.get(username="levanan"), User.objects.get(username="sxd.lanhdao")
    assert editor.check_password(first)
    assert leader.check_password(second)
    assert editor.must_change_password
    assert (editor.email, editor.seats.get().unit) == ("an@example.vn", unit)
    client.logout()
    signing_in = {"username": "levanan", "password": first}
    landed = client.post(reverse("accounts:login"), signing_in, follow=True)
    assert landed.redirect_chain[-1][0] == reverse("accounts:password_change")


def test_a_guarded_seat_waits_for_the_second_person(admin, unit):
    shown = admin.post(PAGE, {"text": LIST})
    assert "chờ người thứ hai xác nhận" in shown.content.decode()
    confirm(admin, shown)
    leader = User.objects.get(username="sxd.lanhdao")
    assert not leader.seats.exists()
    asked = AccountRequest.objects.get()
    assert (asked.user, asked.role, asked.unit, asked.outcome) == (leader, "leader", unit, "")


def test_no_password_is_kept_or_told(admin, unit, caplog):
    caplog.set_level(logging.DEBUG)
    passwords = PASSWORD.findall(text_of(confirm(admin, admin.post(PAGE, {"text": LIST}))))
    kept = "\n".join(str(row) for row in ActivityEntry.objects.values_list())
    kept += "\n".join(str(row) for row in User.objects.values_list())
    kept += "\n".join(str(row) for row in AccountRequest.objects.values_list())
    kept += caplog.text + str(dict(admin.session))
    assert len(passwords) == 2
    assert [one for one in passwords if one in kept] == []
    with_password = [
        path
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file() and passwords[0].encode() in path.read_bytes()
    ]
    assert with_password == []


def test_a_first_password_is_cheap_to_keep_and_dear_after_the_first_sign_in(settings, unit):
    """Made by chance it needs few rounds; signing in hashes it anew with all of them."""
    from thidua.accounts.passwords import ROUNDS_OF_RANDOM, hash_of_random  # noqa: PLC0415

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    person = User.objects.create(username="moi", password=hash_of_random("abcd-efgh-jkmn"))
    assert f"${ROUNDS_OF_RANDOM}$" in person.password
    assert person.check_password("abcd-efgh-jkmn")
    assert f"${ROUNDS_OF_RANDOM}$" not in person.password
    assert person.check_password("abcd-efgh-jkmn")


def test_the_log_book_tells_each_account_and_the_whole(admin, unit):
    confirm(admin, admin.post(PAGE, {"text": LIST}))
    lines = ActivityEntry.objects.exclude(action__startswith="accounts").order_by("pk")
    assert [line.label for line in lines] == [
        "Mở tài khoản",
        "Giao vị trí: Sở Xây dựng – cán bộ đầu mối",
        "Mở tài khoản",
        "Đề nghị giao vị trí: Sở Xây dựng – lãnh đạo đơn vị",
        "Mở 02 tài khoản từ danh sách",
    ]
    assert lines.last().note == "Lê Văn An (levanan); Phạm Thị Bình (sxd.lanhdao)"


def test_the_same_list_again_opens_nothing(admin, unit):
    confirm(admin, admin.post(PAGE, {"text": LIST}))
    again = admin.post(PAGE, {"text": LIST})
    assert [line.is_known for line in again.context["plan"].lines] == [True, True]
    answer = confirm(admin, again)
    assert answer.context["form"].non_field_errors() == [acts.NOBODY_NEW]
    assert User.objects.filter(full_name="Lê Văn An").count() == 1


def test_one_wrong_line_keeps_all_back(admin, unit):
    answer = admin.post(PAGE, {"text": f"{LIST}\nHồ Thị Hai\tthư ký\tSXX\t05/12/2026"})
    assert answer.status_code == 422
    assert [line.number for line in answer.context["plan"].lines if line.faults] == [4]
    assert Seat.objects.filter(unit=unit).count() == 0


def test_more_people_than_one_paper_holds_are_refused_at_once(admin):
    text = "\n".join((TITLES, *(f"Người {n}\tthư ký\tSXD\t05/12/2026" for n in range(501))))
    answer = admin.post(PAGE, {"text": text})
    assert answer.context["form"].non_field_errors() == [
        "Danh sách có 501 dòng, nhiều nhất 500 dòng một lần. Hãy chia làm nhiều lần."
    ]


def test_where_no_paper_can_be_printed_no_account_is_opened(admin, unit, monkeypatch):
    shown = admin.post(PAGE, {"text": LIST})

    def failing(html):
        raise PdfFailed("Chưa tạo được tệp PDF.")

    monkeypatch.setattr(acts, "render_pdf", failing)
    answer = confirm(admin, shown)
    assert answer.context["form"].non_field_errors() == [
        "Chưa mở tài khoản nào: Chưa tạo được tệp PDF."
    ]
    assert not User.objects.filter(username="levanan").exists()


def test_what_only_the_database_refuses_leaves_nothing(admin, unit):
    """The model knows more of mail addresses than the list does."""
    text = LIST.replace("an@example.vn", "a..n@example.vn")
    answer = confirm(admin, admin.post(PAGE, {"text": text}))
    (told,) = answer.context["form"].non_field_errors()
    assert told.startswith("Dòng 2: ")
    assert not User.objects.filter(username__in=("levanan", "sxd.lanhdao")).exists()


def test_slips_are_never_split(admin):
    lines = [f"Người Thứ {n}\tthư ký\tX{n % 3}\t05/12/2026" for n in range(30)]
    for n in range(3):
        UnitFactory(
            code=f"X{n}", name=f"Trung tâm Phát triển quỹ đất và cụm công nghiệp số {n} " * 3
        )
    answer = confirm(admin, admin.post(PAGE, {"text": "\n".join((TITLES, *lines))}))
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(pages) > 2
    # A page holds as many names, passwords and last lines as each other.
    counts = [
        (page.count("Người Thứ"), len(PASSWORD.findall(page)), page.count("hủy phiếu"))
        for page in pages
    ]
    assert [set(count) for count in counts] == [{count[0]} for count in counts]
    assert sum(count[0] for count in counts) == 30


def test_it_is_for_the_system_administrator(client, unit):
    bloc = BlocFactory()
    others = [
        official(SeatRole.OFFICE),
        official(SeatRole.OFFICE, sees_only=[bloc.pk]),
        official(SeatRole.COUNCIL),
        official(SeatRole.CHAIR),
        auditor(),
        editor_of(unit),
        leader_of(unit),
    ]
    for person in others:
        client.force_login(person)
        answers = (client.get(PAGE), client.post(PAGE, {"text": LIST}), client.get(FORM))
        assert [answer.status_code for answer in answers] == [403] * 3
    assert not User.objects.filter(username="levanan").exists()
