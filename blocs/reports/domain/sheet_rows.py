"""One line of a score sheet: what is typed into it, what it says in words, what may be given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from blocs.scoring import KINDS, Entry, Input, InputType, Leaf, Part
from blocs.scoring.kinds.kinds import lowest_of, off_scale, scale_of
from blocs.scoring.terms.answers import Answer, is_chosen
from blocs.scoring.terms.numbers import ZERO, read_decimal, show
from blocs.scoring.terms.reading import off_grid, off_range

# From so many times its target on a figure is asked about.
ODD_FROM = Decimal(5)
HUNDRED = Decimal(100)
NOT_ASSIGNED = "Không giao chỉ tiêu"
OFF_SCALE = "Ngoài bảng quy đổi"
NOT_ON_SCALE = (
    "Điểm {points} không phải là điểm của mức nào ({levels}). Hãy cho điểm của một mức; nếu phải "
    f"cho điểm khác, lý do bắt đầu bằng “{OFF_SCALE}:” rồi nêu căn cứ."
)
AGREED_BEYOND = "Hội nghị thống nhất"
MAY_AGREE = (
    f"Hội nghị cho điểm cao hơn quy định thì lý do bắt đầu bằng “{AGREED_BEYOND}:” rồi nêu căn cứ."
)
NEEDS_REASON = "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do."
UNSCORED_REASON = "Đơn vị không tự chấm tiêu chí này; cho điểm thì phải nêu lý do."


class Labelled(Protocol):
    """A line of a sheet, as far as sentences name it."""

    @property
    def label(self) -> str: ...


def labels(rows: Sequence[Labelled], most: int = 10) -> str:
    """The numbers of the first leaves, and how many more there are."""
    named = ", ".join(row.label for row in rows[:most])
    more = len(rows) - most
    return f"{named} và {more:02d} tiêu chí khác" if more > 0 else named


@dataclass(frozen=True)
class TypedRow:
    """A row the unit changed; `revision` is the one the writer had on the screen."""

    criterion_id: int
    revision: int
    entry: Entry
    note: str


@dataclass(frozen=True)
class GivenRow:
    """A row the appraiser changed; no points means that they were taken back."""

    criterion_id: int
    revision: int
    points: Decimal | None
    reason: str


def inputs_of(kind: str, rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """What the unit is asked at a leaf, in the order of the kind."""
    return KINDS[kind].inputs(rule) if kind in KINDS else ()


def field_of(asked: Input) -> str:
    """The name of one input inside its row."""
    return f"f-{asked.key}" if asked.key else asked.field


def field_in_doubt(kind: str, rule: Mapping[str, Any], entry: Entry) -> str:
    """Where a question about this row is shown: at the empty target, else at the main answer."""
    fields = [field_of(asked) for asked in inputs_of(kind, rule)]
    if entry.not_applicable:
        return "na"
    if "target" in fields and not entry.target:
        return "target"
    if "choice" in fields and entry.value is None:
        return "choice"
    return "value" if "value" in fields else (fields or ["note"])[0]


def may_be_left_out(kind: str, rule: Mapping[str, Any]) -> bool:
    """Whether a unit is offered to say that this leaf was not assigned to it.

    Targets are assigned unit by unit; other leaves of the work part only where the table says so.
    """
    return kind in KINDS and KINDS[kind].may_be_left_out(rule)


def answer_words(kind: str, rule: Mapping[str, Any], measure: str, entry: Entry) -> str:
    """The answer of the unit in words; empty when there is none."""
    if entry.not_applicable:
        return NOT_ASSIGNED
    words = (_words(asked, rule, measure, entry) for asked in inputs_of(kind, rule))
    return "; ".join(word for word in words if word)


def _words(asked: Input, rule: Mapping[str, Any], measure: str, entry: Entry) -> str:
    words = Answer.of(asked, entry).words
    if not words:
        return ""
    if asked.key:
        return f"{asked.label}: {words.lower() if is_chosen(asked) else words}"
    if asked.type is InputType.TARGET:
        # The target stands behind the result; alone it is shown as what it is.
        return f"chỉ tiêu {words}" if entry.value is None else ""
    if asked.type not in (InputType.ACTUAL, InputType.COUNT):
        return words
    return f"{words}{_target_words(asked, rule, entry)} {measure}".rstrip()


def _target_words(asked: Input, rule: Mapping[str, Any], entry: Entry) -> str:
    if asked.type is not InputType.ACTUAL:
        return ""
    target = target_of(rule, entry)
    return "" if target is None else f" / {show(target)}"


def target_of(rule: Mapping[str, Any], entry: Entry) -> Decimal | None:
    """The unit's own target, else the one that is the same for all; None where there is none."""
    return entry.target if entry.target is not None else read_decimal(rule.get("target"))


def doubt_words(kind: str, rule: Mapping[str, Any], measure: str, entry: Entry) -> str:
    """«Gấp khoảng 10 lần chỉ tiêu 100: có đúng không?» beside a figure far beyond its target.

    A question, never a refusal: the figure is stored and scored as it was typed. A percentage
    without a target is asked about as of 100. Empty for what nobody wonders at. How far is far is
    ours to say, no regulation does.
    """
    target, name = target_of(rule, entry), "chỉ tiêu"
    if target is None and measure.lstrip().startswith("%"):
        target, name = HUNDRED, "mức"
    is_figure = any(one.type is InputType.ACTUAL for one in inputs_of(kind, rule))
    if not is_figure or entry.value is None or target is None or target <= 0:
        return ""
    times = entry.value / target
    if times < ODD_FROM:
        return ""
    return f"Gấp khoảng {show(times, 0)} lần {name} {show(target)}: có đúng không?"


def allowed_points(
    leaf: Leaf, own: Decimal | None, points: Decimal, step: Decimal | None, reason: str = ""
) -> str:
    """Why nobody may give these points at a leaf, whoever gives them; empty where one may.

    They lie between the floor of the leaf (0) and the maximum (deductions between the maximum and
    0, below it), or where the rule itself led the unit (`own`), and on the grid of points by
    judgement, to which `step` is what the table says. Of a quantity the conference may agree more
    than its rule gives, with a reason that begins with «Hội nghị thống nhất:». Where the rule can
    give stated points only, they are one of those, or `reason` begins with «Ngoài bảng quy đổi:»
    and says why.
    """
    kind = KINDS.get(leaf.kind)
    part = kind.part if kind else Part.WORK
    if is_agreed_beyond(leaf, points, reason):
        return ""
    if sentence := _range_problem(leaf, part, own or ZERO, points):
        return sentence
    if kind and (sentence := off_grid(points, kind.grid(leaf.rule, step))):
        return sentence
    if points == own or says_off_scale(reason):
        return ""
    levels = off_scale(leaf, points)
    return NOT_ON_SCALE.format(points=show(points), levels=levels) if levels else ""


def says_off_scale(reason: str) -> bool:
    """Whether a reason states that the points are outside the scale of the leaf, and why."""
    start, _, ground = reason.strip().partition(":")
    return start.strip().casefold() == OFF_SCALE.casefold() and bool(ground.strip())


def is_agreed_beyond(leaf: Leaf, points: Decimal, reason: str) -> bool:
    """Whether these points of a quantity are more than its rule gives, and stated as agreed."""
    start, _, ground = reason.strip().partition(":")
    is_stated = start.strip().casefold() == AGREED_BEYOND.casefold() and bool(ground.strip())
    most = leaf.max_points or ZERO
    return is_stated and is_quantity(leaf) and points > most


def is_quantity(leaf: Leaf) -> bool:
    """Whether the leaf counts or measures something, other than by stated levels."""
    asked = inputs_of(leaf.kind, leaf.rule)
    part = KINDS[leaf.kind].part if leaf.kind in KINDS else Part.WORK
    is_counted = any(one.type in (InputType.COUNT, InputType.ACTUAL) for one in asked)
    return is_counted and part is not Part.DEDUCTION and not scale_of(leaf)


def _range_problem(leaf: Leaf, part: Part, own: Decimal, points: Decimal) -> str:
    maximum = leaf.max_points or ZERO
    if part is Part.DEDUCTION:
        if points > 0:
            return f"Điểm trừ viết bằng số âm, ví dụ {show(-points)}."
        lowest = min(-maximum, own)
        is_below = bool(maximum) and points < lowest
        return f"Điểm trừ nhiều nhất là {show(lowest)}." if is_below else ""
    if part is Part.BONUS and not maximum:
        return f"Điểm {show(points)} là số âm." if points < 0 else ""
    sentence = off_range(points, min(lowest_of(leaf), own), max(maximum, own))
    is_above = points > max(maximum, own) and is_quantity(leaf)
    return f"{sentence} {MAY_AGREE}" if sentence and is_above else sentence
