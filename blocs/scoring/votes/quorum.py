"""How many must be present, and how many votes are enough."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from blocs.scoring.terms.numbers import half_up, show


class Threshold(NamedTuple):
    """A share of a base: «ít nhất 2/3», or «trên 1/2» when `is_strict`. Plain (2, 3) does too."""

    numerator: int
    denominator: int
    is_strict: bool = False

    @classmethod
    def of_percent(cls, percent: Decimal | int, *, is_strict: bool = False) -> "Threshold":
        """The share that a rule set keeps as a percentage of 0 to 100."""
        share = Fraction(percent) / 100
        return cls(share.numerator, share.denominator, is_strict)

    def needed(self, base: int) -> int:
        """The smallest count out of `base` that is enough; with no base nothing is enough."""
        if self.is_strict:
            return self.numerator * base // self.denominator + 1
        return max(1, -(-self.numerator * base // self.denominator))

    @property
    def words(self) -> str:
        """«ít nhất 2/3», «trên 1/2», «ít nhất 80%»; a share that no percent says is a fraction."""
        share = f"{self.numerator}/{self.denominator}"
        percent = half_up(Decimal(self.numerator * 100) / self.denominator, 2)
        is_exact = Fraction(percent) * self.denominator == self.numerator * 100
        if is_exact and (self.denominator > 4 or self.denominator == 1):
            share = f"{show(percent)}%"
        return f"trên {share}" if self.is_strict else f"ít nhất {share}"


def quorum_reached(present: int, members: int, threshold: Threshold | tuple[int, int]) -> bool:
    """Whether enough member units are present; the base is all members, not those who came.

    Raises ValueError when more are present than there are members.
    """
    if not 0 <= present <= members:
        raise ValueError(f"{present} present out of {members} members.")
    return present >= Threshold(*threshold).needed(members)


def quorum_sentence(present: int, members: int, threshold: Threshold | tuple[int, int]) -> str:
    """What page and minutes say about the quorum."""
    rule = Threshold(*threshold)
    verdict = "đủ" if quorum_reached(present, members, rule) else "chưa đủ"
    return (
        f"Có mặt {present}/{members} đơn vị, {verdict} điều kiện tiến hành "
        f"(cần {rule.words}, tức {rule.needed(members)} đơn vị)."
    )
