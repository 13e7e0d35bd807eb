"""What the office edits of a year: its dates and legal bases; the last day of reports by number."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import YearState
from blocs.years.actions.amendments import Amending, keep_amendment, store_notice
from blocs.years.actions.years import check_leaders, locked
from blocs.years.documents import rules_amendment_paper
from blocs.years.domain.calendar import DAYS, due_faults, hour_of
from blocs.years.models.amendments import RulesAmendment, follow_lateness
from blocs.years.models.frozen_rules import DUE_USED, is_signed
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.deadlines import Deadline
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.stored import pdf_of

HOUR_ALONE = "Có giờ mà chưa có ngày: hãy ghi ngày của hạn này hoặc bỏ giờ."
LEADERS = ("head", "deputy", "second_deputy", "head_is_acting")
LEADERS_APART = (
    "Năm thi đua đã mở: khối trưởng, khối phó thay đổi theo ngày, có số và căn cứ, ở trang “Khối "
    "trưởng, khối phó”."
)
NO_DUE_REASON = (
    "Năm thi đua đã mở: đổi hạn nộp báo cáo thì phải nêu lý do; các đơn vị được báo hạn cũ, hạn "
    "mới và lý do."
)


@dataclass(frozen=True)
class Moving:
    """Why the last day of the reports moves, and by which paper where there is one."""

    reason: str = ""
    document: str = ""


def edit_year(
    bloc_year: BlocYear,
    *,
    actor,
    data: Mapping,
    moving: Moving | None = None,
    seen: str | None = None,
) -> BlocYear:
    """Set dates and legal bases, before the opening also head and deputies.

    Another last day or hour of the reports of a year that is opened is its next numbered
    amendment: with a reason, told to the units, its notice stored; the marks «chậm hạn» follow.
    Refused once the year is archived, for the leaders of a year that is opened, for the last day
    of reports without a reason (field `due_reason`) and once the minutes are signed.
    """
    given = {"actor": actor, "data": data, "moving": moving or Moving(), "seen": seen}
    with transaction.atomic():
        year, amendment = write_year(bloc_year, **given)
        if amendment is None:
            return year
        paper = rules_amendment_paper(amendment)
        transaction.set_rollback(True)
    pdf_of(paper)
    with transaction.atomic():
        year, amendment = write_year(bloc_year, **given)
        store_notice(amendment, actor)
    return year


def write_year(
    bloc_year: BlocYear, *, actor, data: Mapping, moving: Moving, seen: str | None
) -> tuple[BlocYear, RulesAmendment | None]:
    """The change in the transaction of the caller, and the amendment that it is, if it is one.

    Refused as `edit_year` says; the notice of the amendment is stored by who calls.
    """
    require(actor, "years.manage_year", bloc_year)
    bloc_year = locked(bloc_year)
    if bloc_year.state == YearState.ARCHIVED:
        raise ValidationError("Năm thi đua đã lưu, không sửa nữa.")
    due = bloc_year.deadline("report_due")
    changes = overwrite(bloc_year, data, "years.edit_year", seen=seen)
    if not changes:
        return bloc_year, None
    if bloc_year.state != YearState.PLANNED and any(name in data for name in LEADERS):
        raise ValidationError(in_words_of(bloc_year.bloc.word, LEADERS_APART))
    is_moved = bloc_year.deadline("report_due") != due and bloc_year.state != YearState.PLANNED
    faults = lone_hours(bloc_year) | due_faults(bloc_year.dates, bloc_year.year)
    if faults := faults | (moving_faults(bloc_year, moving) if is_moved else {}):
        raise ValidationError(faults)
    check_leaders(bloc_year)
    bloc_year.full_clean()
    bloc_year.save()
    record(actor, "years.edit_year", bloc_year, label="Sửa năm thi đua", changes=changes)
    return bloc_year, keep_moving(bloc_year, due, moving, actor) if is_moved else None


def moving_faults(bloc_year: BlocYear, moving: Moving) -> dict[str, str]:
    """Why the deadline of reports of an opened year may not move, by field."""
    if is_signed(bloc_year):
        return {"report_due": DUE_USED}
    return {} if moving.reason.strip() else {"due_reason": NO_DUE_REASON}


def keep_moving(bloc_year: BlocYear, due: Deadline | None, moving: Moving, actor) -> RulesAmendment:
    """The moved deadline as the next amendment of the year, with the marks that follow it."""
    now = bloc_year.deadline("report_due")
    label = str(bloc_year._meta.get_field("report_due").verbose_name)
    changes = change_of(label, due.words if due else "", now.words if now else "")
    changes += follow_lateness(bloc_year)
    amending = Amending(timezone.localdate(), moving.document, moving.reason)
    return keep_amendment(bloc_year, amending, actor, changes, moves_due=True)


def lone_hours(bloc_year: BlocYear) -> dict[str, str]:
    """An hour belongs to a day: one without the other would be no deadline."""
    lone = [
        hour_of(name)
        for name in DAYS
        if getattr(bloc_year, hour_of(name)) and not getattr(bloc_year, name)
    ]
    return dict.fromkeys(lone, HOUR_ALONE)
