"""A number stands once for each sender, kind and calendar year, whoever types it and wherever."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Agreement
from awards.proposals.models import Proposal
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.models import RulesAmendment
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.conferences import add_agenda, conference_of, set_aside_the_rest
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of
from thidua.papers.models import SignedCopy

pytestmark = pytest.mark.django_db
TAKEN = (
    "{} đã dùng số này; trong một năm mỗi số chỉ dùng cho một văn bản cùng loại. Hãy lấy số tiếp "
    "theo ở sổ đăng ký văn bản đi."
)
AUGUST = "2027-08-01T03:00:00Z"


def answered(client, url, **typed):
    """What the page says of its fields when this is typed into it; nothing where it is kept."""
    answer = client.post(url, fields_of(client.get(url)) | typed)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("number", "day", "is_taken"),
    (("7", "20/06/2027", True), ("07/TB-KTĐ5", "20/06/2027", True), ("8", "20/06/2027", False)),
)
def test_a_notice_of_amended_rules_takes_its_number(client, number, day, is_taken):
    year = year_with_members(3, state=YearState.OPEN, bloc__code="KTĐ5", year=2027)
    agreement = AgreementFactory(bloc_year=year, state=AgreementState.SIGNING)
    person = leader_of(year.head)
    agreement.signatures.create(
        unit=year.head,
        signer_name="A",
        signer_title="Giám đốc",
        revision=0,
        signed_by=person,
        signed_at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
    )
    url = reverse("years:year_rules", args=(year.pk,))
    told = {"document": "Quyết định số 15", "amendment_reason": "Quy chế mới."}
    with time_machine.travel(AUGUST, tick=False):
        client.force_login(official(SeatRole.OFFICE))
        first = {"amended_on": "15/06/2027", "notice_number": "7", "vote_threshold": "75"}
        assert answered(client, url, **told, **first) == {}
        second = {"amended_on": day, "notice_number": number, "vote_threshold": "80"}
        said = TAKEN.format(f"Thông báo sửa đổi quy định số 01, {year} ngày 15/06/2027")
        expected = {"notice_number": [said]} if is_taken else {}
        assert answered(client, url, **told, **second) == expected
    assert RulesAmendment.objects.count() == (1 if is_taken else 2)


@pytest.fixture
def earlier():
    """A counted conference of a bloc whose minutes 06 of 05/01/2021 are signed."""
    found = conference_of(state=ConferenceState.COUNTED, next_head_basis="do tỉnh giao")
    add_agenda(found, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
    set_aside_the_rest(found.bloc_year)
    code = found.bloc_year.bloc.code
    year = year_with_members(3, bloc=found.bloc_year.bloc, year=2019)
    start = dt.datetime(2021, 1, 5, 1, tzinfo=dt.UTC)
    facts = {"starts_at": start, "ended_at": start + dt.timedelta(hours=2)}
    Conference.objects.create(
        bloc_year=year, state=ConferenceState.SIGNED, minutes_number=f"06/BB-{code}", **facts
    )
    return found


ENDING = {"ended_day": "28/01/2021", "ended_time": "16:45", "approvals": "8"}


def taken_minutes(conference, day="05/01/2021"):
    bloc = conference.bloc_year.bloc
    return {"number": [TAKEN.format(f"Biên bản hội nghị tổng kết {bloc} năm 2019 ngày {day}")]}


@pytest.mark.parametrize("name", ("minutes_sign", "minutes_copy"))
def test_minutes_signed_here_or_by_hand_take_their_number(client, earlier, name):
    client.force_login(leader_of(earlier.bloc_year.head))
    paper = {"signed_on": "29/01/2021", "signers": "A\nB"} if name == "minutes_copy" else {}
    for number, said in (("6", taken_minutes(earlier)), ("7", {})):
        if paper:
            paper["scan"] = SimpleUploadedFile("Biên bản.pdf", files.pdf())
        typed = ENDING | paper | {"number": number}
        assert answered(client, earlier.address(name), **typed) == said


def test_the_day_of_a_paper_signed_by_hand_says_the_year_of_its_number(client, earlier):
    """Minutes signed on paper in 2020 leave the number of 2021 free."""
    other = Conference.objects.get(bloc_year__year=2019)
    SignedCopy.objects.create(
        subject=other,
        kind="minutes",
        number=other.minutes_number,
        signed_on=dt.date(2020, 12, 30),
        signers="A",
        size=1,
        recorded_by=leader_of(other.bloc_year.head),
    )
    client.force_login(leader_of(earlier.bloc_year.head))
    assert answered(client, earlier.address("minutes_sign"), **ENDING, number="6") == {}


def test_an_agreement_takes_its_number_typed_or_signed_by_hand(client):
    first = AgreementFactory(state=AgreementState.SIGNING)
    bloc = first.bloc_year.bloc
    Agreement.objects.update(number=f"02/GƯ-{bloc.code}")
    year = year_with_members(3, bloc=bloc, year=2027, state=YearState.OPEN)
    said = {"number": [TAKEN.format(f"{first} ngày 28/01/2026")]}
    draft = AgreementFactory(bloc_year=year, signed_on=dt.date(2026, 12, 1))
    client.force_login(editor_of(year.head))
    url = reverse("agreements:agreement_edit", args=(year.pk,))
    rows = {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    assert answered(client, url, number="2", **rows) == said
    scan = SimpleUploadedFile("Giao ước.pdf", files.pdf())
    with time_machine.travel(AUGUST, tick=False):
        client.force_login(leader_of(year.head))
        url = reverse("agreements:agreement_copy", args=(year.pk,))
        signers = {f"name-{member.unit_id}": "Trần Văn A" for member in year.members.all()}
        paper = {"number": "2", "signed_on": "01/12/2026", "scan": scan} | signers
        assert answered(client, url, **paper) == said
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (AgreementState.DRAFT, "")


@pytest.mark.parametrize(
    ("number", "day", "is_taken"),
    (("7", "20/12/2026", True), ("07/ttr-KTĐ5", "20/12/2026", True), ("7", "20/01/2027", False)),
)
def test_a_submission_that_was_sent_takes_its_number(client, number, day, is_taken):
    bloc = BlocFactory(code="KTĐ5")
    first = ProposalFactory(received=True, bloc_year=year_with_members(3, bloc=bloc))
    year = year_with_members(3, bloc=bloc, year=2027, state=YearState.RANKED)
    ProposalFactory(bloc_year=year, number="")
    said = {"number": [TAKEN.format(f"Tờ trình đ{str(first)[1:]} ngày 08/12/2026")]}
    with time_machine.travel("2027-02-01T02:00Z", tick=False):
        client.force_login(editor_of(year.head))
        url = reverse("proposals:proposal_edit", args=(year.pk,))
        assert answered(client, url, number=number, dated_on=day) == (said if is_taken else {})
    assert Proposal.objects.exclude(number="").count() == (1 if is_taken else 2)
