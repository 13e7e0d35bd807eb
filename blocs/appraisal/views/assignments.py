"""Who marks whom in a bloc year: to read and to print."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from blocs.appraisal.actions.assignments import ASSIGNABLE, assignment_words
from blocs.appraisal.documents.assignments import assignments_paper
from blocs.appraisal.models.markings import progress_of
from blocs.appraisal.views.assignment_rows import matrix_rows
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.criteria.models.tree import trees_of
from blocs.reports.models import Assignment
from blocs.reports.models.assignments import in_round, last_round, may_mark, waits_for_others
from blocs.scoring.terms.numbers import show
from blocs.states import PRIVATE_STATES, TONES, AppraisalMode
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import members_owing
from blocs.years.models.frozen_rules import archived_words, marked_since
from blocs.years.models.regulation import regulation_of
from blocs.years.views.years import YearMixin
from thidua.common.pages.views import ObjectMixin
from thidua.common.stamps import stamp_of_words
from thidua.common.vietnamese.numbers import two_digits
from thidua.papers.views import PaperPage


class AssignmentPage(YearMixin, ObjectMixin):
    """A page about the appraisers of a year, with all that is known of them."""

    crumb = "Phân công chấm điểm"

    def get_bloc_year(self):
        years = BlocYear.objects.visible_to(self.request.user).for_page()
        return get_object_or_404(years, pk=self.kwargs["year_pk"])

    def read(self):
        year = self.bloc_year
        self.rules = regulation_of(year)
        self.mode = AppraisalMode(self.rules.appraisal_mode)
        self.units = [member.unit for member in members_owing(year, Duty.SIT)]
        self.reports = {report.unit_id: report for report in year.reports.select_related("unit")}
        found = (
            Assignment.objects.told()
            .filter(report__bloc_year=year)
            .select_related("unit", "report")
        )
        self.assignments = list(found.order_by("round", "pk"))

    def get_rows(self):
        return matrix_rows(self.units, self.reports, self.assignments)

    def get_home(self):
        return reverse("appraisal:assignments", args=(self.bloc_year.pk,))

    def get_breadcrumbs(self):
        crumbs = super().get_breadcrumbs()
        if self.crumb == AssignmentPage.crumb:
            return crumbs
        return [*crumbs[:-1], (AssignmentPage.crumb, self.get_home()), crumbs[-1]]


class Assignments(AssignmentPage, TemplateView):
    """Who marks whom and how far they are; the way to every page that changes it."""

    template_name = "appraisal/appraisals/assignments.html"
    permission_required = "appraisal.view_assignments"

    def get_context_data(self, **kwargs):
        self.read()
        user, mode = self.request.user, self.mode
        bodies, uncovered = self.get_bodies()
        missing = [unit.name for unit in self.units if unit.pk not in self.reports]
        return super().get_context_data(
            mode=mode.value,
            mode_label=self.say(mode.label),
            rules=self.rules,
            rows=self.get_rows(),
            columns=self.units,
            sheets=self.get_sheets(),
            bodies=bodies,
            uncovered=uncovered,
            missing=missing,
            unassigned=self.get_unassigned(),
            seen=stamp_of_words(assignment_words(self.bloc_year)) if bodies else "",
            may_assign=self.may_assign(),
            begun=marked_since(self.bloc_year),
            left=self.get_left(),
            others=self.get_others(),
            may_set_rules=user.has_perm("years.manage_year", self.bloc_year),
            **kwargs,
        )

    def get_unassigned(self):
        if self.mode == AppraisalMode.HEAD:
            return []
        assigned = {one.report_id for one in self.assignments if one.done_at or one.may_mark}
        return [
            report.unit.name
            for report in self.reports.values()
            if report.state in ASSIGNABLE
            and report.pk not in assigned
            and report.unit in self.units
        ]

    def get_others(self):
        """Whose sheet goes on with other units alone, because all who marked it have left."""
        by_report = {}
        for one in self.assignments:
            by_report.setdefault(one.report_id, []).append(one)
        return [
            report.unit.name
            for report in self.reports.values()
            if report.state in ASSIGNABLE
            and report.unit in self.units
            and any(one.done_at for one in by_report.get(report.pk, ()))
            and waits_for_others(by_report[report.pk], self.rules.rounds)
        ]

    def may_assign(self):
        may = self.request.user.has_perm("appraisal.assign_appraisers", self.bloc_year)
        return may and not archived_words(self.bloc_year)

    def get_left(self):
        """Who left before it had marked all its sheets, with these sheets."""
        found = {}
        for one in self.assignments:
            if not one.done_at and not one.may_mark and one.report.state in ASSIGNABLE:
                found.setdefault(one.unit.name, []).append(one.report_id)
        names = {report.pk: report.unit.name for report in self.reports.values()}
        return [(name, [names[pk] for pk in pks]) for name, pks in found.items()]

    def get_sheets(self):
        """Each sheet with its appraisers and how far each is."""
        progress = progress_of(self.assignments)
        sheets = []
        for unit in self.units:
            if not (report := self.reports.get(unit.pk)):
                continue
            mine = [one for one in self.assignments if one.report_id == report.pk]
            newest = in_round(mine, last_round(mine))
            counting = [one for one in newest if one.done_at or one.may_mark]
            report.bloc_year = self.bloc_year
            may_see = self.request.user.has_perm("appraisal.view_marks", report)
            sheets.append(
                {
                    "unit": unit.name,
                    "label": report.get_state_display(),
                    "tone": TONES[report.state],
                    "round": last_round(mine),
                    "scorers": [(one.unit.name, said(progress[one.pk], one)) for one in newest],
                    "done": sum(bool(one.done_at) for one in newest),
                    "count": len(counting),
                    "url": reverse("appraisal:marks_table", args=(report.pk,)) if may_see else "",
                }
            )
        return sheets

    def get_bodies(self):
        """Each competent body with its leaves, and the leaves that stay with the head."""
        if self.mode != AppraisalMode.BODIES:
            return [], []
        leaves = self.get_leaf_labels()
        bodies, covered = [], set()
        able = may_mark(timezone.localdate(), "bloc_year", "unit")
        standing = set(self.bloc_year.bodies.filter(able).values_list("pk", flat=True))
        for body in self.bloc_year.bodies.select_related("unit").prefetch_related("criteria"):
            own = {leaf.pk for leaf in body.criteria.all()}
            covered |= own if body.pk in standing else set()
            labels = [label for pk, label in leaves.items() if pk in own]
            share = f"{show(body.share)}%" if body.share is not None else ""
            bodies.append((body.unit, ", ".join(labels), len(labels), share))
        return bodies, [label for pk, label in leaves.items() if pk not in covered]

    def get_leaf_labels(self):
        """«I.2» of each leaf in force by its key; where groups have tables of their own, whose."""
        tables = tables_in_force(self.bloc_year).tables
        trees = trees_of(*tables)
        whose = {
            table.pk: f" ({table.group_words or 'bảng chung'})" if len(tables) > 1 else ""
            for table in tables
        }
        return {
            row.pk: f"{tree.label_of(path)}{whose[pk]}"
            for pk, tree in trees.items()
            for path, row in tree.leaves()
        }


def said(progress, assignment):
    """«chấm xong», «12/60 tiêu chí», nothing to mark before the sheet is in."""
    if not assignment.done_at and not assignment.may_mark:
        return "không còn tham gia, thôi chấm"
    if assignment.report.state in PRIVATE_STATES:
        return "chờ đơn vị nộp"
    if assignment.done_at:
        return "chấm xong"
    return f"{progress.done}/{progress.total} tiêu chí"


class AssignmentsPaperPage(AssignmentPage, PaperPage):
    """The table of who marks whom, to be printed."""

    permission_required = "appraisal.view_assignments"

    def build(self):
        self.read()
        counts = two_digits(self.rules.scorers_per_sheet)
        return assignments_paper(self.bloc_year, self.mode, self.get_rows(), counts)
