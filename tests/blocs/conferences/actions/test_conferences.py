"""What the bloc writes about its closing conference."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.conferences.actions.conferences import (
    AgendaEntry,
    AttendanceEntry,
    agenda_stamp,
    attendance_stamp,
    choose_next_heads,
    create_conference,
    edit_conference,
    name_delegate,
    save_agenda,
    save_attendance,
)
from blocs.conferences.workflows import CONFERENCE
from blocs.states import ConferenceState, SeatRole, YearState
from tests.factories.blocs import year_with_members
from tests.factories.conferences import (
    START,
    add_agenda,
    conference_of,
    set_aside_the_rest,
    units_of,
)
from tests.factories.people import editor_of, leader_of, official
from thidua.common.changes import all_words
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OVERTAKEN, OvertakenRowsError, stamp_of_words
from thidua.common.vietnamese.dates import moment_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
FACTS = {"starts_at": START, "place": "Sở Giao thông Vận tải"}
C = ConferenceState


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def test_a_new_conference_calls_every_member_in_the_order_of_the_bloc():
    year = year_with_members(4, year=2020)
    conference = create_conference(year, facts=FACTS, actor=editor_of(year.head))
    called = [(row.unit_id, row.is_present) for row in conference.attendances.all()]
    units = year.members.order_by("order").values_list("unit_id", flat=True)
    assert called == [(unit, False) for unit in units]
    assert conference.state == C.PREPARED


@pytest.mark.parametrize("state", (YearState.PLANNED, YearState.RANKED, YearState.ARCHIVED))
def test_a_conference_needs_a_year_that_is_open(state):
    year = year_with_members(state=state)
    assert refused(create_conference, year, facts=FACTS, actor=editor_of(year.head)) == [
        "Năm thi đua chưa mở hoặc đã chốt xếp hạng, không lập hội nghị mới."
    ]


def test_a_year_has_one_conference():
    conference = conference_of()
    year = conference.bloc_year
    found = refused(create_conference, year, facts=FACTS, actor=editor_of(year.head))
    assert found == {
        "bloc_year": [
            "Năm thi đua đã có hội nghị tổng kết; họp tiếp sau khi ký biên bản thì lập hội nghị bổ "
            "sung."
        ]
    }


@pytest.mark.parametrize("who", ("member", "office", "stranger"))
def test_only_head_secretary_and_deputy_write(who):
    conference = conference_of()
    year = conference.bloc_year
    people = {
        "member": lambda: editor_of(units_of(conference)[2]),
        "office": lambda: official(SeatRole.OFFICE),
        "stranger": lambda: editor_of(year_with_members().head),
    }
    with pytest.raises(PermissionDenied):
        save_attendance(conference, entries=[], actor=people[who]())
    with pytest.raises(PermissionDenied):
        create_conference(year, facts=FACTS, actor=people[who]())


@time_machine.travel("2026-11-28T08:00:00Z", tick=False)
def test_another_writers_text_is_told_and_kept():
    conference = conference_of(place="Sở Xây dựng")
    actor = editor_of(conference.bloc_year.head)
    seen = stamp_of_words(all_words(conference, ("place", "starts_at")))
    first = START.replace(minute=30)
    facts = {"place": "Hội trường A", "starts_at": first}
    edit_conference(conference, facts=facts, seen=seen, actor=actor)
    facts = {"place": "Hội trường B", "starts_at": START}
    found = refused(edit_conference, conference, facts=facts, seen=seen, actor=actor)
    assert found == {
        "__all__": [OVERTAKEN],
        "place": [f"Người khác đã lưu: “Hội trường A” ({actor}, 15:00 28/11/2026)."],
        "starts_at": [
            f"Thời gian: người khác đã lưu: “{moment_words(first)}” ({actor}, 15:00 28/11/2026)."
        ],
    }
    conference.refresh_from_db()
    assert conference.place == "Hội trường A"


def test_the_frame_is_closed_with_the_signature():
    conference = conference_of(state=C.COUNTED)
    actor = leader_of(conference.bloc_year.head)
    edited = edit_conference(conference, facts={"conclusion": "Tốt."}, actor=actor)
    assert edited.conclusion == "Tốt."
    edited.ended_at, edited.state = START.replace(hour=17), C.SIGNED
    edited.save()
    assert refused(edit_conference, conference, facts={"conclusion": "Khác."}, actor=actor) == [
        "Biên bản hội nghị đã ký, số liệu không sửa được nữa."
    ]


def entry(row, **changes):
    facts = {"is_present": row.is_present, "delegate_name": "", "absence_reason": ""} | changes
    return AttendanceEntry(unit_id=row.unit_id, seen=attendance_stamp(row), **facts)


def test_attendance_writes_changed_lines_and_tells_the_log_book():
    conference = conference_of(present=7)
    row = conference.attendances.last()
    save_attendance(
        conference,
        entries=[entry(row, is_present=True, delegate_name="Phạm Thị C")],
        actor=editor_of(conference.bloc_year.head),
    )
    row.refresh_from_db()
    assert (row.is_present, row.delegate_name, row.absence_reason) == (True, "Phạm Thị C", "")
    logged = ActivityEntry.objects.get(action="conferences.save_attendance")
    assert logged.changes == [
        {
            "field": row.unit.name,
            "before": "vắng mặt (đi công tác)",
            "after": "có mặt (Phạm Thị C)",
        }
    ]


def test_a_line_that_somebody_else_changed_is_told_and_nothing_is_written():
    conference = conference_of(present=7)
    first, last = conference.attendances.first(), conference.attendances.last()
    stale = entry(last, is_present=True)
    name_delegate(last, delegate_name="Vũ Thị D", delegate_title="", actor=leader_of(last.unit))
    with pytest.raises(OvertakenRowsError) as caught:
        save_attendance(
            conference,
            entries=[entry(first, is_present=False), stale],
            actor=editor_of(conference.bloc_year.head),
        )
    assert caught.value.rows == {f"u{last.unit_id}"}
    first.refresh_from_db()
    assert first.is_present is True


def test_attendance_is_the_base_of_the_count_and_closed_with_it():
    conference = conference_of(state=C.COUNTED)
    row = conference.attendances.first()
    closed = ["Kết quả kiểm phiếu đã được xác nhận; muốn sửa phải mở lại."]
    secretary = editor_of(conference.bloc_year.head)
    assert refused(save_attendance, conference, entries=[entry(row)], actor=secretary) == closed
    delegate = {"delegate_name": "Vũ Thị D", "delegate_title": ""}
    assert refused(name_delegate, row, actor=leader_of(row.unit), **delegate) == closed


def test_a_leader_names_the_delegate_of_the_own_unit_only():
    conference = conference_of()
    own, other = conference.attendances.all()[2:4]
    leader = leader_of(own.unit)
    named = name_delegate(
        own, delegate_name="Vũ Thị D", delegate_title="Phó Giám đốc", actor=leader
    )
    assert (named.delegate_name, named.delegate_title) == ("Vũ Thị D", "Phó Giám đốc")
    with pytest.raises(PermissionDenied):
        name_delegate(other, delegate_name="Vũ Thị D", delegate_title="", actor=leader)
    with pytest.raises(PermissionDenied):
        name_delegate(own, delegate_name="X", delegate_title="", actor=editor_of(own.unit))


def point(row=None, **changes):
    if row is None:
        return AgendaEntry(key="n1", **changes)
    facts = {"title": row.title, "text": row.text, "topic": row.topic, "order": row.order}
    return AgendaEntry(key=f"p{row.pk}", pk=row.pk, seen=agenda_stamp(row), **(facts | changes))


def titles(conference):
    return list(conference.agenda.values_list("title", "text"))


def test_agenda_adds_changes_and_takes_away_points():
    conference = conference_of()
    add_agenda(conference, ("Báo cáo", "Đã trình bày.", ""), ("Thảo luận", "05 ý kiến.", ""))
    first, second = conference.agenda.all()
    entries = [
        point(first, text="Khối phó trình bày."),
        point(second, title="", text=""),
        point(title="Ký kết giao ước", text="08/08 đơn vị ký.", order=3),
        AgendaEntry(key="n2", title="", text=""),
    ]
    save_agenda(conference, entries=entries, actor=editor_of(conference.bloc_year.head))
    assert titles(conference) == [
        ("Báo cáo", "Khối phó trình bày."),
        ("Ký kết giao ước", "08/08 đơn vị ký."),
    ]


def test_two_writers_of_the_agenda_lose_nothing():
    conference = conference_of()
    add_agenda(conference, ("Thảo luận", "", ""))
    row = conference.agenda.get()
    mine, theirs = point(row, text="Của tôi"), point(row, text="Của người khác")
    actor = editor_of(conference.bloc_year.head)
    save_agenda(conference, entries=[theirs], actor=actor)
    with pytest.raises(OvertakenRowsError) as caught:
        save_agenda(conference, entries=[mine], actor=actor)
    assert caught.value.rows == {f"p{row.pk}"}
    assert titles(conference) == [("Thảo luận", "Của người khác")]


def test_next_head_may_be_chosen_without_papers():
    conference = conference_of()
    unit = units_of(conference)[5]
    chosen = choose_next_heads(
        conference,
        next_head=unit,
        next_deputy=None,
        next_head_basis="bầu chọn tại hội nghị",
        actor=editor_of(conference.bloc_year.head),
    )
    assert chosen.next_head.name == "Ban Quản lý các Khu công nghiệp"
    assert chosen.next_head_basis == "bầu chọn tại hội nghị"


def test_one_unit_does_not_hold_both_posts():
    conference = conference_of()
    unit = units_of(conference)[5]
    found = refused(
        choose_next_heads,
        conference,
        next_head=unit,
        next_deputy=unit,
        next_head_basis="",
        actor=editor_of(conference.bloc_year.head),
    )
    assert found == {"__all__": ["Khối trưởng và khối phó phải là hai đơn vị khác nhau."]}


def test_a_conference_opens_with_a_quorum():
    conference = conference_of(present=5, state=C.PREPARED)
    head = leader_of(conference.bloc_year.head)
    assert refused(perform, CONFERENCE, "open", conference, actor=head) == [
        "Có mặt 5/8 đơn vị, chưa đủ điều kiện tiến hành (cần ít nhất 2/3, tức 6 đơn vị)."
    ]
    row = conference.attendances.all()[5]
    row.is_present = True
    row.save()
    assert perform(CONFERENCE, "open", conference, actor=head).state == C.OPEN


def test_confirming_asks_for_the_next_head():
    conference = conference_of()
    head = leader_of(conference.bloc_year.head)
    assert refused(perform, CONFERENCE, "confirm", conference, actor=head) == [
        "Chưa chọn khối trưởng năm sau; nếu tỉnh giao thì ghi ở ô “Cách chọn”."
    ]
    conference.next_head_basis = "do UBND tỉnh giao"
    conference.save()
    assert perform(CONFERENCE, "confirm", conference, actor=head).state == C.COUNTED


def test_signing_asks_for_place_people_agenda_and_end():
    conference = conference_of(state=C.COUNTED, place="", secretary_name="")
    add_agenda(conference, ("Thảo luận", "", ""), ("Điểm", "", "scores"))
    head = leader_of(conference.bloc_year.head)
    set_aside_the_rest(conference.bloc_year)
    assert refused(perform, CONFERENCE, "sign", conference, actor=head) == [
        "Chưa ghi địa điểm, họ tên thư ký.",
        "Nội dung “Thảo luận” chưa ghi diễn biến.",
        "Nội dung “Điểm” chưa ghi diễn biến.",
        "Chưa ghi giờ kết thúc hội nghị.",
    ]


def test_a_point_with_a_text_and_no_title_is_asked_about_and_stays():
    conference = conference_of()
    add_agenda(conference, ("Thảo luận", "05 ý kiến.", ""))
    entry = point(conference.agenda.get(), title="")
    actor = editor_of(conference.bloc_year.head)
    found = refused(save_agenda, conference, entries=[entry], actor=actor)
    assert (list(found), titles(conference)) == (["title"], [("Thảo luận", "05 ý kiến.")])
