"""The registry of leaf kinds: a new way of scoring is one more entry here."""

from collections.abc import Mapping
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
    Question,
)

KINDS: Mapping[str, LeafKind] = MappingProxyType({
    kind.code: kind
    for kind in (DIRECT, QUANTITATIVE, PASS_FAIL, PER_OCCURRENCE, BONUS, DEDUCTION,
                 EXTERNAL_RATING, CLAUSES)
})


def leaf_points(leaf: Leaf, entry: Entry, context: Context = HERE_ALONE) -> Outcome:
    """The outcome of one leaf; a rule that cannot be applied comes back as a question."""
    kind = KINDS.get(leaf.kind)
    if kind is None:
        return Question(f"Phần mềm không biết loại tiêu chí “{leaf.kind}”.")
    try:
        return kind.points(leaf, entry, context)
    except RuleError as error:
        return Question(f"{error} Vui lòng sửa bảng tiêu chí.")


def check_leaf(leaf: Leaf) -> list[str]:
    """Sentences why this leaf cannot be published; empty when it can."""
    kind = KINDS.get(leaf.kind)
    if kind is None:
        return [f"Phần mềm không biết loại tiêu chí “{leaf.kind}”."]
    return kind.check_rule(leaf.rule, leaf.max_points)
