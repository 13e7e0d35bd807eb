"""Values in, geometry out: one value, gaps, equal and negative ones, 0, long names, 15 units."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from thidua.common.charts.bars import WIDTH as BAR_WIDTH
from thidua.common.charts.bars import stacked_bars
from thidua.common.charts.dots import Dotted, dot_strip
from thidua.common.charts.scales import round_step, scale_over
from thidua.common.charts.years import BOTTOM, LEFT, MOST_YEARS, RIGHT, TOP, YearValue, years_chart

LONG = (
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp, phát triển nông thôn"
)
D = Decimal
HOSTILE = '<script>"&amp;'


def year(label, own=None, low=None, high=None, **more):
    figures = (None if one is None else D(one) for one in (own, low, high))
    return YearValue(str(label), *figures, **more)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (("84.1", "98.5"), ["80", "85", "90", "95", "100"]),
        (("90",), ["89", "89.5", "90", "90.5", "91"]),
        (("0",), ["-1", "-0.5", "0", "0.5", "1"]),
        (("-3", "4"), ["-4", "-2", "0", "2", "4"]),
        (("-7", "-5"), ["-7", "-6.5", "-6", "-5.5", "-5"]),
        (("0.001", "0.002"), ["0.001", "0.0015", "0.002"]),
        (("0", "1000000"), ["0", "500000", "1000000"]),
    ],
)
def test_an_axis_holds_its_values_between_round_ones(values, ticks):
    scale = scale_over(map(D, values), 100, 0)
    assert scale.ticks[0] <= min(map(D, values))
    assert scale.ticks[-1] >= max(map(D, values))
    assert [scale.at(scale.low), scale.at(scale.high)] == [100, 0]
    assert set(map(D, ticks)) <= set(scale.ticks) or scale.ticks == list(map(D, ticks))
    assert 3 <= len(scale.ticks) <= 7


def test_steps_are_round():
    steps = {"0.3": "0.5", "1": "1", "1.1": "2", "4": "5", "5.1": "10", "70": "100"}
    assert {least: round_step(D(least)) for least in steps} == {k: D(v) for k, v in steps.items()}


def test_a_year_alone_stands_in_the_middle_and_its_band_is_an_area():
    chart = years_chart([year(2026, "90", "80", "95", under="hạng 2/8")])
    (mark,) = chart.marks
    assert (mark.x, mark.label, mark.under) == ((LEFT + RIGHT) // 2, "2026", "hạng 2/8")
    assert TOP <= mark.y <= BOTTOM
    assert chart.lines == []
    (corners,) = chart.bands
    left, right = (int(pair.split(",")[0]) for pair in corners.split()[:2])
    assert right - left == 28
    assert chart.rows == [("2026", "90", "hạng 2/8", "80", "95")]


def test_a_year_without_a_ranking_is_a_gap_that_is_only_bridged_by_dashes():
    chart = years_chart(
        [year(2023, "84.1", "80", "90"), year(2024), year(2025, "89.57", "81", "93")]
    )
    assert [mark.y is None for mark in chart.marks] == [False, True, False]
    assert [line.is_dashed for line in chart.lines] == [True]
    assert len(chart.bands) == 2
    assert chart.rows[1] == ("2024", "–", "–", "–", "–")


def test_what_is_not_final_is_dashed_and_hollow():
    chart = years_chart([year(2024, "80"), year(2025, "85"), year(2026, "86", is_open=True)])
    assert [line.is_dashed for line in chart.lines] == [False, True]
    assert [mark.is_open for mark in chart.marks] == [False, False, True]


def test_a_higher_value_stands_higher_and_equal_ones_level():
    chart = years_chart([year(2023, "-2"), year(2024, "0"), year(2025, "0"), year(2026, "3")])
    first, second, third, last = (mark.y for mark in chart.marks)
    assert first > second == third > last
    assert [mark.text for mark in chart.marks] == ["−2", "0", "0", "3"]


def test_a_band_alone_is_drawn_and_nothing_at_all_is_none():
    assert years_chart([]) is None
    assert years_chart([year(2025), year(2026, under="chưa xếp hạng")]) is None
    chart = years_chart([year(2025, None, "80", "90"), year(2026, None, "81", "91")])
    assert (len(chart.bands), chart.lines) == (1, [])


def test_only_the_last_years_are_drawn_and_all_are_told():
    chart = years_chart([year(2015 + number, 80 + number) for number in range(10)])
    assert [mark.label for mark in chart.marks] == [str(2025 - n) for n in range(6, 0, -1)]
    assert len(chart.rows) == 10
    assert len(chart.marks) == MOST_YEARS


def test_dots_do_not_cover_each_other_and_the_own_one_is_a_diamond_above_its_equals():
    units = [Dotted(f"Sở {n}", D("90"), is_own=n == 3) for n in range(15)]
    strip = dot_strip(units)
    assert len(strip.dots) == 14
    assert strip.own.y == min(dot.y for dot in (*strip.dots, strip.own))
    assert len({(dot.x, dot.y) for dot in (*strip.dots, strip.own)}) == 15
    assert strip.height > strip.axis_y > max(dot.y for dot in strip.dots)
    assert len(strip.rows) == 15


def test_dots_stand_in_the_order_of_their_values_within_the_picture():
    values = ("-4", "0", "95.5", "0", "100")
    strip = dot_strip([Dotted(LONG, D(value), is_own=value == "95.5") for value in values])
    found = sorted((*strip.dots, strip.own), key=lambda dot: dot.x)
    assert [dot.text for dot in found] == ["−4", "0", "0", "95,5", "100"]
    assert all(0 < dot.x < strip.width for dot in found)
    assert [text for _, text in strip.rows] == ["100", "95,5", "0", "0", "−4"]


def test_a_bloc_without_the_own_unit_has_no_diamond_and_no_unit_no_picture():
    assert dot_strip([]) is None
    strip = dot_strip([Dotted("Sở A", D(1))])
    assert (strip.own, len(strip.dots)) == (None, 1)


def test_bars_share_a_scale_and_what_is_taken_away_lies_left_of_zero():
    labels = ("Nhiệm vụ", "Thưởng", "Trừ")
    first, second = stacked_bars(labels, [(D(90), D(5), D(0)), (D(80), D(0), D(-5))])
    assert first.zero == second.zero == BAR_WIDTH * 5 // 100
    assert [(one.x, one.width) for one in first.pieces] == [(12, 216), (228, 12)]
    assert [(one.x, one.width, one.pattern) for one in second.pieces] == [
        (12, 192, "1"),
        (0, 12, "minus"),
    ]
    assert [one.text for one in first.pieces] == ["90", "5"]
    assert second.words == "Nhiệm vụ 80, Thưởng 0, Trừ −5"


def test_bars_of_nothing_are_drawn_as_nothing():
    (bar,) = stacked_bars(("Nhiệm vụ",), [(D(0),)])
    assert (bar.pieces, bar.zero, bar.words) == ([], 0, "Nhiệm vụ 0")
    assert stacked_bars(("Nhiệm vụ",), []) == []


def picture(name, **context):
    text = render_to_string(f"components/{name}.html", {"note": "", "title": HOSTILE} | context)
    assert "<script" not in text
    return ElementTree.fromstring(text)


def test_pictures_are_well_formed_tell_their_figures_and_let_nothing_in():
    chart = years_chart([year(HOSTILE, "84.1", "80", "90", under=HOSTILE)])
    drawn = picture("chart_years", chart=chart)
    texts = [one.text for one in drawn.iter("text")]
    assert "84,1" in texts
    assert [one.text for one in drawn.iter("td")] == ["84,1", HOSTILE, "80", "90"]
    strip = dot_strip([Dotted(HOSTILE, D(n), is_own=n == 3) for n in range(15)])
    drawn = picture("chart_dots", chart=strip)
    assert len(list(drawn.iter("circle"))) == 14
    assert [one.text for one in drawn.iter("td")][:2] == ["14", "13"]
    (bar,) = stacked_bars((HOSTILE, "Thưởng"), [(D(90), D(1))])
    drawn = picture("chart_bar", bar=bar)
    assert drawn.get("aria-label") == f"{HOSTILE} 90, Thưởng 1"
    assert [one.text for one in drawn.iter("text")] == ["90"]
