"""Several marks for one leaf become one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.terms.numbers import HUNDRED, ZERO, half_up, read_decimal, show
from blocs.scoring.terms.values import Question

LAST, MEAN, MEAN_WITHOUT_EXTREMES = "last", "mean", "mean_without_extremes"
WEIGHTED = "weighted"
ROUND_MODES = {
    LAST: "Lấy điểm của vòng cuối",
    MEAN: "Lấy trung bình các vòng",
    MEAN_WITHOUT_EXTREMES: "Lấy trung bình, bỏ một điểm cao nhất và một điểm thấp nhất",
    WEIGHTED: "Tính theo tỷ trọng từng vòng",
}
AGREED, MAJORITY = "agreed", "majority"
# How the marks of a leaf become one whose rule gives stated points only.
LEVEL_MODES = {
    AGREED: "Người chấm chọn mức khác nhau thì thống nhất một mức",
    MAJORITY: "Lấy mức được quá nửa số người chấm chọn, không có thì thống nhất một mức",
    MEAN: "Lấy trung bình điểm của các mức được chọn",
}


@dataclass(frozen=True)
class RoundShare:
    """What one round, or one body that marks, is called and its share of the points in percent."""

    name: str
    share: Decimal

    def __str__(self) -> str:
        return f"{self.name} {show(self.share)}%"


def round_shares(rows: Iterable[Mapping[str, Any]]) -> tuple[RoundShare, ...]:
    """The stored shares, [{label, points}] with decimal strings, in the order of the rounds."""
    return tuple(RoundShare(row["label"], read_decimal(row["points"]) or ZERO) for row in rows)


def check_shares(shares: Sequence[RoundShare], rounds: int) -> list[str]:
    """Sentences why so many rounds cannot be weighted so; empty where they can."""
    if not shares or len(shares) != rounds:
        return [
            f"Quy định có {rounds:02d} vòng chấm nhưng có {len(shares):02d} tỷ trọng; mỗi vòng cần "
            "một dòng."
        ]
    if any(one.share <= 0 for one in shares):
        return ["Tỷ trọng mỗi vòng phải lớn hơn 0%."]
    whole = sum((one.share for one in shares), ZERO)
    return [] if whole == HUNDRED else [f"Tổng tỷ trọng là {show(whole)}%, phải bằng 100%."]


def check_bodies(parts: Sequence[RoundShare]) -> list[str]:
    """Sentences why the bodies that mark one leaf cannot be weighted so; empty where they can."""
    if lacking := [one.name for one in parts if one.share <= 0]:
        return [f"Chưa ghi tỷ trọng của {', '.join(lacking)}."]
    whole = sum((one.share for one in parts), ZERO)
    return [] if whole == HUNDRED else [f"Tổng tỷ trọng là {show(whole)}%, phải bằng 100%."]


def combine_rounds(
    marks: Sequence[Decimal | None],
    mode: str,
    decimals: int | None = None,
    shares: Sequence[RoundShare] = (),
) -> Decimal | Question | None:
    """The mark that counts, from the marks in the order of their rounds.

    An empty mark (None) takes no part, save by shares, where a missing round is asked about;
    without any mark the result is None. Rounded half-up only where `decimals` says so. Raises
    ValueError for an unknown mode.
    """
    if mode not in ROUND_MODES:
        raise ValueError(f"No such way to combine rounds: {mode}")
    given = [mark for mark in marks if mark is not None]
    if not given:
        return None
    if mode == LAST:
        return given[-1]
    if mode == WEIGHTED:
        return _rounded(weighted(marks, shares), decimals)
    if mode == MEAN_WITHOUT_EXTREMES:
        if len(given) < 3:
            return Question(
                "Cần ít nhất 3 người chấm để bỏ điểm cao nhất và điểm thấp nhất. "
                "Vui lòng cho biết cách tính."
            )
        given = sorted(given)[1:-1]
    return _rounded(sum(given, ZERO) / len(given), decimals)


def _rounded(found: Decimal | Question, decimals: int | None) -> Decimal | Question:
    return found if decimals is None or isinstance(found, Question) else half_up(found, decimals)


def weighted(marks: Sequence[Decimal | None], shares: Sequence[RoundShare]) -> Decimal | Question:
    """The sum of the rounds by their shares; a Question where a round or a share is missing."""
    if faults := check_shares(shares, len(marks)):
        return Question(f"{faults[0]} Vui lòng cho biết điểm thống nhất.")
    missing = [str(one) for one, mark in zip(shares, marks, strict=True) if mark is None]
    if missing:
        return Question(
            f"Chưa có điểm của phần {', '.join(missing)}. Vui lòng cho biết điểm thống nhất."
        )
    pairs = zip(shares, marks, strict=True)
    return sum((one.share * (mark or ZERO) for one, mark in pairs), ZERO) / HUNDRED


def weighted_words(marks: Sequence[Decimal | None], shares: Sequence[RoundShare]) -> str:
    """The arithmetic: «Thẩm định 92 × 70% + Bình xét 85 × 30% = 89,9»; empty where it is open."""
    found = weighted(marks, shares)
    if isinstance(found, Question):
        return ""
    parts = (
        f"{one.name} {show(mark or ZERO)} × {show(one.share)}%"
        for one, mark in zip(shares, marks, strict=True)
    )
    return f"{' + '.join(parts)} = {show(found)}"
