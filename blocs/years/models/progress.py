"""What has really been done in a bloc year, as columns of the query that reads the year.

The track tells it on every page of a year, so nothing here may cost a query of its own. What hangs
on the year is reached by the year's own relations: it stands above and is not imported.
"""

from datetime import date

from django.db import models
from django.db.models import Aggregate, Count, Exists, JSONField, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, JSONArray

from blocs.states import COUNCIL_STATES, REGISTERED, SENT_STATES
from blocs.units.models.seats import leader_of_outer
from blocs.years.domain.taking_part import Duty

POSTS = ("head", "deputy", "second_deputy")
SIGNED = {"signatures__voided_at": None, "signatures__unit": OuterRef("unit")}
DECLINED = {"declinings__voided_at": None, "declinings__unit": OuterRef("unit")}


class Names(Aggregate):
    """The texts of a group, a line each, in no order."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, CHR(10))"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        own = self.copy()
        own.function, own.template = "GROUP_CONCAT", self.template.replace("CHR", "CHAR")
        return own.as_sql(compiler, connection, **context)


class TrackPlace:
    """One place of a column that tells several things of the same members."""

    def __init__(self, column: str, place: int, empty: int | str = 0) -> None:
        self.column, self.place, self.empty = column, place, empty

    def __get__(self, year: models.Model, owner: type | None = None) -> int | str:
        row = getattr(year, self.column) or ()
        return row[self.place] or self.empty if row else self.empty


def facts_of(years: type[models.Model], today: date) -> dict[str, models.Expression]:
    """What the track says beside the counts; `years` is the model of bloc years."""
    here = years._default_manager.filter(pk=OuterRef("pk")).order_by()
    drafted = years._meta.get_field("agreement").related_model._meta.get_field("state").default
    signed = Exists(_own(years, "agreement", **SIGNED))
    declined = Exists(_own(years, "agreement", **DECLINED))
    registered = Exists(_own(years, "registrations", state__in=REGISTERED))
    sent = Exists(_own(years, "reports", state__in=SENT_STATES))
    appraised = Exists(_own(years, "reports", state__in=COUNCIL_STATES))
    return {
        # How many owe it, how many have done it, the names of those who are waited for: in one
        # pass over the members, because the database plans each pass on every page of a year.
        "registration_told": _told(_owing(years, Duty.REGISTER), registered, lacking=~registered),
        "report_told": _told(_owing(years, Duty.REPORT), sent, appraised, lacking=~sent),
        # Who has declined has answered; from then on head or office decide.
        "signing_told": _told(_owing(years, Duty.SIGN), signed, lacking=~signed & ~declined),
        "is_changed": _hanging(years, "member_changes"),
        "is_divided": _hanging(years, "unit_groups"),
        "is_amended": _hanging(years, "rules_amendments"),
        "is_circulated": _hanging(years, "agreement", ~Q(state=drafted)),
        "is_in_effect": _hanging(years, "agreement", effective_at__isnull=False),
        "has_ballot": _hanging(years, "conference", ballots__isnull=False),
        "has_proposal": _hanging(years, "proposal", submitted_at__isnull=False),
        "has_decision": _hanging(years, "proposal", items__decision__isnull=False),
        "has_forwarded": _hanging(years, "proposal", items__forwarded_on__isnull=False),
        # A step waits for a person of today.
        **{
            f"{post}_person": Subquery(here.values(person=leader_of_outer(post, today)))
            for post in POSTS
        },
    }


def _hanging(years: type[models.Model], relation: str, *wanted: Q, **told: object) -> Exists:
    """Whether the one object of the relation that hangs on the outer year is so."""
    field = years._meta.get_field(relation)
    objects = field.related_model._default_manager.filter(**{field.field.name: OuterRef("pk")})
    return Exists(objects.filter(*wanted, **told).order_by())


def _owing(years: type[models.Model], duty: Duty) -> models.QuerySet:
    """The members of the outer year that owe the duty on the day it is counted on."""
    members = years._meta.get_field("members").related_model._default_manager
    return members.filter(bloc_year=OuterRef("pk")).owing(duty, OuterRef("counted_on"))


def _own(years: type[models.Model], relation: str, **done) -> models.QuerySet:
    """The object of a member that hangs on its year by the relation, where it is done."""
    objects = years._meta.get_field(relation).related_model._default_manager
    if relation != "agreement":
        done["unit"] = OuterRef("unit")
    return objects.filter(bloc_year=OuterRef("bloc_year"), **done)


def _told(members: models.QuerySet, *done: Exists, lacking: Exists | Q) -> Subquery:
    """How many members, how many of them by each condition, the short names of the lacking."""
    name = Cast("unit__short_name", TextField())
    told = JSONArray(
        Count("pk"), *(Count("pk", filter=one) for one in done), Names(name, filter=lacking)
    )
    rows = members.order_by().values("bloc_year").annotate(told=told)
    return Subquery(rows.values("told"), output_field=JSONField())
