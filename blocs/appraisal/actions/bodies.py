"""Competent bodies: who appraises which leaves of every sheet."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blocs.appraisal.actions.ways import locked_in_mode
from blocs.appraisal.models.markings import table_leaves
from blocs.criteria.models import CompetentBody
from blocs.reports.models import Assignment
from blocs.reports.models.assignments import may_mark
from blocs.states import AppraisalMode
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from blocs.years.models.frozen_rules import marked_since
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.changes import change_of, said
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import two_digits

FOREIGN_LEAF = "Có tiêu chí không thuộc bảng chấm điểm của năm."
BODY_DONE = "Cơ quan này đã chấm xong ít nhất một bảng điểm nên không đổi tiêu chí."
BEGUN = (
    "Đã có điểm chấm từ {at} nên không đổi cơ quan thẩm định và tiêu chí. Muốn đổi, hãy kết thúc "
    "vòng chấm, nêu lý do."
)
# The leaves of a body and its share.
Part = tuple[Collection[int], Decimal | None]
LEAVES, SHARE = "paths", "share"  # as the form calls them


def body_words(bloc_year: BlocYear, unit: Unit | None) -> dict[str, str]:
    """The leaves that the unit appraises now, in the order of the table, and its share."""
    body = bloc_year.bodies.filter(unit=unit).first()
    return _words(bloc_year, _leaves_of(body), body and body.share)


def _leaves_of(body: CompetentBody | None) -> set[int]:
    return set(body.criteria.values_list("pk", flat=True)) if body else set()


def _words(
    bloc_year: BlocYear, leaves: Iterable[int], share: Decimal | None = None
) -> dict[str, str]:
    chosen = set(leaves)
    names = (leaf.name for leaf in table_leaves(bloc_year) if leaf.pk in chosen)
    return {LEAVES: "; ".join(names), SHARE: said(share)}


@transaction.atomic
def save_body(
    bloc_year: BlocYear,
    *,
    unit: Unit,
    leaves: Collection[int],
    share: Decimal | None = None,
    actor: User,
    seen: str | None = None,
) -> CompetentBody | None:
    """Set the leaves that a unit, member or not, appraises in every sheet; none takes it out.

    `share` is its percent where several bodies mark one leaf.

    Refused after the first mark of the year, until the round is ended, but for a new body that
    takes over leaves of one that exists no more; told where another saved since `seen` was shown.
    """
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked_in_mode(bloc_year, AppraisalMode.BODIES)
    if not set(leaves) <= {leaf.pk for leaf in table_leaves(bloc_year)}:
        raise ValidationError(FOREIGN_LEAF)
    mine = Assignment.objects.filter(report__bloc_year=bloc_year, unit=unit)
    body = bloc_year.bodies.filter(unit=unit).first()
    before = _leaves_of(body)
    weight = body.share if body else None
    if before == set(leaves) and (weight == share or not leaves):
        return body
    if before or not set(leaves) <= left_leaves(bloc_year):
        refuse_begun(bloc_year, mine)
    stored, typed = _words(bloc_year, before, weight), _words(bloc_year, leaves, share)
    refuse_overtaken(bloc_year, "appraisal.save_body", seen=seen, stored=stored, typed=typed)
    if leaves:
        body = _put(body or CompetentBody(bloc_year=bloc_year, unit=unit), leaves, share)
    else:
        mine.delete()
        body.delete()
        body = None
    _tell(bloc_year, unit, (before, weight), (leaves, share), actor)
    return body


def _put(body: CompetentBody, leaves: Collection[int], share: Decimal | None) -> CompetentBody:
    body.share = share
    body.full_clean()
    body.save()
    body.criteria.set(leaves)
    return body


def left_leaves(bloc_year: BlocYear) -> set[int]:
    """Leaves of bodies that exist no more: another body may take them over at any time."""
    able = may_mark(timezone.localdate(), "bloc_year", "unit")
    return set(bloc_year.bodies.exclude(able).values_list("criteria", flat=True)) - {None}


def why_body_closed(bloc_year: BlocYear, unit: Unit | None) -> str:
    """Why the leaves of this body (None: of a new one) are not changed; empty while they are."""
    at = marked_since(bloc_year)
    if at is None or (unit is None and left_leaves(bloc_year)):
        return ""
    return BEGUN.format(at=moment_words(at))


def refuse_begun(bloc_year: BlocYear, mine: QuerySet[Assignment]) -> None:
    """Refuse a change once the body (`mine`: what it has to mark) or anybody has marked."""
    if mine.filter(done_at__isnull=False).exists():
        raise ValidationError(BODY_DONE)
    if at := marked_since(bloc_year):
        raise ValidationError(BEGUN.format(at=moment_words(at)))


def _tell(bloc_year: BlocYear, unit: Unit, old: Part, new: Part, actor: User) -> None:
    (before, weight), (leaves, share) = old, new
    changes = [
        {
            "field": f"tiêu chí của {unit.name}",
            "before": f"{two_digits(len(before))} tiêu chí",
            "after": f"{two_digits(len(leaves))} tiêu chí",
        },
        *change_of(f"tỷ trọng (%) của {unit.name}", said(weight), said(share)),
    ]
    label = f"Giao tiêu chí thẩm định cho {unit.name}"
    record(actor, "appraisal.save_body", bloc_year, label=label, changes=changes)
