"""The conditions of a class in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from blocs.scoring.ranking.class_shares import share_words
from blocs.scoring.ranking.classification import MEASURES, ClassBand
from blocs.scoring.ranking.line_figures import (
    EVERY,
    LINE_MEASURES,
    is_percent,
    line_label,
    measured_line,
)
from blocs.scoring.terms.numbers import show

COMPARED = {
    ">=": "từ {} trở lên",
    ">": "trên {}",
    "<=": "không quá {}",
    "<": "dưới {}",
    "=": "bằng {}",
    "!=": "khác {}",
}


def band_sentence(band: ClassBand) -> str:
    """One class in words: “Tốt: tổng điểm từ 90 trở lên, điểm trừ không quá 5.”"""
    words = ", ".join(condition_words(one) for one in band.conditions)
    limit = f"; không quá {share_words(band)}" if band.share is not None else ""
    return f"{band.label}: {words or 'các trường hợp còn lại'}{limit}."


def condition_words(condition: Sequence[Any]) -> str:
    """One condition of a class in words; a multiple of another figure is told as such."""
    figure, comparison, raw = condition
    if isinstance(raw, list | tuple):
        value = f"{show(Decimal(raw[0]))} lần {figure_words(raw[1])}"
    else:
        value = show(Decimal(str(raw)))
    if figure == "percent" or is_percent(figure):
        value = f"{value}%"
    return f"{figure_words(figure)} {COMPARED[comparison].format(value)}"


def figure_words(figure: str) -> str:
    """What a condition looks at, in words: a sum of the sheet, a line of the table, every line."""
    if line := measured_line(figure):
        return LINE_MEASURES[line[0]].format(line_label(line[1]))
    return EVERY.get(figure) or MEASURES[figure]
