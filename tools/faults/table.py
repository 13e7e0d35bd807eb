"""The results in figures: by room how many faults, how many of them new, how many noticed."""

from tools.faults.data import ROOMS

COUNTED = ("noticed", "survived")
HEAD = f"{'room':14}{'faults':>7}{'new':>6}"


def table(faults, columns):
    """Lines of the table; `columns` are (heading, outcome by id) of one run each."""
    head = HEAD + "".join(f"{name:>20}" for name, _ in columns)
    rooms = [(room, [f for f in faults if f.room == room]) for room in ROOMS]
    rooms = [(room, some) for room, some in rooms if some]
    return [head, *(line(room, some, columns) for room, some in [*rooms, ("all", faults)])]


def line(name, faults, columns):
    new = sum(not fault.known for fault in faults)
    cells = "".join(f"{cell(faults, outcomes):>20}" for _, outcomes in columns)
    return f"{name:14}{len(faults):>7}{new:>6}{cells}"


def cell(faults, outcomes):
    """«noticed of asked, %»: what a commit lacks or could not answer is not counted."""
    asked = [outcomes[f.id] for f in faults if outcomes.get(f.id) in COUNTED]
    noticed = asked.count("noticed")
    return f"{noticed} of {len(asked)} {100 * noticed // len(asked)} %" if asked else "–"
