"""The targets in force, told to the score sheets of the year."""

from agreements.enums import AgreementState
from agreements.models.agreements import Target
from blocs.reports.domain.agreed_targets import AgreedTarget
from blocs.reports.models.agreed_targets import TARGETS

IN_FORCE = (AgreementState.EFFECTIVE, AgreementState.CLOSED)


def targets_in_force(bloc_year: int) -> list[AgreedTarget]:
    """The figures of the agreement that all units of this bloc year have signed."""
    found = Target.objects.filter(
        agreement__bloc_year=bloc_year, agreement__state__in=IN_FORCE, planned__isnull=False
    )
    return [
        AgreedTarget(name, planned, leaf)
        for name, planned, leaf in found.values_list("name", "planned", "leaf")
    ]


TARGETS.add(targets_in_force)
