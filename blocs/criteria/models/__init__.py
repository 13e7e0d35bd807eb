from blocs.criteria.models.criteria import AmendmentReading, CompetentBody, Criterion, ScoringTable

__all__ = [
    "AmendmentReading",
    "CompetentBody",
    "Criterion",
    "ScoringTable",
]
