"""Who marks whom in a bloc year: drawn, set by hand, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.appraisal.actions.assignments import (
    ASSIGNABLE,
    Pair,
    assign_bodies,
    assign_group,
    assign_pairs,
    assignment_words,
)
from blocs.appraisal.actions.bodies import body_words, save_body, why_body_closed
from blocs.appraisal.actions.ways import mode_words
from blocs.appraisal.domain.appraisal import leaves_below
from blocs.appraisal.forms.assignments import (
    AppraisalGroupForm,
    BodyForm,
    PairsForm,
)
from blocs.appraisal.views.assignment_rows import matrix_rows
from blocs.appraisal.views.assignments import AssignmentPage
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.criteria.models.tree import trees_of
from blocs.reports.models.assignments import newest
from blocs.scoring import cross_scoring
from blocs.states import AppraisalMode
from blocs.years.models.frozen_rules import archived_words
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import RESTORED, FormPage, refuse
from thidua.common.stamps import OvertakenError, stamp_of_words

CONFIRMED = "Đã xác nhận phân công chấm điểm."
DRAWN = "Đã chia thử; chưa lưu. Hãy xem bảng phân công, chỉnh nếu cần rồi xác nhận."
BEGUN = "Đã có bảng điểm chấm xong nên không chia lại tự động; hãy chỉnh tay các bảng điểm còn lại."


class OneWay(AssignmentPage):
    """A page of one way of appraising: read where the year goes another, or is kept as it is."""

    permission_required = "appraisal.assign_appraisers"
    way = AppraisalMode.PAIRS

    def get_closed(self):
        return archived_words(self.bloc_year) or mode_words(self.bloc_year, self.way)


class PairsEdit(OneWay, TemplateView):
    """Cross-scoring: conflicts, a drawn matrix, changes by hand, and the confirmation."""

    template_name = "appraisal/appraisals/pairs_edit.html"
    crumb = "Chấm chéo"

    def get(self, request, *args, **kwargs):
        self.read()
        if kept := kept_input(request):
            messages.warning(request, RESTORED)
        return self.show(self.get_form(kept), (kept or {}).get("seen"))

    def post(self, request, *args, **kwargs):
        self.read()
        form, seen = self.get_form(request.POST), request.POST.get("seen", "")
        if not form.is_valid():
            return self.show(form, seen, status=422)
        if "draw" in request.POST:
            return self.draw(form, seen)
        try:
            assign_pairs(
                self.bloc_year,
                matrix=form.chosen,
                conflicts=[Pair(*pair) for pair in form.pairs()],
                seen=seen,
                actor=request.user,
            )
        except ValidationError as error:
            form.general = error.messages
            if isinstance(error, OvertakenError):
                return self.show(form, error.stamp, status=409)
            return self.show(form, seen, status=422)
        forget_input(request)
        messages.success(request, CONFIRMED)
        return redirect(self.get_home())

    def draw(self, form, seen):
        """An even matrix that is shown and not yet kept."""
        if any(one.done_at for one in self.assignments):
            form.general = [BEGUN]
            return self.show(form, seen, status=422)
        names = {unit.pk: unit.name for unit in self.units}
        drawn = cross_scoring(
            form.sheets,
            self.rules.scorers_per_sheet,
            [pair[:2] for pair in form.pairs()],
            scorers=list(names),
            name=names.__getitem__,
        )
        if drawn.problems:
            form.general = list(drawn.problems)
            return self.show(form, seen, status=422)
        form.chosen = {pk: list(scorers) for pk, scorers in drawn.scorers.items()}
        messages.info(self.request, DRAWN)
        return self.show(form, seen)

    def get_form(self, data=None):
        year = self.bloc_year
        pairs = year.scoring_conflicts.values_list("first_id", "second_id", "reason")
        sheets = [
            unit.pk
            for unit in self.units
            if unit.pk in self.reports and self.reports[unit.pk].state in ASSIGNABLE
        ]
        chosen = {}
        for one in newest(self.assignments):
            chosen.setdefault(one.report.unit_id, []).append(one.unit_id)
        return PairsForm(data, units=self.units, sheets=sheets, stored=list(pairs), chosen=chosen)

    def show(self, form, seen, status=200):
        rows = matrix_rows(self.units, self.reports, self.assignments, chosen=form.chosen)
        context = self.get_context_data(
            form=form,
            rows=rows,
            columns=self.units,
            loads=[sum(unit.pk in one for one in form.chosen.values()) for unit in self.units],
            rules=self.rules,
            closed=self.get_closed(),
            seen=seen or stamp_of_words(assignment_words(self.bloc_year)),
            home_url=self.get_home(),
        )
        return self.render_to_response(context, status=status)


class GroupEdit(OneWay, SecondWriter, FormPage):
    way = AppraisalMode.GROUP
    form_class = AppraisalGroupForm
    crumb = heading = "Tổ thẩm định"
    submit_label = "Xác nhận phân công"
    success_message = CONFIRMED

    def get_form_kwargs(self):
        self.read()
        return super().get_form_kwargs() | {"choices": self.units}

    def get_initial(self):
        return {"units": sorted({one.unit_id for one in newest(self.assignments)})}

    def get_words(self):
        return assignment_words(self.bloc_year)

    def save(self, form, *, seen):
        units, actor = form.cleaned_data["units"], self.request.user
        assign_group(self.bloc_year, units=units, actor=actor, seen=seen)

    def get_success_url(self):
        return self.get_home()


class BodiesConfirm(AssignmentPage, View):
    """Asks every competent body for its leaves of every sheet."""

    http_method_names = ("post",)
    permission_required = "appraisal.assign_appraisers"

    def post(self, request, *args, **kwargs):
        try:
            assign_bodies(self.bloc_year, seen=request.POST.get("seen", ""), actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, CONFIRMED)
        return redirect(self.get_home())


class BodyEdit(OneWay, SecondWriter, FormPage):
    """What a competent body appraises: groups and leaves of the table, ticked."""

    template_name = "appraisal/appraisals/body_edit.html"
    way = AppraisalMode.BODIES
    form_class = BodyForm
    crumb = heading = "Cơ quan thẩm định theo lĩnh vực"
    body = None

    def get_closed(self):
        unit = self.body and self.body.unit
        return super().get_closed() or why_body_closed(self.bloc_year, unit)

    def find_object(self):
        if "unit_pk" in self.kwargs:
            bodies = self.bloc_year.bodies.select_related("unit")
            self.body = get_object_or_404(bodies, unit=self.kwargs["unit_pk"])
        return super().find_object()

    def get_form_kwargs(self):
        self.tables = tables_in_force(self.bloc_year).tables
        self.trees = trees_of(*self.tables)
        self.rows = {
            self.key(pk, path): row
            for pk, tree in self.trees.items()
            for path, row in tree.rows.items()
        }
        paths = {key: row.name for key, row in self.rows.items()}
        return super().get_form_kwargs() | {"paths": paths}

    def key(self, table, path):
        """What a line is called in the form: tables of several groups have the same paths."""
        return path if len(self.tables) == 1 else f"{table}:{path}"

    @property
    def leaves(self):
        return {key: row for key, row in self.rows.items() if not row.is_group}

    def get_initial(self):
        if self.body is None:
            return {"paths": []}
        own = set(self.body.criteria.values_list("pk", flat=True))
        paths = [key for key, row in self.leaves.items() if row.pk in own]
        return {"unit": self.body.unit_id, "paths": paths, "share": self.body.share}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.body:
            form.fields["unit"].disabled = True
            form.initial["unit"] = self.body.unit_id
        return form

    def get_words(self):
        return body_words(self.bloc_year, self.body and self.body.unit)

    def save(self, form, *, seen):
        chosen = leaves_below(self.leaves, set(form.cleaned_data["paths"]))
        unit = self.body.unit if self.body else form.cleaned_data["unit"]
        leaves, actor = [self.rows[key].pk for key in chosen], self.request.user
        share = form.cleaned_data["share"]
        save_body(self.bloc_year, unit=unit, leaves=leaves, share=share, actor=actor, seen=seen)

    def get_success_url(self):
        return self.get_home()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        chosen = set(context["form"]["paths"].value() or ())
        tables = [
            (table.group_words or "bảng chung", self.get_lines(table, chosen))
            for table in self.tables
        ]
        return context | {"tables": tables, "body": self.body}

    def get_lines(self, table, chosen):
        """The lines of one table, each with its box."""
        tree = self.trees[table.pk]
        return [
            {
                "path": self.key(table.pk, path),
                "number": tree.printed[path],
                "name": row.name,
                "is_group": row.is_group,
                "level": path.count("/") + 1,
                "is_on": self.key(table.pk, path) in chosen,
            }
            for path, row in tree.rows.items()
        ]
