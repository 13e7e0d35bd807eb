"""Decisions to draft, to sign and to publish."""

from django.urls import reverse

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.states import SeatRole
from thidua.common.task_lines import page, task
from thidua.common.vietnamese.numbers import two_digits


def drafting_tasks(desk):
    """Lines that are ready for a decision and stand in none: all of them in one line."""
    if not desk.standing.runs.everywhere:
        return []
    ready = ProposalItem.objects.free().filter(decision=None).order_by()
    units = yield ready.values_list("pk", flat=True)
    if not units:
        return []
    label = f"Soạn quyết định khen thưởng: {two_digits(len(units))} dòng đủ điều kiện"
    return [task(label, reverse("decisions:decision_new"), "Quyết định", None, desk.now)]


def signing_tasks(desk):
    """Drafts that wait for the Chairman."""
    if not desk.standing.has(SeatRole.CHAIR):
        return []
    drafts = Decision.objects.filter(state=DecisionState.DRAFT).order_by("pk")
    return [
        task("Ký quyết định", page("decisions:decision_detail", pk), title, None, desk.now)
        for pk, title in (yield drafts.values_list("pk", "title")[:20])
    ]


def publishing_tasks(desk):
    """Signed decisions that the office publishes."""
    if not desk.standing.runs.everywhere:
        return []
    signed = Decision.objects.filter(state=DecisionState.SIGNED).order_by("pk")
    return [
        task(
            "Công bố quyết định",
            page("decisions:decision_detail", pk),
            str(Decision(number=number)),
            None,
            desk.now,
        )
        for pk, number in (yield signed.values_list("pk", "number")[:20])
    ]
