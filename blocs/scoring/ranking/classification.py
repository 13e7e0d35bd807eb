"""Bands of classification (xếp loại), whose conditions may look at several figures at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.ranking.disqualifiers import Eligibility
from blocs.scoring.ranking.line_figures import EVERY, line_label, measured_line
from blocs.scoring.terms.conditions import UndefinedError, check_conditions, holds
from blocs.scoring.terms.numbers import HUNDRED, ZERO, RuleError, read_decimal
from blocs.scoring.terms.rounding import Rounding
from blocs.scoring.terms.values import Question
from blocs.scoring.totals.totals import SheetTotal

UNCLASSIFIED = "Không xếp loại"
PLEASE_CHOOSE = " Vui lòng chọn xếp loại."
NO_CLASS = f"Không mức xếp loại nào áp dụng cho kết quả này.{PLEASE_CHOOSE}"
WRONG_SHARE = "tỷ lệ tối đa phải lớn hơn 0 và không quá 100%."
LAST_SHARE = "mức cuối cùng không giới hạn tỷ lệ được."
MEASURES = {
    "total": "tổng điểm",
    "percent": "tỷ lệ đạt",
    "work": "điểm nhiệm vụ",
    "bonus": "điểm thưởng",
    "deduction": "điểm trừ",
}


@dataclass(frozen=True)
class ClassBand:
    """A class and the conditions that must all hold.

    The figures are those of MEASURES, or of lines of the table (`line_figures`). `share` is the
    largest part of the units that may have the class, in percent; None: no limit.
    """

    label: str
    conditions: tuple[tuple[Any, ...], ...] = ()
    share: Decimal | None = None
    rounding: Rounding = Rounding.DOWN

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of all figures its conditions look at."""
        return tuple(name for condition in self.conditions for name in _named(condition))

    @property
    def lines(self) -> tuple[str, ...]:
        """The paths of the lines of the table its conditions name."""
        measured = (measured_line(name) for name in self.figures)
        return tuple(dict.fromkeys(line[1] for line in measured if line))


def _named(condition: Sequence[Any]) -> Iterator[str]:
    """The figures of one condition; its right side may be a multiple of another figure."""
    if len(condition) != 3:
        return
    yield str(condition[0])
    if isinstance(condition[2], list | tuple) and len(condition[2]) == 2:
        yield str(condition[2][1])


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
    found = tuple(band_from(row) for row in rows)
    for sentence in check_bands(found):
        raise RuleError(sentence)
    return found


def band_from(row: Mapping[str, Any]) -> ClassBand:
    """One class as it is stored, not checked yet."""
    return ClassBand(
        str(row.get("label") or ""),
        tuple(tuple(condition) for condition in row.get("if") or ()),
        read_decimal(row.get("share")),
        Rounding(row.get("rounding") or Rounding.DOWN),
    )


def check_bands(bands: Sequence[ClassBand]) -> list[str]:
    """Sentences why the bands cannot be used, whatever the table; see `unknown_lines`."""
    found = []
    for place, band in enumerate(bands, start=1):
        if not band.label.strip():
            found.append(f"Mức xếp loại thứ {place} chưa có tên.")
        if band.share is not None and not ZERO < band.share <= HUNDRED:
            found.append(f"Mức xếp loại “{band.label}”: {WRONG_SHARE}")
        if band.share is not None and place == len(bands):
            found.append(f"Mức xếp loại “{band.label}”: {LAST_SHARE}")
        try:
            lines = (name for name in band.figures if measured_line(name))
            check_conditions(band.conditions, {*MEASURES, *EVERY, *lines})
            _check_every(band)
        except RuleError as error:
            found.append(f"Mức xếp loại “{band.label}”: {error}")
    return found


def _check_every(band: ClassBand) -> None:
    """Of all lines the lowest is known, so a class can ask for «từ», «trên» and nothing else."""
    for condition in band.conditions:
        if condition[0] in EVERY and condition[1] not in (">=", ">"):
            raise RuleError(f"“{EVERY[condition[0]]}” chỉ dùng được với “từ” hoặc “trên”.")


def class_limits(bands: Sequence[ClassBand]) -> dict[str, list[Decimal]]:
    """The numbers with which classes compare total and percent, by the name of the figure."""
    found: dict[str, list[Decimal]] = {"total": [], "percent": []}
    for band in bands:
        for name, _, raw in band.conditions:
            value = None if isinstance(raw, list | tuple) else read_decimal(raw)
            if name in found and value is not None:
                found[name].append(value)
    return found


def unknown_lines(bands: Sequence[ClassBand], paths: Collection[str]) -> list[str]:
    """Sentences about conditions on lines that the table does not have; `paths` are its lines."""
    return [
        f"Mức xếp loại “{band.label}” xét mục {line_label(path)}, bảng chấm điểm không có mục này."
        for band in bands
        for path in band.lines
        if path not in paths
    ]


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
            raise UndefinedError(_unknown(name))
        return figures[name]

    try:
        found = next((band.label for band in bands if holds(band.conditions, figure)), None)
    except UndefinedError as question:
        return Question(str(question))
    return Question(NO_CLASS) if found is None else found


def _unknown(figure: str) -> str:
    """The question about a figure that the unit does not have."""
    line = measured_line(figure)
    if line is None:
        return NO_CLASS
    return f"Chưa có số liệu ở mục {line_label(line[1])} để xếp loại.{PLEASE_CHOOSE}"


def lowered(label: str, bands: Sequence[ClassBand], classes: int) -> str:
    """The class so many places below; the last one where there is none so low."""
    labels = [band.label for band in bands]
    if label not in labels:
        return label
    return labels[min(labels.index(label) + classes, len(labels) - 1)]


def asked_of(question: Question) -> str:
    """The question without the request to choose, where the reader sees a result and no form."""
    return question.sentence.removesuffix(PLEASE_CHOOSE)


def class_place(label: str, bands: Sequence[ClassBand]) -> int:
    """The place of a class among the bands, 0 the best; a class that is not there comes last.

    Where the regulation ranks by class first, this is the first thing to compare.
    """
    labels = [band.label for band in bands]
    return labels.index(label) if label in labels else len(labels)
