"""Members of a running year change by numbered changes (faults/B01): pages of years alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agreements.models import Signature
from blocs.states import MemberChangeKind as K
from blocs.states import RegistrationState, SeatRole, YearState
from blocs.units.models import Membership
from blocs.years.actions.members import WHY_TWO
from blocs.years.domain.taking_part import Duty, owes
from blocs.years.models import MemberChange, Registration, YearMember
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.changes import (
    JULY_1,
    SEPTEMBER_1,
    change_address,
    change_members,
    confirmed,
    office_browser,
    typed,
)
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture
def year():
    """Six units A to F in a year that is under way; the first two lead it."""
    found = year_with_members(6, state=YearState.IN_PROGRESS)
    for member, letter in zip(found.members.select_related("unit"), "ABCDEF", strict=True):
        member.unit.name = f"Sở {letter}"
        member.unit.save()
        day = dt.date(2020, 1, 1)
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=day)
    return found


def unit(year, letter):
    return year.members.get(unit__name=f"Sở {letter}").unit


def page(year, name="year_detail"):
    return reverse(f"{'years' if name.startswith('year') else 'changes'}:{name}", args=(year.pk,))


def step(client, year, number):
    """The words of one step of the year's track."""
    return client.get(page(year)).context["track"][number - 1]["words"]


def rows(client, year):
    found = client.get(page(year, "member_change_list")).context["rows"]
    return [(row.number, str(row.unit), row.cancels and row.cancels.number) for row in found]


def test_the_old_page_names_the_way_on(year):
    client = office_browser()
    fields = fields_of(client.get(page(year, "year_members")))
    answer = client.post(page(year, "year_members"), fields | {"don-vi-1-order": "1"})
    assert answer.status_code == 422
    assert page(year, "member_change_list") in answer.content.decode()


def test_a_unit_merged_in_july_is_counted_no_more(year):
    """Small input of B01: F goes into C on 1 July; five units are left."""
    client, gone = office_browser(), unit(year, "F")
    change_members(year, gone, counterpart=unit(year, "C"), client=client)
    answer = client.get(page(year))
    assert dict(answer.context["facts"])["Số đơn vị thành viên"] == "05 (cả năm có 06)"
    assert [row["part"] for row in answer.context["rows"]] == [
        *[""] * 5,
        "thôi tham gia từ 01/07/2026",
    ]
    assert answer.context["track"][0]["words"] == "Đã qua, 0/5 đơn vị"
    assert answer.context["track"][4]["words"] == "0/5 đơn vị"
    listed = client.get(page(year, "member_change_list")).context["rows"]
    assert [row.words for row in listed] == ["thôi tham gia từ 01/07/2026 (sáp nhập vào Sở C)"]
    entry = ActivityEntry.objects.get(action="years.change_members")
    assert entry.label == "Thay đổi thành phần số 01: Sở F"
    assert entry.changes == [
        {"field": "Sở F", "before": "tham gia cả năm", "after": "thôi tham gia từ 01/07/2026"}
    ]


def test_the_succession_of_a_unit_is_a_change_of_its_running_years(year):
    """B01 as it was found: «sáp nhập» on the page of the unit, with «vào thay» ticked."""
    client, gone = office_browser(), unit(year, "F")
    data = {"successor": unit(year, "C").pk, "on": "01/07/2026", "decision": "NQ 1"}
    url = reverse("units:unit_succession", args=(gone.pk,))
    assert confirmed(client, url, data | {"moves_memberships": "on"}).status_code == 302
    change = MemberChange.objects.get()
    assert (change.number, change.kind, change.words) == (
        1,
        K.MERGED,
        "thôi tham gia từ 01/07/2026 (sáp nhập vào Sở C)",
    )
    assert year.members.owing(Duty.SIT, JULY_1).count() == 5
    # A unit that stands in the bloc already does not join it twice.
    assert year.members.count() == 6


def test_a_new_successor_takes_place_and_post(year):
    client, new = office_browser(), UnitFactory(name="Sở Mới")
    head = year.head
    data = {"successor": new.pk, "on": "01/09/2026", "decision": "NQ 2", "moves_memberships": "on"}
    url = reverse("units:unit_succession", args=(head.pk,))
    assert confirmed(client, url, data).status_code == 302
    year.refresh_from_db()
    assert year.head == new
    parts = {str(row.unit): row.part_words for row in year.members.select_related("unit")}
    assert parts["Sở A"] == "thôi tham gia từ 01/09/2026"
    assert parts["Sở Mới"] == "tham gia từ 01/09/2026"


def test_a_unit_split_in_two_leaves_once_and_both_come(year):
    client, gone = office_browser(), unit(year, "E")
    for name in ("Sở E1", "Sở E2"):
        data = {"successor": UnitFactory(name=name).pk, "on": "01/07/2026", "decision": "NQ 3"}
        url = reverse("units:unit_succession", args=(gone.pk,))
        assert confirmed(client, url, data | {"moves_memberships": "on"}).status_code == 302
    kinds = [(str(row.unit), row.kind) for row in MemberChange.objects.select_related("unit")]
    assert kinds == [("Sở E1", K.JOINED), ("Sở E", K.MERGED), ("Sở E2", K.JOINED)]
    assert year.members.owing(Duty.SIT, JULY_1).count() == 7


def test_a_unit_joins_in_september(year):
    new = UnitFactory(name="Sở G")
    effects = change_members(year, new, K.JOINED, SEPTEMBER_1)
    assert effects == [
        "Số đơn vị tính túc số tăng từ 06 lên 07.",
        "Giao ước đã có hiệu lực vẫn giữ; đơn vị vào sau ký bổ sung ở phụ lục.",
        "Đơn vị nộp báo cáo năm, được xếp hạng và đề nghị khen thưởng như các đơn vị khác.",
    ]
    assert step(office_browser(), year, 5) == "0/7 đơn vị"
    assert year.members.owing(Duty.SIT, dt.date(2026, 8, 31)).count() == 6


def test_a_unit_not_considered_sits_and_owes_no_report(year):
    effects = change_members(year, unit(year, "D"), K.NOT_CONSIDERED, JULY_1)
    assert effects == [
        "Bản đăng ký: chưa lập, đơn vị không phải lập nữa.",
        "Báo cáo năm: chưa lập, đơn vị không phải nộp nữa.",
        "Số đơn vị được xếp hạng, tính tỷ lệ khen thưởng giảm từ 06 xuống 05.",
    ]
    counts = {duty: year.members.owing(duty, SEPTEMBER_1).count() for duty in Duty}
    assert counts == {
        Duty.REGISTER: 5,
        Duty.SIGN: 6,
        Duty.REPORT: 5,
        Duty.SIT: 6,
        Duty.COMPARE: 5,
    }


def test_nothing_is_saved_before_the_effects_were_read(year):
    client, data = office_browser(), typed(unit(year, "F"), K.DISSOLVED, JULY_1)
    first = client.post(change_address(year), data)
    assert (first.status_code, MemberChange.objects.count()) == (200, 0)
    assert first.context["submit_label"] == "Ghi thay đổi"
    # Between reading and saving the unit registers: the list is another one, and shown again.
    Registration.objects.create(
        bloc_year=year,
        unit=unit(year, "F"),
        state=RegistrationState.SIGNED,
        content="Một",
        signed_at=NOVEMBER,
    )
    second = client.post(change_address(year), fields_of(first))
    assert (second.status_code, MemberChange.objects.count()) == (200, 0)
    assert second.context["effects"][0] == "Bản đăng ký: đã đăng ký, giữ nguyên, vẫn xem được."
    assert client.post(change_address(year), fields_of(second)).status_code == 302


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"kind": "merged"}, "counterpart", "Vui lòng chọn đơn vị kế thừa."),
        ({"kind": "split"}, "counterpart", "Vui lòng chọn đơn vị trước khi tách."),
        ({"kind": "left", "reason": ""}, "reason", "Vui lòng ghi lý do."),
        ({"kind": "cancelled"}, "kind", None),
        ({"decision": ""}, "decision", "Hãy nhập văn bản, căn cứ."),
    ],
)
def test_a_change_says_what_it_needs(year, more, field, sentence):
    data = typed(unit(year, "F"), K.LEFT, JULY_1) | more
    answer = office_browser().post(change_address(year), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if sentence:
        assert answer.context["form"].errors[field] == [sentence]
    assert MemberChange.objects.count() == 0


@pytest.mark.parametrize(
    ("on", "is_taken"),
    (
        (dt.date(2025, 12, 31), False),
        (dt.date(2026, 1, 1), True),
        (dt.date(2028, 12, 31), True),
        (dt.date(2029, 1, 1), False),
        (dt.date(2062, 7, 1), False),
    ),
)
def test_a_change_holds_from_a_day_of_the_year_and_its_papers(year, on, is_taken):
    client, data = office_browser(), typed(unit(year, "F"), K.LEFT, on)
    answer = client.post(change_address(year), fields_of(client.post(change_address(year), data)))
    assert (answer.status_code, year.member_changes.count()) == ((302, 1) if is_taken else (422, 0))
    if not is_taken:
        assert answer.context["form"].errors["on"] == [
            "Ngày thay đổi của năm thi đua này phải từ 01/01/2026 đến 31/12/2028; vui lòng xem lại "
            "năm."
        ]


def test_the_head_leaves_only_after_another_took_the_post(year):
    client = office_browser()
    data = typed(year.head, K.LEFT, JULY_1)
    answer = client.post(change_address(year), fields_of(client.post(change_address(year), data)))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        f"Sở A đang là khối trưởng của {year}; hãy ghi đơn vị khác, hoặc để khuyết, ở trang "
        "“Khối trưởng, khối phó” trước."
    ]


@pytest.mark.parametrize(
    ("kind", "on", "sentence"),
    (
        (
            K.LEFT,
            JULY_1,
            "Sở A đang là khối trưởng của {year}; hãy ghi đơn vị khác, hoặc để khuyết, ở trang "
            "“Khối trưởng, khối phó” trước.",
        ),
        (
            K.NOT_SIGNING,
            JULY_1,
            "Sở A đã ký giao ước lúc 08:00 12/02/2026. Đơn vị đã ký thì không ghi “không tham gia "
            "ký”; đơn vị thôi thi đua từ một ngày thì ghi “thôi tham gia”.",
        ),
        (
            K.KEPT,
            JULY_1,
            "Thành phần của năm và danh sách thành viên không khác nhau về đơn vị này, không có gì "
            "để giữ nguyên.",
        ),
    ),
)
def test_what_is_refused_is_refused_before_any_effect_is_listed(year, kind, on, sentence):
    at = dt.datetime(2026, 2, 12, 1, tzinfo=dt.UTC)
    facts = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc", "revision": 0}
    Signature.objects.create(
        agreement=AgreementFactory(bloc_year=year, signing=True),
        unit=year.head,
        signed_by=leader_of(year.head),
        signed_at=at,
        **facts,
    )
    data = typed(unit(year, "A"), kind, on)
    answer = office_browser().post(change_address(year), data)
    assert (answer.status_code, answer.context["effects"]) == (422, None)
    assert answer.context["form"].non_field_errors() == [sentence.format(year=year)]
    assert answer.context["form"]["decision"].value() == "Quyết định số 12/QĐ-UBND"
    assert MemberChange.objects.count() == 0


def test_trying_a_change_leaves_nothing_behind(year):
    answer = office_browser().post(change_address(year), typed(unit(year, "F"), K.LEFT, JULY_1))
    assert (answer.status_code, answer.context["form"].errors) == (200, {})
    assert (MemberChange.objects.count(), year.members.get(unit__name="Sở F").left_on) == (0, None)
    assert ActivityEntry.objects.filter(action="years.change_members").count() == 0


def test_a_wrong_change_is_taken_back_by_a_later_one(year):
    client = office_browser()
    change_members(year, unit(year, "F"), K.LEFT, JULY_1, client=client)
    change = MemberChange.objects.get()
    url = reverse("changes:member_change_cancel", args=(change.pk,))
    assert client.post(url, {"reason": ""}).status_code == 422
    seen = client.post(url, {"reason": "Ghi nhầm đơn vị"})
    assert seen.context["effects"] == [
        "Sở F lại được tính như trước thay đổi này: bản đăng ký, chữ ký giao ước, báo cáo năm, dự "
        "họp, bỏ phiếu, xếp hạng."
    ]
    assert (client.post(url, fields_of(seen)).status_code, MemberChange.objects.count()) == (302, 2)
    assert rows(client, year) == [(1, "Sở F", None), (2, "Sở F", 1)]
    assert year.members.owing(Duty.REPORT, SEPTEMBER_1).count() == 6
    again = confirmed(client, url, {"reason": "Nữa"})
    assert again.context["form"].non_field_errors() == [
        "Thay đổi này đã được hủy hoặc là dòng hủy; không hủy lần nữa."
    ]


def test_a_joining_taken_back_leaves_no_member_behind(year):
    client, new = office_browser(), UnitFactory(name="Sở G")
    change_members(year, new, K.JOINED, SEPTEMBER_1, client=client)
    url = reverse("changes:member_change_cancel", args=(MemberChange.objects.get().pk,))
    assert confirmed(client, url, {"reason": "Khối khác"}).status_code == 302
    assert year.members.filter(unit=new).count() == 0


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (YearState.PLANNED, False),
        (YearState.OPEN, True),
        (YearState.CLOSING, True),
        (YearState.RANKED, True),
        (YearState.PROPOSED, True),
        (YearState.DECIDED, False),
        (YearState.ARCHIVED, False),
    ],
)
def test_members_change_from_the_opening_to_the_decision(year, state, may):
    year.state = state
    year.save()
    client = office_browser()
    seen = client.post(change_address(year), typed(unit(year, "F"), K.LEFT, JULY_1))
    saved = client.post(change_address(year), fields_of(seen))
    assert (saved.status_code, MemberChange.objects.count()) == ((302, 1) if may else (422, 0))


def test_only_the_office_records_and_everybody_of_the_year_reads(client, year):
    client.force_login(leader_of(year.head))
    assert client.get(page(year, "member_change_list")).status_code == 200
    assert client.get(change_address(year)).status_code == 403
    client.force_login(official(SeatRole.CHAIR))
    assert client.post(change_address(year), {}).status_code == 403


def test_who_left_reads_and_does_not_register(client, year):
    year.state = YearState.OPEN
    year.save()
    gone = unit(year, "F")
    change_members(year, gone, K.DISSOLVED, JULY_1)
    client.force_login(editor_of(gone))
    answer = client.get(reverse("registrations:registration_list", args=(year.pk,)))
    assert [(row.part, row.may_start) for row in answer.context["rows"]] == [
        ("thôi tham gia từ 01/07/2026", False)
    ]
    assert (answer.context["registered"], answer.context["total"]) == (0, 5)
    url = reverse("registrations:registration_start", args=(year.pk,))
    assert client.post(url, {"unit": gone.pk}).status_code in (302, 403)
    assert Registration.objects.count() == 0


def test_lists_and_the_pure_rule_agree_on_every_day(year):
    days = [None, dt.date(2026, 6, 30), JULY_1, dt.date(2026, 7, 2)]
    member = year.members.first()
    for joined, left, aside, unsigned in zip(
        days * 2, [*days[1:], *days, None][:8], [None, JULY_1] * 4, [JULY_1, None] * 4, strict=True
    ):
        member.joined_on, member.left_on = joined, left
        member.unconsidered_on, member.unsigned_on = aside, unsigned
        member.save()
        for duty in Duty:
            for day in days[1:]:
                found = YearMember.objects.filter(pk=member.pk).owing(duty, day).exists()
                assert found == owes(member.part, duty, day), (duty, day, member.part)


def test_a_unit_that_sits_in_another_bloc_is_said_before_it_joins(year):
    other = year_with_members(3, year=year.year)
    gone, there = other.members.order_by("order")[1:3]
    gone.left_on = dt.date(2026, 3, 1)
    gone.save()
    url, client = change_address(year), office_browser()
    sits = (
        f"Chú ý: đơn vị đang là thành viên của {other}. Nếu đơn vị chuyển khối thì ghi “chuyển "
        "sang khối khác” ở khối đó trước."
    )
    refused = client.post(url, typed(there.unit, K.JOINED, SEPTEMBER_1))
    assert refused.context["form"].errors == {"second_reason": [sits, WHY_TWO]}
    free = client.post(url, typed(gone.unit, K.JOINED, SEPTEMBER_1))
    assert free.context["effects"][0] == "Số đơn vị tính túc số tăng từ 06 lên 07."
    why = {"second_reason": "Theo Kế hoạch số 9/KH-UBND"}
    assert change_members(year, there.unit, K.JOINED, SEPTEMBER_1, client, **why)[0] == sits
    said = year.member_changes.get(unit=there.unit).words
    assert said.endswith("; thi đua ở hai khối, cụm trong năm: Theo Kế hoạch số 9/KH-UBND)")
    shown = client.get(page(year, "member_change_list")).content.decode()
    assert "Theo Kế hoạch số 9/KH-UBND" in shown


def test_a_unit_that_leaves_the_other_bloc_later_sits_in_two_until_then(year):
    """It leaves on 1 October; to join on 1 September needs the reason, on 1 October it does not."""
    other, client = year_with_members(3, year=year.year), office_browser()
    late = other.members.order_by("order")[1]
    late.left_on = dt.date(2026, 10, 1)
    late.save()
    refused = client.post(change_address(year), typed(late.unit, K.JOINED, SEPTEMBER_1))
    assert list(refused.context["form"].errors) == ["second_reason"]
    change_members(year, late.unit, K.JOINED, dt.date(2026, 10, 1), client)
    assert year.members.filter(unit=late.unit).exists()
