"""The votes of the conference, told to the ranking, which may break ties by them."""

from django.db.models import Case, OuterRef, Subquery, When

from blocs.conferences.models.last_votes import lines_that_count
from blocs.ranking.models.ranked_sheets import VOTES
from blocs.states import AskedAward


@VOTES.add
def award_votes():
    """The votes of a member of the year in its award ballot, as a part of a query over members.

    Of several awards the flag of the province counts first, of several sittings and rounds the
    last vote that counts.
    """
    lines = lines_that_count().filter(
        ballot__conference__bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit")
    )
    flag = When(award=AskedAward.FLAG, then=0)
    other = When(award=AskedAward.OTHER, then=2)
    latest = ("-ballot__conference__number", "-ballot__number")
    ordered = lines.order_by(Case(flag, other, default=1), *latest, "pk")
    return Subquery(ordered.values("votes_for")[:1])
