"""The registry of leaf kinds: a new way of scoring is one more entry here.

What a rule may state (numbers are decimal strings; what has no default must be stated):

direct           levels [{label, points}], levels_only, step
pass_fail        –
per_occurrence   per_unit, cap (default: the maximum), fractions
bonus            per_unit (without it points are typed), cap, fractions,
                 needs_full: path of the item that must have its full standard score
deduction        per_unit (without it points are typed), cap, fractions
external_rating  levels [{label, points}] or bands
quantitative     target (the same for all), formula:
                   proportional: cap (default: the maximum)
                   bands: bands, of (value or percent of the target; default value)
                   per_percent_below: lose, each (default 1), count (exact, full, started)
                   share_of_best, relative_to_leader: –
clauses          standard (default: the maximum), floor, facts [{key, label, type, unit}],
                 computed [{key, label, ratio: [fact, fact], times}],
                 parts [{if, choose, cap, bonus, needs_full, items}], where an item is
                   {if, points}, {if, per, points, over, each, cap} or {if, of, bands}

bands are [{from, to, ends, points}] with ends [], [), (] or (). Any kind may state
may_be_not_applicable: false.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from blocs.domain.scoring.clauses import CLAUSES
from blocs.domain.scoring.direct import DIRECT, PASS_FAIL
from blocs.domain.scoring.external import EXTERNAL_RATING
from blocs.domain.scoring.numbers import RuleError
from blocs.domain.scoring.occurrences import BONUS, DEDUCTION, PER_OCCURRENCE
from blocs.domain.scoring.quantitative import QUANTITATIVE
from blocs.domain.scoring.values import (
    HERE_ALONE,
    Context,
    Entry,
    Leaf,
    LeafKind,
    Outcome,
    Points,
    Question,
)

KINDS: Mapping[str, LeafKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            DIRECT,
            QUANTITATIVE,
            PASS_FAIL,
            PER_OCCURRENCE,
            BONUS,
            DEDUCTION,
            EXTERNAL_RATING,
            CLAUSES,
        )
    }
)


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
