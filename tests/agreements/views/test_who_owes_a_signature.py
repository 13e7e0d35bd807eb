"""Who is asked to sign: units that owe it today, and who joined once it was in effect."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.actions.signatures import decline_agreement, sign_agreement
from agreements.enums import AgreementState
from blocs.states import MemberChangeKind as K
from blocs.states import RegistrationState, SeatRole, YearState
from blocs.years.actions.members import record_change
from blocs.years.models import Registration
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import JULY_1, SEPTEMBER_1, change_members
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from thidua.home.tasks import tasks_of
from thidua.papers.stored import papers_of

pytestmark = pytest.mark.django_db
SIGNED = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": 0}
SIGNER = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"}


@pytest.fixture(autouse=True)
def in_october():
    with time_machine.travel("2026-10-01T03:00:00Z", tick=False):
        yield


def labels(person):
    return [one.label for one in tasks_of(person, timezone.now())]


def asked(unit):
    return [label for label in labels(leader_of(unit)) if "giao ước" in label]


def in_effect():
    year = year_with_members(3, state=YearState.IN_PROGRESS)
    moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    state = {"state": AgreementState.EFFECTIVE, "effective_at": moment, "missing_reason": "Vắng"}
    return AgreementFactory(bloc_year=year, **state)


@pytest.mark.parametrize("kind", (K.NOT_SIGNING, K.LEFT))
def test_who_owes_no_signature_is_not_asked_for_one(kind):
    year = year_with_members(4, state=YearState.OPEN)
    AgreementFactory(bloc_year=year, signing=True)
    free, other = (member.unit for member in year.members.order_by("order")[2:4])
    assert asked(free) == ["Ký giao ước thi đua năm 2026"]
    change_members(year, free, kind, JULY_1)
    assert (asked(free), asked(other)) == ([], ["Ký giao ước thi đua năm 2026"])


@pytest.mark.parametrize("kind", (K.NOT_SIGNING, K.LEFT, K.NOT_CONSIDERED))
def test_nobody_decides_about_a_unit_that_declined_and_owes_no_answer_any_more(kind):
    year = year_with_members(4, state=YearState.OPEN)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    unit = year.members.get(order=3).unit
    reason = "Chờ sắp xếp."
    decline_agreement(agreement, actor=leader_of(unit), unit=unit, revision=0, reason=reason)
    waits = ["Có đơn vị không ký giao ước năm 2026: xem và quyết định"]
    office = official(SeatRole.OFFICE)
    assert [label for label in labels(office) if "không ký" in label] == waits
    change_members(year, unit, kind, JULY_1)
    owes = kind == K.NOT_CONSIDERED
    assert [label for label in labels(office) if "không ký" in label] == (waits if owes else [])


@pytest.mark.parametrize("place", (1, 3))
def test_who_has_signed_is_not_recorded_as_not_signing(place):
    year = year_with_members(4, state=YearState.OPEN)
    agreement = AgreementFactory(bloc_year=year, signing=True)
    unit = year.members.get(order=place).unit
    sign_agreement(agreement, actor=leader_of(unit), unit=unit, **SIGNED)
    facts = {"kind": K.NOT_SIGNING, "unit": unit, "on": JULY_1, "decision": "QĐ số 7"}
    with pytest.raises(ValidationError) as refused:
        record_change(year, actor=official(SeatRole.OFFICE), reason="Vắng", **facts)
    assert refused.value.messages == [
        f"{unit} đã ký giao ước lúc 10:00 01/10/2026. Đơn vị đã ký thì không ghi “không tham gia "
        "ký”; đơn vị thôi thi đua từ một ngày thì ghi “thôi tham gia”."
    ]
    assert year.member_changes.count() == 0


def test_who_is_not_considered_is_not_asked_to_sign_its_registration():
    year = year_with_members(4, state=YearState.OPEN)
    unit = year.members.get(order=3).unit
    Registration.objects.create(
        bloc_year=year, unit=unit, state=RegistrationState.DRAFT, content="Một"
    )
    person = editor_of(unit)
    assert "Ký bản đăng ký thi đua năm 2026" in labels(person)
    change_members(year, unit, K.NOT_CONSIDERED, JULY_1)
    assert [label for label in labels(person) if "đăng ký" in label] == []


def test_who_joins_later_signs_an_addition_that_says_from_when(client):
    agreement, new = in_effect(), UnitFactory(name="Sở Mới")
    year = agreement.bloc_year
    change_members(year, new, K.JOINED, SEPTEMBER_1)
    assert asked(new) == [
        "Ký bổ sung giao ước thi đua năm 2026: đơn vị tham gia từ 01/09/2026",
    ]
    client.force_login(leader_of(new))
    url = reverse("agreements:agreement_sign", args=(year.pk,))
    assert client.post(url, SIGNER).status_code == 302
    (row,) = papers_of(agreement).get(kind="agreement_addition").data["confirmations"]
    assert (row["unit"], row["signed_at"]) == (
        "Sở Mới",
        "tham gia từ 01/09/2026, ký ngày 01/10/2026, sau khi giao ước có hiệu lực",
    )
    assert asked(new) == []


def test_who_was_there_before_the_effect_is_not_asked_again():
    agreement = in_effect()
    assert asked(agreement.bloc_year.members.get(order=3).unit) == []
