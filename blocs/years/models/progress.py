"""What has really been done in a bloc year, as columns of the query that reads the year.

The track tells it on every page of a year, so nothing here may cost a query of its own. What hangs
on the year is reached by the year's own relations: it stands above and is not imported.
"""

from django.db import models
from django.db.models import Aggregate, Count, Exists, OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from blocs.states import REGISTERED, SENT_STATES


class Names(Aggregate):
    """The texts of a group, a line each, in no order."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, CHR(10))"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        text = "%(function)s(%(expressions)s, CHAR(10))"
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template=text, **context)


def facts_of(years: type[models.Model]) -> dict[str, models.Expression]:
    """What the track says beside the counts; `years` is the model of bloc years."""
    here = years._default_manager.filter(pk=OuterRef("pk")).order_by()
    drafted = years._meta.get_field("agreement").related_model._meta.get_field("state").default
    signed = here.filter(agreement__signatures__voided_at=None).values("pk")
    signed = signed.annotate(found=Count("agreement__signatures__unit", distinct=True))
    return {
        "signed_count": Subquery(signed.values("found")),
        "is_circulated": Exists(
            here.filter(agreement__isnull=False).exclude(agreement__state=drafted)
        ),
        "is_in_effect": Exists(here.filter(agreement__effective_at__isnull=False)),
        "has_ballot": Exists(here.filter(conference__ballots__isnull=False)),
        "has_proposal": Exists(here.filter(proposal__submitted_at__isnull=False)),
        "has_decision": Exists(here.filter(proposal__items__decision__isnull=False)),
        "unregistered": _lacking(years, "registrations", state__in=REGISTERED),
        "unsent": _lacking(years, "reports", state__in=SENT_STATES),
        "unsigned": _lacking(
            years, "agreement", signatures__voided_at=None, signatures__unit=OuterRef("unit")
        ),
    }


def _lacking(years: type[models.Model], relation: str, **done) -> Subquery:
    """Short names of the members without their own object of a relation, a line each."""
    objects = years._meta.get_field(relation).related_model._default_manager
    if relation != "agreement":
        done["unit"] = OuterRef("unit")
    own = objects.filter(bloc_year=OuterRef("bloc_year"), **done)
    members = years._meta.get_field("members").related_model._default_manager
    found = members.filter(~Exists(own), bloc_year=OuterRef("pk")).order_by().values("bloc_year")
    names = found.annotate(names=Names(Cast("unit__short_name", TextField())))
    return Subquery(names.values("names"))
