"""A registration signed by hand is recorded with number, day, signers and scan."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.states import RegistrationState, SeatRole, YearState
from blocs.years.models import Registration
from tests.factories import files
from tests.factories.blocs import year_with_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from thidua.papers.models import SignedCopy
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
PAPER_DAY = "28/01/2026"


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel("2026-03-15T02:00:00Z"):
        yield


@pytest.fixture
def year():
    return year_with_members(3, state=YearState.OPEN, registration_due=dt.date(2026, 2, 1))


def plain_unit(year):
    return year.members.order_by("order", "pk").last().unit


def address(year, unit):
    return reverse("registrations:registration_copy", args=(year.pk, unit.pk))


def typed(day=PAPER_DAY, text="1", **more):
    scan = SimpleUploadedFile("Đăng ký.pdf", files.pdf(text))
    signers = "Trần Văn An, Giám đốc"
    return {"number": "05/ĐK-SXD", "signed_on": day, "signers": signers, "scan": scan} | more


PEOPLE = {
    "editor": lambda year: editor_of(plain_unit(year)),
    "leader": lambda year: leader_of(plain_unit(year)),
    "secretary": lambda year: editor_of(year.head),
    "head": lambda year: leader_of(year.head),
    "office": lambda year: official(SeatRole.OFFICE),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_unit_that_drafted_nothing_registers_on_paper(client, year, who):
    official(SeatRole.OFFICE)
    client.force_login(PEOPLE[who](year))
    unit = plain_unit(year)
    listed = reverse("registrations:registration_list", args=(year.pk,))
    rows = {row.unit: row for row in client.get(listed).context["rows"]}
    assert rows[unit].may_record is True
    assert client.post(address(year, unit), typed()).url == listed
    row = Registration.objects.get()
    assert (row.state, row.unit, row.signed_words) == (
        RegistrationState.SIGNED,
        unit,
        "28/01/2026, ký trên giấy",
    )
    rows = {row.unit: row for row in client.get(listed).context["rows"]}
    assert (rows[unit].signed, rows[unit].lateness) == ("28/01/2026, ký trên giấy", "Đúng hạn")
    page = client.get(row.get_absolute_url())
    assert dict(page.context["facts"])["Đã ký lúc"] == "28/01/2026, ký trên giấy"
    (shown,) = page.context["copies"]
    assert client.get(shown["copy"].get_absolute_url()).content == files.pdf()
    assert [found.sentence for found in check(year)[1]] == []


def test_a_draft_keeps_its_words_and_is_signed_by_the_paper(client, year):
    unit = plain_unit(year)
    drafted = Registration.objects.create(bloc_year=year, unit=unit, content="Đã soạn")
    client.force_login(leader_of(unit))
    assert client.get(drafted.get_absolute_url()).context["copy_url"] == address(year, unit)
    client.post(address(year, unit), typed())
    drafted.refresh_from_db()
    assert (drafted.state, drafted.content, drafted.copy) == (
        "signed",
        "Đã soạn",
        SignedCopy.objects.get(),
    )


def test_a_late_paper_is_late_by_its_own_day(client, year):
    client.force_login(official(SeatRole.OFFICE))
    client.post(address(year, plain_unit(year)), typed(day="04/02/2026"))
    listed = client.get(reverse("registrations:registration_list", args=(year.pk,))).context["rows"]
    assert listed[-1].lateness == "Chậm 3 ngày"


def test_of_a_signed_registration_only_the_scan_is_kept(client, year):
    unit = plain_unit(year)
    at = dt.datetime(2026, 1, 20, 2, tzinfo=dt.UTC)
    signed = Registration.objects.create(
        bloc_year=year, unit=unit, content="Đã ký", state="signed", signed_at=at
    )
    client.force_login(official(SeatRole.OFFICE))
    assert client.post(address(year, unit), typed()).status_code == 302
    signed.refresh_from_db()
    assert (signed.signed_at, signed.copy, SignedCopy.objects.count()) == (at, None, 1)


def test_withdrawn_and_signed_here_it_is_signed_on_paper_no_more(client, year):
    unit = plain_unit(year)
    client.force_login(leader_of(unit))
    client.post(address(year, unit), typed())
    row = Registration.objects.get()
    Registration.objects.update(content="Nội dung")
    move = {"note": "Ký nhầm bản."}
    client.post(reverse("registrations:registration_move", args=(row.pk, "withdraw")), move)
    row.refresh_from_db()
    assert (row.state, row.copy, row.signed_at) == ("draft", None, None)
    client.post(reverse("registrations:registration_move", args=(row.pk, "sign")))
    row.refresh_from_db()
    assert (row.state, row.signed_words) == ("signed", "09:00 15/03/2026")


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        (
            {"day": "16/03/2026"},
            "signed_on",
            "Bản đăng ký thi đua ghi ngày 16/03/2026, chưa đến ngày đó; hãy ghi ngày thực tế, "
            "không muộn hơn 15/03/2026.",
        ),
        ({"signers": " "}, "signers", "Hãy nhập người ký."),
        ({"scan": ""}, "scan", "Vui lòng chọn bản quét của bản giấy đã ký."),
    ],
)
def test_a_paper_that_cannot_be_is_refused_and_nothing_is_stored(
    client, year, more, field, sentence
):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(address(year, plain_unit(year)), typed(**more))
    assert (answer.status_code, answer.context["form"].errors[field]) == (422, [sentence])
    assert answer.context["form"]["number"].value() == "05/ĐK-SXD"
    assert (Registration.objects.count(), SignedCopy.objects.count()) == (0, 0)


def test_a_paper_that_answers_a_return_is_not_older_than_it(client, year):
    unit = plain_unit(year)
    at = dt.datetime(2026, 2, 10, 2, tzinfo=dt.UTC)
    Registration.objects.create(
        bloc_year=year, unit=unit, state="returned", signed_at=at, returned_at=at, returned_as="x"
    )
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(address(year, unit), typed())
    assert answer.context["form"].errors["signed_on"] == [
        "Bản đăng ký thi đua ghi ngày 28/01/2026, trước việc trả lại ngày 10/02/2026 là căn cứ của "
        "nó; hãy sửa ngày."
    ]
    assert client.post(address(year, unit), typed(day="10/02/2026")).status_code == 302


@pytest.mark.parametrize("state", (YearState.PLANNED, YearState.RANKED))
def test_outside_the_year_nothing_is_registered_on_paper(client, year, state):
    type(year).objects.update(state=state)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.post(address(year, plain_unit(year)), typed())
    assert (answer.status_code, Registration.objects.count()) == (422, 0)


def test_others_find_no_such_page(client, year):
    client.force_login(editor_of(year.deputy))
    other = year.members.order_by("order", "pk").last().unit
    assert client.post(address(year, other), typed()).status_code == 403
    client.force_login(editor_of(UnitFactory()))
    assert client.post(address(year, other), typed()).status_code == 404
    client.force_login(official(SeatRole.OFFICE))
    assert client.post(address(year, UnitFactory()), typed()).status_code == 404


def test_a_day_to_come_is_said_beside_missing_signers(client, year):
    """What the act would refuse of the day stands beside what the form refuses."""
    client.force_login(editor_of(plain_unit(year)))
    answer = client.post(address(year, plain_unit(year)), typed("31/12/2099", signers=""))
    assert sorted(answer.context["form"].errors) == ["signed_on", "signers"]
    assert not SignedCopy.objects.exists()
