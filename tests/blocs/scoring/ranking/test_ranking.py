from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring.ranking.ranking import (
    DECIDED,
    Decided,
    Placed,
    Row,
    TieRule,
    decimals_to_show,
    rank,
    tie_rule_sentence,
)
from tests.cases import case

PCI = case("scores-pci")
SHARED, DENSE = (TieRule.SHARED_RANK,), (TieRule.DENSE_RANK,)
ALL_RULES = (
    TieRule.WORK_POINTS,
    TieRule.BONUS_POINTS,
    TieRule.FEWEST_DEDUCTIONS,
    TieRule.SHARED_RANK,
)


def figures(work=0, bonus=0, deductions=0):
    return {
        TieRule.WORK_POINTS: Decimal(work),
        TieRule.BONUS_POINTS: Decimal(bonus),
        TieRule.FEWEST_DEDUCTIONS: Decimal(deductions),
    }


def row(unit, total, **kwargs):
    return Row(unit=unit, total=Decimal(total), order=unit, figures=figures(**kwargs))


def places(placed):
    return [(one.unit, one.place) for one in placed]


def printed_rows():
    return [Row(place, one["score"], order=place) for place, one in enumerate(PCI["rows"])]


@pytest.mark.parametrize(("check", "rules"), [(0, SHARED), (1, DENSE)])
def test_rank_on_printed_values_is_what_the_case_says(check, rules):
    expected = PCI["checks"][check]["expect"]
    placed = rank(printed_rows(), rules)
    assert [one.place for one in placed] == expected
    assert [one.unit for one in placed] == list(range(10))


def test_rank_on_unrounded_values_parts_what_is_printed_alike():
    """Printed 66.7 twice and 65.2 twice; the order of the units is not that of their points."""
    rows = [
        Row(unit, Decimal(total), order=place)
        for place, (unit, total) in enumerate(
            (
                ("Hải Phòng", "65.152"),
                ("Long An", "66.698"),
                ("Quảng Ninh", "70.69"),
                ("TP HCM", "65.191"),
                ("Bến Tre", "66.689"),
            )
        )
    ]
    placed = rank(rows, SHARED)
    assert places(placed) == [
        ("Quảng Ninh", 1),
        ("Long An", 2),
        ("Bến Tre", 3),
        ("TP HCM", 4),
        ("Hải Phòng", 5),
    ]
    assert {one.is_shared for one in placed} == {False}


def test_rank_looks_at_the_tie_rules_in_their_order():
    rows = [
        row(1, 95, work=60, bonus=3),
        row(2, 95, work=60, bonus=5),
        row(3, 95, work=70),
        row(4, 96),
    ]
    assert rank(rows, ALL_RULES) == (
        Placed(4, Decimal(96), 1),
        Placed(3, Decimal(95), 2, decided_by=TieRule.WORK_POINTS, figure=Decimal(70)),
        Placed(2, Decimal(95), 3, decided_by=TieRule.BONUS_POINTS, figure=Decimal(5)),
        Placed(1, Decimal(95), 4, decided_by=TieRule.BONUS_POINTS, figure=Decimal(3)),
    )


def test_rank_with_the_rules_turned_round_gives_another_order():
    rows = [row(1, 95, work=60, bonus=5), row(2, 95, work=70, bonus=3)]
    assert places(rank(rows, ["work_points", "bonus_points"])) == [(2, 1), (1, 2)]
    assert places(rank(rows, ["bonus_points", "work_points"])) == [(1, 1), (2, 2)]


@pytest.mark.parametrize("sign", [1, -1])
def test_fewer_deductions_win_however_they_are_signed(sign):
    rows = [row(1, 95, deductions=2 * sign), row(2, 95, deductions=sign)]
    assert places(rank(rows, [TieRule.FEWEST_DEDUCTIONS])) == [(2, 1), (1, 2)]


def test_shared_rank_skips_the_next_place():
    rows = [row(1, 95), row(2, 95), row(3, 94)]
    assert rank(rows, ALL_RULES) == (
        Placed(1, Decimal(95), 1, is_shared=True, decided_by=TieRule.SHARED_RANK),
        Placed(2, Decimal(95), 1, is_shared=True, decided_by=TieRule.SHARED_RANK),
        Placed(3, Decimal(94), 3),
    )
    dense = (*ALL_RULES[:-1], TieRule.DENSE_RANK)
    assert places(rank(rows, dense)) == [(1, 1), (2, 1), (3, 2)]


@pytest.mark.parametrize("rules", [(), (TieRule.WORK_POINTS,), (TieRule.BALLOT_VOTES,)])
def test_a_tie_nothing_settles_stays_open(rules):
    rows = [row(1, 95), row(2, 95)]
    assert rank(rows, rules) == (
        Placed(1, Decimal(95), 1, is_shared=True, is_open=True),
        Placed(2, Decimal(95), 1, is_shared=True, is_open=True),
    )


def test_class_comes_before_the_total_only_where_the_rules_say_so():
    rows = [
        Row(1, Decimal(95), class_place=1, order=1),
        Row(2, Decimal(90), class_place=0, order=2),
        Row(3, Decimal(95), class_place=1, order=3),
    ]
    assert places(rank(rows, SHARED)) == [(1, 1), (3, 1), (2, 3)]
    assert places(rank(rows, [*SHARED, "class_first"])) == [(2, 1), (1, 2), (3, 2)]


def test_a_missing_figure_opens_only_the_tie_that_needs_it():
    rows = [row(1, 95), row(2, 95), row(3, 90), row(4, 90, work=1)]
    rows[0] = Row(1, Decimal(95), order=1)
    placed = rank(rows, ALL_RULES)
    assert [(one.place, one.is_open) for one in placed] == [
        (1, True),
        (1, True),
        (3, False),
        (4, False),
    ]


def test_equal_figures_written_differently_share_a_rank():
    rows = [Row(1, Decimal("95.0"), order=1), Row(2, Decimal("95.00"), order=2)]
    assert places(rank(rows, SHARED)) == [(1, 1), (2, 1)]


def test_units_out_of_ranking_have_no_place():
    rows = [
        Row(3, Decimal(0), order=3, out_reason="Không nộp báo cáo."),
        row(1, 95),
        Row(2, Decimal(99), order=2, out_reason="Đang bị xem xét kỷ luật."),
    ]
    assert rank(rows, SHARED) == (Placed(1, Decimal(95), 1),)


def test_rank_of_nobody_is_empty():
    assert rank([], ALL_RULES) == ()


def test_rank_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="coin"):
        rank([row(1, 95)], ["coin"])
    with pytest.raises(TypeError):
        Row(1, 95.5)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["90", "95", "95.00", "95.001"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=8,
).map(
    lambda rows: [
        row(unit, total, work=work, bonus=bonus, deductions=deductions)
        for unit, (total, work, bonus, deductions) in enumerate(rows)
    ]
)
RULES = st.permutations(list(TieRule)).flatmap(
    lambda rules: st.integers(0, len(rules)).map(lambda count: rules[:count])
)


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), RULES)
def test_rank_does_not_depend_on_the_order_of_rows(two, rules):
    rows, mixed = two
    assert rank(rows, rules) == rank(mixed, rules)


@given(ROWS, RULES)
def test_a_place_counts_the_units_above(rows, rules):
    placed = rank(rows, rules)
    before = [[other.place for other in placed if other.place < one.place] for one in placed]
    # Or, where the next place follows at once, the places above.
    counted = map(set, before) if TieRule.DENSE_RANK in rules else before
    assert [one.place for one in placed] == [1 + len(above) for above in map(list, counted)]
    assert [one.total for one in placed] == sorted((one.total for one in rows), reverse=True)
    assert [one.is_shared for one in placed] == [
        sum(other.place == one.place for other in placed) > 1 for one in placed
    ]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            ALL_RULES,
            "Khi bằng tổng điểm, xét lần lượt: điểm phần nhiệm vụ chuyên môn cao hơn; "
            "điểm thưởng cao hơn; điểm trừ ít hơn; nếu vẫn bằng nhau thì các đơn vị cùng hạng, "
            "hạng kế tiếp tính theo số đơn vị xếp trên.",
        ),
        (
            DENSE,
            "Khi bằng tổng điểm, các đơn vị cùng hạng, hạng kế tiếp liền sau.",
        ),
        (
            (TieRule.BALLOT_VOTES,),
            "Khi bằng tổng điểm, xét lần lượt: số phiếu suy tôn cao hơn; "
            "nếu vẫn bằng nhau thì hội nghị quyết định.",
        ),
        ((), "Khi bằng tổng điểm, hội nghị quyết định."),
        (
            (TieRule.CLASS_FIRST,),
            "Xếp theo mức xếp loại trước, cùng mức thì theo tổng điểm. Khi bằng tổng điểm, hội "
            "nghị quyết định.",
        ),
    ],
)
def test_tie_rule_sentence_says_what_was_done(rules, sentence):
    assert tie_rule_sentence(rules) == sentence


@pytest.mark.parametrize(
    ("totals", "decimals"),
    [
        (["95.5", "94"], 2),
        (["66.704", "66.694"], 2),
        (["66.704", "66.701"], 3),
        (["0.125", "0.13"], 3),
        (["95", "95.00"], 2),
        (["1.00000001", "1"], 6),
        ([], 2),
    ],
)
def test_decimals_to_show_keeps_different_totals_different(totals, decimals):
    assert decimals_to_show([Decimal(total) for total in totals]) == decimals


@pytest.mark.parametrize(
    ("total", "limit", "decimals"),
    [
        ("89.996", "90", 3),
        ("89.9951", "90", 3),
        ("89.99996", "90", 5),
        ("90", "90", 2),
        ("90.004", "90", 3),
        ("89.99", "90", 2),
    ],
)
def test_a_printed_total_stays_on_its_side_of_a_class(total, limit, decimals):
    found = decimals_to_show([Decimal(total)], limits=[Decimal(limit)])
    assert found == decimals


def decided(*given):
    """Units of one total; of each the decision and the place it gives, or None."""
    return [
        Row(unit, Decimal(90), order=unit, decided=Decided(*one, "biểu quyết") if one else None)
        for unit, one in enumerate(given, start=1)
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    (
        ([("1.1", 2), ("1.1", 1)], [(2, 1, DECIDED, False), (1, 2, DECIDED, False)]),
        (
            [("1.1", 2), ("1.1", 1), ("1.1", 1)],
            [(2, 1, DECIDED, False), (3, 1, DECIDED, False), (1, 3, DECIDED, False)],
        ),
        ([("1.1", 1), ("1.1", 1)], [(1, 1, DECIDED, False), (2, 1, DECIDED, False)]),
        ([("1.1", 2), None], [(1, 1, None, True), (2, 1, None, True)]),
        ([("1.1", 2), ("2.1", 1)], [(1, 1, None, True), (2, 1, None, True)]),
    ),
)
def test_one_decision_of_the_conference_places_all_whom_no_rule_parts(given, expected):
    found = rank(decided(*given), ())
    assert [(one.unit, one.place, one.decided_by, one.is_open) for one in found] == expected


def test_a_rule_that_parts_units_comes_before_the_decision_of_people():
    first, second = decided(("1.1", 2), ("1.1", 1))
    rows = [replace(first, figures=figures(work=2)), replace(second, figures=figures(work=1))]
    assert places(rank(rows, (TieRule.WORK_POINTS,))) == [(1, 1), (2, 2)]
    assert places(rank([first, second], SHARED)) == [(1, 1), (2, 1)]
