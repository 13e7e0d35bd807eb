"""Who may do what in a bloc: the matrix. One line per right.

The rights of a bloc head, deputy and bloc secretary are computed from the unit's role in the
year; nothing of that is stored on the person.
"""

import rules

from blocs.reports.models import Report
from blocs.reports.models.assignments import marked_reports, proves_to_body
from blocs.reports.models.corrections import assigned_units
from blocs.states import COUNCIL_STATES, OPEN_STATES, PRIVATE_STATES, SeatRole
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from blocs.years.models import BlocYear
from thidua.papers.registry import register_paper


def year_of(obj):
    """The bloc year an object belongs to; None where there is none."""
    return obj if isinstance(obj, BlocYear) else getattr(obj, "bloc_year", None)


def year_id_of(obj):
    return obj.pk if isinstance(obj, BlocYear) else getattr(obj, "bloc_year_id", None)


def unit_id_of(obj):
    return obj.pk if isinstance(obj, Unit) else getattr(obj, "unit_id", None)


@rules.predicate
def is_office(user):
    return standing_of(user).has(SeatRole.OFFICE)


@rules.predicate
def is_council(user):
    return standing_of(user).has(SeatRole.COUNCIL)


@rules.predicate
def is_chair(user):
    return standing_of(user).has(SeatRole.CHAIR)


@rules.predicate
def is_sysadmin(user):
    return standing_of(user).has(SeatRole.SYSADMIN)


@rules.predicate
def has_seat(user):
    """Anyone who sits somewhere today; signed in without a seat is nobody."""
    standing = standing_of(user)
    return bool(standing.units or standing.offices)


@rules.predicate
def edits_unit(user, obj):
    """Editor of the unit the object belongs to."""
    return bool(obj) and unit_id_of(obj) in standing_of(user).edits


@rules.predicate
def leads_unit(user, obj):
    return bool(obj) and unit_id_of(obj) in standing_of(user).leads


@rules.predicate
def takes_part(user, obj):
    """Works for a unit that is a member of this bloc year."""
    return bool(obj) and year_id_of(obj) in standing_of(user).years


@rules.predicate
def edits_a_member(user, obj):
    """Editor of one of the member units of this year."""
    return bool(standing_of(user).edits) and takes_part(user, obj)


@rules.predicate
def leads_a_member(user, obj):
    return bool(standing_of(user).leads) and takes_part(user, obj)


@rules.predicate
def is_bloc_secretary(user, obj):
    """Editor of the unit that heads this bloc year."""
    year = year_of(obj)
    return bool(year) and year.head_id in standing_of(user).edits


@rules.predicate
def is_bloc_head(user, obj):
    """Leader of the unit that heads this bloc year."""
    year = year_of(obj)
    return bool(year) and year.head_id in standing_of(user).leads


@rules.predicate
def is_bloc_deputy(user, obj):
    """Leader of a unit that is deputy in this bloc year."""
    year = year_of(obj)
    return bool(year) and bool(year.deputy_ids & standing_of(user).leads)


@rules.predicate
def serves_deputy(user, obj):
    """Editor of a unit that is deputy in this bloc year."""
    year = year_of(obj)
    return bool(year) and bool(year.deputy_ids & standing_of(user).edits)


@rules.predicate
def is_own_unit(user, obj):
    """Works for the unit whose object this is: nobody appraises itself."""
    return bool(obj) and unit_id_of(obj) in standing_of(user).units


@rules.predicate
def serves_deputy_over_head(user, obj):
    """Works for the deputy unit, and the object is the head unit's own."""
    year = year_of(obj)
    is_heads = bool(year) and unit_id_of(obj) == year.head_id
    return is_heads and bool(year.deputy_ids & standing_of(user).units)


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
def marks_for_unit(user, assignment):
    """Works for the unit that was assigned, and not for the one whose sheet it is."""
    units = standing_of(user).units
    return bool(assignment and units) and (
        assignment.unit_id in units and assignment.report.unit_id not in units
    )


@rules.predicate
def is_of_sent_report(user, obj):
    return bool(obj) and obj.report.state not in PRIVATE_STATES


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
def works_for_a_unit(user):
    """Sits in some unit today."""
    return bool(standing_of(user).units)


@rules.predicate
def reads_a_use(user, evidence):
    """May read a report in which the file proves something."""
    return bool(evidence) and Report.objects.visible_to(user).proved_by(evidence).exists()


is_bloc_people = is_bloc_secretary | is_bloc_head | is_bloc_deputy | serves_deputy
is_province = is_office | is_council | is_chair
sits_in_unit = edits_unit | leads_unit

# Blocs, units, years
rules.add_perm("blocs.list_bloc", has_seat)
rules.add_perm("blocs.manage_bloc", is_office)
rules.add_perm("blocs.list_unit", has_seat)
rules.add_perm("blocs.manage_unit", is_office)
rules.add_perm("blocs.list_year", has_seat)
rules.add_perm("blocs.view_year", is_province | takes_part)
rules.add_perm("blocs.manage_year", is_office)
rules.add_perm("blocs.run_year", is_bloc_head)
rules.add_perm("blocs.hand_over_year", is_bloc_head | is_office)

# Rules and scoring table
rules.add_perm("blocs.view_table", is_province | takes_part)
rules.add_perm("blocs.comment_table", edits_a_member | leads_a_member)
rules.add_perm("blocs.draft_table", is_bloc_secretary | is_bloc_head | is_office)
rules.add_perm("blocs.publish_table", is_office)

# Registration of the unit
rules.add_perm("blocs.view_registration", sits_in_unit | is_bloc_people | is_office)
rules.add_perm("blocs.edit_registration", edits_unit)
rules.add_perm("blocs.sign_registration", leads_unit)
rules.add_perm("blocs.check_registration", is_bloc_secretary)

# Yearly report and score sheet
rules.add_perm("blocs.list_report", has_seat & ~is_sysadmin)
rules.add_perm(
    "blocs.view_report",
    sits_in_unit
    | (is_sent & (is_bloc_people | is_office))
    | (is_appraised & (is_council | is_chair))
    | (is_agreed & takes_part)
    | (is_sent & marks_whole_sheet),
)
rules.add_perm("blocs.start_report", sits_in_unit)
rules.add_perm("blocs.edit_report", edits_unit)
rules.add_perm("blocs.submit_report", leads_unit)
# The head unit's own sheet comes back from the deputy; without it nobody could return it.
rules.add_perm(
    "blocs.return_report",
    is_sent & (is_bloc_secretary | is_bloc_head | serves_deputy_over_head) & ~is_own_unit,
)
rules.add_perm(
    "blocs.prepare_appraisal",
    is_sent & (is_bloc_secretary | is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit,
)
rules.add_perm(
    "blocs.appraise_report", is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit
)
rules.add_perm("blocs.draft_explanation", edits_unit)
rules.add_perm("blocs.explain_report", leads_unit)
rules.add_perm(
    "blocs.answer_explanation",
    is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit,
)
rules.add_perm("blocs.confirm_report", is_office)
# Several appraisers: who is asked, what they give, who sees it beside the others'
rules.add_perm("blocs.view_assignments", is_bloc_people | is_office)
rules.add_perm("blocs.assign_appraisers", is_bloc_secretary | is_bloc_head)
rules.add_perm("blocs.list_assignment", works_for_a_unit)
rules.add_perm("blocs.mark_sheet", marks_for_unit & is_of_sent_report)
rules.add_perm(
    "blocs.view_marks",
    (is_own_unit & is_appraised)
    | (~is_own_unit & is_sent & (is_bloc_people | is_office | marks_whole_sheet)),
)
# Leaves to be corrected, objections to points, frozen versions
rules.add_perm(
    "blocs.flag_leaf",
    ~is_own_unit
    & is_sent
    & (is_bloc_secretary | is_bloc_head | serves_deputy_over_head | marks_sheet),
)
rules.add_perm("blocs.draft_appeal", edits_unit)
rules.add_perm("blocs.raise_appeal", leads_unit)
rules.add_perm(
    "blocs.answer_appeal", is_sent & (is_bloc_head | is_bloc_deputy | is_office) & ~is_own_unit
)
rules.add_perm("blocs.freeze_midyear", sits_in_unit | is_bloc_people)
rules.add_perm("blocs.view_midyear", is_bloc_people | is_office)
rules.add_perm("blocs.correct_report", is_office & is_agreed)
rules.add_perm("blocs.keep_holidays", is_office)
# All units side by side; signs of a formality are for the province alone.
rules.add_perm("blocs.compare_points", is_bloc_people | is_office)
rules.add_perm("blocs.view_signs", is_province)
rules.add_perm("blocs.list_evidence", works_for_a_unit)
rules.add_perm("blocs.keep_evidence", edits_unit)
rules.add_perm("blocs.open_evidence", sits_in_unit | reads_a_use | reads_as_body)
rules.add_perm("blocs.view_ranking", is_province | takes_part)
# Before the conference has agreed the points.
rules.add_perm("blocs.view_provisional_ranking", is_bloc_people | is_office)
rules.add_perm(
    "blocs.settle_relative", is_bloc_secretary | is_bloc_head | is_bloc_deputy | is_office
)
# Grounds on which a unit is out, held or limited: nobody records or lifts one of its own unit.
rules.add_perm("blocs.view_ground", sits_in_unit | is_bloc_people | is_office)
rules.add_perm("blocs.record_ground", is_office | (is_bloc_head & ~is_own_unit))

# Conference, votes, minutes
rules.add_perm("blocs.view_conference", is_province | takes_part)
rules.add_perm("blocs.write_conference", is_bloc_secretary | is_bloc_head | is_bloc_deputy)
rules.add_perm("blocs.name_delegate", leads_unit)
rules.add_perm("blocs.record_ballot", is_bloc_secretary)
rules.add_perm("blocs.confirm_count", is_bloc_head | is_bloc_deputy)
rules.add_perm("blocs.sign_minutes", is_bloc_head)
register_paper("minutes", "blocs.view_conference")
register_paper("counting_minutes", "blocs.view_conference")

# People and the technical log
rules.add_perm("blocs.manage_people", is_sysadmin)
rules.add_perm("blocs.view_log", is_sysadmin)
