"""Places against a quota: nobody is chosen between equals."""

import pytest

from blocs.scoring.ranking.quota_edge import RankedPlace, Shares, Tie, share_awards

A, B, C, D, E, G = range(1, 7)


def placed(*places):
    return [RankedPlace(unit, place) for unit, place in enumerate(places, start=1)]


def tie(is_flag, place, units, seats):
    return Tie(is_flag, place, frozenset(units), seats)


FLAG = tie(True, 1, (A, B), 1)


@pytest.mark.parametrize(
    ("places", "flags", "certificates", "expected"),
    [
        ((1, 2, 3, 4), 1, 2, Shares((A,), (B, C))),
        ((1, 2, 3, 4), 1, None, Shares((A,), (B, C, D))),
        ((1, 2, 3, 4), 0, 2, Shares((), (A, B))),
        ((1, 1, 3, 4), 2, 1, Shares((A, B), (C,))),
        # Two equals over the flag; one of them will use up a certificate, the next place fits.
        ((1, 1, 3, 4), 1, 2, Shares((), (C,), (FLAG,), (FLAG,))),
        # Both edges are tied.
        (
            (1, 1, 3, 3, 5, 6),
            1,
            2,
            Shares(
                (),
                (),
                (FLAG, tie(False, 3, (C, D), 1)),
                (FLAG, tie(False, 3, (C, D), 1)),
            ),
        ),
        # Three equals over two flags.
        (
            (1, 1, 1, 4),
            2,
            0,
            Shares((), (), (tie(True, 1, (A, B, C), 2),), (tie(True, 1, (A, B, C), 2),)),
        ),
        # Three equals over two certificates.
        (
            (1, 2, 2, 2),
            1,
            2,
            Shares((A,), (), (tie(False, 2, (B, C, D), 2),), (tie(False, 2, (B, C, D), 2),)),
        ),
        # Nothing is left when the equals come: no question.
        ((1, 2, 3, 3), 1, 1, Shares((A,), (B,))),
    ],
)
def test_only_who_is_surely_within_the_quota_is_named(places, flags, certificates, expected):
    assert share_awards(placed(*places), flags, certificates, {}) == expected


def test_an_answer_gives_the_losers_to_the_certificates():
    answered = share_awards(placed(1, 1, 3, 3), 1, 2, {FLAG: {B}})
    edge = tie(False, 3, (C, D), 1)
    assert answered == Shares((B,), (A,), (FLAG, edge), (edge,))
    both = share_awards(placed(1, 1, 3, 3), 1, 2, {FLAG: {B}, edge: {D}})
    assert both == Shares((B,), (A, D), (FLAG, edge), ())


def test_losers_over_too_few_certificates_are_asked_about_only_when_they_are_known():
    three = tie(True, 1, (A, B, C), 1)
    assert share_awards(placed(1, 1, 1, 4), 1, 1, {}) == Shares((), (), (three,), (three,))
    losers = tie(False, 1, (A, C), 1)
    assert share_awards(placed(1, 1, 1, 4), 1, 1, {three: {B}}) == Shares(
        (B,), (), (three, losers), (losers,)
    )


def test_an_answer_to_another_tie_counts_for_nothing():
    other = tie(True, 1, (A, C), 1)
    assert share_awards(placed(1, 1, 3), 1, 0, {other: {A}}) == Shares((), (), (FLAG,), (FLAG,))


def test_a_unit_without_a_flag_is_not_asked_about_it_and_takes_a_certificate():
    rows = [RankedPlace(A, 1, may_have_flag=False), RankedPlace(B, 1), RankedPlace(C, 3)]
    assert share_awards(rows, 1, 1, {}) == Shares((B,), (A,))


def test_whoever_chooses_two_for_one_flag_leaves_the_certificates_to_the_others():
    assert share_awards(placed(1, 1, 3, 4), 1, 2, {FLAG: {A, B}}) == Shares(
        (A, B), (C, D), (FLAG,), ()
    )
    assert share_awards(placed(1, 1, 3, 4), 1, 2, {FLAG: set()}) == Shares((), (A, B), (FLAG,), ())
