"""Figures of single lines of the table that a condition of a class may ask for.

A figure is named «points:III», «share:III/2» or «count:P/3»: what is measured and the path of a
group or leaf. `least_group` and `least_leaf` are the lowest percent of any top line or any leaf
that has a maximum, so that «mọi nhóm đạt từ 50 %» is one condition.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from blocs.scoring.terms.numbers import HUNDRED, ONE, ZERO
from blocs.scoring.terms.values import NotApplicable, Part, Points
from blocs.scoring.totals.summing import Plan
from blocs.scoring.totals.totals import SheetTotal

POINTS, SHARE, COUNT = "points", "share", "count"
LINE_MEASURES = {
    POINTS: "điểm ở mục {}",
    SHARE: "tỷ lệ đạt ở mục {}",
    COUNT: "số lần (số liệu) ở mục {}",
}
LEAST_GROUP, LEAST_LEAF = "least_group", "least_leaf"
EVERY = {LEAST_GROUP: "mọi nhóm đạt", LEAST_LEAF: "mọi tiêu chí đạt"}


def line_figure(measure: str, path: str) -> str:
    """The name of a figure of one line: «points:III/2»."""
    return f"{measure}:{path}"


def measured_line(figure: str) -> tuple[str, str] | None:
    """(measure, path) of a figure of a line; None for every other figure."""
    measure, colon, path = figure.partition(":")
    return (measure, path) if colon and measure in LINE_MEASURES and path else None


def line_label(path: str) -> str:
    """A path as people write it: «P.3» for P/3, «I.2.1» for I/I.2/I.2.1."""
    label, *below = path.split("/")
    for code in below:
        label = code if code.startswith(f"{label}.") else f"{label}.{code}"
    return label


def is_percent(figure: str) -> bool:
    """The figure is compared in percent of a maximum."""
    found = measured_line(figure)
    return figure in EVERY or (found is not None and found[0] == SHARE)


def line_figures(
    names: Iterable[str], total: SheetTotal, plan: Plan, counts: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Those of the named figures that this sheet has; one it does not have is left out.

    Points of deductions count by their size. Shares are percent (0 to 100) of the maximum that
    was assigned to the unit; `counts` are occurrences by the path of their leaf.
    """
    found = {name: _figure(name, total, plan, counts) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _figure(
    name: str, total: SheetTotal, plan: Plan, counts: Mapping[str, Decimal]
) -> Decimal | None:
    if name == LEAST_GROUP:
        return _least(
            [path for path in (*plan.groups, *plan.lines) if "/" not in path], total, plan
        )
    if name == LEAST_LEAF:
        return _least(plan.lines, total, plan)
    line = measured_line(name)
    if line is None or not _leaves_under(line[1], plan):
        return None
    measure, path = line
    if measure == COUNT:
        return counts.get(path)
    return _share(path, total, plan) if measure == SHARE else _points(path, total, plan)


def _leaves_under(path: str, plan: Plan) -> list[str]:
    """The leaves of a group, or the leaf itself; none where the table has no such line."""
    return [leaf for leaf in plan.lines if leaf == path or leaf.startswith(f"{path}/")]


def section_points(path: str, total: SheetTotal) -> Decimal | None:
    """The points of a line as they are counted, a deduction below 0; None while it has none."""
    if path in total.groups:
        return total.groups[path]
    outcome = total.outcomes.get(path)
    return outcome.points if isinstance(outcome, Points) else None


def section_share(path: str, total: SheetTotal, plan: Plan) -> Decimal | None:
    """The same in percent of the maximum of the line that was assigned; None without one."""
    return _share(path, total, plan)


def _points(path: str, total: SheetTotal, plan: Plan) -> Decimal | None:
    """The same, of deductions by their size."""
    points = section_points(path, total)
    if points is None:
        return None
    parts = {plan.lines[leaf].part for leaf in _leaves_under(path, plan)}
    return abs(points) if parts == {Part.DEDUCTION} else points


def _share(path: str, total: SheetTotal, plan: Plan) -> Decimal | None:
    """The percent of the assigned maximum; None where nothing with a maximum is assigned."""
    points, most = _points(path, total, plan), _assigned(path, total, plan)
    return points * HUNDRED / most if points is not None and most else None


def _assigned(path: str, total: SheetTotal, plan: Plan) -> Decimal:
    """The maximum of a line, times the coefficients inside it, as its points are counted."""
    lines = ((leaf, plan.lines[leaf]) for leaf in _leaves_under(path, plan))
    return sum(
        (
            line.maximum * _coefficient(leaf, path, plan)
            for leaf, line in lines
            if line.part is Part.WORK and not isinstance(total.outcomes.get(leaf), NotApplicable)
        ),
        ZERO,
    )


def _coefficient(leaf: str, top: str, plan: Plan) -> Decimal:
    """What the points of a leaf are multiplied by on their way to the sum of the line `top`."""
    found, path = ONE, leaf
    while path != top:
        path = path.rpartition("/")[0]
        if limit := plan.limits.get(path):
            found *= limit.coefficient
    return found


def _least(paths: Collection[str], total: SheetTotal, plan: Plan) -> Decimal | None:
    shares = [share for path in paths if (share := _share(path, total, plan)) is not None]
    return min(shares, default=None)


def counts_of(
    plan: Plan,
    values: Mapping[str, Decimal],
    own: Mapping[str, Decimal],
    given: Mapping[str, Decimal],
) -> dict[str, Decimal]:
    """How often something occurred at each leaf, as far as the appraised points say it.

    The unit's own figure (`values`) counts while the appraisal left its points; bonus or deduction
    points of 0 are no occurrence; else nobody wrote a figure that the given points stand for.
    """
    found = {}
    for path, points in given.items():
        if path in values and points == own.get(path):
            found[path] = values[path]
        elif points == ZERO and plan.lines[path].part is not Part.WORK:
            found[path] = ZERO
    return found
