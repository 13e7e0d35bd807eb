"""What speaks against an award for one unit, in sentences that name the rule.

A ballot, a proposal and whoever else asks an award for a unit say the same (B28 of the domain).
"""

from dataclasses import dataclass

from blocs.scoring import Eligibility

AWARDED_ARE_COMPARED = (
    "Chỉ đơn vị đang hoạt động, tham gia đến khi bình xét và được xếp hạng mới được đề nghị khen "
    "thưởng."
)


@dataclass(frozen=True)
class AwardAsked:
    """An award that is asked for a unit; both names as they are printed."""

    unit: str
    award: str
    is_flag: bool


def absence_obstacles(asked: AwardAsked, absent: str) -> tuple[str, ...]:
    """A unit that is no more, has left the year or has no place in it; `absent` says why."""
    return (f"{asked.unit}: {absent}. {AWARDED_ARE_COMPARED}",) if absent else ()


def limit_obstacles(asked: AwardAsked, limits: Eligibility | None) -> tuple[str, ...]:
    """A unit that is out, held, or may not have this award, by the grounds found for it."""
    if limits is None:
        return ()
    reasons = f"{asked.unit}: {'; '.join(limits.reasons)}"
    if limits.is_out:
        return (f"{reasons}. Đơn vị không được xét khen thưởng.",)
    if limits.is_held:
        return (f"{reasons}. Đơn vị chưa được xét khen thưởng cho đến khi có kết luận.",)
    if limits.is_without_flag and asked.is_flag:
        most = f"; chỉ đến {', '.join(limits.award_caps)}" if limits.award_caps else ""
        return (f"{reasons}. Không được đề nghị {asked.award}{most}.",)
    return ()
