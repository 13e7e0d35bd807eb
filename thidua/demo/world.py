"""What every part of the demo works with, and how a bloc year of it is described."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from blocs.states import YearState
from blocs.units.models import Bloc, Unit
from blocs.years.models import AwardKind, BlocYear
from thidua.accounts.models import User
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.demo.blocs.clock import Dues, When
from thidua.demo.log import Log
from thidua.demo.people import People
from thidua.demo.words.texts import TEXTS

GRADES_APART = 3


@dataclass(frozen=True)
class World:
    """Units, blocs and awards by code, the people, and the log book they fill."""

    units: Mapping[str, Unit]
    blocs: Mapping[str, Bloc]
    people: People
    kinds: Mapping[str, AwardKind]
    log: Log


@dataclass(frozen=True)
class YearPlan:
    """One bloc year: `members` are unit codes in official order, `best` the order of merit."""

    bloc: str
    year: int
    state: YearState
    members: tuple[str, ...]
    when: When
    dues: Dues
    legal_bases: str
    head: str = ""
    deputy: str = ""
    head_basis: str = ""
    certificate_share: int = 70
    best: tuple[str, ...] = ()
    first_grade: int = 6
    # Units whose year was as good as that of the first of them.
    equal: tuple[str, ...] = ()
    # Members that join in the middle of the year: they neither register nor sign.
    late: tuple[str, ...] = ()
    is_school_year: bool = False

    @property
    def before_the_late(self) -> "YearPlan":
        """The plan of the bloc as it was when the year began."""
        return replace(self, members=tuple(one for one in self.members if one not in self.late))

    @property
    def order_of_merit(self) -> tuple[str, ...]:
        return self.best or self.members

    def grade_of(self, code: str) -> int:
        """How good the unit's year was, see answers.py."""
        return self.first_grade + GRADES_APART * self.merit_of(code)

    def merit_of(self, code: str) -> int:
        """The place in the order of merit, from 0; equals have that of the first of them."""
        return self.order_of_merit.index(self.equal[0] if code in self.equal else code)


@dataclass(frozen=True)
class Staged:
    """A bloc year that has been written, with the plan it follows and who acts in it."""

    world: World
    plan: YearPlan
    row: BlocYear

    @property
    def when(self) -> When:
        return self.plan.when

    @property
    def head(self) -> User:
        return self.world.people.leaders[self.plan.head]

    @property
    def secretary(self) -> User:
        return self.world.people.editors[self.plan.head]

    @property
    def deputy(self) -> User:
        """The leader of the deputy unit; without one the office stands in."""
        if not self.plan.deputy:
            return self.world.people.office
        return self.world.people.leaders[self.plan.deputy]

    def unit(self, code: str) -> Unit:
        return self.world.units[code]

    def text(self, name: str) -> str:
        """The text of that name, in the word of this bloc."""
        return in_words_of(self.row.bloc.word, TEXTS[name])

    def appraiser_of(self, code: str) -> User:
        """Nobody appraises an own unit: the head's sheet goes to the deputy."""
        return self.deputy if code == self.plan.head else self.head
