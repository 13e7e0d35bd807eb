"""Who may do what with yearly reports, their sheets and evidence. One line per right."""

import rules

from blocs.reports.models import Report
from blocs.reports.models.assignments import marked_reports, proves_to_body
from blocs.reports.models.corrections import assigned_units
from blocs.states import COUNCIL_STATES, OPEN_STATES, PRIVATE_STATES
from blocs.units.models.seats import standing_of
from blocs.units.permissions import (
    edits_unit,
    has_seat,
    is_chair,
    is_council,
    is_office,
    is_own_unit,
    is_standing,
    is_sysadmin,
    leads_unit,
    oversees,
    sits_in_unit,
    works_for_a_unit,
)
from blocs.years.permissions import (
    is_bloc_deputy,
    is_bloc_head,
    is_bloc_people,
    is_bloc_secretary,
    is_of_member,
    serves_deputy_over_head,
    stands_in_for_deputy,
    takes_part,
)
from thidua.papers.registry import register_paper

# While a report is the unit's own, so are its drafts: others read no values of these lines of the
# log book.
OF_THE_UNIT = ("reports.save_scores", "reports.save_narrative", "appraisal.draft_appeal")


@rules.predicate
def marks_sheet(user, report):
    """Works for a unit that has to appraise this sheet or leaves of it; asks the tables."""
    units = standing_of(user).units
    return bool(report and units) and bool(assigned_units(report) & units)


@rules.predicate
def marks_whole_sheet(user, report):
    """Works for a unit that marks every leaf of this sheet."""
    return bool(report) and report.pk in marked_reports(user)


@rules.predicate
def reads_as_body(user, evidence):
    """Marks, as a competent body, a leaf that the file proves."""
    return bool(evidence) and proves_to_body(user, evidence)


@rules.predicate
def is_sent(user, obj):
    return bool(obj) and obj.state not in PRIVATE_STATES


@rules.predicate
def is_appraised(user, obj):
    return bool(obj) and obj.state in COUNCIL_STATES


@rules.predicate
def is_agreed(user, obj):
    return bool(obj) and obj.state in OPEN_STATES


@rules.predicate
def reads_a_use(user, evidence):
    """May read a report in which the file proves something."""
    return bool(evidence) and Report.objects.visible_to(user).proved_by(evidence).exists()


# Yearly report and score sheet
rules.add_perm("reports.list_report", has_seat & ~is_sysadmin)
rules.add_perm(
    "reports.view_report",
    sits_in_unit
    | (is_sent & (is_bloc_people | oversees))
    | (is_appraised & (is_council | is_chair))
    | (is_agreed & takes_part)
    | (is_sent & marks_whole_sheet),
)
rules.add_perm("reports.start_report", sits_in_unit & is_standing)
rules.add_perm("reports.edit_report", edits_unit & is_of_member)
rules.add_perm("reports.submit_report", leads_unit & is_of_member)
# Signed by hand it is on paper; whoever of the unit has the paper records it.
rules.add_perm("reports.record_report", (edits_unit | leads_unit) & is_of_member)
register_paper("report", "reports.view_report")
# The head unit's own sheet comes back from the deputy, and where there is none from the office;
# else nobody could return it.
rules.add_perm(
    "reports.return_report",
    is_sent
    & (is_bloc_secretary | is_bloc_head | serves_deputy_over_head | stands_in_for_deputy)
    & ~is_own_unit,
)
rules.add_perm(
    "reports.prepare_appraisal",
    is_sent & (is_bloc_secretary | is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit,
)
rules.add_perm(
    "reports.appraise_report", is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit
)
rules.add_perm("reports.draft_explanation", edits_unit & is_of_member)
rules.add_perm("reports.explain_report", leads_unit & is_of_member)
rules.add_perm(
    "reports.answer_explanation",
    is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit,
)
rules.add_perm("reports.confirm_report", is_office)
rules.add_perm("reports.freeze_midyear", (sits_in_unit & is_of_member) | is_bloc_people)
rules.add_perm("reports.view_midyear", is_bloc_people | oversees)
rules.add_perm("reports.rectify_report", is_office & is_agreed)
rules.add_perm("reports.list_evidence", works_for_a_unit)
rules.add_perm("reports.keep_evidence", edits_unit & is_standing)
rules.add_perm("reports.open_evidence", sits_in_unit | reads_a_use | reads_as_body)
# Who opened a sheet or a file is for those whose it is, and for the province's office.
rules.add_perm("reports.view_openings", sits_in_unit | oversees)
# Whether the unit has what was returned or appraised: for who did it, and for the unit itself.
rules.add_perm("reports.view_notice", sits_in_unit | (is_sent & (is_bloc_people | oversees)))


def shows_appraisal(user, report) -> bool:
    """Appraised points are the appraisers' own affair until they have finished."""
    return report.state in COUNCIL_STATES or user.has_perm("reports.prepare_appraisal", report)
