"""Grounds and what they do to a unit, in the words people read."""

from blocs.criteria.domain.table_rules_cells import EFFECT_WORDS
from blocs.scoring import Disqualifier, Effect, Eligibility
from blocs.scoring.terms.numbers import show


def effect_words(ground: Disqualifier) -> str:
    """«trừ 5 điểm», «chỉ xét đến Bằng khen của UBND tỉnh»."""
    if ground.effect is Effect.MINUS_POINTS and ground.points:
        return f"trừ {show(ground.points)} điểm"
    if ground.effect is Effect.NO_FLAG and ground.award_cap:
        return f"chỉ xét đến {ground.award_cap}"
    if ground.effect is Effect.LOWER_CLASS:
        return f"hạ {ground.classes:02d} mức xếp loại"
    return EFFECT_WORDS[ground.effect]


def eligibility_notes(state: Eligibility) -> tuple[str, ...]:
    """What is written beside a unit that keeps its place; nothing for most."""
    marks = []
    if state.is_held:
        marks.append("Chưa xét khen, chờ kết luận.")
    if state.award_caps:
        marks.append(f"Chỉ xét đến {', '.join(state.award_caps)}.")
    elif state.is_without_flag:
        marks.append("Không xét Cờ thi đua.")
    return tuple(marks)
