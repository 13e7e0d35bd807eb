"""The scoring regulation as pure functions over exact decimals; no models, no clock."""

from blocs.domain.scoring.kinds import KINDS, check_leaf, leaf_points
from blocs.domain.scoring.sheet import (
    NOT_APPLICABLE_MODES,
    Adjustment,
    SheetTotal,
    TableRules,
    sheet_total,
)
from blocs.domain.scoring.tree import GROUP, Node, leaves, walk
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    LeafKind,
    Missing,
    NotApplicable,
    Outcome,
    Part,
    Points,
    Question,
    Waiting,
)

__all__ = [
    "GROUP", "KINDS", "MISSING", "NOT_APPLICABLE_MODES", "Adjustment", "Context", "Entry", "Input",
    "InputType", "Leaf", "LeafKind", "Missing", "Node", "NotApplicable", "Outcome", "Part",
    "Points", "Question", "SheetTotal", "TableRules", "Waiting", "check_leaf", "leaf_points",
    "leaves", "sheet_total", "walk",
]
