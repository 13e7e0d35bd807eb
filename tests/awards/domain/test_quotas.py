from decimal import Decimal
from fractions import Fraction

import pytest

from awards.proposals.domain import (
    Allowed,
    FlagBase,
    Proposed,
    QuotaBase,
    QuotaRule,
    allowed,
    government_flag_limit,
    government_flag_warnings,
    quota_warnings,
)
from blocs.scoring.terms.rounding import Rounding, rounded
from tests.cases import case

HALF_OF_THE_REST = QuotaRule(certificate_share=Decimal(50))
WORKED = case("rules-co-chinh-phu")["worked"]


def second_base(worked):
    """The figures a case gives for the other base, None where it gives none."""
    return next((value for key, value in worked.items() if key.startswith("with_base")), None)


def proposed_by(name):
    counts = {"flags": 0, "government_flags": 0, "certificates": 0}
    for award in case(name)["awards_proposed"]:
        if award["award"] == "Bằng khen":
            counts["certificates"] += award["count"]
        elif award["awarding_body"] == "Chính phủ":
            counts["government_flags"] += award["count"]
        else:
            counts["flags"] += award["count"]
    return Proposed(**counts)


@pytest.mark.parametrize(
    ("value", "down", "half_up", "up"),
    [("1.4", 1, 1, 2), ("1.5", 1, 2, 2), ("2", 2, 2, 2), ("0.1", 0, 0, 1), ("0", 0, 0, 0)],
)
def test_rounding_is_what_the_rule_says(value, down, half_up, up):
    exact = Fraction(value)
    assert [rounded(exact, rounding) for rounding in Rounding] == [down, half_up, up]


@pytest.mark.parametrize(
    ("members", "share", "base", "rounding", "certificates"),
    [
        (5, 30, QuotaBase.ALL, Rounding.DOWN, case("04")["checks"][1]["expect"]),
        (7, 20, QuotaBase.ALL, Rounding.DOWN, 1),
        (7, 20, QuotaBase.ALL, Rounding.UP, 2),
        (8, 20, QuotaBase.REST, Rounding.DOWN, 1),
        (8, 50, QuotaBase.REST, Rounding.DOWN, 3),
        (8, 50, QuotaBase.REST, Rounding.HALF_UP, 4),
        (8, 50, "all", "down", 4),
        (4, 50, "rest", "down", 1),
        (1, 50, "rest", "up", 0),
        (0, 50, "rest", "up", 0),
        (11, "33.33", "rest", "down", 3),
    ],
)
def test_allowed_takes_the_share_of_its_base(members, share, base, rounding, certificates):
    rule = QuotaRule(certificate_share=Decimal(share), base=base, rounding=rounding)
    assert allowed(members, rule) == Allowed(1, certificates)


def test_allowed_takes_the_smaller_of_count_and_share():
    rule = QuotaRule(certificate_share=Decimal(50), certificate_count=2)
    assert allowed(8, rule) == Allowed(1, 2)
    assert allowed(4, rule) == Allowed(1, 1)


def test_allowed_says_when_a_share_cannot_be_known():
    assert allowed(None, HALF_OF_THE_REST) == Allowed(1, None, is_share_unknown=True)
    assert allowed(None, QuotaRule(certificate_count=3)) == Allowed(1, 3)
    assert allowed(8, QuotaRule()) == Allowed(1, None)


def test_case_01_keeps_to_one_flag_and_half_of_the_rest():
    members = case("01")["member_count_listed"]
    assert proposed_by("01") == Proposed(flags=1, certificates=3)
    assert case("01")["checks"][1]["expect"] == {"Cờ thi đua": 1, "Bằng khen": 3}
    assert quota_warnings(proposed_by("01"), members, HALF_OF_THE_REST) == []


def test_case_03_is_warned_of_three_flags_and_of_the_unknown_size():
    proposed = proposed_by("03")
    flags, everything = (check["expect"] for check in case("03")["checks"][:2])
    assert proposed.flags + proposed.government_flags == flags
    assert flags + proposed.certificates == everything
    members = case("03")["member_count_listed"]
    assert quota_warnings(proposed, members, HALF_OF_THE_REST) == [
        "Đề nghị 3 cờ thi đua (trong đó 1 Cờ thi đua của Chính phủ), nhiều hơn mức 1 cờ được đề "
        "nghị.",
        "Chưa biết số đơn vị thành viên nên chưa kiểm tra được tỷ lệ Bằng khen.",
    ]


@pytest.mark.parametrize(
    ("proposed", "rule", "warnings"),
    [
        (Proposed(flags=1, government_flags=1), QuotaRule(counts_government_flags=False), []),
        (Proposed(flags=0, certificates=0), HALF_OF_THE_REST, []),
        (
            Proposed(flags=2),
            QuotaRule(),
            ["Đề nghị 2 cờ thi đua, nhiều hơn mức 1 cờ được đề nghị."],
        ),
        (
            Proposed(flags=1, certificates=4),
            HALF_OF_THE_REST,
            ["Đề nghị 4 Bằng khen, nhiều hơn mức 3 Bằng khen được đề nghị."],
        ),
        (
            Proposed(flags=1, places={"Sở A": 1, "Sở B": 4, "Sở C": None}),
            QuotaRule(lowest_place=3),
            [
                "“Sở B” xếp hạng 4, sau hạng 3 là hạng cuối được đề nghị.",
                "“Sở C” không được xếp hạng; quy định chỉ cho đề nghị đến hạng 3.",
            ],
        ),
    ],
)
def test_warnings_name_what_passes_the_quota(proposed, rule, warnings):
    assert quota_warnings(proposed, 8, rule) == warnings


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked["case"])
def test_government_flags_of_real_provinces(worked):
    flags = worked["provincial_flags"], worked["government_flags"]
    assert government_flag_limit(*flags, FlagBase.PROVINCIAL) == worked["limit"]
    assert (government_flag_warnings(*flags, FlagBase.PROVINCIAL) == []) is worked["ok"]


@pytest.mark.parametrize(
    "worked",
    [worked for worked in WORKED if second_base(worked)],
    ids=lambda worked: worked["case"],
)
def test_government_flags_with_the_wider_base(worked):
    flags = worked["provincial_flags"], worked["government_flags"]
    other = second_base(worked)
    base = FlagBase.PROVINCIAL_AND_GOVERNMENT
    assert government_flag_limit(*flags, base) == other["limit"]
    assert (government_flag_warnings(*flags, base) == []) is other["ok"]


def test_the_warning_shows_the_base():
    assert government_flag_warnings(54, 12, "provincial") == [
        "Đề nghị 12 Cờ thi đua của Chính phủ, nhiều hơn mức 10 (20% của 54 cờ của tỉnh, "
        "làm tròn xuống)."
    ]
    assert government_flag_warnings(31, 11, "provincial_and_government") == [
        "Đề nghị 11 Cờ thi đua của Chính phủ, nhiều hơn mức 8 (20% của 31 cờ của tỉnh "
        "và 11 cờ của Chính phủ, làm tròn xuống)."
    ]


def test_the_percentage_is_an_argument():
    assert government_flag_limit(54, 12, "provincial", Decimal("12.5")) == 6
