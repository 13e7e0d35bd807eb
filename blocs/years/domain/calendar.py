"""The bloc's year: its usual dates and the eleven steps of the track."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from blocs.states import YearState

STATE_ORDER = tuple(YearState.values)


class StepState(StrEnum):
    """How a step of the year looks today."""

    DONE = "done"
    CURRENT = "current"
    TODO = "todo"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class YearDates:
    """The last days of one bloc year; None where the bloc has set none."""

    registration_due: date | None = None
    agreement_due: date | None = None
    midyear_due: date | None = None
    report_due: date | None = None
    appraisal_due: date | None = None
    conference_due: date | None = None
    proposal_due: date | None = None


@dataclass(frozen=True)
class YearProgress:
    """The few numbers that tell how far a bloc year has come inside its state."""

    units: int = 0
    registered: int = 0
    signed: int = 0
    submitted: int = 0
    appraised: int = 0
    is_table_published: bool = False
    is_conference_held: bool = False
    is_ballot_counted: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the track: what, how far, who has to act, by when."""

    code: str
    label: str
    state: StepState
    who: str
    due: date | None = None
    detail: str = ""


@dataclass(frozen=True)
class _Plan:
    """A step before it meets a year.

    It is done once the year has reached `done_from`, or when its own numbers say so earlier.
    """

    code: str
    label: str
    who: str
    due: str
    done_from: YearState
    is_done: Callable[[YearProgress], bool] = lambda progress: False
    count: str = ""


MEMBERS = "Đơn vị thành viên"
HEAD = "Khối trưởng"
PLANS = (
    _Plan(
        "registration",
        "Đăng ký thi đua",
        MEMBERS,
        "registration_due",
        YearState.IN_PROGRESS,
        lambda progress: 0 < progress.units <= progress.registered,
        "registered",
    ),
    _Plan(
        "table",
        "Bảng điểm",
        HEAD,
        "agreement_due",
        YearState.AGREED,
        lambda progress: progress.is_table_published,
    ),
    _Plan(
        "agreement",
        "Giao ước",
        "Tất cả đơn vị",
        "agreement_due",
        YearState.AGREED,
        lambda progress: 0 < progress.units <= progress.signed,
        "signed",
    ),
    _Plan("midyear", "Sơ kết", HEAD, "midyear_due", YearState.MIDYEAR_DONE),
    _Plan(
        "report",
        "Báo cáo, tự chấm",
        MEMBERS,
        "report_due",
        YearState.RANKED,
        lambda progress: 0 < progress.units <= progress.submitted,
        "submitted",
    ),
    _Plan(
        "appraisal",
        "Thẩm định",
        "Khối trưởng, khối phó",
        "appraisal_due",
        YearState.RANKED,
        lambda progress: 0 < progress.units <= progress.appraised,
        "appraised",
    ),
    _Plan(
        "conference",
        "Hội nghị",
        HEAD,
        "conference_due",
        YearState.RANKED,
        lambda progress: progress.is_conference_held,
    ),
    _Plan(
        "deliberation",
        "Bình xét",
        "Tất cả đơn vị",
        "conference_due",
        YearState.PROPOSED,
        lambda progress: progress.is_ballot_counted,
    ),
    _Plan("proposal", "Đề nghị khen thưởng", HEAD, "proposal_due", YearState.PROPOSED),
    _Plan("decision", "Quyết định", "UBND tỉnh", "", YearState.DECIDED),
    _Plan("handover", "Bàn giao", "Khối trưởng cũ và mới", "", YearState.ARCHIVED),
)


def default_dates(year: int) -> YearDates:
    """Dates to start from for a bloc year; the bloc changes them as its regulation says."""
    return YearDates(
        registration_due=date(year, 3, 15),
        agreement_due=date(year, 3, 31),
        midyear_due=date(year, 7, 15),
        report_due=date(year, 12, 15),
        appraisal_due=date(year, 12, 31),
        conference_due=date(year + 1, 1, 20),
        proposal_due=date(year + 1, 1, 31),
    )


def year_steps(
    state: YearState | str, dates: YearDates, today: date, progress: YearProgress
) -> tuple[Step, ...]:
    """The eleven steps of the year as they stand today.

    The first step that is not done is current; every undone step whose day has passed is
    overdue. Nothing is current while the year is only planned.
    """
    reached = STATE_ORDER.index(YearState(state))
    steps: list[Step] = []
    is_waiting = reached > 0
    for plan in PLANS:
        is_done = reached >= STATE_ORDER.index(plan.done_from) or plan.is_done(progress)
        due = getattr(dates, plan.due) if plan.due else None
        step_state = _step_state(is_done=is_done, due=due, today=today, is_waiting=is_waiting)
        is_waiting = is_waiting and is_done
        steps.append(
            Step(plan.code, plan.label, step_state, plan.who, due, _detail(plan, progress))
        )
    return tuple(steps)


def _step_state(*, is_done: bool, due: date | None, today: date, is_waiting: bool) -> StepState:
    if is_done:
        return StepState.DONE
    if due is not None and today > due:
        return StepState.OVERDUE
    return StepState.CURRENT if is_waiting else StepState.TODO


def _detail(plan: _Plan, progress: YearProgress) -> str:
    if not plan.count or not progress.units:
        return ""
    return f"{getattr(progress, plan.count)}/{progress.units} đơn vị"
