"""How the sum of a group is cut: the one place that knows, for every level of every table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.terms.group_rules import group_rule, group_words
from blocs.scoring.terms.numbers import ONE, ZERO, RuleError, half_up, show
from blocs.scoring.terms.values import Part
from blocs.scoring.totals.tree import Node, walk

# The places of the three parts in the sums of a group.
WORK, BONUS, DEDUCTION = range(3)
PLACE = {Part.WORK: WORK, Part.BONUS: BONUS, Part.DEDUCTION: DEDUCTION}


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """The limits of one group; `home` is the part that takes what a limit adds or takes last."""

    name: str
    ceiling: Decimal | None
    floor: Decimal | None
    coefficient: Decimal
    home: int
    weight: Decimal | None = None

    def arithmetic(self, parts: Sequence[Decimal], decimals: int | None) -> str:
        """«92 × 40% = 36,8», what becomes of the sum of the lines; "" without a weight.

        Where each part is rounded for itself to another sum, the parts stand one by one.
        """
        if self.weight is None:
            return ""
        counted = sum((_times(one, self.coefficient, decimals) for one in parts), ZERO)
        whole = sum(parts, ZERO)
        told = [whole]
        if _times(whole, self.coefficient, decimals) != counted:
            told = [one for one in parts if one]
        shares = " + ".join(f"{show(one)} × {show(self.weight)}%" for one in told)
        return f"{shares} = {show(counted)}"

    def cut(self, parts: list[Decimal], decimals: int | None) -> str:
        """Change the parts of the group in place; says what was cut, else "".

        What exceeds the ceiling leaves the bonus first, what lacks to the floor is given back to
        the deduction first. A coefficient comes before both, rounded half-up to `decimals`.
        """
        if self.coefficient != ONE:
            parts[:] = [_times(points, self.coefficient, decimals) for points in parts]
        total = sum(parts, ZERO)
        if self.ceiling is not None and total > self.ceiling:
            over = total - self.ceiling
            self._move(parts, BONUS, -min(over, max(parts[BONUS], ZERO)), -over)
            return f"{show(total)}, được tính tối đa {show(self.ceiling)}"
        if self.floor is not None and total < self.floor:
            lack = self.floor - total
            self._move(parts, DEDUCTION, min(lack, max(-parts[DEDUCTION], ZERO)), lack)
            if self.home == DEDUCTION:
                return f"trừ {show(-total)}, chỉ trừ tối đa {show(-self.floor)}"
            return f"{show(total)}, được tính tối thiểu {show(self.floor)}"
        return ""

    def _move(self, parts: list[Decimal], first: int, share: Decimal, whole: Decimal) -> None:
        parts[first] += share
        parts[self.home] += whole - share


def _times(points: Decimal, coefficient: Decimal, decimals: int | None) -> Decimal:
    found = points * coefficient
    return found if decimals is None else half_up(found, decimals)


def group_limits(nodes: Sequence[Node]) -> dict[str, GroupLimit]:
    """The groups whose sum may be other than that of their lines, by path."""
    found = ((path, limit_of(node)) for path, node in walk(nodes) if node.is_group)
    return {path: limit for path, limit in found if limit}


def limit_of(node: Node) -> GroupLimit | None:
    """The limits of a group; None for one that is simply the sum of its lines.

    The maximum of a group of bonus is its ceiling, that of a group of deductions its floor; the
    maximum of work is the sum of its lines and cuts nothing. A rule that cannot be read, which
    the check list tells, limits nothing.
    """
    if not node.rule and not node.is_extra:
        return None
    try:
        stated = group_rule(node.rule)
    except RuleError:
        return None
    place, most = home_of(node), node.max_points or None
    ceilings = [stated.ceiling, most if place == BONUS else None]
    floors = [stated.floor, -most if most and place == DEDUCTION else None]
    ceiling = min((one for one in ceilings if one is not None), default=None)
    floor = max((one for one in floors if one is not None), default=None)
    if ceiling is None and floor is None and stated.times_words == "":
        return None
    return GroupLimit(node.name, ceiling, floor, stated.coefficient, place, stated.weight)


def home_of(node: Node) -> int:
    """The part of a group of bonus or of deductions alone; work for every other."""
    parts = set(_parts(node))
    return PLACE[parts.pop()] if len(parts) == 1 else WORK


def is_mixed(node: Node) -> bool:
    """Whether bonus and deductions, and no work, stand in one group."""
    return node.is_extra and len(set(_parts(node))) > 1


def is_with_loss(node: Node) -> bool:
    """Whether deductions stand beside work in one group."""
    return {Part.WORK, Part.DEDUCTION} <= set(_parts(node))


def _parts(node: Node) -> Iterator[Part]:
    return (one.part for _, one in walk(node.children) if not one.is_group)


def coefficients(
    nodes: Sequence[Node], above: str = "", product: Decimal = ONE
) -> dict[str, Decimal]:
    """What the points of each leaf are multiplied by on their way to the total, where not by 1."""
    found: dict[str, Decimal] = {}
    for node in nodes:
        path = f"{above}/{node.code}" if above else node.code
        if node.is_group:
            limit = limit_of(node)
            own = product * (limit.coefficient if limit else ONE)
            found |= coefficients(node.children, path, own)
        elif product != ONE:
            found[path] = product
    return found


def limit_words(node: Node) -> str:
    """What is counted of a group, as sentences; empty where all of it is, and for a leaf."""
    if not node.is_group or not (node.rule or node.is_extra):
        return ""
    try:
        words = group_words(node.rule)
    except RuleError as error:
        return str(error)
    place = home_of(node)
    if not node.max_points or place == WORK:
        return words
    verb = "Cộng" if place == BONUS else "Trừ"
    return f"{words} {verb} tối đa {show(node.max_points)} điểm.".lstrip()
