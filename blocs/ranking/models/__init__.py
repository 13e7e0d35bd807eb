from blocs.ranking.models.grounds import Ground
from blocs.ranking.models.seals import RankingSeal

__all__ = [
    "Ground",
    "RankingSeal",
]
