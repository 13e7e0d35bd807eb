"""How an exhibit is written down and read again."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from agreements.documents.agreement import AgreementPaper
from awards.decisions.documents.decision import DecisionPaper
from awards.proposals.documents.submission import Submission
from blocs.conferences.documents.counting_minutes import CountingMinutes
from blocs.conferences.documents.minutes import Minutes
from thidua.workbooks.sheets import read_sheets

HERE = Path(__file__).parent
# The form of each kind of paper that is kept; a kind that is not here is in no museum yet.
FORMS = {
    "minutes": Minutes,
    "counting_minutes": CountingMinutes,
    "agreement": AgreementPaper,
    "submission": Submission,
    "decision": DecisionPaper,
}


@dataclass(frozen=True)
class Told:
    """What a paper was when it was kept."""

    kind: str
    title: str
    version: str
    sha256: str
    text: str
    data: dict


def cells_of(content):
    """Every cell that a workbook holds, as its reader tells it: sheet, then rows of words."""
    return {
        sheet.name: [[None if value is None else str(value) for value in row] for row in sheet.rows]
        for sheet in read_sheets(content)
    }


def sha256(content):
    return hashlib.sha256(content).hexdigest()
