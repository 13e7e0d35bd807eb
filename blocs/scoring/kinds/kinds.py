"""The registry of leaf kinds: a new way of scoring is one file and one more line here.

What a rule may state stands at the head of each kind's file; numbers are decimal strings, what has
no default must be stated. bands are [{from, to, ends, points}] with ends [], [), (] or (). Any kind
may state may_be_not_applicable.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from blocs.scoring.kinds.clauses import CLAUSES
from blocs.scoring.kinds.direct import DIRECT, PASS_FAIL
from blocs.scoring.kinds.external import EXTERNAL_RATING
from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.kinds.occurrences import BONUS, DEDUCTION, PER_OCCURRENCE
from blocs.scoring.kinds.quantitative import QUANTITATIVE
from blocs.scoring.terms.group_rules import group_words
from blocs.scoring.terms.numbers import ZERO, RuleError, half_up, show
from blocs.scoring.terms.values import HERE_ALONE, Context, Entry, Leaf, Outcome, Points, Question

KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a way of scoring known to the whole product."""
    KINDS[kind.code] = kind


for one in (
    DIRECT,
    QUANTITATIVE,
    PASS_FAIL,
    PER_OCCURRENCE,
    BONUS,
    DEDUCTION,
    EXTERNAL_RATING,
    CLAUSES,
):
    register(one)


# What the columns of points can hold: eight digits before the comma, four behind.
MOST_POINTS = Decimal("99999999.9999")
TOO_LARGE = Question("Con số quá lớn nên không tính được điểm. Vui lòng kiểm tra lại.")


def leaf_points(leaf: Leaf, entry: Entry, context: Context = HERE_ALONE) -> Outcome:
    """The outcome of one leaf; a rule that cannot be applied comes back as a question."""
    kind = KINDS.get(leaf.kind)
    if kind is None:
        return Question(f"Phần mềm không biết loại tiêu chí “{leaf.kind}”.")
    try:
        outcome = kind.points(leaf, entry, context)
    except RuleError as error:
        return Question(f"{error} Vui lòng sửa bảng tiêu chí.")
    except InvalidOperation:
        return TOO_LARGE
    is_too_large = isinstance(outcome, Points) and abs(outcome.points) > MOST_POINTS
    return TOO_LARGE if is_too_large else outcome


def check_leaf(leaf: Leaf) -> list[str]:
    """Sentences why this leaf cannot be published; empty when it can."""
    kind = KINDS.get(leaf.kind)
    if kind is None:
        return [f"Phần mềm không biết loại tiêu chí “{leaf.kind}”."]
    return kind.check_rule(leaf.rule, leaf.max_points)


def scale_of(leaf: Leaf) -> Mapping[str, Decimal]:
    """All points the leaf's rule can give, by level; empty where it gives any or is unreadable."""
    try:
        return KINDS[leaf.kind].scale(leaf) if leaf.kind in KINDS else {}
    except RuleError:
        return {}


def lowest_of(leaf: Leaf) -> Decimal:
    """The least that people may give at the leaf."""
    try:
        return KINDS[leaf.kind].lowest(leaf.rule) if leaf.kind in KINDS else ZERO
    except RuleError:
        return ZERO


def off_scale(leaf: Leaf, points: Decimal) -> str:
    """The levels of the leaf with their points where `points` is none of them; else empty.

    Points that were rounded to what is printed count as those of their level.
    """
    scale = scale_of(leaf)
    exponent = points.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    if not scale or any(half_up(one, places) == points for one in scale.values()):
        return ""
    return "; ".join(f"{label}: {show(one)}" for label, one in scale.items())


def is_ordinary(code: str, rule: Rule) -> bool:
    """Whether the fields of the kind's form can show this rule whole; else it is shown as data."""
    return code in KINDS and KINDS[code].is_ordinary(rule)


def needed_by(code: str, rule: Rule) -> str:
    """The path of the line that must have its full standard score; "" where none must."""
    return KINDS[code].needed(rule) if code in KINDS else ""


def compares(code: str, rule: Rule) -> bool:
    """Whether the points of such a leaf depend on the other units of the bloc."""
    return code in KINDS and KINDS[code].compares(rule)


def rule_words(code: str, rule: Rule, max_points: Decimal | None, measure: str = "") -> str:
    """The rule of one line as a sentence; what is wrong with it, where it cannot be read."""
    kind = KINDS.get(code)
    if kind is None:
        return _words_without_kind(rule)
    try:
        sentence = kind.words(rule, max_points or ZERO, measure)
    except RuleError as error:
        return str(error)
    if rule.get("may_be_not_applicable") is False:
        return f"{sentence} Áp dụng cho mọi đơn vị."
    if rule.get("may_be_not_applicable"):
        return f"{sentence} Có thể không giao cho đơn vị."
    return sentence


def _words_without_kind(rule: Rule) -> str:
    """The limits of a group; nothing for a way of scoring that is unknown."""
    try:
        return group_words(rule)
    except RuleError as error:
        return str(error)
