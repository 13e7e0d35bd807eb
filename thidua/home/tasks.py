"""«Việc của tôi»: what a person has to do today, gathered from all apps."""

from datetime import date

import agreements.tasks as agreements
import awards.board.tasks as board
import awards.decisions.tasks as decisions
import awards.proposals.tasks as proposals
import blocs.appraisal.tasks as appraisal
import blocs.conferences.tasks as conferences
import blocs.criteria.tasks as criteria
import blocs.reports.tasks as reports
import blocs.years.tasks as years
from thidua.common.task_lines import Task

# Of equally pressing tasks the earlier of these come first.
BRINGERS = (
    reports.report_tasks,
    appraisal.correction_tasks,
    appraisal.check_tasks,
    appraisal.appeal_tasks,
    years.registration_tasks,
    agreements.agreement_tasks,
    conferences.conference_tasks,
    proposals.proposal_tasks,
    years.handover_tasks,
    criteria.amendment_tasks,
    appraisal.marking_tasks,
    proposals.office_tasks,
    criteria.draft_tasks,
    decisions.publishing_tasks,
    board.council_tasks,
    decisions.signing_tasks,
)


def tasks_of(user, today: date) -> list[Task]:
    """All tasks, the most pressing first; a constant number of queries."""
    desk = years.desk_of(user, today)
    found = [one for bring in BRINGERS for one in bring(desk)]
    return sorted(found, key=lambda one: (one.due is None, one.due or today))
