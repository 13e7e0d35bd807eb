"""A rating given by others (reform index, Party rating) converted by the table's own scale."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring import reading
from blocs.domain.scoring.bands import band_of, bands
from blocs.domain.scoring.direct import level_points
from blocs.domain.scoring.numbers import RuleError, show
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    LeafKind,
    Outcome,
    Points,
)


def inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """The rating as a level, or the index as a figure where the conversion is by bands."""
    if rule.get("bands"):
        return (Input(InputType.ACTUAL, "value", "Chỉ số được công bố"),)
    return (
        Input(InputType.LEVEL, "choice", "Kết quả xếp loại", choices=tuple(reading.levels(rule))),
    )


def check_rule(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """Sentences why the conversion table cannot be published."""
    if rule.get("bands"):
        return reading.problems((lambda: bands(rule),))
    return reading.problems(
        (
            lambda: _has_levels(rule),
            lambda: reading.levels_fit(rule, max_points),
        )
    )


def _has_levels(rule: Mapping[str, Any]) -> None:
    if not reading.levels(rule):
        raise RuleError("Tiêu chí xếp loại chưa có bảng quy đổi ra điểm.")


def points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The points of the level, or of the band that holds the published index."""
    if not leaf.rule.get("bands"):
        return level_points(leaf, entry)
    if entry.value is None:
        return MISSING
    band = band_of(bands(leaf.rule), entry.value)
    if band is None:
        return reading.undefined("chỉ số", entry.value)
    return Points(band.points, f"{show(entry.value)} thuộc bậc {band}")


EXTERNAL_RATING = LeafKind(
    "external_rating", "Kết quả xếp loại từ bên ngoài", inputs, check_rule, points
)
