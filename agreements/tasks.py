"""Agreements that wait for a signature."""

from django.db.models import Exists, OuterRef

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from thidua.common.task_lines import page, task


def agreement_tasks(desk):
    """Agreements that wait for the signature of a unit the person leads."""
    by_pk = {year.pk: year for year in desk.years}
    signed = Signature.objects.filter(
        agreement=OuterRef("pk"), unit__in=desk.standing.leads, voided_at=None
    )
    waiting = Agreement.objects.filter(bloc_year__in=by_pk, state=AgreementState.SIGNING).exclude(
        Exists(signed)
    )
    if not desk.standing.leads:
        return []
    return [
        task(
            f"Ký giao ước thi đua {by_pk[row.bloc_year_id].words}",
            page("agreements:agreement_detail", row.bloc_year_id),
            str(by_pk[row.bloc_year_id].bloc),
            by_pk[row.bloc_year_id].agreement_due,
            desk.today,
        )
        for row in waiting
    ]
