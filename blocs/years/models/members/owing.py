"""Members of a year that owe something on a day: `owes` of the domain, as SQL."""

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import TruncDate

from blocs.states import RegistrationState, ReportState, TableState
from blocs.years.domain.names import first_day
from blocs.years.domain.taking_part import DUE, ENDS, OF_THE_YEAR, Duty

SCHOOL_BEGINS = first_day(2000, is_school_year=True).month
# What a unit has handed in of a duty, by the year's own relation; it stays when the unit was away
# on the day on which it fell due.
HANDED_IN = {
    Duty.REGISTER: ("registrations", [one for one in RegistrationState if one != "draft"]),
    Duty.REPORT: ("reports", [one for one in ReportState if one != "draft"]),
    Duty.COMPARE: ("reports", [one for one in ReportState if one != "draft"]),
}


class IsAway(Func):
    """Whether a day lies in one of the absences that a member keeps as rows of two days.

    No absence covers a day that is not set. Hardly a member has any: the rows are not taken apart
    where there are none, or a list of twenty years would do so twenty thousand times.
    """

    arity = 2
    output_field = models.BooleanField()
    template = (
        "(%(rows)s <> '[]' AND EXISTS (SELECT 1 FROM jsonb_array_elements(%(rows)s) AS gap"
        " WHERE (gap ->> 0)::date <= %(day)s AND %(day)s < (gap ->> 1)::date))"
    )

    def as_sql(self, compiler, connection, template=None, **context):
        rows, row_params = compiler.compile(self.source_expressions[0])
        day, day_params = compiler.compile(self.source_expressions[1])
        sql = (template or self.template) % {"rows": rows, "day": day}
        return sql, (*row_params, *row_params, *day_params, *day_params)

    def as_sqlite(self, compiler, connection, **context):
        template = (
            "(%(rows)s <> '[]' AND EXISTS (SELECT 1 FROM json_each(%(rows)s) AS gap"
            " WHERE json_extract(gap.value, '$[0]') <= %(day)s"
            " AND %(day)s < json_extract(gap.value, '$[1]')))"
        )
        return self.as_sql(compiler, connection, template=template)


class YearMemberQuerySet(models.QuerySet):
    def owing(self, duty: Duty, day):
        """Members that owe the duty on `day` (a date or an expression): `owes` in SQL."""
        inside = self._inside(day)
        for name in ENDS[duty]:
            goes_on = Q(**{name: None}) | Q(**{f"{name}__gt": day})
            is_whole = name == "left_on" and duty in OF_THE_YEAR
            inside &= goes_on | self._left_after_the_year() if is_whole else goes_on
        if duty in DUE:
            missed = IsAway("away", F(f"bloc_year__{DUE[duty]}"))
            inside &= ~Q(missed) | self._has(*HANDED_IN[duty])
        return self.filter(inside)

    def _inside(self, day) -> Q:
        """Members that have come by that day, and are not away on it."""
        is_day = not hasattr(day, "resolve_expression")
        here = models.Value(day, models.DateField()) if is_day else day
        return (Q(joined_on=None) | Q(joined_on__lte=day)) & ~Q(IsAway("away", here))

    def _left_after_the_year(self) -> Q:
        """Members that left after the last day of their year: they took part in all of it."""
        year = F("bloc_year__year")
        in_school = Q(left_on__year=year + 1, left_on__month__gte=SCHOOL_BEGINS)
        return Q(bloc_year__is_school_year=False, left_on__year__gt=year) | Q(
            in_school | Q(left_on__year__gt=year + 1), bloc_year__is_school_year=True
        )

    def before_effect(self):
        """Without those who were outside when the agreement took effect: they sign it no more."""
        effect = "bloc_year__agreement__effective_at"
        return self.filter(Q(**{effect: None}) | self._inside(TruncDate(effect)))

    def after_effect(self):
        """Those who came, or came back, when the agreement was in effect already."""
        return self.exclude(pk__in=self.before_effect().order_by().values("pk"))

    def without_table(self):
        """Members whose group, or who outside every group, has no scoring table in force."""
        years = self.model._meta.get_field("bloc_year").related_model.objects
        years = years.filter(pk=OuterRef("bloc_year"))
        own = {"tables__state": TableState.PUBLISHED}
        common = years.filter(tables__group=None, **own)
        of_group = years.filter(tables__group=OuterRef("grouping__group"), **own)
        return self.filter(
            Q(grouping=None) & ~Exists(common) | Q(grouping__isnull=False) & ~Exists(of_group)
        )

    def having(self, relation, states):
        """Members whose object of this kind is in one of the states."""
        return self.filter(self._has(relation, states))

    def _has(self, relation, states) -> Exists:
        """Whether the member's object of this kind is in one of the states.

        By the year's own relation: what hangs on a year stands above it.
        """
        years = self.model._meta.get_field("bloc_year").related_model
        rows = years._meta.get_field(relation).related_model.objects
        own = rows.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
        return Exists(own.filter(state__in=states))
