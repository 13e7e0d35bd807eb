"""Bands of classification (xếp loại), whose conditions may look at several figures at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.ranking.disqualifiers import Eligibility
from blocs.scoring.terms.conditions import UndefinedError, check_conditions, holds
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.terms.values import Question
from blocs.scoring.totals.totals import SheetTotal

UNCLASSIFIED = "Không xếp loại"
NO_CLASS = "Không mức xếp loại nào áp dụng cho kết quả này. Vui lòng chọn xếp loại."
MEASURES = {
    "total": "tổng điểm",
    "percent": "tỷ lệ đạt",
    "work": "điểm nhiệm vụ",
    "bonus": "điểm thưởng",
    "deduction": "điểm trừ",
}


@dataclass(frozen=True)
class ClassBand:
    """A class and the conditions that must all hold; the figures are those of MEASURES."""

    label: str
    conditions: tuple[tuple[Any, ...], ...] = ()


def measures(total: SheetTotal) -> dict[str, Decimal]:
    """The figures of a sheet that bands may ask for; the deduction by its size."""
    found = {
        "total": total.total,
        "work": total.work,
        "bonus": total.bonus,
        "deduction": -total.deduction,
    }
    return found if total.percent is None else {**found, "percent": total.percent}


def class_bands(rows: Sequence[Mapping[str, Any]]) -> tuple[ClassBand, ...]:
    """The bands from stored data, best first: [{"label": …, "if": [["total", ">=", "90"]]}]."""
    found = tuple(
        ClassBand(
            str(row.get("label") or ""),
            tuple(tuple(condition) for condition in row.get("if") or ()),
        )
        for row in rows
    )
    for sentence in check_bands(found):
        raise RuleError(sentence)
    return found


def check_bands(bands: Sequence[ClassBand]) -> list[str]:
    """Sentences why the bands cannot be used."""
    found = []
    for place, band in enumerate(bands, start=1):
        if not band.label.strip():
            found.append(f"Mức xếp loại thứ {place} chưa có tên.")
        try:
            check_conditions(band.conditions, MEASURES)
        except RuleError as error:
            found.append(f"Mức xếp loại “{band.label}”: {error}")
    return found


def classify(
    figures: Mapping[str, Decimal], bands: Sequence[ClassBand], state: Eligibility | None = None
) -> str | Question:
    """The first class whose conditions hold; a unit that is out has none.

    Figures that no band covers come back as a question, and so does a band that asks for a
    figure the unit does not have (a share where no leaf was assigned to it).
    """
    if state is not None and state.is_out:
        return UNCLASSIFIED

    def figure(name: str) -> Decimal:
        if name not in figures:
            raise UndefinedError(NO_CLASS)
        return figures[name]

    try:
        found = next((band.label for band in bands if holds(band.conditions, figure)), None)
    except UndefinedError as question:
        return Question(str(question))
    return Question(NO_CLASS) if found is None else found


def class_place(label: str, bands: Sequence[ClassBand]) -> int:
    """The place of a class among the bands, 0 the best; a class that is not there comes last.

    Where the regulation ranks by class first, this is the first thing to compare.
    """
    labels = [band.label for band in bands]
    return labels.index(label) if label in labels else len(labels)
