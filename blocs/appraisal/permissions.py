"""Who may do what with appraisals, corrections and objections. One line per right."""

import rules

from blocs.reports.permissions import is_appraised, is_sent, marks_sheet, marks_whole_sheet
from blocs.states import PRIVATE_STATES
from blocs.units.models.seats import standing_of
from blocs.units.permissions import (
    edits_unit,
    is_office,
    is_own_unit,
    is_province,
    leads_unit,
    oversees,
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
)


@rules.predicate
def marks_for_unit(user, assignment):
    """Works for the unit that was assigned, and not for the one whose sheet it is."""
    units = standing_of(user).units
    return bool(assignment and units) and (
        assignment.unit_id in units and assignment.report.unit_id not in units
    )


@rules.predicate
def is_of_sent_report(user, obj):
    return bool(obj) and obj.report.state not in PRIVATE_STATES


# Several appraisers: who is asked, what they give, who sees it beside the others'
rules.add_perm("appraisal.view_assignments", is_bloc_people | oversees)
rules.add_perm("appraisal.assign_appraisers", is_bloc_secretary | is_bloc_head)
rules.add_perm("appraisal.list_assignment", works_for_a_unit)
rules.add_perm("appraisal.mark_sheet", marks_for_unit & is_of_sent_report)
rules.add_perm(
    "appraisal.view_marks",
    (is_own_unit & is_appraised)
    | (~is_own_unit & is_sent & (is_bloc_people | oversees | marks_whole_sheet)),
)
# Leaves to be corrected, objections to points, frozen versions
# The head unit's own sheet is corrected as it is returned: the deputy asks, and where there is none
# the office.
rules.add_perm(
    "appraisal.ask_correction",
    ~is_own_unit
    & is_sent
    & (
        is_bloc_secretary
        | is_bloc_head
        | serves_deputy_over_head
        | stands_in_for_deputy
        | marks_sheet
    ),
)
rules.add_perm("appraisal.draft_appeal", edits_unit & is_of_member)
rules.add_perm("appraisal.raise_appeal", leads_unit & is_of_member)
rules.add_perm(
    "appraisal.answer_appeal", is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit
)
# All units side by side; signs of a formality are for the province alone.
rules.add_perm("appraisal.compare_points", is_bloc_people | oversees)
rules.add_perm("appraisal.view_signs", is_province)
