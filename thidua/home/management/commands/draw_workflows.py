"""The lives of all objects as diagrams, drawn from the tables that the program itself uses."""

from inspect import getdoc

from django.conf import settings
from django.core.management.base import BaseCommand

from agreements.models import Agreement
from agreements.workflows import AGREEMENT
from awards.decisions.models import Decision
from awards.decisions.workflows import DECISION
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import ITEM, PROPOSAL
from blocs.appraisal.models import Appeal
from blocs.appraisal.workflows import APPEAL
from blocs.conferences.models import Conference
from blocs.conferences.workflows import CONFERENCE
from blocs.criteria.models import ScoringTable
from blocs.criteria.workflows import TABLE
from blocs.reports.models import Report
from blocs.reports.workflows import REPORT
from blocs.years.models import BlocYear, Registration
from blocs.years.workflows import REGISTRATION, YEAR

WORKFLOWS = (
    (BlocYear, YEAR),
    (ScoringTable, TABLE),
    (Registration, REGISTRATION),
    (Agreement, AGREEMENT),
    (Report, REPORT),
    (Appeal, APPEAL),
    (Conference, CONFERENCE),
    (Proposal, PROPOSAL),
    (ProposalItem, ITEM),
    (Decision, DECISION),
)
INTRODUCTION = """# The lives of our objects

Written by `manage.py draw_workflows` from the tables in `<app>/workflows/`; a test keeps this page
up to date, so change the table and not the page. «Other action»: the move has no button of its own,
an action makes it together with something else (a signature, a decision).
"""
HEAD = """
| move | from → to | right | guards | made by, with |
|---|---|---|---|---|"""


def drawing() -> str:
    """The whole page: a diagram and a table of moves for every object that has a life."""
    parts = [part for model, workflow in WORKFLOWS for part in part_of(model, workflow)]
    return "\n".join((INTRODUCTION, *parts))


def part_of(model, workflow) -> list[str]:
    """One object: the life in words, the diagram, the moves."""
    return [
        f"## {model.__name__} – {model._meta.verbose_name}\n",
        f"{getdoc(workflow.states)}\n",
        *diagram(workflow),
        HEAD,
        *(row_of(move, workflow) for move in workflow.transitions),
        "",
    ]


def diagram(workflow) -> list[str]:
    states = [f'  state "{state.label}" as {state.value}' for state in workflow.states]
    moves = [
        f"  {source} --> {target}: {move.label}"
        for move in workflow.transitions
        for source in sources_of(move, workflow)
        for target in move.targets
    ]
    start = f"  [*] --> {workflow.initial}"
    return ["```mermaid", "stateDiagram-v2", *states, start, *moves, "```"]


def row_of(move, workflow) -> str:
    """One line of the table of moves."""
    targets = " or ".join(move.targets)
    cells = (
        f"`{move.name}`",
        f"{', '.join(sources_of(move, workflow))} → {targets}",
        f"`{move.permission}`",
        ", ".join(guard.__name__.replace("_", " ") for guard in move.guards) or "–",
        ", ".join(["other action"] * move.hidden + asked_of(move)) or "–",
    )
    return f"| {' | '.join(cells)} |"


def asked_of(move) -> list[str]:
    """Whether the move asks for a reason: always, or where something is out of the ordinary."""
    if move.note_if:
        return [f"reason where it {move.note_if.__name__.replace('_', ' ')}"]
    return ["reason"] * move.needs_note


def sources_of(move, workflow) -> list[str]:
    """Source states in the order of the enum; a set has none."""
    return [state.value for state in workflow.states if state in move.sources]


class Command(BaseCommand):
    help = "Vẽ vòng đời của các đối tượng từ bảng chuyển trạng thái vào docs/workflows.md."

    def handle(self, *args, **options):
        page = drawing()
        (settings.ROOT / "docs" / "workflows.md").write_text(page, encoding="utf-8")
        self.stdout.write(page)
