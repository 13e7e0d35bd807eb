from blocs.appraisal.models.conflicts import ScoringConflict
from blocs.appraisal.models.marks import Appeal, Mark

__all__ = [
    "Appeal",
    "Mark",
    "ScoringConflict",
]
