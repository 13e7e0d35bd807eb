"""What binds the units of a year to its table: from then on only a numbered amendment changes it.

A higher app says here what it knows (a signature of the agreement), and blocs need not know it.
"""

from collections.abc import Callable

from blocs.states import YearState
from blocs.years.models.years import BlocYear
from thidua.common.registry import Registry

# Each gives the sentence why the table of a year binds, or an empty text.
BINDINGS: Registry[Callable[[BlocYear], str]] = Registry()
# Before the agreement takes effect a table may still be replaced as a whole.
FREE_STATES = (YearState.PLANNED, YearState.OPEN)


def bound_by(bloc_year: BlocYear) -> list[str]:
    """Why the table in force is not simply replaced; empty while nothing rests on it."""
    found = [source(bloc_year) for source in BINDINGS]
    if bloc_year.state not in FREE_STATES:
        found.append(f"Năm thi đua đã sang bước “{bloc_year.get_state_display()}”.")
    return [sentence for sentence in found if sentence]
