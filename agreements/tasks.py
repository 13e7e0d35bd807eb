"""Agreements that wait: for a signature, or for head and office to go on without one."""

from django.db.models import Exists, OuterRef, Q

from agreements.enums import AgreementState
from agreements.models import Agreement, Declining, Signature
from blocs.states import SeatRole
from thidua.common.task_lines import page, task


def agreement_tasks(desk):
    """What the leader of a unit has to answer, and what head or office may decide."""
    return [*answer_tasks(desk), *effect_tasks(desk)]


def answer_tasks(desk):
    """Agreements that wait for the signature of a unit the person leads."""
    if not desk.standing.leads:
        return []
    by_pk = {year.pk: year for year in desk.years}
    own = {"agreement": OuterRef("pk"), "unit__in": desk.standing.leads, "voided_at": None}
    waiting = Agreement.objects.filter(bloc_year__in=by_pk, state=AgreementState.SIGNING).exclude(
        Exists(Signature.objects.filter(**own)) | Exists(Declining.objects.filter(**own))
    )
    return [
        task(
            f"Ký giao ước thi đua {by_pk[row.bloc_year_id].words}",
            page("agreements:agreement_detail", row.bloc_year_id),
            str(by_pk[row.bloc_year_id].bloc),
            by_pk[row.bloc_year_id].deadline("agreement_due"),
            desk.now,
        )
        for row in waiting
    ]


def effect_tasks(desk):
    """Circulated agreements that a unit has declined: head and office say how it goes on."""
    standing = desk.standing
    decides = Q(bloc_year__head__in=standing.leads)
    if standing.has(SeatRole.OFFICE):
        decides = Q()
    elif not standing.leads:
        return []
    declined = Declining.objects.filter(agreement=OuterRef("pk"), voided_at=None)
    waiting = Agreement.objects.filter(decides, state=AgreementState.SIGNING)
    return [
        task(
            f"Có đơn vị không ký giao ước {row.bloc_year.words}: xem và quyết định",
            page("agreements:agreement_detail", row.bloc_year_id),
            str(row.bloc_year.bloc),
            row.bloc_year.deadline("agreement_due"),
            desk.now,
        )
        for row in waiting.filter(Exists(declined)).for_page().order_by("pk")
    ]
