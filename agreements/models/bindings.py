"""Signatures of the agreement bind a year to its scoring table."""

from agreements.models.agreements import Signature
from blocs.criteria.models.bindings import BINDINGS
from blocs.years.models import BlocYear


@BINDINGS.add
def signed_by_units(bloc_year: BlocYear) -> str:
    """How many units have signed the agreement; a signature that was voided binds nobody."""
    signed = Signature.objects.filter(agreement__bloc_year=bloc_year, voided_at=None).count()
    return f"Giao ước thi đua đã có chữ ký của {signed:02d} đơn vị." if signed else ""
