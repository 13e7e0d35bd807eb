from blocs.criteria.models.criteria import AmendmentReading, CompetentBody, Criterion, ScoringTable
from blocs.criteria.models.groups import GroupedMember, UnitGroup

__all__ = [
    "AmendmentReading",
    "CompetentBody",
    "Criterion",
    "GroupedMember",
    "ScoringTable",
    "UnitGroup",
]
