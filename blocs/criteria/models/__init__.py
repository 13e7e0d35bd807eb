from blocs.criteria.models.bodies import CompetentBody
from blocs.criteria.models.criteria import AmendmentReading, Criterion, ScoringTable

__all__ = [
    "AmendmentReading",
    "CompetentBody",
    "Criterion",
    "ScoringTable",
]
