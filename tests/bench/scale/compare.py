"""Two databases side by side: the table of pages, worst first, and who is over the limit."""

from collections import defaultdict
from dataclasses import dataclass

LIMIT = 1.5
# Below so many milliseconds more than on the demo a ratio says nothing.
FLOOR = 4.0


@dataclass(frozen=True)
class Line:
    """One page for one role on both: statements and milliseconds of web and database."""

    page: str
    role: str
    demo: tuple[float, float, float]
    scale: tuple[float, float, float]

    @property
    def ratios(self) -> tuple[float, float]:
        """How many times as long on scale: web, database; 1 where it is below the floor."""
        return tuple(
            then / max(now, 0.1) if then - now > FLOOR else min(then / max(now, 0.1), 1.0)
            for now, then in zip(self.demo[1:], self.scale[1:], strict=True)
        )

    @property
    def worst(self) -> float:
        return max(self.ratios)

    @property
    def is_over(self) -> bool:
        return self.worst > LIMIT


def compared(demo: dict, scale: dict) -> list[Line]:
    """A line for each page and role that opened about the same things in both, worst first."""
    found = defaultdict(list)
    then = {(one["page"], one["role"], one["about"]): one for one in demo["costs"]}
    for one in scale["costs"]:
        if before := then.get((one["page"], one["role"], one["about"])):
            found[one["page"], one["role"]].append((before, one))
    lines = [
        Line(page, role, mean([a for a, _ in pairs]), mean([b for _, b in pairs]))
        for (page, role), pairs in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.worst, -line.scale[2], line.page, line.role))


def mean(costs: list[dict]) -> tuple[float, float, float]:
    return tuple(
        sum(cost[name] for cost in costs) / len(costs) for name in ("queries", "web", "database")
    )


def unseen(demo: dict, scale: dict, lines: list[Line]) -> list[str]:
    """Pages that opened for nobody in one of the two, or about nothing that both have."""
    asked = {one["page"] for told in (demo, scale) for one in told["costs"]}
    asked |= {*demo["closed"], *scale["closed"]}
    return sorted(asked - {line.page for line in lines})


def rows(lines: list[Line]) -> list[str]:
    """The table as markdown."""
    head = (
        "| trang | vai | truy vấn | web, ms | CSDL, ms | lần (web) | lần (CSDL) | |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    return [head, *map(row, lines)]


def row(line: Line) -> str:
    cells = [line.page, line.role]
    pairs = zip(line.demo, line.scale, strict=True)
    cells += [f"{now:.0f} → {then:.0f}" for now, then in pairs]
    cells += [f"{ratio:.2f}" for ratio in line.ratios]
    return f"| {' | '.join(cells)} | {'VƯỢT' if line.is_over else ''} |"
