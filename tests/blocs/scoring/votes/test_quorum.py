from decimal import Decimal

import pytest

from blocs.scoring.votes.quorum import Threshold, quorum_reached, quorum_sentence

HALF = Threshold(1, 2)
MORE_THAN_HALF = Threshold(1, 2, is_strict=True)


@pytest.mark.parametrize(
    ("threshold", "base", "needed"),
    [
        ((2, 3), 8, 6),
        ((2, 3), 9, 6),
        ((2, 3), 10, 7),
        ((2, 3), 1, 1),
        (HALF, 8, 4),
        (HALF, 7, 4),
        (MORE_THAN_HALF, 8, 5),
        (MORE_THAN_HALF, 7, 4),
        (Threshold.of_percent(80), 11, 9),
        (Threshold.of_percent(90), 10, 9),
        (Threshold.of_percent(Decimal("66.67")), 9, 7),
        (Threshold.of_percent(50), 5, 3),
        ((1, 1), 4, 4),
        ((2, 3), 0, 1),
        (MORE_THAN_HALF, 0, 1),
    ],
)
def test_needed_is_the_smallest_count_that_is_enough(threshold, base, needed):
    assert Threshold(*threshold).needed(base) == needed


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        (Threshold(2, 3), "ít nhất 2/3"),
        (MORE_THAN_HALF, "trên 1/2"),
        (Threshold.of_percent(50), "ít nhất 1/2"),
        (Threshold.of_percent(80), "ít nhất 80%"),
        (Threshold.of_percent(Decimal("66.67"), is_strict=True), "trên 66,67%"),
        (Threshold(1, 1), "ít nhất 100%"),
        # 5 of 7 are 71,428…%: no percent says it, and 5 units would lie below 71,43%.
        (Threshold(5, 7), "ít nhất 5/7"),
        (Threshold(5, 6, is_strict=True), "trên 5/6"),
        (Threshold(7, 8), "ít nhất 87,5%"),
    ],
)
def test_words_of_a_threshold(threshold, words):
    assert threshold.words == words


@pytest.mark.parametrize(
    ("present", "members", "is_reached"),
    [(5, 8, False), (6, 8, True), (8, 8, True), (8, 10, True), (6, 10, False), (0, 0, False)],
)
def test_quorum_is_taken_of_all_members(present, members, is_reached):
    assert quorum_reached(present, members, (2, 3)) is is_reached


@pytest.mark.parametrize(("present", "members"), [(9, 8), (-1, 8)])
def test_quorum_refuses_impossible_numbers(present, members):
    with pytest.raises(ValueError, match=f"{present} present out of 8 members"):
        quorum_reached(present, members, (2, 3))


def test_quorum_sentence_names_the_rule():
    assert quorum_sentence(6, 8, (2, 3)) == (
        "Có mặt 6/8 đơn vị, đủ điều kiện tiến hành (cần ít nhất 2/3, tức 6 đơn vị)."
    )
    assert quorum_sentence(4, 8, MORE_THAN_HALF) == (
        "Có mặt 4/8 đơn vị, chưa đủ điều kiện tiến hành (cần trên 1/2, tức 5 đơn vị)."
    )
