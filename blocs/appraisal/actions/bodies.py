"""Competent bodies: who appraises which leaves of every sheet."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.appraisal.actions.assignments import locked_in_mode
from blocs.appraisal.models.markings import table_leaves
from blocs.criteria.models import CompetentBody
from blocs.reports.models import Assignment
from blocs.states import AppraisalMode
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.numbers import two_digits

FOREIGN_LEAF = "Có tiêu chí không thuộc bảng chấm điểm của năm."
BODY_DONE = "Cơ quan này đã chấm xong ít nhất một bảng điểm nên không đổi tiêu chí."
LEAVES = "paths"  # as the form calls them


def body_words(bloc_year: BlocYear, unit: Unit | None) -> dict[str, str]:
    """The leaves that the unit appraises now, in the order of the table; none: no body yet."""
    return _words(bloc_year, _leaves_of(bloc_year.bodies.filter(unit=unit).first()))


def _leaves_of(body: CompetentBody | None) -> set[int]:
    return set(body.criteria.values_list("pk", flat=True)) if body else set()


def _words(bloc_year: BlocYear, leaves: Iterable[int]) -> dict[str, str]:
    chosen = set(leaves)
    names = (leaf.name for leaf in table_leaves(bloc_year) if leaf.pk in chosen)
    return {LEAVES: "; ".join(names)}


@transaction.atomic
def save_body(
    bloc_year: BlocYear,
    *,
    unit: Unit,
    leaves: Collection[int],
    actor: User,
    seen: str | None = None,
) -> CompetentBody | None:
    """Set the leaves that a unit, member or not, appraises in every sheet; none takes it out.

    Refused once the body has finished a sheet; told where another saved since `seen` was shown.
    """
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked_in_mode(bloc_year, AppraisalMode.BODIES)
    if not set(leaves) <= {leaf.pk for leaf in table_leaves(bloc_year)}:
        raise ValidationError(FOREIGN_LEAF)
    mine = Assignment.objects.filter(report__bloc_year=bloc_year, unit=unit)
    body = bloc_year.bodies.filter(unit=unit).first()
    before = _leaves_of(body)
    if before == set(leaves):
        return body
    if mine.filter(done_at__isnull=False).exists():
        raise ValidationError(BODY_DONE)
    stored, typed = (_words(bloc_year, one) for one in (before, leaves))
    refuse_overtaken(bloc_year, "appraisal.save_body", seen=seen, stored=stored, typed=typed)
    if not leaves:
        mine.delete()
        body.delete()
        body = None
    else:
        body = body or CompetentBody.objects.create(bloc_year=bloc_year, unit=unit)
        body.criteria.set(leaves)
    change = {
        "field": f"tiêu chí của {unit.name}",
        "before": f"{two_digits(len(before))} tiêu chí",
        "after": f"{two_digits(len(leaves))} tiêu chí",
    }
    label = f"Giao tiêu chí thẩm định cho {unit.name}"
    record(actor, "appraisal.save_body", bloc_year, label=label, changes=[change])
    return body
