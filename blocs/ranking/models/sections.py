"""Which sections of a table the tie rules compare, as the sentence under a ranking names them."""

from blocs.scoring.ranking.ranking import TieRule
from blocs.scoring.terms.values import Part

PARTS = {
    TieRule.WORK_POINTS: Part.WORK,
    TieRule.BONUS_POINTS: Part.BONUS,
    TieRule.FEWEST_DEDUCTIONS: Part.DEDUCTION,
}


def sections_compared(rows) -> dict[TieRule, str]:
    """The top lines that each rule adds up: «mục I, II»; a part without lines is left out.

    `rows` are the ranked units, all of one table.
    """
    if not rows:
        return {}
    tree, plan = rows[0].tree, rows[0].contender.table.plan
    found: dict[TieRule, str] = {}
    for rule, part in PARTS.items():
        tops = {path.split("/")[0] for path, line in plan.lines.items() if line.part is part}
        labels = [tree.label_of(node.code) for node in tree.nodes if node.code in tops]
        if named := [label for label in labels if label]:
            found[rule] = f"mục {', '.join(named)}"
    return found
