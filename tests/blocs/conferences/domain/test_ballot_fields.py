"""Sentences of an impossible count, each at the number it is about."""

from dataclasses import replace

import pytest

from blocs.conferences.domain import ballot_faults
from blocs.scoring.votes.ballots import BallotCount, VoteLine, check_ballot

RIGHT = BallotCount(
    members=8,
    present=8,
    issued=8,
    returned=8,
    valid=7,
    invalid=1,
    lines=(VoteLine(11, "Sở A", 6, 1, is_chosen=True), VoteLine(12, "Sở B", 1, 6)),
    seats=1,
    ticks=1,
)


@pytest.mark.parametrize(
    ("changes", "places"),
    (
        ({}, []),
        ({"issued": 7, "returned": 7, "valid": 6}, ["issued"]),
        ({"returned": 9, "valid": 8}, ["returned"]),
        ({"valid": 8}, ["valid"]),
        ({"issued": 9, "returned": 10, "valid": 10}, ["issued", "returned", "valid"]),
        ({"lines": (VoteLine(11, "Sở A", 6, 2), VoteLine(12, "Sở B", 1, 6))}, ["line-11"]),
        ({"lines": (VoteLine(11, "Sở A", 6, 1), VoteLine(12, "Sở B", 2, 6))}, ["line-12"]),
        ({"lines": (VoteLine(11, "Sở A", 6, 1), VoteLine(12, "Sở B", 6, 1))}, [""]),
    ),
)
def test_each_fault_stands_at_its_number(changes, places):
    assert list(ballot_faults(replace(RIGHT, **changes))) == places


@pytest.mark.parametrize("changes", ({"issued": 7}, {"returned": 9}, {"valid": 8}, {"invalid": 3}))
def test_the_words_are_those_of_the_whole_check(changes):
    count = replace(RIGHT, lines=(), **changes)
    told = {text for texts in ballot_faults(count).values() for text in texts}
    assert told == set(check_ballot(count))
