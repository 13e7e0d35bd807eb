"""Who had not signed owes nothing any more: the others have all signed, and the year goes on."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.enums import AgreementState
from blocs.states import MemberChangeKind as K
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear
from tests.agreements.views.test_not_all_sign import (
    circulated,
    decline,
    page,
    shown,
    sign,
    state_of,
)
from tests.factories.changes import change_members
from tests.factories.people import leader_of, official
from tests.page_desk import PageDesk
from tests.papers.reading import tables_of
from thidua.common.vietnamese.dates import short_date
from thidua.home.tasks import tasks_of
from thidua.papers.stored import papers_of

pytestmark = pytest.mark.django_db
MOVE = "Cho giao ước có hiệu lực"
READY = "Các đơn vị đã ký đủ giao ước năm 2026: cho giao ước có hiệu lực"


def signed_by(client, count, of=4):
    """An agreement that the first units of the bloc have signed, and the units."""
    agreement, units = circulated(of)
    for unit in units[:count]:
        sign(client, agreement, unit)
    return agreement, units


def labels(person):
    return [one.label for one in tasks_of(person, timezone.now())]


def waits_for(agreement, person):
    """Whom the track names beside the agreement."""
    url = reverse("years:year_detail", args=(agreement.bloc_year_id,))
    track = PageDesk(person).go(url).answer.context["track"]
    return next(step["who"] for step in track if step["label"] == "Giao ước")


def apart_on_paper(unit, kind, day):
    """The lines of the paper about a unit that takes no part in signing."""
    if kind != K.NOT_SIGNING:
        return []
    words = f"không tham gia ký giao ước, từ {short_date(day)}"
    return [
        "Đơn vị không tham gia ký giao ước:",
        f"- {unit.name}: {words} (Theo đề nghị của khối).",
    ]


def test_the_track_no_longer_waits_for_whoever_declined(client):
    agreement, units = signed_by(client, 2)
    head, today = leader_of(agreement.bloc_year.head), timezone.localdate()
    BlocYear.objects.update(agreement_due=today - dt.timedelta(days=1))
    decline(client, agreement, units[2])
    assert waits_for(agreement, head) == f"Chờ {units[3].short_name}"
    decline(client, agreement, units[3])
    assert waits_for(agreement, head) == f"{units[0].short_name} ({head.full_name})"


def test_a_unit_that_takes_no_part_in_signing_stays_on_the_page_with_the_reason(client):
    agreement, units = signed_by(client, 3)
    head, today = leader_of(agreement.bloc_year.head), timezone.localdate()
    change_members(agreement.bloc_year, units[3], K.NOT_SIGNING, today)
    rows = [row for rows in tables_of(shown(client, agreement, head)) for row in rows]
    (row,) = [row for row in rows if units[3].name in row]
    assert f"không tham gia ký giao ước, từ {short_date(today)}" in " ".join(row)
    assert "3/3 đơn vị đã ký" in shown(client, agreement, head).content.decode()


@pytest.mark.parametrize("kind", (K.NOT_SIGNING, K.DISSOLVED, K.LEFT))
def test_the_head_is_told_and_needs_no_reason(client, kind):
    agreement, units = signed_by(client, 3)
    head, today = leader_of(agreement.bloc_year.head), timezone.localdate()
    BlocYear.objects.update(agreement_due=today - dt.timedelta(days=1))
    assert (READY in labels(head), waits_for(agreement, head)) == (
        False,
        f"Chờ {units[3].short_name}",
    )
    change_members(agreement.bloc_year, units[3], kind, today)
    for person in (head, official(SeatRole.OFFICE)):
        assert labels(person).count(READY) == 1
    head_unit = agreement.bloc_year.head
    assert waits_for(agreement, head) == f"{head_unit.short_name} ({head.full_name})"
    desk = PageDesk(head).go(page(agreement))
    (button,) = desk.answer.context["moves"]
    assert (button["label"], button["obstacles"], button["needs_note"]) == (MOVE, [], False)
    desk.go(page(agreement, "agreement_move", "take_effect_without")).press(MOVE)
    assert state_of(agreement) == AgreementState.EFFECTIVE
    assert BlocYear.objects.get(pk=agreement.bloc_year_id).state == YearState.AGREED
    data = papers_of(agreement).get().data
    assert data["absent"] == apart_on_paper(units[3], kind, today)
    assert [row["unit"] for row in data["confirmations"]] == [unit.name for unit in units[:3]]
    assert READY not in labels(head)


def test_a_reason_typed_before_is_not_told_where_nobody_is_missing(client):
    """Input of our own: the page was opened while a unit was missing, and sent after it left."""
    agreement, units = signed_by(client, 3)
    today = timezone.localdate()
    change_members(agreement.bloc_year, units[3], K.NOT_SIGNING, today)
    client.force_login(leader_of(agreement.bloc_year.head))
    url = page(agreement, "agreement_move", "take_effect_without")
    assert client.post(url, {"note": "Đơn vị vắng"}).status_code == 302
    told = shown(client, agreement, official(SeatRole.OFFICE)).context["effect_words"]
    assert told == (
        f"Giao ước có hiệu lực ngày {today:%d/%m/%Y} khi 3/3 đơn vị đã ký, cần ít nhất 3."
    )


def test_who_leaves_tomorrow_still_signs_today(client):
    agreement, units = signed_by(client, 3)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    change_members(agreement.bloc_year, units[3], K.LEFT, tomorrow)
    assert READY not in labels(leader_of(agreement.bloc_year.head))
    answer = shown(client, agreement, leader_of(agreement.bloc_year.head))
    (button,) = answer.context["moves"]
    assert button["needs_note"] is True
    assert f"Chưa ký: {units[3].short_name}" in button["obstacles"][0]


def test_nothing_takes_effect_without_any_signature(client):
    agreement, units = signed_by(client, 0, of=2)
    for unit in units:
        change_members(agreement.bloc_year, unit, K.NOT_SIGNING, timezone.localdate())
    answer = shown(client, agreement, leader_of(agreement.bloc_year.head))
    (button,) = answer.context["moves"]
    assert button["obstacles"][0].startswith("Mới có 0/0 đơn vị ký;")
    assert READY not in labels(leader_of(agreement.bloc_year.head))
