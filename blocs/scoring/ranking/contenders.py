"""What a ranking works on and what it gives, as values: units, rules of the year, results."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from blocs.scoring.ranking.classification import ClassBand
from blocs.scoring.ranking.disqualifiers import Disqualifier, Eligibility
from blocs.scoring.ranking.lateness import Lateness, LateRule
from blocs.scoring.ranking.part_year import WHOLE, YEAR_MONTHS, PartYear, TakenPart
from blocs.scoring.ranking.ranking import Decided, Placed
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.scoring.totals.given import GivenTable
from blocs.scoring.totals.totals import Adjustment, SheetTotal


@dataclass(frozen=True)
class Contender:
    """A unit with an appraised sheet: given points by leaf, and what counts beside the table.

    `bonus` is the share of a leaf that goes beyond its standard; `submitted_on` the days of its
    submissions; `votes` those of the award ballot (None: no ballot); `counts` how often something
    occurred, by leaf; `taken` between which days the unit took part in the year; `decided` what
    the conference said of its order among equals.
    """

    unit: int
    table: GivenTable
    given: Mapping[str, Decimal]
    bonus: Mapping[str, Decimal] = field(default_factory=dict)
    not_applicable: Collection[str] = ()
    grounds: tuple[Disqualifier, ...] = ()
    submitted_on: tuple[date, ...] = ()
    votes: int | None = None
    order: int = 0
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    taken: TakenPart = WHOLE
    decided: Decided | None = None


@dataclass(frozen=True)
class BlocRules:
    """What the regulation of a year says beside the tables; `begins_on` is the year's first day.

    `by_percent`: the tables of the year's groups of units have different maxima, so everything
    is compared in percent of the maximum, the limits of classes and what settles ties, too.
    `empty_is_zero`: a main leaf that was left empty counts 0; without the rule no such sheet ranks.
    """

    tie_rules: tuple[str, ...] = ()
    bands: tuple[ClassBand, ...] = ()
    late: LateRule | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    part_year: PartYear | str = PartYear.FULL
    begins_on: date | None = None
    by_percent: bool = False
    empty_is_zero: bool = False


@dataclass(frozen=True)
class Judged:
    """One unit with everything that decides its place.

    `question` asks for a class that no band gives, `class_note` says why the class is not the one
    its conditions give; `out_reason` says why the unit has no place,
    then `placed` is None. `months` are those of the twelve in which it took part, and of a part of
    the year `part_words` say from when and how it is compared.
    """

    unit: int
    total: SheetTotal
    adjustments: tuple[Adjustment, ...]
    eligibility: Eligibility
    lateness: Lateness
    class_label: str = ""
    question: str = ""
    class_note: str = ""
    out_reason: str = ""
    placed: Placed | None = None
    months: int = YEAR_MONTHS
    part_words: str = ""


@dataclass(frozen=True)
class BlocResult:
    """Ranked units, best first, and those without a place in the official order.

    `by_percent`: units have different maxima, so the share of the own maximum is compared.
    `unusable`: tie rules on a section that not all tables of the units have; they are left out.
    `shares`: those that compare percent of a maximum and no points.
    """

    ranked: tuple[Judged, ...]
    out: tuple[Judged, ...]
    by_percent: bool
    unusable: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
