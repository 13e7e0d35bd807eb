"""The tie rules that hold in a year: those its regulation states, else the usual ones."""

from collections.abc import Sequence

from blocs.scoring.ranking.ranking import TieRule, tie_rule_sentence

DEFAULT_TIE_RULES = tuple(
    rule.value
    for rule in (
        TieRule.WORK_POINTS,
        TieRule.BONUS_POINTS,
        TieRule.FEWEST_DEDUCTIONS,
        TieRule.SHARED_RANK,
    )
)


def tie_rules_in_force(stated: Sequence[str]) -> tuple[str, ...]:
    """What the ranking compares and the pages tell; `stated` is what the year's rules hold."""
    return tuple(stated) or DEFAULT_TIE_RULES


def stated_tie_sentence(stated: Sequence[str]) -> str:
    """The tie rules in force in words; usual ones are named as such."""
    sentence = tie_rule_sentence(tie_rules_in_force(stated))
    if stated:
        return sentence
    return f"{sentence[:-1]} (thứ tự thông thường, vì quy định của năm không nêu)."
