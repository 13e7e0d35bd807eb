"""A rating given by others (reform index, Party rating) converted by the table's own scale.

external_rating   levels [{label, points}] or bands, lowest
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.terms import reading
from blocs.scoring.terms.bands import Band, band_of, bands, bands_words, in_band_words
from blocs.scoring.terms.numbers import ZERO, RuleError
from blocs.scoring.terms.parameters import LOWEST_PARAMETER, BandsParameter, LevelsParameter
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    Outcome,
    Points,
)


class ExternalRating(Kind):
    """A level or an index that somebody else published."""

    code = "external_rating"
    label = "Kết quả xếp loại từ bên ngoài"
    hint = "Kết quả cơ quan khác xếp loại (chỉ số cải cách hành chính…), quy ra điểm."
    parameters = (
        LevelsParameter(
            key="levels",
            label="Bảng quy đổi xếp loại",
            help="Kết quả xếp loại và số điểm, ví dụ Xuất sắc: 10.",
        ),
        BandsParameter(
            key="bands",
            label="Hoặc bảng quy đổi chỉ số",
            help="Dùng khi cơ quan khác công bố một con số (chỉ số, thứ hạng).",
            title="Các bậc (mỗi dòng một bậc)",
            width=30,
        ),
        LOWEST_PARAMETER,
    )

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        """The rating as a level, or the index as a figure where the conversion is by bands."""
        if rule.get("bands"):
            return (Input(InputType.ACTUAL, "value", "Chỉ số được công bố"),)
        labels = tuple(reading.levels(rule))
        return (Input(InputType.LEVEL, "choice", "Kết quả xếp loại", choices=labels),)

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        if rule.get("bands"):
            return reading.problems((lambda: bands(rule),))
        return reading.problems(
            (
                lambda: _has_levels(rule),
                lambda: reading.levels_fit(rule, max_points),
            )
        )

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """The points of the level, or of the band that holds the published index."""
        if not leaf.rule.get("bands"):
            return reading.level_points(leaf, entry)
        if entry.value is None:
            return MISSING
        band = band_of(bands(leaf.rule), entry.value)
        if band is None:
            return reading.undefined("chỉ số", entry.value)
        return Points(band.points, in_band_words(band, entry.value))

    def lowest(self, rule: Rule) -> Decimal:
        """The stated floor, or what the lowest band gives."""
        return min(reading.lowest(rule), *(band.points for band in _bands(rule)), ZERO)

    def scale(self, leaf: Leaf) -> Mapping[str, Decimal]:
        """The levels, or what each band gives."""
        if leaf.rule.get("bands"):
            return {str(band): band.points for band in _bands(leaf.rule)}
        return reading.levels(leaf.rule)

    def faults_of(self, values: Mapping[str, Any]) -> dict[str, str]:
        if values.get("levels") or values.get("bands"):
            return {}
        return {"levels": "Vui lòng ghi bảng quy đổi xếp loại hoặc chỉ số."}

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        if rule.get("bands"):
            return f"Theo chỉ số được công bố: {bands_words(rule)}."
        levels = reading.levels_words(rule)
        return f"Quy đổi: {levels}." if levels else "Chưa có bảng quy đổi ra điểm."


def _bands(rule: Rule) -> list[Band]:
    return bands(rule) if rule.get("bands") else []


def _has_levels(rule: Rule) -> None:
    if not reading.levels(rule):
        raise RuleError("Tiêu chí xếp loại chưa có bảng quy đổi ra điểm.")


EXTERNAL_RATING = ExternalRating()
