"""«Việc của tôi»: what a person has to do today, gathered from all apps."""

from dataclasses import replace
from datetime import date, datetime, time

import agreements.tasks as agreements
import awards.board.tasks as board
import awards.decisions.tasks as decisions
import awards.proposals.tasks as proposals
import blocs.appraisal.tasks as appraisal
import blocs.changes.tasks as changes
import blocs.conferences.tasks as conferences
import blocs.criteria.tasks as criteria
import blocs.ranking.tasks as ranking
import blocs.registrations.tasks as registrations
import blocs.reports.tasks as reports
import blocs.units.tasks as units
import blocs.years.tasks as years
from blocs.scoring.ranking.workdays import countdown_words
from thidua.common.task_lines import Task, brought

# Of equally pressing tasks the earlier of these come first.
BRINGERS = (
    years.calendar_days,
    reports.report_tasks,
    appraisal.correction_tasks,
    appraisal.check_tasks,
    appraisal.appeal_tasks,
    registrations.beginning_tasks,
    registrations.unsigned_tasks,
    registrations.receiving_tasks,
    changes.own_tasks,
    agreements.drafting_tasks,
    agreements.answer_tasks,
    agreements.joining_tasks,
    agreements.effect_tasks,
    conferences.closing_tasks,
    conferences.further_tasks,
    proposals.proposal_tasks,
    changes.handover_tasks,
    criteria.amendment_tasks,
    changes.rules_amendment_tasks,
    changes.merger_tasks,
    appraisal.scorer_tasks,
    appraisal.marking_tasks,
    reports.standing_in_tasks,
    proposals.office_tasks,
    changes.vacancy_tasks,
    changes.difference_tasks,
    ranking.sealing_tasks,
    ranking.locking_tasks,
    criteria.first_tasks,
    criteria.draft_tasks,
    criteria.group_tasks,
    decisions.drafting_tasks,
    decisions.publishing_tasks,
    board.council_tasks,
    board.forwarding_tasks,
    decisions.signing_tasks,
    changes.planning_tasks,
    units.request_tasks,
)


def tasks_of(user, now: date | datetime) -> list[Task]:
    """All tasks, the most pressing first; a constant number of queries. `now` is Vietnam's."""
    return tasks_at(years.desk_of(user, now))


def tasks_at(desk: years.Desk) -> list[Task]:
    """The same for a desk that was read already."""
    found = brought((bring(desk) for bring in BRINGERS), desk.user)
    return [in_workdays(one, desk) for one in sorted(found, key=_pressing)]


def in_workdays(one: Task, desk: years.Desk) -> Task:
    """The task with its days counted by the office's calendar; on its last day by the hour."""
    if one.due is None or one.due.is_on(desk.now):
        return one
    words = countdown_words(desk.today, one.due.day, desk.calendar)
    return replace(one, due_words=words)


def _pressing(one: Task) -> tuple[date, time]:
    """By day and hour; what has no hour comes after what ends within the same day."""
    if one.due is None:
        return date.max, time.max
    return one.due.day, one.due.hour or time.max
