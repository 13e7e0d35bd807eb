"""The scoring regulation as pure functions over exact decimals; no models, no clock."""

from blocs.scoring.kinds.formulas import FORMULA_LABELS, PLAIN_LABELS
from blocs.scoring.kinds.kind import Kind
from blocs.scoring.kinds.kinds import KINDS, check_leaf, leaf_points, register, rule_words
from blocs.scoring.ranking.classification import (
    ClassBand,
    check_bands,
    class_bands,
    class_place,
    classify,
    measures,
)
from blocs.scoring.ranking.disqualifiers import Disqualifier, Effect, Eligibility, eligibility
from blocs.scoring.ranking.lateness import Counted, Lateness, LateRule, check_late_rule, lateness
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    Missing,
    NotApplicable,
    Outcome,
    Part,
    Points,
    Question,
    Waiting,
)
from blocs.scoring.totals.cross_scoring import CrossScoring, cross_scoring
from blocs.scoring.totals.rounds import ROUND_MODES, RoundShare, combine_rounds, round_shares
from blocs.scoring.totals.sheet import sheet_total
from blocs.scoring.totals.totals import (
    NOT_APPLICABLE_MODES,
    Adjustment,
    SheetTotal,
    TableRules,
    summing_words,
)
from blocs.scoring.totals.tree import GROUP, Node, kind_words, leaves, walk

__all__ = [
    "FORMULA_LABELS",
    "GROUP",
    "KINDS",
    "MISSING",
    "NOT_APPLICABLE_MODES",
    "PLAIN_LABELS",
    "ROUND_MODES",
    "Adjustment",
    "ClassBand",
    "Context",
    "Counted",
    "CrossScoring",
    "Disqualifier",
    "Effect",
    "Eligibility",
    "Entry",
    "Input",
    "InputType",
    "Kind",
    "LateRule",
    "Lateness",
    "Leaf",
    "Missing",
    "Node",
    "NotApplicable",
    "Outcome",
    "Part",
    "Points",
    "Question",
    "RoundShare",
    "SheetTotal",
    "TableRules",
    "Waiting",
    "check_bands",
    "check_late_rule",
    "check_leaf",
    "class_bands",
    "class_place",
    "classify",
    "combine_rounds",
    "cross_scoring",
    "eligibility",
    "kind_words",
    "lateness",
    "leaf_points",
    "leaves",
    "measures",
    "register",
    "round_shares",
    "rule_words",
    "sheet_total",
    "summing_words",
    "walk",
]
