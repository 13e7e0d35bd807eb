"""Whom a count chooses, and between whom the chair may."""

from dataclasses import replace

import pytest

from blocs.scoring.votes.ballots import BallotCount, Outcome, VoteLine
from blocs.scoring.votes.choosing import (
    VoteRules,
    candidates_left,
    contenders,
    elected_in,
    for_post,
    open_questions,
    outcomes_of,
    too_many,
)
from blocs.scoring.votes.quorum import Threshold

HALF = VoteRules(Threshold(1, 2), "present", flags=1)
TIED_FLAG = (
    "“Sở A”, “Sở B” cùng được 6 phiếu, chỉ còn chọn 1 đơn vị; "
    "hội nghị bỏ phiếu lại hay chủ tọa quyết định?"
)


def count(*lines):
    """Eight members, one of them absent, one paper not valid."""
    return BallotCount(8, 7, 7, 7, 6, 1, lines=lines)


def keys(lines):
    return [line.key for line in lines]


def test_one_flag_and_every_certificate_with_enough_votes():
    """Half of seven units present are four votes."""
    asked = count(
        VoteLine(1, "Sở A", 6, award="flag"),
        VoteLine(2, "Sở B", 5, award="flag"),
        VoteLine(3, "Sở C", 4, award="certificate"),
        VoteLine(4, "Sở D", 4, award="certificate"),
        VoteLine(5, "Sở E", 3, award="certificate"),
    )
    assert outcomes_of(asked, HALF) == [Outcome((1,)), Outcome((3, 4))]
    two = VoteRules(Threshold(1, 2), "present", flags=2)
    assert elected_in(outcomes_of(asked, two)) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("base", "needed", "chosen"),
    [("all_members", 4, {1}), ("present", 4, {1}), ("valid", 3, {1, 2})],
)
def test_the_base_is_the_regulations(base, needed, chosen):
    rules = VoteRules(Threshold(1, 2), base, flags=2)
    asked = count(VoteLine(1, "Sở A", 4, award="flag"), VoteLine(2, "Sở B", 3, award="flag"))
    assert rules.needed(asked) == needed
    assert elected_in(outcomes_of(asked, rules)) == chosen


def test_a_flag_for_fewer_units_than_the_year_allows_is_no_question():
    rules = VoteRules(Threshold(1, 2), "present", flags=3)
    asked = count(VoteLine(1, "Sở A", 6, award="flag"))
    assert outcomes_of(asked, rules) == [Outcome((1,))]


def test_the_chair_decides_between_equal_flags_and_not_over_a_clear_certificate():
    asked = count(
        VoteLine(1, "Sở A", 6, award="flag"),
        VoteLine(2, "Sở B", 6, award="flag"),
        VoteLine(3, "Sở C", 6, award="certificate"),
        VoteLine(4, "Sở D", 2, award="flag"),
    )
    outcomes = outcomes_of(asked, HALF)
    assert outcomes == [Outcome((), (TIED_FLAG,)), Outcome((3,))]
    assert keys(contenders(asked, HALF)) == [1, 2]


def test_nobody_decides_where_the_votes_were_clear():
    asked = for_post(count(VoteLine(1, "Sở A", 5), VoteLine(2, "Sở B", 1)))
    outcomes = outcomes_of(asked, HALF)
    assert outcomes == [Outcome((1,))]
    assert contenders(asked, HALF) == ()


def test_a_post_has_one_seat_and_a_paper_names_one_unit():
    asked = for_post(count(VoteLine(1, "Sở A", 3), VoteLine(2, "Sở B", 3)))
    assert (asked.seats, asked.ticks) == (1, 1)


def test_two_posts_have_two_seats_and_a_paper_names_at_most_two_units():
    asked = for_post(count(VoteLine(1, "Sở A", 6), VoteLine(2, "Sở B", 6)), 2)
    assert (asked.seats, asked.ticks) == (2, 2)
    assert outcomes_of(asked, HALF) == [Outcome((1, 2))]


@pytest.mark.parametrize(
    ("votes", "elected", "stands"),
    [
        # One elected, one post vacant: the two best of the rest.
        ({1: 6, 2: 3, 3: 2, 4: 1}, {1}, [2, 3]),
        # Whoever is equal with the second of them stands, too.
        ({1: 6, 2: 3, 3: 2, 4: 2}, {1}, [2, 3, 4]),
        # Nobody elected: the three best for two posts.
        ({1: 3, 2: 3, 3: 2, 4: 1}, set(), [1, 2, 3]),
        # Three equal over two posts.
        ({1: 4, 2: 4, 3: 4, 4: 0}, set(), [1, 2, 3]),
        # Equal over the second post alone.
        ({1: 5, 2: 4, 3: 4, 4: 1}, {1}, [2, 3]),
        # No more candidates than posts: the next round is open to everybody.
        ({1: 6, 2: 2, 3: 0, 4: 0}, {1}, []),
        ({1: 3, 2: 2, 3: 0, 4: 0}, set(), []),
        ({1: 6, 2: 5, 3: 4, 4: 0}, {1, 2}, []),
    ],
)
def test_who_stands_again_for_two_posts(votes, elected, stands):
    lines = [VoteLine(key, f"Sở {key}", found) for key, found in votes.items()]
    asked = for_post(count(*lines), 2)
    outcomes = outcomes_of(asked, HALF)
    assert (elected_in(outcomes), keys(candidates_left(asked, HALF))) == (elected, stands)


def test_a_conference_that_elects_no_more_has_answered():
    asked = for_post(count(VoteLine(1, "Sở A", 6, is_chosen=True), VoteLine(2, "Sở B", 2)), 2)
    missing = "Còn thiếu 1 đơn vị đạt từ 4 phiếu trở lên; hội nghị có bầu tiếp không?"
    assert open_questions(asked, HALF) == [missing]
    assert open_questions(asked, HALF, is_stopped=True) == []


def test_a_question_is_open_until_somebody_is_chosen():
    level = (VoteLine(1, "Sở A", 6, award="flag"), VoteLine(2, "Sở B", 6, award="flag"))
    assert open_questions(count(*level), HALF) == [TIED_FLAG]
    decided = (level[0], VoteLine(2, "Sở B", 6, award="flag", is_chosen=True))
    assert open_questions(count(*decided), HALF) == []


def test_two_units_of_one_name_are_two_candidates():
    asked = for_post(count(VoteLine(1, "Sở A", 1), VoteLine(2, "Sở A", 5)))
    assert outcomes_of(asked, HALF) == [Outcome((2,))]
    level = count(
        VoteLine(1, "Sở A", 6, award="flag"),
        VoteLine(2, "Sở A", 5, award="flag"),
        VoteLine(3, "Sở A", 5, award="flag"),
    )
    two = VoteRules(Threshold(1, 2), "present", flags=2)
    assert elected_in(outcomes_of(level, two)) == {1}
    assert keys(contenders(level, two)) == [2, 3]


def certificates(votes, *, limit, chosen=(), is_rerun=False):
    """A vote on certificates by unit, and the rules with so many of them left."""
    lines = (
        VoteLine(key, f"Sở {key}", given, award="certificate", is_chosen=key in chosen)
        for key, given in votes.items()
    )
    return count(*lines), replace(HALF, certificates=limit, is_rerun=is_rerun)


@pytest.mark.parametrize(
    ("votes", "limit", "elected", "equal"),
    [
        # Within the limit, or nobody knows one: all with enough votes.
        ({1: 6, 2: 5, 3: 4, 4: 3}, 3, {1, 2, 3}, []),
        ({1: 6, 2: 5, 3: 5, 4: 4}, None, {1, 2, 3, 4}, []),
        # Beyond it, and the votes draw the line: the quota is weighed where awards are proposed.
        ({1: 6, 2: 5, 3: 4}, 2, {1, 2, 3}, []),
        # Equal at its edge: the votes choose who stands above, people choose between the rest.
        ({1: 6, 2: 5, 3: 5, 4: 4}, 2, {1}, [2, 3]),
        ({1: 5, 2: 5, 3: 5}, 2, set(), [1, 2, 3]),
        # Equal with too few votes is no tie.
        ({1: 6, 2: 3, 3: 3}, 2, {1}, []),
    ],
)
def test_certificates_are_scarce_only_where_units_are_equal_at_the_limit(
    votes, limit, elected, equal
):
    asked, rules = certificates(votes, limit=limit)
    assert elected_in(outcomes_of(asked, rules)) == elected
    assert keys(contenders(asked, rules)) == keys(candidates_left(asked, rules)) == equal
    assert len(open_questions(asked, rules)) == bool(equal)


def test_a_round_between_equals_keeps_to_the_places_left():
    asked, rules = certificates({2: 6, 3: 5, 4: 4}, limit=2, is_rerun=True)
    assert elected_in(outcomes_of(asked, rules)) == {2, 3}


def test_the_answer_about_one_award_leaves_the_other_open():
    """Flag and certificates are tied; the chair has chosen the flag alone."""
    flags = (
        VoteLine(1, "Sở A", 6, award="flag", is_chosen=True),
        VoteLine(2, "Sở B", 6, award="flag"),
    )
    asked, rules = certificates({3: 5, 4: 5}, limit=1)
    both = replace(asked, lines=(*flags, *asked.lines))
    assert open_questions(both, rules) == [
        TIED_FLAG.replace("A", "3").replace("B", "4").replace("6 phiếu", "5 phiếu")
    ]
    assert keys(contenders(both, rules)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("decided", "beyond"), [((), (0, 0)), ((2,), (0, 0)), ((2, 3), (0, 0)), ((2, 3, 4), (3, 2))]
)
def test_the_chair_chooses_no_more_than_is_left(decided, beyond):
    asked, rules = certificates({1: 6, 2: 5, 3: 5, 4: 5}, limit=3)
    assert too_many(asked, rules, {1, *decided}) == beyond
