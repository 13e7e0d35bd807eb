"""The decisions of a bloc of the cast: a draft, one that is signed, and one that is published."""

import datetime as dt

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision

FIRST_YEAR = 2026
NOON = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)


def granting(side):
    """The published decision that grants every granted line of the bloc."""
    return Decision.objects.get_or_create(
        number=f"{side.bloc.pk}/QĐ-UBND",
        year=FIRST_YEAR,
        defaults={
            "title": "Về việc khen thưởng",
            "state": DecisionState.PUBLISHED,
            "signed_on": dt.date(2026, 12, 20),
            "published_at": NOON,
        },
    )[0]


def add_decisions(side):
    side.keep(granting(side))
    side.keep(Decision.objects.create(year=FIRST_YEAR, title="Dự thảo về việc khen thưởng"))
    side.keep(
        Decision.objects.create(
            year=FIRST_YEAR,
            title="Về việc khen thưởng đợt hai",
            state=DecisionState.SIGNED,
            number=f"{side.bloc.pk}b/QĐ-UBND",
            signed_on=dt.date(2026, 12, 21),
        )
    )
