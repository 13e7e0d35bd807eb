"""The three pictures of the largest bloc: 15 units, six years, against the same strings joined."""

from decimal import Decimal

from django.template.loader import get_template
from django.utils.html import format_html_join

from tests.bench.timing import ratio
from thidua.common.charts.bars import stacked_bars
from thidua.common.charts.dots import Dotted, dot_strip
from thidua.common.charts.years import YearValue, years_chart

# So many of each are drawn at once: one alone is too short for the clock of a process.
MANY = 20
UNITS = 15
WORDS = {"title": "Điểm qua các năm", "note": "vùng nhạt: toàn khối"}


def years():
    return [
        YearValue(str(2020 + n), Decimal(80 + n), Decimal(70 + n), Decimal(95), f"hạng {n + 1}/15")
        for n in range(6)
    ]


def units():
    return [Dotted(f"Đơn vị thứ {n}", Decimal(80) + n % 5, n == 7) for n in range(UNITS)]


def parts():
    return [(Decimal(80) + n, Decimal(n % 4), Decimal(-(n % 3))) for n in range(UNITS)]


def drawn():
    """The three pictures from values to SVG."""
    lines, dots = (
        get_template("components/chart_years.html"),
        get_template("components/chart_dots.html"),
    )
    bar = get_template("components/chart_bar.html")
    bars = stacked_bars(("Nhiệm vụ", "Thưởng", "Trừ"), parts())
    return [
        lines.render({"chart": years_chart(years()), **WORDS}),
        dots.render({"chart": dot_strip(units()), **WORDS}),
        *(bar.render({"bar": one}) for one in bars),
    ]


def pieces():
    """Every tag and text of the pictures, as often as it is there."""
    return [(piece,) for text in drawn() for piece in text.split("<")]


def charts_ratio():
    """CPU of drawing over that of joining the same pieces, each escaped."""
    found = pieces()

    def draw():
        for _ in range(MANY):
            drawn()

    def join():
        for _ in range(MANY):
            format_html_join("", "<td>{}</td>", found)

    return ratio(draw, join)
