from dataclasses import replace

import pytest

from blocs.scoring.votes.ballots import (
    BallotCount,
    Outcome,
    VoteBase,
    VoteLine,
    check_ballot,
    elected,
)
from blocs.scoring.votes.quorum import Threshold

MORE_THAN_HALF = Threshold(1, 2, is_strict=True)
RIGHT = BallotCount(
    members=8,
    present=8,
    issued=8,
    returned=8,
    valid=7,
    invalid=1,
    lines=(VoteLine(1, "Sở A", 6, 1, is_chosen=True), VoteLine(2, "Sở B", 3, 3, blank=1)),
    seats=1,
)


def lines(**votes):
    """The key of «A» is 1, of «B» 2 and so on."""
    return [VoteLine("ABC".index(name) + 1, name, votes_for) for name, votes_for in votes.items()]


def test_a_right_count_has_no_obstacles():
    assert check_ballot(RIGHT) == []
    assert check_ballot(replace(RIGHT, present=7, issued=7, returned=7, invalid=0)) == []
    assert check_ballot(BallotCount(8, 8, 8, 0, 0, 0)) == []


def test_papers_may_stay_away():
    count = replace(RIGHT, returned=7, invalid=0)
    assert check_ballot(count) == []


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        (
            {"members": 7},
            "Số đơn vị có mặt (8) nhiều hơn số đơn vị thành viên (7).",
        ),
        (
            {"issued": 9},
            "Số phiếu phát ra (9) phải bằng số đơn vị có mặt có quyền bỏ phiếu (8).",
        ),
        (
            {"returned": 9, "invalid": 2},
            "Số phiếu thu về (9) nhiều hơn số phiếu phát ra (8).",
        ),
        (
            {"invalid": 0},
            "Số phiếu hợp lệ (7) cộng số phiếu không hợp lệ (0) phải bằng số phiếu thu về (8).",
        ),
        (
            {"lines": (VoteLine(1, "Sở A", 6, 2),)},
            "“Sở A”: đồng ý (6), không đồng ý (2) cộng lại phải bằng số phiếu hợp lệ (7).",
        ),
        (
            {"lines": (VoteLine(1, "Sở A", 6, 1, blank=2),)},
            "“Sở A”: đồng ý (6), không đồng ý (1), không có ý kiến (2) cộng lại phải bằng số "
            "phiếu hợp lệ (7).",
        ),
        (
            {
                "lines": (
                    VoteLine(1, "Sở A", 7, is_chosen=True),
                    VoteLine(2, "Sở B", 7, is_chosen=True),
                )
            },
            "Đã chọn 2 đơn vị, nhiều hơn số được bầu (1).",
        ),
        (
            {"ticks": 1},
            "Tổng số phiếu đồng ý (9) nhiều hơn mức 7 phiếu hợp lệ có thể có, "
            "vì mỗi phiếu được chọn nhiều nhất 1 đơn vị.",
        ),
        ({"issued": -8}, "Số phiếu phát ra không được là số âm."),
        (
            {"lines": (VoteLine(1, "Sở A", -1, 8),)},
            "Số phiếu đồng ý cho “Sở A” không được là số âm.",
        ),
    ],
)
def test_every_impossible_count_is_named(change, obstacle):
    assert check_ballot(replace(RIGHT, **change)) == [obstacle]


def test_all_obstacles_are_told_at_once():
    assert len(check_ballot(replace(RIGHT, issued=5, invalid=3))) == 3


@pytest.mark.parametrize(
    ("rule", "base"), [(VoteBase.PRESENT, 8), (VoteBase.ALL_MEMBERS, 10), ("valid", 7)]
)
def test_votes_are_counted_against_the_base_the_rule_names(rule, base):
    assert replace(RIGHT, members=10).base(rule) == base


@pytest.mark.parametrize(
    ("votes", "seats", "base", "threshold", "outcome"),
    [
        ({"A": 3, "B": 6, "C": 5}, 1, 8, MORE_THAN_HALF, Outcome((2,))),
        ({"A": 3, "B": 6, "C": 5}, 2, 8, MORE_THAN_HALF, Outcome((2, 3))),
        ({"A": 5, "B": 6, "C": 5}, 3, 8, MORE_THAN_HALF, Outcome((2, 1, 3))),
        ({"A": 4, "B": 4}, 1, 8, (1, 2), Outcome((), ("tie",))),
        ({"A": 5, "B": 7, "C": 5}, 2, 8, (1, 2), Outcome((2,), ("tie",))),
        ({"A": 4, "B": 3}, 1, 8, MORE_THAN_HALF, Outcome((), ("few",))),
        ({"A": 6}, 2, 8, MORE_THAN_HALF, Outcome((1,), ("few",))),
        ({"A": 8}, 0, 8, MORE_THAN_HALF, Outcome(())),
        ({}, 0, 8, MORE_THAN_HALF, Outcome(())),
        ({"A": 0}, 1, 0, (1, 2), Outcome((), ("few",))),
    ],
)
def test_elected_takes_the_most_votes_and_asks_on_a_tie(votes, seats, base, threshold, outcome):
    result = elected(lines(**votes), seats, base, threshold)
    kinds = tuple("tie" if "cùng được" in text else "few" for text in result.questions)
    assert (result.elected, kinds) == (outcome.elected, outcome.questions)


def test_questions_are_whole_sentences():
    tied = elected(lines(A=5, B=7, C=5), 2, 8, (1, 2))
    assert tied.questions == (
        "“A”, “C” cùng được 5 phiếu, chỉ còn chọn 1 đơn vị; "
        "hội nghị bỏ phiếu lại hay chủ tọa quyết định?",
    )
    few = elected(lines(A=4), 1, 8, MORE_THAN_HALF)
    assert few.questions == (
        "Còn thiếu 1 đơn vị đạt từ 5 phiếu trở lên; hội nghị có bầu tiếp không?",
    )
