"""The targets in force, told to the score sheets of the year."""

from agreements.enums import AgreementState
from agreements.models.agreements import Agreement, Target
from blocs.criteria.models.groups import UnitGroup
from blocs.reports.domain.agreed_targets import AgreedTarget
from blocs.reports.models.agreed_targets import TARGETS, leaf_words

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


def group_names(bloc_year: int) -> dict[int, str]:
    """The names of the groups of units of a year by their key."""
    return dict(UnitGroup.objects.filter(bloc_year=bloc_year).values_list("pk", "name"))


def target_rows(agreement: Agreement) -> list[tuple[Target, str]]:
    """The targets of the agreement, each with the words for its leaf; "" where it names none."""
    targets = list(agreement.targets.all())
    names = group_names(agreement.bloc_year_id) if agreement.bloc_year.is_divided else {}
    return [(one, leaf_words(one.leaf, names)) for one in targets]
