from blocs.ranking.models.grounds import Ground

__all__ = [
    "Ground",
]
