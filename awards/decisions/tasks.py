"""Decisions to sign and to publish."""

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.states import SeatRole
from thidua.common.task_lines import task


def signing_tasks(desk):
    """Drafts that wait for the Chairman."""
    if not desk.standing.has(SeatRole.CHAIR):
        return []
    drafts = Decision.objects.filter(state=DecisionState.DRAFT).order_by("pk")[:20]
    return [
        task("Ký quyết định", decision.get_absolute_url(), decision.title, None, desk.now)
        for decision in (yield drafts)
    ]


def publishing_tasks(desk):
    """Signed decisions that the office publishes."""
    if not desk.standing.runs.everywhere:
        return []
    signed = Decision.objects.filter(state=DecisionState.SIGNED).order_by("pk")[:20]
    return [
        task("Công bố quyết định", decision.get_absolute_url(), str(decision), None, desk.now)
        for decision in (yield signed)
    ]
