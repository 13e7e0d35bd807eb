"""Signatures of the agreement bind a year to its scoring table, its day the papers after it."""

from datetime import date

from agreements.enums import AgreementState
from agreements.models.agreements import Agreement, Signature
from blocs.criteria.models.bindings import BINDINGS
from blocs.reports.models.paper_days import BASES
from blocs.years.models import BlocYear


@BINDINGS.add
def signed_by_units(bloc_year: BlocYear) -> str:
    """How many units have signed the agreement; a signature that was voided binds nobody."""
    signed = Signature.objects.filter(agreement__bloc_year=bloc_year, voided_at=None).count()
    return f"Giao ước thi đua đã có chữ ký của {signed:02d} đơn vị." if signed else ""


@BASES.add
def agreed_on(bloc_year: BlocYear) -> tuple[str, date] | None:
    """The agreement in force and its day: a unit reports on what was agreed before."""
    in_force = (AgreementState.EFFECTIVE, AgreementState.CLOSED)
    agreement = Agreement.objects.filter(bloc_year=bloc_year, state__in=in_force).first()
    if agreement is None:
        return None
    day = agreement.signed_on or agreement.effect_day
    return ("giao ước thi đua", day) if day else None
