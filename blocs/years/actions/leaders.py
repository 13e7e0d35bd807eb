"""Head and deputies of a running year change by numbered changes, each from its day."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import RUNNING_YEARS, YearState
from blocs.years.actions.years import check_leaders, locked
from blocs.years.domain.leading import leader_refusals
from blocs.years.domain.names import first_day
from blocs.years.models.frozen_rules import archived_words
from blocs.years.models.leaderships import Leadership, before_change, cancel_refusals
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import set_fields
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.workflow import NEEDS_NOTE

# What higher apps do once other units lead the year.
LEADER_FOLLOWERS: Registry[Callable[..., None]] = Registry()
POSTS = ("head", "head_is_acting", "deputy", "second_deputy")
AT_FIRST = "Khi mở năm thi đua"
SAME = "Chưa thay đổi gì: đơn vị đứng đầu, cấp phó vẫn như đang ghi."
PLANNED = "Năm thi đua chưa mở: chọn đơn vị đứng đầu, cấp phó thẳng ở trang Thời hạn."
DECIDED = (
    "Năm thi đua đã có quyết định khen thưởng nên đơn vị đứng đầu không thay đổi nữa; ghi vào năm "
    "sau."
)


@transaction.atomic
def change_leaders(
    bloc_year: BlocYear,
    *,
    actor,
    data: Mapping,
    on: date,
    decision: str,
    reason: str = "",
    seen: str | None = None,
) -> BlocYear:
    """Let the units in `data` (by post) lead the year from `on`, under the next number.

    A post may be left vacant; `head_is_acting` says that the head only stands in. Refused before
    the opening, for a day that has not come, and once the year is decided.
    """
    require(actor, "years.manage_year", bloc_year)
    year = locked(bloc_year)
    refuse_state(year)
    refuse_day(year, on)
    before = {name: getattr(year, name) for name in POSTS}
    changes = overwrite(year, data, "years.change_leaders", "years.edit_year", seen=seen)
    if not changes:
        raise ValidationError(SAME)
    check_leaders(year, on)
    if not year.leaderships.exists():
        keep_beginning(year, before, actor=actor)
    year.head_basis = decision
    year.full_clean()
    year.save()
    row = next_row(year, on=on, decision=decision, reason=reason, recorded_by=actor)
    tell(row, changes, actor=actor)
    for follow in LEADER_FOLLOWERS:
        follow(year, actor=actor)
    return year


def next_row(year: BlocYear, **said) -> Leadership:
    """Who leads from now on, as the year names them, under the next number."""
    posts = {name: getattr(year, name) for name in POSTS}
    row = Leadership(bloc_year=year, number=year.leaderships.count(), **said, **posts)
    row.full_clean()
    row.save()
    return row


def tell(row: Leadership, changes: list[dict], *, actor) -> None:
    """The line of the log book about the new row."""
    year, words = row.bloc_year, f"Thay đổi khối trưởng, khối phó số {two_digits(row.number)}"
    record(
        actor,
        "years.change_leaders",
        year,
        label=f"{in_words_of(year.bloc.word, words)}, từ {short_date(row.on)}",
        note=f"{row.decision}. {row.reason}".strip(". ") + ".",
        changes=changes,
    )


@transaction.atomic
def cancel_leaders(change: Leadership, *, actor, reason: str) -> BlocYear:
    """Take the newest change back, as if it had not been recorded; it stays on record.

    Refused once somebody has acted by it, and where who led before takes part no more.
    """
    require(actor, "years.manage_year", change.bloc_year)
    year = locked(change.bloc_year)
    change = year.leaderships.get(pk=change.pk)
    refuse_cancel(change)
    if not reason.strip():
        raise ValidationError({"reason": NEEDS_NOTE})
    before = before_change(change)
    changes = set_fields(year, {name: getattr(before, name) for name in POSTS})
    try:
        check_leaders(year)
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    year.head_basis = "" if before.decision == AT_FIRST else before.decision
    year.full_clean()
    year.save()
    change.cancelled_at, change.cancel_reason = timezone.now(), reason.strip()
    change.full_clean()
    change.save()
    label = f"Hủy thay đổi khối trưởng, khối phó số {two_digits(change.number)}"
    label = in_words_of(year.bloc.word, label)
    record(actor, "years.cancel_leaders", year, label=label, note=reason.strip(), changes=changes)
    for follow in LEADER_FOLLOWERS:
        follow(year, actor=actor)
    return year


def refuse_cancel(change: Leadership) -> None:
    """Only the newest change of a running year is taken back, while nobody has acted by it."""
    refuse_state(change.bloc_year)
    if reasons := cancel_refusals(change):
        raise ValidationError(reasons)


def keep_beginning(year: BlocYear, posts: Mapping, *, actor) -> Leadership:
    """The row that tells who led from the first day on, written before the first change."""
    first = first_day(year.year, is_school_year=year.is_school_year)
    said = {"on": first, "decision": year.head_basis or AT_FIRST, "recorded_by": actor}
    return Leadership.objects.create(bloc_year=year, number=0, **said, **posts)


def refuse_day(year: BlocYear, on: date) -> None:
    """A change holds from a day of the year that has come, and not before the last one."""
    last = year.leaderships.standing().order_by("-on").values_list("on", flat=True).first()
    first = first_day(year.year, is_school_year=year.is_school_year)
    if reasons := leader_refusals(on, first, last, timezone.localdate()):
        raise ValidationError({"on": reasons})


def refuse_state(year: BlocYear) -> None:
    """Leaders change by numbers only while the year runs."""
    if year.state == YearState.PLANNED:
        raise ValidationError(PLANNED)
    if year.state not in RUNNING_YEARS:
        raise ValidationError(archived_words(year) or DECIDED)
