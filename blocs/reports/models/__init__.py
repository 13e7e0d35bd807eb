from blocs.reports.models.assignments import Assignment
from blocs.reports.models.corrections import Correction
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.versions import SheetVersion

__all__ = [
    "Assignment",
    "Correction",
    "Evidence",
    "Report",
    "Score",
    "SheetVersion",
]
