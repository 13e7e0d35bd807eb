"""Several appraisers of one sheet: who marks what, and how their marks become one."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal

from blocs.scoring import Question, RoundShare, combine_rounds
from blocs.scoring.terms.numbers import ZERO, half_up, is_multiple, show
from blocs.scoring.totals.rounds import (
    LAST,
    MAJORITY,
    MEAN,
    MEAN_WITHOUT_EXTREMES,
    WEIGHTED,
    check_bodies,
    weighted,
    weighted_words,
)

Matrix = Mapping[Hashable, Collection[Hashable]]
Rounds = Sequence[Sequence[Decimal | None]]

OWN_SHEET = "“{unit}” không được chấm bảng điểm của chính mình."
CONFLICTING = "“{scorer}” không được chấm bảng điểm của “{unit}”: hai đơn vị không chấm nhau."
COUNT = "Bảng điểm của “{unit}” có {count} đơn vị chấm, trong khi cần {wanted}."
UNEVEN = (
    "Chưa chia đều: “{most}” chấm {high} bảng điểm, “{least}” chấm {low}; chênh lệch nhiều nhất là "
    "1."
)
PARTLY = (
    "Chỉ {given} trong {count} người chấm cho điểm tiêu chí này. Vui lòng cho biết điểm thống nhất."
)
OFF_LEVELS = "Điểm gộp {points} không phải là điểm của mức nào ({levels})."
MOST = "Đa số ({count}/{all} người chấm) cho {points}."
NO_MAJORITY = "Không mức nào được quá nửa số người chấm chọn."
DECIDE = "Vui lòng cho biết điểm thống nhất."
NOT_ALIKE = "Người chấm chọn các mức khác nhau ({marks})."
OFF_STEP = "Điểm gộp {points} không theo bước {step} điểm. Vui lòng cho biết điểm thống nhất."


def matrix_of_group(sheets: Iterable[Hashable], group: Sequence[Hashable]) -> Matrix:
    """Everybody in the group marks every sheet but the own one."""
    return {unit: tuple(one for one in group if one != unit) for unit in sheets}


def matrix_problems(
    matrix: Matrix,
    scorers: Sequence[Hashable],
    per_sheet: int,
    conflicts: Collection[Collection[Hashable]] = (),
    *,
    name: Callable[[Hashable], str] = str,
) -> list[str]:
    """What is wrong with a cross-scoring matrix set by hand, in Vietnamese; nothing when it holds.

    `matrix` gives the scorers of each unit's sheet, `scorers` those whose loads are compared. The
    same rules as `cross_scoring`: nobody itself, no conflicting pair, `per_sheet` scorers each,
    loads that differ by at most 1.
    """
    excluded = {frozenset(pair) for pair in conflicts}
    found, loads = [], dict.fromkeys(scorers, 0)
    for unit, chosen in matrix.items():
        for scorer in chosen:
            if scorer in loads:
                loads[scorer] += 1
            if scorer == unit:
                found.append(OWN_SHEET.format(unit=name(unit)))
            elif frozenset((scorer, unit)) in excluded:
                found.append(CONFLICTING.format(scorer=name(scorer), unit=name(unit)))
        if len(chosen) != per_sheet:
            found.append(COUNT.format(unit=name(unit), count=len(chosen), wanted=per_sheet))
    return [*found, *_uneven(loads, name)]


def _uneven(loads: Mapping[Hashable, int], name: Callable[[Hashable], str]) -> list[str]:
    if not loads:
        return []
    most, least = max(loads, key=loads.__getitem__), min(loads, key=loads.__getitem__)
    high, low = loads[most], loads[least]
    if high - low <= 1:
        return []
    return [UNEVEN.format(most=name(most), high=high, least=name(least), low=low)]


def leaves_below(leaves: Iterable[str], chosen: Collection[str]) -> list[str]:
    """The leaves, in their order, that were chosen themselves or stand below a chosen group."""
    return [path for path in leaves if any(above in chosen for above in _and_above(path))]


def _and_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def combined(
    rounds: Rounds,
    mode: str,
    decimals: int,
    step: Decimal | None = None,
    off_scale: Callable[[Decimal], str] = lambda points: "",
    shares: Sequence[RoundShare] = (),
    *,
    parts: Sequence[RoundShare] = (),
    level_mode: str = "",
) -> Decimal | Question | None:
    """The points of one leaf from the marks of all appraisers, a list for each round.

    The marks of a round become one by the shares of the bodies (`parts`, in the order of the
    marks) or by the mean, without extremes where `mode` says so; then the last round counts, the
    mean of the rounds, or each by its share. Rounded half up once, at the end. Where the leaf
    gives stated points only, `level_mode` says how different marks become one, and `off_scale`
    gives the levels for points that are none. None where nobody gave a mark. A Question where the
    regulation has no answer: some gave a mark and some did not, too few marks to leave out
    extremes, a weighted round or body without a mark, a result off the grid `step` or off the
    scale, levels that differ.
    """
    inside = MEAN_WITHOUT_EXTREMES if mode == MEAN_WITHOUT_EXTREMES else MEAN
    found = _round_by_round(rounds, inside, parts)
    if isinstance(found, Question):
        return found
    points = combine_rounds(found, mode if mode in (LAST, WEIGHTED) else MEAN, None, shares)
    if points is None or isinstance(points, Question):
        return points
    points = half_up(points, decimals)
    if level_mode:
        return _level(rounds, points, level_mode, off_scale)
    if step and not is_multiple(points, step):
        return Question(OFF_STEP.format(points=show(points), step=show(step)))
    if levels := off_scale(points):
        return Question(_no_level(rounds, points, levels))
    return points


def _level(
    rounds: Rounds, points: Decimal, level_mode: str, off_scale: Callable[[Decimal], str]
) -> Decimal | Question:
    """One of the stated points out of the marks, or the mean where the regulation takes it."""
    marks = _last_marks(rounds)
    most, is_majority = _majority(marks)
    if level_mode == MAJORITY and is_majority and not off_scale(most):
        return most
    if level_mode == MEAN:
        return points
    if levels := off_scale(points):
        return Question(_no_level(rounds, points, levels))
    if len(set(marks)) > 1:
        words = NOT_ALIKE.format(marks=_listed(marks))
        return Question(f"{words} {_majority_words(marks)} {DECIDE}")
    return points


def _last_marks(rounds: Rounds) -> list[Decimal]:
    """The marks of the newest round that has any."""
    given = ([mark for mark in one if mark is not None] for one in reversed(rounds))
    return next((marks for marks in given if marks), [])


def _majority(marks: Sequence[Decimal]) -> tuple[Decimal, bool]:
    """What most gave, and whether these are more than half."""
    most, count = Counter(marks).most_common(1)[0]
    return most, 2 * count > len(marks)


def majority_words(rounds: Rounds) -> str:
    """«Đa số (2/3 người chấm) cho 5.» of the newest round; that there is none, else."""
    marks = _last_marks(rounds)
    return _majority_words(marks) if marks else ""


def _majority_words(marks: Sequence[Decimal]) -> str:
    most, is_majority = _majority(marks)
    count = Counter(marks)[most]
    words = MOST.format(count=count, all=len(marks), points=show(most))
    return words if is_majority else NO_MAJORITY


def _round_by_round(
    rounds: Rounds, inside: str, parts: Sequence[RoundShare]
) -> list[Decimal | None] | Question:
    """The one mark of each round, None for a round without any."""
    found: list[Decimal | None] = []
    for marks in rounds:
        given = sum(mark is not None for mark in marks)
        one: Decimal | Question | None
        if given and parts:
            one = _of_bodies(marks, parts)
        elif 0 < given < len(marks):
            return Question(PARTLY.format(given=given, count=len(marks)))
        else:
            one = combine_rounds(marks, inside)
        if isinstance(one, Question):
            return one
        found.append(one)
    return found


def _of_bodies(marks: Sequence[Decimal | None], parts: Sequence[RoundShare]) -> Decimal | Question:
    """The marks of the bodies by their shares; shares that make no whole are asked about."""
    if faults := check_bodies(parts):
        return Question(f"{faults[0]} {DECIDE}")
    return weighted(marks, parts)


def _no_level(rounds: Rounds, points: Decimal, levels: str) -> str:
    """The question of marks that come to no level, with what most of the last round gave."""
    words = OFF_LEVELS.format(points=show(points), levels=levels)
    return f"{words} {majority_words(rounds)} {DECIDE}"


def combining_words(
    rounds: Rounds,
    mode: str,
    shares: Sequence[RoundShare] = (),
    parts: Sequence[RoundShare] = (),
) -> str:
    """How the points came about: «Trung bình của 3 người chấm: 9,5; 9,0; 8,5.»"""
    if parts:
        return _body_words(rounds, parts)
    if mode == WEIGHTED:
        return _weighted_words(rounds, shares)
    given = [
        (number, marks)
        for number, marks in enumerate(([m for m in one if m is not None] for one in rounds), 1)
        if marks
    ]
    if not given:
        return ""
    if mode == LAST or len(given) == 1:
        number, marks = given[-1]
        words = f"{_kind(marks, mode)}: {_listed(marks)}."
        return f"Vòng {number}. {words}" if len(rounds) > 1 else words
    listed = "; ".join(f"vòng {number} ({_listed(marks)})" for number, marks in given)
    return (
        f"Trung bình {len(given)} vòng, mỗi vòng là {_kind(given[-1][1], mode).lower()}: {listed}."
    )


def _body_words(rounds: Rounds, parts: Sequence[RoundShare]) -> str:
    """The arithmetic of the bodies, round by round."""
    found = [words for marks in rounds if (words := weighted_words(marks, parts))]
    if len(found) > 1:
        found = [f"Vòng {number}: {words}" for number, words in enumerate(found, start=1)]
    return f"{'. '.join(found)}." if found else ""


def _weighted_words(rounds: Rounds, shares: Sequence[RoundShare]) -> str:
    """The arithmetic of the shares, then who gave what where a round has several marks."""
    means = [mean_of(marks) for marks in rounds]
    words = weighted_words(means, shares)
    several = [
        f"{one.name} là trung bình của {len(given)} người chấm: {_listed(given)}"
        for one, marks in zip(shares, rounds, strict=False)
        if len(given := [mark for mark in marks if mark is not None]) > 1
    ]
    return f"{'. '.join((words, *several))}." if words else ""


def _kind(marks: Sequence[Decimal], mode: str) -> str:
    if len(marks) == 1:
        return "Điểm của người chấm"
    words = f"Trung bình của {len(marks)} người chấm"
    without = ", bỏ một điểm cao nhất và một điểm thấp nhất"
    return words + (without if mode == MEAN_WITHOUT_EXTREMES else "")


def _listed(marks: Sequence[Decimal]) -> str:
    return "; ".join(aligned(marks))


def aligned(marks: Sequence[Decimal]) -> list[str]:
    """Marks with the same number of decimals, at least one where any mark has one: «9,5», «9,0»."""
    texts = [show(mark) for mark in marks]
    places = max((len(text.partition(",")[2]) for text in texts), default=0)
    return [_padded(text, places) for text in texts]


def _padded(text: str, places: int) -> str:
    whole, _, fraction = text.partition(",")
    return f"{whole},{fraction.ljust(places, '0')}" if places else whole


def mean_of(marks: Sequence[Decimal | None]) -> Decimal | None:
    """The plain mean of the marks that were given, not rounded; None without any."""
    given = [mark for mark in marks if mark is not None]
    return sum(given, ZERO) / len(given) if given else None


def spread_of(marks: Sequence[Decimal | None]) -> Decimal | None:
    """The highest mark less the lowest; None with fewer than two."""
    given = [mark for mark in marks if mark is not None]
    return max(given) - min(given) if len(given) > 1 else None
