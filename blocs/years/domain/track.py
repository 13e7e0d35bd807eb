"""The eleven steps of the track of a bloc's year, and how each stands today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from blocs.states import YearState
from blocs.years.domain.calendar import YearDates
from thidua.common.deadlines import Deadline

STATE_ORDER = tuple(YearState.values)


class StepState(StrEnum):
    """How a step of the year looks today; PASSED: the year went on, the step was not done."""

    DONE = "done"
    PASSED = "passed"
    CURRENT = "current"
    TODO = "todo"
    OVERDUE = "overdue"


STEP_WORDS = {
    StepState.DONE: "Đã xong",
    StepState.PASSED: "Đã qua",
    StepState.CURRENT: "Đang làm",
    StepState.TODO: "Chưa đến",
    StepState.OVERDUE: "Quá hạn",
}


@dataclass(frozen=True)
class YearProgress:
    """The few numbers that tell how far a bloc year has come inside its state.

    Each count has its own base: those who owe that step; `units` owe a report, and the other
    steps too where nothing else is said.
    """

    units: int = 0
    registering: int | None = None
    registered: int = 0
    signing: int | None = None
    signed: int = 0
    submitted: int = 0
    appraised: int = 0
    is_table_published: bool = False
    is_in_effect: bool = False
    is_midyear_held: bool = False
    is_conference_held: bool = False
    is_ballot_counted: bool = False
    is_proposed: bool = False
    is_decided: bool = False
    # Some line is with the State, which decides on it elsewhere.
    is_forwarded: bool = False
    is_handed_over: bool = False
    # Why nobody is proposed, where the year was ended so.
    no_award_words: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the track: what, how far, who has to act, by when.

    `detail` counts the units, `is_short` where some are missing; `lack` says what a step that was
    passed over is without.
    """

    code: str
    label: str
    state: StepState
    who: str
    due: Deadline | None = None
    detail: str = ""
    lack: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class _Plan:
    """A step before it meets a year.

    It is done when the facts say so, whatever the state of the year; a year that has reached
    `passed_from` without them has passed it over.
    """

    code: str
    label: str
    who: str
    due: str
    passed_from: YearState
    is_done: Callable[[YearProgress], bool]
    lack: str = ""
    count: str = ""
    base: str = "units"


# How a year ends whose proposal was refused in every line.
NOTHING_GRANTED = "không có hình thức nào được đề nghị tặng"
# How it ends where the province submits to the State what it does not grant itself.
FORWARDED = "đã trình cấp Nhà nước"
MEMBERS = "Đơn vị thành viên"
HEAD = "Khối trưởng"
PLANS = (
    _Plan(
        "registration",
        "Đăng ký thi đua",
        MEMBERS,
        "registration_due",
        YearState.IN_PROGRESS,
        lambda progress: 0 < _base("registering", progress) <= progress.registered,
        count="registered",
        base="registering",
    ),
    _Plan(
        "table",
        "Bảng điểm",
        HEAD,
        "agreement_due",
        YearState.AGREED,
        lambda progress: progress.is_table_published,
        "chưa ban hành",
    ),
    _Plan(
        "agreement",
        "Giao ước",
        "Tất cả đơn vị",
        "agreement_due",
        YearState.AGREED,
        lambda progress: progress.is_in_effect,
        count="signed",
        base="signing",
    ),
    _Plan(
        "midyear",
        "Sơ kết",
        HEAD,
        "midyear_due",
        YearState.MIDYEAR_DONE,
        lambda progress: progress.is_midyear_held,
        "không sơ kết",
    ),
    _Plan(
        "report",
        "Báo cáo, tự chấm",
        MEMBERS,
        "report_due",
        YearState.RANKED,
        lambda progress: 0 < progress.units <= progress.submitted,
        count="submitted",
    ),
    _Plan(
        "appraisal",
        "Thẩm định",
        "Khối trưởng, khối phó",
        "appraisal_due",
        YearState.RANKED,
        lambda progress: 0 < progress.units <= progress.appraised,
        count="appraised",
    ),
    _Plan(
        "conference",
        "Hội nghị",
        HEAD,
        "conference_due",
        YearState.RANKED,
        lambda progress: progress.is_conference_held,
        "chưa có hội nghị",
    ),
    _Plan(
        "deliberation",
        "Bình xét",
        "Tất cả đơn vị",
        "conference_due",
        YearState.PROPOSED,
        lambda progress: progress.is_ballot_counted,
        "không bỏ phiếu",
    ),
    _Plan(
        "proposal",
        "Đề nghị khen thưởng",
        HEAD,
        "proposal_due",
        YearState.PROPOSED,
        lambda progress: progress.is_proposed,
        "không có đề nghị",
    ),
    _Plan(
        "decision",
        "Quyết định",
        "UBND tỉnh",
        "",
        YearState.DECIDED,
        lambda progress: progress.is_decided,
        "chưa ghi quyết định",
    ),
    _Plan(
        "handover",
        "Bàn giao",
        "Khối trưởng cũ và mới",
        "",
        YearState.ARCHIVED,
        lambda progress: progress.is_handed_over,
    ),
)


def year_steps(
    state: YearState | str, dates: YearDates, now: date | datetime, progress: YearProgress
) -> tuple[Step, ...]:
    """The eleven steps of the year as they stand at that moment.

    The first step that is neither done nor passed over is current, and every such step on its last
    day; overdue once that has passed. Nothing is current while the year is only planned.
    """
    reached = STATE_ORDER.index(YearState(state))
    steps: list[Step] = []
    is_waiting = reached > 0
    for plan in PLANS:
        due = dates.deadline(plan.due) if plan.due else None
        if plan.is_done(progress):
            step_state = StepState.DONE
        elif reached >= STATE_ORDER.index(plan.passed_from):
            step_state = StepState.PASSED
        else:
            step_state = _open_state(due, now, is_waiting=is_waiting, has_begun=reached > 0)
            is_waiting = False
        steps.append(
            Step(
                plan.code,
                plan.label,
                step_state,
                plan.who,
                due,
                _detail(plan, progress),
                _lack(plan, progress),
                bool(plan.count) and getattr(progress, plan.count) < _base(plan.base, progress),
            )
        )
    return tuple(steps)


def _open_state(
    due: Deadline | None, now: date | datetime, *, is_waiting: bool, has_begun: bool
) -> StepState:
    if due is not None and due.is_past(now):
        return StepState.OVERDUE
    is_today = due is not None and due.is_on(now)
    return StepState.CURRENT if is_waiting or (is_today and has_begun) else StepState.TODO


def _base(name: str, progress: YearProgress) -> int:
    found: int | None = getattr(progress, name)
    return progress.units if found is None else found


def _detail(plan: _Plan, progress: YearProgress) -> str:
    base = _base(plan.base, progress)
    if not plan.count or not base:
        return ""
    return f"{getattr(progress, plan.count)}/{base} đơn vị"


def _lack(plan: _Plan, progress: YearProgress) -> str:
    if plan.code == "decision" and progress.is_proposed:
        return FORWARDED if progress.is_forwarded else NOTHING_GRANTED
    is_of_awards = plan.passed_from in (YearState.PROPOSED, YearState.DECIDED)
    is_told = bool(progress.no_award_words) and is_of_awards and plan.code != "deliberation"
    return progress.no_award_words if is_told else plan.lack


def step_of_today(steps: tuple[Step, ...]) -> Step:
    """Where the year stands: the first open step, else the first to come, else the last."""
    ways = (StepState.CURRENT, StepState.OVERDUE), (StepState.TODO,)
    return next((step for way in ways for step in steps if step.state in way), steps[-1])


def line_words(step: Step, now: date | datetime) -> str:
    """«Báo cáo, tự chấm · hạn 30/11, còn 1 ngày · 5/8 đơn vị»: a step in one line."""
    is_over = step.state in (StepState.DONE, StepState.PASSED)
    if is_over or step.due is None:
        return f"{step.label} · {step_words(step)}"
    due = f"hạn {step.due.short_words}, {step.due.left_words(now)}"
    return " · ".join(filter(None, (step.label, due, step.detail)))


def step_words(step: Step) -> str:
    """How far a step is: «Đã xong» only for what was done; what is counted tells its count."""
    if step.state is StepState.PASSED:
        return f"Đã qua, {step.detail or step.lack}"
    if step.state is StepState.DONE:
        return (
            f"{STEP_WORDS[step.state]}, {step.detail}" if step.is_short else STEP_WORDS[step.state]
        )
    return step.detail or STEP_WORDS[step.state]
