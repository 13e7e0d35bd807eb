"""Several marks for one leaf become one."""

from collections.abc import Sequence
from decimal import Decimal

from blocs.scoring.terms.numbers import ZERO, half_up
from blocs.scoring.terms.values import Question

LAST, MEAN, MEAN_WITHOUT_EXTREMES = "last", "mean", "mean_without_extremes"
ROUND_MODES = {
    LAST: "Lấy điểm của vòng cuối",
    MEAN: "Lấy trung bình các vòng",
    MEAN_WITHOUT_EXTREMES: "Lấy trung bình, bỏ một điểm cao nhất và một điểm thấp nhất",
}


def combine_rounds(
    marks: Sequence[Decimal | None], mode: str, decimals: int | None = None
) -> Decimal | Question | None:
    """The mark that counts, from the marks in the order of their rounds.

    An empty mark (None) takes no part; without any mark the result is None. The mean is rounded
    half-up only where `decimals` says so. Raises ValueError for an unknown mode.
    """
    if mode not in ROUND_MODES:
        raise ValueError(f"No such way to combine rounds: {mode}")
    given = [mark for mark in marks if mark is not None]
    if not given:
        return None
    if mode == LAST:
        return given[-1]
    if mode == MEAN_WITHOUT_EXTREMES:
        if len(given) < 3:
            return Question(
                "Cần ít nhất 3 người chấm để bỏ điểm cao nhất và điểm thấp nhất. "
                "Vui lòng cho biết cách tính."
            )
        given = sorted(given)[1:-1]
    mean = sum(given, ZERO) / len(given)
    return mean if decimals is None else half_up(mean, decimals)
