"""Which sections of a table the tie rules compare, as the sentence under a ranking names them."""

from collections.abc import Sequence

from blocs.ranking.models.ranked_units import RankedUnit
from blocs.scoring.ranking.ranking import TieRule, section_of
from blocs.scoring.terms.values import Part
from blocs.scoring.totals.tables import section_names
from blocs.years.models.table_lines import common_names

PARTS = {
    TieRule.WORK_POINTS: Part.WORK,
    TieRule.BONUS_POINTS: Part.BONUS,
    TieRule.FEWEST_DEDUCTIONS: Part.DEDUCTION,
}


def sections_compared(rows: Sequence[RankedUnit], tie_rules: Sequence[str]) -> dict[str, str]:
    """The lines that each rule compares: «mục I, II» of a part, a single section with its name.

    A part without lines is left out, and what the tables of several groups call differently.
    """
    tables = {row.report.table_id: row for row in rows}
    return common_names([_of_table(row, tie_rules) for row in tables.values()])


def _of_table(row: RankedUnit, tie_rules: Sequence[str]) -> dict[str, str]:
    tree, plan = row.tree, row.contender.table.plan
    found: dict[str, str] = {}
    for rule, part in PARTS.items():
        tops = {path.split("/")[0] for path, line in plan.lines.items() if line.part is part}
        labels = [tree.printed[node.code] for node in tree.nodes if node.code in tops]
        if named := [label for label in labels if label]:
            found[rule] = f"mục {', '.join(named)}"
    names = section_names(tree.nodes)
    singles = {rule: names.get(section_of(rule)) for rule in tie_rules if section_of(rule)}
    return found | {rule: words for rule, words in singles.items() if words}
