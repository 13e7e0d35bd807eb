"""What has really been done in a bloc year, as columns of the query that reads the year.

The track tells it on every page of a year, so nothing here may cost a query of its own. What hangs
on the year is reached by the year's own relations: it stands above and is not imported.
"""

from datetime import date

from django.db import models
from django.db.models import Aggregate, Count, Exists, OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from blocs.states import REGISTERED, SENT_STATES
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
        text = "%(function)s(%(expressions)s, CHAR(10))"
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template=text, **context)


def facts_of(years: type[models.Model], today: date) -> dict[str, models.Expression]:
    """What the track says beside the counts; `years` is the model of bloc years."""
    here = years._default_manager.filter(pk=OuterRef("pk")).order_by()
    drafted = years._meta.get_field("agreement").related_model._meta.get_field("state").default
    owing = _owing(years, Duty.SIGN)
    signed = owing.filter(Exists(_own(years, "agreement", **SIGNED))).order_by()
    signed = signed.values("bloc_year").annotate(found=Count("pk"))
    return {
        "signed_count": Subquery(signed.values("found")),
        "is_circulated": Exists(
            here.filter(agreement__isnull=False).exclude(agreement__state=drafted)
        ),
        "is_in_effect": Exists(here.filter(agreement__effective_at__isnull=False)),
        "has_ballot": Exists(here.filter(conference__ballots__isnull=False)),
        "has_proposal": Exists(here.filter(proposal__submitted_at__isnull=False)),
        "has_decision": Exists(here.filter(proposal__items__decision__isnull=False)),
        "has_forwarded": Exists(here.filter(proposal__items__forwarded_on__isnull=False)),
        "unregistered": _lacking(years, Duty.REGISTER, "registrations", state__in=REGISTERED),
        "unsent": _lacking(years, Duty.REPORT, "reports", state__in=SENT_STATES),
        # Who has declined has answered; from then on head or office decide.
        "unsigned": _names(
            owing.filter(~Exists(_own(years, "agreement", **SIGNED))).exclude(
                Exists(_own(years, "agreement", **DECLINED))
            )
        ),
        # A step waits for a person of today.
        **{
            f"{post}_person": Subquery(here.values(person=leader_of_outer(post, today)))
            for post in POSTS
        },
    }


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


def _lacking(years: type[models.Model], duty: Duty, relation: str, **done) -> Subquery:
    """Short names of those who owe the duty and have no object of the relation, a line each."""
    return _names(_owing(years, duty).filter(~Exists(_own(years, relation, **done))))


def _names(members: models.QuerySet) -> Subquery:
    """Short names of these members, a line each."""
    names = members.order_by().values("bloc_year")
    names = names.annotate(names=Names(Cast("unit__short_name", TextField())))
    return Subquery(names.values("names"))
