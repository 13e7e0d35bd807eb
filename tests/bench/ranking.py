"""A thousand units of two hundred leaves: from given points to places, values only."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from random import Random

from blocs.scoring import ClassBand, LateRule, Node, TableRules
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.contenders import BlocRules, Contender
from blocs.scoring.totals.given import given_table
from tests.bench.timing import cost

UNITS, LEAVES, ROUNDS = 1000, 200, 5
DUE = date(2026, 12, 10)
RULES = BlocRules(
    ("class_first", "work_points", "shared_rank"),
    (ClassBand("Xuất sắc", (("total", ">=", "1000"),)), ClassBand("Tốt")),
    LateRule(DUE, per_day=Decimal("0.5")),
)
MEMORY = """
from pathlib import Path
from tests.bench.timing import resident
from tests.bench.ranking import RULES, contenders, table
from blocs.scoring.ranking.bloc_ranking import rank_bloc
units = contenders(table())
before = Path("/proc/self/status").read_text()
assert len(rank_bloc(units, RULES).ranked) == 1000
print(resident(Path("/proc/self/status").read_text(), "VmHWM") - resident(before))
"""


def table():
    """Ten groups of twenty leaves of ten points."""
    leaves = [Node(str(place), "Tiêu chí", "direct", Decimal(10)) for place in range(20)]
    nodes = [Node(f"N{group}", "Nhóm", children=tuple(leaves)) for group in range(10)]
    return given_table(nodes, TableRules(total_max=Decimal(2000), decimals=2))


def contenders(given):
    """Units with points drawn by lot, two in a row with the same ones."""
    return [
        Contender(
            unit=unit,
            table=given,
            given=points(unit // 2, given),
            submitted_on=(DUE,),
            order=unit,
        )
        for unit in range(UNITS)
    ]


def points(seed, given):
    lot = Random(seed)
    return {path: Decimal(lot.randint(0, 40)) / 4 for path in given.plan.lines}


def ranking_seconds():
    """Totals and places of all units; the least CPU time of five turns."""
    units = contenders(table())
    return min(cost(lambda: rank_bloc(units, RULES)) for _ in range(ROUNDS))


def ranking_memory():
    """What the same takes above a process at rest, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)
