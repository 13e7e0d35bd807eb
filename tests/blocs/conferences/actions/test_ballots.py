"""Counts: possible arithmetic only, and nobody chosen by a guess."""

from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.conferences.actions.ballots import delete_ballot, record_ballot
from blocs.conferences.actions.conferences import choose_next_heads
from blocs.conferences.actions.rounds import LineEntry
from blocs.conferences.models import Ballot
from blocs.conferences.workflows import CONFERENCE
from blocs.states import ConferenceState, SeatRole
from blocs.units.models import Unit
from blocs.years.models import Regulation
from tests.factories.blocs import year_with_members
from tests.factories.conferences import (
    UNITS,
    conference_of,
    count,
    named_year,
    numbers,
    units_of,
)
from tests.factories.people import SeatFactory, editor_of, leader_of, official
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OVERTAKEN, stamp_of_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
C = ConferenceState
TIED = (
    "“Sở Giao thông Vận tải”, “Sở Xây dựng” cùng được 4 phiếu, chỉ còn chọn 1 đơn vị; "
    "hội nghị bỏ phiếu lại hay chủ tọa quyết định?"
)


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def chosen(ballot):
    return [line.unit.name for line in ballot.lines.filter(is_chosen=True)]


@pytest.mark.parametrize(
    ("figures", "place", "sentence"),
    (
        (
            {"issued": 7, "returned": 7, "valid": 7},
            "issued",
            "Số phiếu phát ra (7) phải bằng số đơn vị có mặt có quyền bỏ phiếu (8).",
        ),
        (
            {"returned": 9, "valid": 9},
            "returned",
            "Số phiếu thu về (9) nhiều hơn số phiếu phát ra (8).",
        ),
        (
            {"valid": 6, "invalid": 1},
            "valid",
            "Số phiếu hợp lệ (6) cộng số phiếu không hợp lệ (1) phải bằng số phiếu thu về (8).",
        ),
    ),
)
def test_impossible_papers_are_refused_at_their_number(figures, place, sentence):
    conference = conference_of()
    assert refused(count, conference, "head", [(5, 5)], **figures) == {place: [sentence]}
    assert Ballot.objects.count() == 0


def test_several_impossible_numbers_are_told_at_once():
    found = refused(count, conference_of(), "head", [(5, 5)], issued=7, returned=8, valid=9)
    assert found == {
        "issued": ["Số phiếu phát ra (7) phải bằng số đơn vị có mặt có quyền bỏ phiếu (8)."],
        "returned": ["Số phiếu thu về (8) nhiều hơn số phiếu phát ra (7)."],
        "valid": [
            "Số phiếu hợp lệ (9) cộng số phiếu không hợp lệ (0) phải bằng số phiếu thu về (8)."
        ],
    }


def test_more_votes_than_valid_papers_are_refused_at_the_unit():
    conference = conference_of()
    unit = units_of(conference)[0]
    found = refused(count, conference, "award", [(0, 7, 2, "flag"), (1, 8, 0, "certificate")])
    assert found == {
        f"u{unit.pk}": [
            "“Sở Giao thông Vận tải”: đồng ý (7), không đồng ý (2) cộng lại "
            "phải bằng số phiếu hợp lệ (8)."
        ]
    }


def test_a_paper_names_one_unit_for_a_post():
    assert refused(count, conference_of(), "head", [(0, 5, 3), (1, 4, 4)]) == {
        "lines": [
            "Tổng số phiếu đồng ý (9) nhiều hơn mức 8 phiếu hợp lệ có thể có, vì mỗi phiếu được "
            "chọn nhiều nhất 1 đơn vị."
        ]
    }


def test_a_vote_on_nobody_and_on_a_stranger_is_refused():
    conference = conference_of()
    assert refused(count, conference, "head", []) == ["Chưa nhập số phiếu cho đơn vị nào."]
    stranger = year_with_members().head
    found = refused(
        record_ballot,
        conference,
        kind="head",
        numbers=numbers(),
        lines=[LineEntry(stranger.pk, 8)],
        decision="",
        actor=editor_of(conference.bloc_year.head),
    )
    assert found == {f"u{stranger.pk}": ["Đơn vị này không phải thành viên của năm thi đua."]}


def test_an_award_vote_asks_which_award():
    conference = conference_of()
    unit = units_of(conference)[0]
    assert refused(count, conference, "award", [(0, 8)]) == {
        f"u{unit.pk}": ["Vui lòng chọn hình thức khen thưởng đề nghị cho đơn vị này."]
    }


def test_against_left_empty_is_the_rest_and_silence_is_kept():
    ballot = count(conference_of(), "award", [(0, 8, None, "flag"), (1, 6, 1, "certificate")])
    lines = ballot.lines.values_list("votes_for", "votes_against")
    assert list(lines) == [(8, 0), (6, 1)]
    assert chosen(ballot) == ["Sở Giao thông Vận tải", "Sở Xây dựng"]


def test_the_elected_unit_becomes_next_head():
    conference = conference_of()
    ballot = count(conference, "head", [(5, 6), (0, 2)])
    conference.refresh_from_db()
    assert chosen(ballot) == ["Ban Quản lý các Khu công nghiệp"]
    assert conference.next_head.name == "Ban Quản lý các Khu công nghiệp"
    second = count(conference, "deputy", [(6, 7), (1, 1)])
    conference.refresh_from_db()
    assert chosen(second) == [UNITS[6]]
    assert conference.next_deputy.name == UNITS[6]


def test_units_that_read_alike_are_not_taken_for_each_other():
    """Two of one name are shown with their codes, which is just how the third is called."""
    year = named_year(("Ban Dân vận", "Ban Dân vận", "Ban Dân vận (B1)"))
    Unit.objects.filter(pk=year.head_id).update(code="B1")
    conference = conference_of(year)
    papers = {"issued": 3, "returned": 3, "valid": 3}
    ballot = count(conference, "head", [(0, 1), (1, 0), (2, 2)], **papers)
    conference.refresh_from_db()
    third = units_of(conference)[2]
    assert [line.unit for line in ballot.lines.filter(is_chosen=True)] == [third]
    assert conference.next_head == third
    votes = [(0, 2, 1, "flag"), (1, 2, 1, "flag"), (2, 3, 0, "certificate")]
    ballot = count(conference, "award", votes, decided=[1], decision="Luân phiên.", **papers)
    assert [line.unit for line in ballot.lines.filter(is_chosen=True)] == units_of(conference)[1:]


@pytest.mark.parametrize(
    ("threshold", "base", "present", "expected"),
    (
        (Decimal(50), "present", 8, ["Sở Giao thông Vận tải"]),
        (Decimal(80), "present", 8, []),
        (Decimal(70), "all_members", 7, []),
        (Decimal(70), "present", 7, ["Sở Giao thông Vận tải"]),
        (Decimal(70), "valid", 8, ["Sở Giao thông Vận tải"]),
    ),
)
def test_threshold_and_base_are_the_years_rule(threshold, base, present, expected):
    """5 votes of 7 valid papers: 71,4 % of those, 62,5 % of eight members."""
    conference = conference_of(present=present)
    Regulation.objects.update(vote_threshold=threshold, vote_base=base)
    invalid = present - 7
    ballot = count(
        conference, "award", [(0, 5, 2, "flag")],
        issued=present, returned=present, valid=7, invalid=invalid,
    )  # fmt: skip
    assert chosen(ballot) == expected


def test_more_than_half_may_be_asked_for():
    conference = conference_of()
    assert chosen(count(conference, "award", [(0, 4, 4, "flag")])) == ["Sở Giao thông Vận tải"]
    Regulation.objects.update(vote_is_strict=True)
    assert chosen(count(conference, "award", [(0, 4, 4, "flag")])) == []


def test_a_tie_chooses_nobody_and_is_asked_before_confirming():
    conference = conference_of()
    ballot = count(conference, "head", [(0, 4), (1, 4)])
    conference.refresh_from_db()
    assert (chosen(ballot), conference.next_head) == ([], None)
    head = leader_of(conference.bloc_year.head)
    assert refused(perform, CONFERENCE, "confirm", conference, actor=head) == [
        f"Phiếu bầu khối trưởng: {TIED}",
        "Chưa chọn khối trưởng năm sau; nếu tỉnh giao thì ghi ở ô “Cách chọn”.",
    ]


def test_the_chair_decides_a_tie_with_a_reason():
    conference = conference_of()
    ballot = count(
        conference, "head", [(0, 4), (1, 4)], decided=[1], decision="Luân phiên, chưa làm lần nào."
    )
    conference.refresh_from_db()
    assert chosen(ballot) == ["Sở Xây dựng"]
    assert conference.next_head.name == "Sở Xây dựng"
    head = leader_of(conference.bloc_year.head)
    assert perform(CONFERENCE, "confirm", conference, actor=head).state == C.COUNTED


@pytest.mark.parametrize(
    ("votes", "decided", "decision", "sentence"),
    (
        ([(0, 5), (1, 3)], [1], "Lý do.", "Số phiếu đã phân định rõ, chủ tọa không quyết định "
         "thay kết quả kiểm phiếu."),
        ([(0, 4), (1, 4)], [1], "", "Vui lòng nêu lý do chủ tọa quyết định."),
        ([(0, 4), (1, 4)], [], "Lý do.", "Vui lòng đánh dấu đơn vị chủ tọa chọn."),
        ([(0, 3), (1, 3), (2, 2)], [2], "Lý do.",
         "Chủ tọa chỉ quyết định giữa: “Sở Giao thông Vận tải”, “Sở Xây dựng”."),
        ([(0, 4), (1, 4)], [0, 1], "Lý do.", "Đã chọn 2 đơn vị, nhiều hơn số được bầu (1)."),
    ),
)  # fmt: skip
def test_the_chair_decides_only_between_equals(votes, decided, decision, sentence):
    found = refused(count, conference_of(), "head", votes, decided=decided, decision=decision)
    assert found == {"decision": [sentence]}


def test_one_flag_for_two_equal_units_is_a_question():
    conference = conference_of()
    votes = [(0, 6, 2, "flag"), (1, 6, 2, "flag"), (2, 5, 3, "certificate")]
    assert chosen(count(conference, "award", votes)) == ["Sở Tài nguyên và Môi trường"]
    Regulation.objects.update(flags=3)
    assert chosen(count(conference, "award", votes)) == [*UNITS[:3]]


def test_counts_are_recorded_by_the_secretary_while_the_conference_is_open():
    conference = conference_of()
    year = conference.bloc_year
    for actor in (
        leader_of(year.head),
        editor_of(year.deputy),
        editor_of(year_with_members().head),
        official(SeatRole.OFFICE),
        official(SeatRole.SYSADMIN),
    ):
        with pytest.raises(PermissionDenied):
            count(conference, "head", [(5, 8)], actor=actor)
    conference.state = C.PREPARED
    conference.save()
    assert refused(count, conference, "head", [(5, 8)]) == ["Hội nghị chưa khai mạc."]
    conference.state = C.COUNTED
    conference.save()
    assert refused(count, conference, "head", [(5, 8)]) == [
        "Kết quả kiểm phiếu đã được xác nhận; muốn sửa phải mở lại."
    ]


def test_the_count_is_not_confirmed_alone():
    conference = conference_of()
    secretary = editor_of(conference.bloc_year.head)
    count(conference, "head", [(5, 8)], actor=secretary)
    SeatFactory(user=secretary, unit=conference.bloc_year.deputy, role=SeatRole.LEADER)
    secretary.standing = None
    assert refused(perform, CONFERENCE, "confirm", conference, actor=secretary) == [
        "Người nhập kết quả kiểm phiếu không tự xác nhận; việc này cần một người khác."
    ]
    deputy = leader_of(conference.bloc_year.deputy)
    assert perform(CONFERENCE, "confirm", conference, actor=deputy).state == C.COUNTED


def test_a_unit_that_left_makes_the_count_impossible():
    conference = conference_of()
    count(conference, "head", [(5, 8)])
    row = conference.attendances.last()
    row.is_present = False
    row.save()
    head = leader_of(conference.bloc_year.head)
    assert refused(perform, CONFERENCE, "confirm", conference, actor=head) == [
        "Phiếu bầu khối trưởng: Số phiếu phát ra (8) phải bằng số đơn vị có mặt có quyền bỏ phiếu "
        "(7)."
    ]


def test_a_new_count_replaces_the_old_one_and_both_are_in_the_log_book():
    conference = conference_of()
    first = count(conference, "head", [(5, 5)])
    second = count(conference, "head", [(4, 7)])
    conference.refresh_from_db()
    assert (first.pk, Ballot.objects.count()) == (second.pk, 1)
    assert conference.next_head.name == "Sở Công thương"
    logged = ActivityEntry.objects.filter(action="conferences.record_ballot").first()
    head = "phát ra 8, thu về 8, hợp lệ 8, không hợp lệ 0; "
    assert logged.changes == [
        {
            "field": "kết quả kiểm phiếu",
            "before": f"{head}Ban Quản lý các Khu công nghiệp: 5 đồng ý, 3 không đồng ý",
            "after": f"{head}Sở Công thương: 7 đồng ý, 1 không đồng ý",
        }
    ]


@time_machine.travel("2026-11-28T08:00:00Z", tick=False)
def test_a_second_writer_is_told_the_stored_count():
    conference = conference_of()
    editor = editor_of(conference.bloc_year.head)
    count(conference, "head", [(5, 5)], actor=editor)
    found = refused(
        record_ballot,
        conference,
        kind="head",
        numbers=numbers(),
        lines=[LineEntry(units_of(conference)[4].pk, 7)],
        decision="",
        seen=stamp_of_words({}),
        actor=editor_of(conference.bloc_year.head),
    )
    first, second = units_of(conference)[5], units_of(conference)[4]
    who = f" ({editor}, 15:00 28/11/2026)."
    assert found == {
        "__all__": [OVERTAKEN],
        f"u{first.pk}": [
            f"Người khác đã lưu: “5 đồng ý, 3 không đồng ý, được chọn”{who}",
        ],
        f"u{second.pk}": [f"Người khác đã lưu: để trống{who}"],
    }


def test_a_count_taken_away_empties_the_post():
    conference = conference_of()
    count(conference, "head", [(5, 8)])
    delete_ballot(conference, kind="head", actor=editor_of(conference.bloc_year.head))
    conference.refresh_from_db()
    assert (Ballot.objects.count(), conference.next_head) == (0, None)
    with pytest.raises(PermissionDenied):
        delete_ballot(conference, kind="head", actor=leader_of(conference.bloc_year.head))


def test_who_was_elected_is_not_replaced_by_hand():
    conference = conference_of()
    count(conference, "head", [(5, 8, 0)])
    conference.refresh_from_db()
    found = refused(
        choose_next_heads,
        conference,
        next_head=units_of(conference)[2],
        next_deputy=units_of(conference)[3],
        next_head_basis="",
        actor=editor_of(conference.bloc_year.head),
    )
    assert found == {"next_head": ["Đơn vị này do kết quả kiểm phiếu quyết định."]}
    conference.refresh_from_db()
    assert conference.next_head == units_of(conference)[5]


def test_papers_that_are_not_valid_are_against_nobody():
    papers = {"returned": 8, "valid": 6, "invalid": 2}
    ballot = count(conference_of(), "award", [(0, 5, None, "flag")], **papers)
    assert [(line.votes_for, line.votes_against) for line in ballot.lines.all()] == [(5, 1)]
