"""For whom and about what the pages are opened, the same kind of people and objects in any data."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Model

from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.appraisal.models import Appeal
from blocs.criteria.models import Criterion
from blocs.reports.models import Assignment, Evidence
from blocs.states import SeatRole, YearState
from blocs.units.models import Bloc, Membership, Seat, Unit
from blocs.years.models import BlocYear
from tests.house.objects import Side
from tests.house.visits import subject_model
from thidua.accounts.models import User

# Blocs of a usual size, so that what is compared is how much there is, not how large one bloc is.
USUAL = range(5, 10)
# A page of a year is opened while sheets come in, while awards are considered, and long afterwards.
OPENED_IN = (YearState.CLOSING, YearState.PROPOSED, YearState.ARCHIVED)
OF_PROVINCE = (
    SeatRole.OFFICE,
    SeatRole.COUNCIL,
    SeatRole.CHAIR,
    SeatRole.SYSADMIN,
    SeatRole.AUDITOR,
)
# How an object names its year, where it is not by `bloc_year`.
PATHS = {
    BlocYear: "pk",
    Assignment: "report__bloc_year",
    Appeal: "report__bloc_year",
    Evidence: "scores__report__bloc_year",
    ProposalItem: "proposal__bloc_year",
    Criterion: "table__bloc_year",
}


@dataclass(frozen=True)
class Found:
    """One database: the year in work whose people look, and what they look at."""

    year: BlocYear
    seen: dict = field(default_factory=dict)

    @cached_property
    def unit(self) -> Unit:
        """A plain member of the bloc."""
        led = {self.year.head_id, *self.year.deputy_ids}
        members = self.year.members.exclude(unit__in=led).order_by("order", "pk")
        return members.first().unit

    @cached_property
    def side(self) -> Side:
        year = self.year
        return Side(year.bloc, year.head, year.deputy, self.unit, self.person_of("unit_secretary"))

    @cached_property
    def people(self) -> dict[str, User | None]:
        """Everybody who opens pages, by the name of the role; nobody is the public."""
        roles = ("unit_secretary", "unit_leader", "bloc_secretary", "bloc_head", "deputy")
        found = {role: self.person_of(role) for role in roles}
        found |= {str(role): self.official(role) for role in OF_PROVINCE}
        return found | {"public": None}

    def person_of(self, role: str) -> User:
        units = {"bloc_secretary": self.year.head, "bloc_head": self.year.head}
        unit = units.get(role, self.year.deputy if role == "deputy" else self.unit)
        seat = SeatRole.EDITOR if role.endswith("secretary") else SeatRole.LEADER
        return Seat.objects.filter(unit=unit, role=seat, ends_on=None).first().user

    def official(self, role: SeatRole) -> User:
        return Seat.objects.filter(role=role, sees_only=[]).order_by("pk").first().user

    def objects(self, page, role: str) -> dict[str, Model]:
        """What the page is opened about, by the word that says which; the same words everywhere."""
        model = subject_model(page.route)
        key = model, role
        if key not in self.seen:
            self.seen[key] = self._objects(model, self.people[role])
        return self.seen[key]

    def _objects(self, model, person) -> dict[str, Model]:
        own = self._own(model)
        if own is not None:
            return {"": own} if own else {}
        if model is Decision:
            last = {one.state: one for one in Decision.objects.order_by("pk")}
            return dict(last)
        if model not in PATHS and not hasattr(model, "bloc_year"):
            first = model._default_manager.order_by("pk").first()
            return {"": first} if first else {}
        path = PATHS.get(model, "bloc_year")
        found = {}
        for state, year in self._years(person).items():
            row = model._default_manager.filter(**{path: year.pk}).order_by("pk").last()
            found |= {state: row} if row else {}
        return found

    def _own(self, model):
        """What the bloc itself has of the catalogues of the province."""
        if model is Membership:
            return Membership.objects.filter(unit=self.unit, ends_on=None).first()
        if model is Seat:
            return self.side.writer.seats.first()
        return {Bloc: self.year.bloc, Unit: self.unit, User: self.side.writer}.get(model)

    def _years(self, person) -> dict[str, BlocYear]:
        years = usual_years().select_related("bloc", "head", "deputy")
        if person:
            seen = BlocYear.objects.visible_to(person).values("pk")
            years = years.filter(pk__in=seen)
        rows = {state: years.filter(state=state).order_by("pk").last() for state in OPENED_IN}
        return {state: year for state, year in rows.items() if year}


def usual_years():
    sized = BlocYear.objects.annotate(size=Count("members"))
    return sized.filter(size__in=USUAL, head__isnull=False, deputy__isnull=False)


def found() -> Found:
    """The last usual bloc that closes its books, or the first there is in data of one bloc."""
    years = usual_years().filter(state=YearState.CLOSING, size=USUAL[-2])
    return Found(years.order_by("pk").last())
