"""One unit does not sign: everybody still has a way on, and every paper says what is so."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.actions.agreements import start_agreement
from agreements.documents.agreement import agreement_paper
from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.states import MemberChangeKind, SeatRole, YearState
from blocs.years.actions.members import cancel_change
from blocs.years.models import BlocYear, Regulation
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import change_members
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import seen_on
from tests.papers.reading import tables_of
from thidua.papers.stored import papers_of, read_paper

pytestmark = pytest.mark.django_db
REASON = "Đơn vị chờ ý kiến của bộ chủ quản"
WHY = "Đơn vị còn lại đang sắp xếp tổ chức"
SIGNER = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": "0"}


def circulated(count=6, share=(1, 1)):
    """An agreement that goes round in a bloc whose rule asks for this share of signatures."""
    year = year_with_members(count, state=YearState.OPEN)
    numerator, denominator = share
    Regulation.objects.update_or_create(
        bloc_year=year,
        defaults={"signature_numerator": numerator, "signature_denominator": denominator},
    )
    agreement = AgreementFactory(bloc_year=year, signing=True, number="02/GƯ-KTĐ5")
    return agreement, [member.unit for member in year.members.order_by("order")]


def page(agreement, name="agreement_detail", *more):
    return reverse(f"agreements:{name}", args=(agreement.bloc_year_id, *more))


def sign(client, agreement, unit):
    client.force_login(leader_of(unit))
    return client.post(page(agreement, "agreement_sign"), SIGNER)


def decline(client, agreement, unit, reason=REASON):
    client.force_login(leader_of(unit))
    typed = {"reason": reason, "revision": str(agreement.revision)}
    return client.post(page(agreement, "agreement_decline"), typed)


def without(client, agreement, person, note=WHY):
    client.force_login(person)
    url = page(agreement, "agreement_move", "take_effect_without")
    return client.post(url, {"note": note})


def shown(client, agreement, person):
    client.force_login(person)
    return client.get(page(agreement))


def state_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).state


def test_all_but_one_sign_and_everybody_sees_who_can_do_what(client):
    """B03: five of six have signed; the sixth, the head and the office all find a way on."""
    agreement, units = circulated()
    *five, sixth = units
    for unit in five:
        sign(client, agreement, unit)
    head, office = leader_of(agreement.bloc_year.head), official(SeatRole.OFFICE)
    own = shown(client, agreement, leader_of(sixth)).content.decode()
    assert (page(agreement, "agreement_sign") in own) is True
    assert (page(agreement, "agreement_decline") in own) is True
    blocked = (
        "Mới có 5/6 đơn vị ký; quy định của năm cần chữ ký của tất cả đơn vị thành viên, tức 6 "
        f"đơn vị. Chưa ký: {sixth.short_name}."
    )
    for person in (head, office):
        answer = shown(client, agreement, person)
        (button,) = answer.context["moves"]
        assert (button["label"], button["obstacles"][0]) == ("Cho giao ước có hiệu lực", blocked)
        assert answer.context["ways"][0].startswith(f"Chưa ký: {sixth.short_name}. Lãnh đạo từng")


@pytest.mark.parametrize("by_office", (True, False))
def test_the_rule_lets_it_take_effect_without_the_unit_that_declined(client, by_office):
    agreement, units = circulated(share=(5, 6))
    *five, sixth = units
    for unit in five:
        sign(client, agreement, unit)
    assert decline(client, agreement, sixth).status_code == 302
    rows = tables_of(shown(client, agreement, official(SeatRole.OFFICE)))[0]
    assert rows[-1][1:] == [sixth.name, f"Không ký {REASON}"]
    head = leader_of(agreement.bloc_year.head)
    assert without(client, agreement, official(SeatRole.OFFICE) if by_office else head).url
    assert state_of(agreement) == AgreementState.EFFECTIVE
    assert BlocYear.objects.get(pk=agreement.bloc_year_id).state == YearState.AGREED
    data = papers_of(agreement).get().data
    assert data["absent"] == [
        "Giao ước có hiệu lực với chữ ký của 05/06 đơn vị thành viên phải ký (quy định của năm: "
        f"ít nhất 5/6 số đơn vị thành viên, tức 05 đơn vị); lý do: {WHY}. Đơn vị chưa ký:",
        f"- {sixth.name}: không ký, lý do: {REASON}.",
    ]
    assert [row["unit"] for row in data["confirmations"]] == [unit.name for unit in five]
    assert data["unit_signers"][-1]["name"] == "(không có chữ ký khi giao ước có hiệu lực)"
    assert data["opening"].split(", ")[3][:31] == "đại diện 05 đơn vị thành viên K"


def test_fewer_signatures_than_the_rule_asks_for_are_refused_whoever_asks(client):
    agreement, units = circulated(share=(2, 3))
    for unit in units[:3]:
        sign(client, agreement, unit)
    decline(client, agreement, units[3])
    answer = without(client, agreement, official(SeatRole.OFFICE))
    silent = ", ".join(unit.short_name for unit in units[4:])
    assert answer.status_code == 422
    assert answer.context["obstacles"][0] == (
        "Mới có 3/6 đơn vị ký; quy định của năm cần chữ ký của ít nhất 2/3 số đơn vị thành viên, "
        f"tức 4 đơn vị. Chưa ký: {silent}. Không ký: {units[3].short_name}."
    )
    sign(client, agreement, units[4])
    assert without(client, agreement, official(SeatRole.OFFICE), note=" ").status_code == 422
    assert state_of(agreement) == AgreementState.SIGNING
    assert without(client, agreement, official(SeatRole.OFFICE)).status_code == 302
    assert papers_of(agreement).get().data["absent"][1:] == [
        f"- {units[3].name}: không ký, lý do: {REASON}.",
        f"- {units[5].name}: chưa ký.",
    ]


def test_neither_a_deputy_nor_a_member_lets_it_take_effect(client):
    agreement, units = circulated(share=(1, 6))
    sign(client, agreement, units[0])
    year = agreement.bloc_year
    for person in (leader_of(year.deputy), leader_of(units[-1]), editor_of(year.head)):
        assert without(client, agreement, person).status_code == 403
    assert state_of(agreement) == AgreementState.SIGNING


def test_declining_is_taken_back_while_the_text_goes_round(client):
    agreement, units = circulated(3)
    decline(client, agreement, units[2])
    answer = shown(client, agreement, leader_of(units[2]))
    assert answer.context["declined"].reason == REASON
    client.post(page(agreement, "agreement_take_back"))
    assert list(agreement.valid_declinings()) == []
    assert agreement.declinings.get().voided_why == "Đơn vị rút lại việc không ký."
    for unit in units:
        sign(client, agreement, unit)
    assert state_of(agreement) == AgreementState.EFFECTIVE


def test_signing_ends_the_declining(client):
    agreement, units = circulated(3)
    decline(client, agreement, units[0])
    sign(client, agreement, units[0])
    assert agreement.declinings.get().voided_why == "Đơn vị đã ký giao ước."
    assert [row.unit for row in agreement.valid_signatures()] == [units[0]]


def test_a_declining_needs_a_reason_and_a_unit_that_has_not_signed(client):
    agreement, units = circulated(3)
    answer = decline(client, agreement, units[0], reason=" ")
    assert answer.context["form"].errors == {"reason": ["Hãy nhập lý do không ký."]}
    sign(client, agreement, units[0])
    assert decline(client, agreement, units[0]).status_code == 422
    assert agreement.declinings.count() == 0


def test_another_text_asks_the_unit_that_declined_again(client):
    agreement, units = circulated(3)
    decline(client, agreement, units[2])
    client.force_login(editor_of(agreement.bloc_year.head))
    url = page(agreement, "agreement_edit")
    text = {"contents": "Nội dung mới", "place": "A", "signed_on": "28/01/2026", "copies": "10"}
    rows = {"chi-tieu-TOTAL_FORMS": "0", "chi-tieu-INITIAL_FORMS": "0"}
    assert client.post(url, seen_on(client, url) | text | rows).status_code == 302
    assert list(agreement.valid_declinings()) == []
    client.force_login(leader_of(units[2]))
    old = client.post(page(agreement, "agreement_decline"), {"reason": REASON, "revision": "0"})
    assert old.context["form"].non_field_errors() == [
        "Văn bản giao ước vừa được sửa. Vui lòng đọc lại trước khi ký."
    ]


def test_a_late_signature_is_added_and_the_sealed_paper_stays(client):
    agreement, units = circulated(share=(2, 3))
    for unit in units[:4]:
        sign(client, agreement, unit)
    decline(client, agreement, units[4])
    without(client, agreement, leader_of(agreement.bloc_year.head))
    sealed = papers_of(agreement).get()
    before = (sealed.sha256, read_paper(sealed), sealed.data)
    for unit in units[4:]:
        assert sign(client, agreement, unit).status_code == 302
    first, second = papers_of(agreement).filter(kind="agreement_addition").order_by("pk")
    assert [row["unit"] for row in first.data["confirmations"]] == [units[4].name]
    assert [row["unit"] for row in second.data["confirmations"]] == [u.name for u in units[4:]]
    late = agreement.valid_signatures().get(unit=units[5])
    # After five in the afternoon, in the time of the server, it is tomorrow in Viet Nam.
    day = f"{timezone.localdate(late.signed_at):%d/%m/%Y}"
    words = f"ký ngày {day}, sau khi giao ước có hiệu lực"
    assert second.data["confirmations"][1]["signed_at"] == words
    sealed.refresh_from_db()
    assert (sealed.sha256, read_paper(sealed), sealed.data) == before
    answer = shown(client, agreement, official(SeatRole.OFFICE))
    assert tables_of(answer)[0][-1][4].endswith(words) is True
    assert client.get(page(agreement, "agreement_addition")).getvalue() == read_paper(second)
    assert client.get(page(agreement, "agreement_paper")).getvalue() == read_paper(sealed)


def test_whoever_has_nothing_to_answer_is_led_back_before_typing(client):
    agreement, units = circulated(3)
    sign(client, agreement, units[1])
    for name in ("agreement_sign", "agreement_decline"):
        assert client.get(page(agreement, name)).url == page(agreement)
    assert client.get(page(agreement, "agreement_addition")).status_code == 404


def test_a_leader_of_two_units_signs_for_both(client):
    agreement, units = circulated(3)
    leader = leader_of(units[1])
    for seat in leader_of(units[2]).seats.all():
        seat.user = leader
        seat.save()
    client.force_login(leader)
    for _ in range(2):
        client.post(page(agreement, "agreement_sign"), SIGNER)
    assert {row.unit for row in agreement.valid_signatures()} == set(units[1:])


def test_a_planned_year_sends_nothing_round(client):
    year = year_with_members(3)
    agreement = AgreementFactory(bloc_year=year)
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.PLANNED)
    client.force_login(leader_of(year.head))
    answer = client.post(page(agreement, "agreement_move", "circulate"))
    assert answer.context["obstacles"] == [
        "Năm thi đua chưa mở; cơ quan thường trực mở năm thì các đơn vị mới ký được."
    ]


def test_the_page_says_which_signer_takes_part_of_the_year_only(client):
    agreement, units = circulated(3)
    for unit in units:
        sign(client, agreement, unit)
    agreement.bloc_year.members.filter(unit=units[2]).update(left_on=timezone.localdate())
    rows = shown(client, agreement, leader_of(units[0])).context["rows"]
    day = timezone.localdate().strftime("%d/%m/%Y")
    told = [(row.unit, row.part) for row, _ in rows]
    assert told == [(units[0], ""), (units[1], ""), (units[2], f"thôi tham gia từ {day}")]
    assert [row.owes for row, _ in rows] == [True, True, False]


@pytest.mark.parametrize("day", (None, dt.date(2026, 1, 28)))
def test_the_text_of_an_agreement_tells_no_change_that_came_after_its_day(day):
    """Dated, or else in effect, in January: the merging of July is told by the year alone."""
    agreement, units = circulated(5)
    year = agreement.bloc_year
    change_members(year, units[3], counterpart=units[0], on=dt.date(2026, 1, 28))
    change_members(year, units[4], counterpart=units[0])
    before = (f"{units[3]} thôi tham gia từ 28/01/2026 (sáp nhập vào {units[0]})",)
    after = (f"{units[4]} thôi tham gia từ 01/07/2026 (sáp nhập vào {units[0]})",)
    agreement.signed_on = None
    assert agreement_paper(agreement).changes == before + after
    agreement.signed_on = day
    agreement.effective_at = dt.datetime(2026, 1, 28, 17, 30, tzinfo=dt.UTC)
    if day:
        agreement.effective_at += dt.timedelta(days=200)
    assert agreement_paper(agreement).changes == before


@pytest.mark.parametrize(
    ("members", "copies", "told"),
    (
        (3, 5, "05"),
        (
            3,
            6,
            "06; 03 đơn vị phải ký, mỗi đơn vị giữ 01 bản, gửi cơ quan thường trực 01 bản, lưu 01 "
            "bản thì cần 05 bản",
        ),
        (
            5,
            6,
            "06; 05 đơn vị phải ký, mỗi đơn vị giữ 01 bản, gửi cơ quan thường trực 01 bản, lưu 01 "
            "bản thì cần 07 bản",
        ),
    ),
)
def test_the_page_says_how_many_copies_its_members_need(client, members, copies, told):
    agreement, units = circulated(members)
    Agreement.objects.filter(pk=agreement.pk).update(copies=copies)
    facts = dict(shown(client, agreement, leader_of(units[0])).context["facts"])
    assert facts["Số bản"] == told


def test_a_new_draft_has_as_many_copies_as_its_members_need():
    year = year_with_members(4, state=YearState.OPEN)
    assert start_agreement(year, actor=leader_of(year.head)).copies == 6


def test_what_was_counted_at_the_effect_is_not_counted_again(client):
    """In force with 2 of 2: the leaving of the others is taken back, and the count stays."""
    agreement, units = circulated(4)
    year, today = agreement.bloc_year, timezone.localdate()
    for unit in units[2:]:
        change_members(year, unit, MemberChangeKind.LEFT, today)
    for unit in units[:2]:
        sign(client, agreement, unit)
    held = f"Giao ước có hiệu lực ngày {today:%d/%m/%Y} khi 2/2 đơn vị đã ký, cần ít nhất 2."
    assert told_of(client, agreement)[1] == held
    office = official(SeatRole.OFFICE)
    for change in year.member_changes.order_by("number"):
        cancel_change(change, actor=office, reason="Ghi nhầm.")
    assert told_of(client, agreement) == ("2/4 đơn vị đã ký, cần ít nhất 4", held)


def told_of(client, agreement):
    answer = shown(client, agreement, official(SeatRole.OFFICE))
    return answer.context["signed_words"], answer.context["effect_words"]


def test_signatures_are_counted_of_those_who_owe_one_and_of_the_day_of_the_effect(client):
    """3 of 8 lack to 6; a late signature and a unit that left later change nothing of that day."""
    agreement, units = circulated(8, share=(2, 3))
    for unit in units[:3]:
        sign(client, agreement, unit)
    assert told_of(client, agreement) == ("3/8 đơn vị đã ký, cần ít nhất 6", "")
    for unit in units[3:6]:
        sign(client, agreement, unit)
    without(client, agreement, official(SeatRole.OFFICE))
    earlier = timezone.now() - dt.timedelta(days=30)
    agreement.signatures.update(signed_at=earlier)
    Agreement.objects.filter(pk=agreement.pk).update(effective_at=earlier)
    held = (
        f"Giao ước có hiệu lực ngày {timezone.localdate(earlier):%d/%m/%Y} khi 6/8 đơn vị đã ký, "
        f"cần ít nhất 6; lý do còn thiếu: {WHY}."
    )
    assert told_of(client, agreement) == ("6/8 đơn vị đã ký, cần ít nhất 6", held)
    sign(client, agreement, units[6])
    agreement.bloc_year.members.filter(unit=units[7]).update(left_on=timezone.localdate())
    assert told_of(client, agreement) == ("7/7 đơn vị đã ký, cần ít nhất 5", held)
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement_paper(agreement).absent[1:] == (
        f"- {units[6].name}: chưa ký.",
        f"- {units[7].name}: chưa ký.",
    )
