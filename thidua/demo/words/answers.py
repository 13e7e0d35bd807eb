"""What units enter in their sheets, from `data/answers.toml`.

The answers are invented. `grade` 0 is a year without a fault; three grades further the total is
lower by more than an appraiser takes off.
"""

from decimal import Decimal

from blocs.scoring import Entry
from thidua.demo.data import read_data

DATA = read_data("answers")
NOTES: dict[str, str] = DATA["notes"]
# Leaf, how much less, why; the first sheet stands as it is.
LOWERED = (
    None,
    *((row["leaf"], Decimal(row["points"]), row["reason"]) for row in DATA["lowered"]),
)
# How many grades lie between one answer and the next, and how leaves are set apart in between.
SPREAD, STRIDE = 8, 5


def answers(name: str, grade: int) -> dict[str, Entry]:
    """The entries of a whole sheet by path; `name` is the file of its table."""
    entries = {}
    for place, (path, row) in enumerate(DATA[name]["figures"].items()):
        value, target = Decimal(pick(row["values"], grade, place)), row.get("target")
        entries[path] = Entry(value=value, target=Decimal(target) if target else None)
    for place, (path, labels) in enumerate(DATA[name]["choices"].items()):
        entries[path] = Entry(choice=pick(labels, grade, place))
    return entries


def pick(options: list[str], grade: int, place: int) -> str:
    """Not all answers get weaker at once: each leaf turns at a grade of its own."""
    return options[min((grade + place * STRIDE % SPREAD) // SPREAD, len(options) - 1)]
