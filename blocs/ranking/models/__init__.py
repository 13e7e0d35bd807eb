from blocs.ranking.models.grounds import Ground
from blocs.ranking.models.past_years import PastYear
from blocs.ranking.models.seals import RankingSeal
from blocs.ranking.models.stated import StatedCount, StatedPlace

__all__ = [
    "Ground",
    "PastYear",
    "RankingSeal",
    "StatedCount",
    "StatedPlace",
]
