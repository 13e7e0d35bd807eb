"""Frozen versions of a sheet: the list, one of them, two compared, the rectification."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from blocs.reports.actions.versions import YEAR_ARCHIVED, freeze_midyear, rectify_sheet
from blocs.reports.domain.sheet_versions import compare_versions
from blocs.reports.forms.versions import RectificationForm, has_figure
from blocs.reports.models.sheets import sheet_of
from blocs.reports.permissions import shows_appraisal
from blocs.reports.views.report_panels import correction_lines
from blocs.reports.views.reports import ReportPage
from blocs.reports.views.version_words import change_words, value_words
from blocs.states import OPEN_STATES, VersionKind, YearState
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.kept import forget_input, kept_input
from thidua.common.pages.views import RESTORED, refuse
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import format_input, points_text

GIVEN = ("given", "reason")


@dataclass(frozen=True)
class VersionLine:
    number: int
    kind: str
    taken: str
    by: str
    own: str
    given: str
    reason: str
    url: str


@dataclass(frozen=True)
class FrozenLine:
    label: str
    name: str
    maximum: str
    answer: str
    own: str
    given: str
    notes: tuple[tuple[str, str], ...]


class VersionPage(ReportPage, TemplateView):
    """Whoever reads the report reads its versions; appraised points only when they are shown."""

    permission_required = "reports.view_report"

    def get_context_data(self, **kwargs):
        self.decimals = decimals_of(self.bloc_year)
        self.shows_given = shows_appraisal(self.request.user, self.object)
        return super().get_context_data(shows_given=self.shows_given, **kwargs)

    def points(self, value):
        return points_text(value and Decimal(value), self.decimals)

    def version_line(self, version):
        return VersionLine(
            number=version.number,
            kind=version.get_kind_display(),
            taken=moment_words(version.taken_at),
            by=str(version.taken_by),
            own=self.points(version.self_total),
            given=self.points(version.appraised_total) if self.shows_given else "",
            reason=version.reason,
            url=version.get_absolute_url(),
        )


class VersionList(VersionPage):
    template_name = "reports/versions/list.html"
    crumb = "Các phiên bản"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        versions = self.object.versions.select_related("taken_by").order_by("-number")
        rows = [self.version_line(version) for version in versions]
        return context | {"rows": rows, "corrections": correction_lines(self.object)}


class VersionDetail(VersionPage):
    """One version as it was frozen, whatever has happened since."""

    template_name = "reports/versions/detail.html"

    def get_crumb(self):
        return f"Phiên bản {self.kwargs['number']}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = self.object.versions.select_related("taken_by")
        version = get_object_or_404(found, number=self.kwargs["number"])
        return context | {
            "version": self.version_line(version),
            "lines": frozen_lines(version, self.decimals, shows_given=self.shows_given),
            "fingerprint": version.fingerprint,
            "is_sent": version.kind == VersionKind.SUBMITTED,
        }


def frozen_lines(version, decimals, *, shows_given):
    return [frozen_line(row, decimals, shows_given) for row in version.rows]


def frozen_line(row, decimals, shows_given):
    notes = [("Thuyết minh", row["note"]), ("Minh chứng", value_words("files", row["files"], 0))]
    if shows_given:
        notes.insert(0, ("Lý do điều chỉnh", row["reason"]))
    return FrozenLine(
        label=row["label"],
        name=row["name"],
        maximum=value_words("own", row["max"], decimals) if row["max"] != "0" else "",
        answer=row["answer"],
        own=value_words("own", row["own"], decimals),
        given=value_words("given", row["given"], decimals) if shows_given else "",
        notes=tuple((label, text) for label, text in notes if text),
    )


class VersionCompare(VersionPage):
    """Which leaves differ between two versions, before and after; to be printed."""

    template_name = "reports/versions/compare.html"
    crumb = "So sánh phiên bản"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        versions = list(self.object.versions.select_related("taken_by").order_by("number"))
        before, after = self.chosen(versions)
        leaves = [
            {"label": leaf.label, "name": leaf.name, "changes": self.words(leaf)}
            for leaf in compare_versions(before.rows, after.rows)
        ]
        return context | {
            "before": self.version_line(before),
            "after": self.version_line(after),
            "versions": [self.version_line(version) for version in versions],
            "leaves": [leaf for leaf in leaves if leaf["changes"]],
        }

    def words(self, leaf):
        return [
            change_words(change, self.decimals)
            for change in leaf.changes
            if self.shows_given or change.field not in GIVEN
        ]

    def chosen(self, versions):
        """The two versions of the address; without them the last two."""
        if not versions:
            raise Http404
        by_number = {str(version.number): version for version in versions}
        first = versions[-2] if len(versions) > 1 else versions[-1]
        before = by_number.get(self.request.GET.get("tu", str(first.number)))
        after = by_number.get(self.request.GET.get("den", str(versions[-1].number)))
        if before is None or after is None:
            raise Http404
        return before, after


class MidyearFreeze(ReportPage, View):
    http_method_names = ("post",)
    permission_required = "reports.freeze_midyear"

    def post(self, request, *args, **kwargs):
        try:
            version = freeze_midyear(self.object, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, f"Đã chốt số liệu sơ kết, phiên bản {version.number}.")
        return redirect(self.object)


@dataclass(frozen=True)
class RectificationRow:
    """A leaf with what is there and the fields for what is right."""

    pk: int
    label: str
    name: str
    maximum: str
    answer: str
    own: str
    given: str
    points: tuple[str, str, str]
    value: tuple[str, str, str] | None


class ReportRectification(ReportPage, TemplateView):
    """Rectifies agreed points or results: a new version, with the reason."""

    template_name = "reports/versions/rectify.html"
    permission_required = "reports.rectify_report"
    open_states = OPEN_STATES
    crumb = "Đính chính điểm"

    def closed_sentence(self):
        is_archived = self.bloc_year.state == YearState.ARCHIVED
        return super().closed_sentence() or (YEAR_ARCHIVED if is_archived else "")

    def get(self, request, *args, **kwargs):
        kept = kept_input(request)
        if kept:
            messages.warning(request, RESTORED)
        return self.show(self.get_form(kept))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            version = rectify_sheet(
                self.object,
                rows=form.to_rows(),
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        except ValidationError as error:
            put_errors(form, error)
            return self.show(form, 422)
        forget_input(request)
        messages.success(request, f"Đã đính chính, phiên bản {version.number}.")
        return redirect(version)

    def get_form(self, data=None):
        rows, decimals = sheet_of(self.object).rows, decimals_of(self.bloc_year)
        return RectificationForm(rows, data, decimals=decimals)

    def show(self, form, status=200):
        decimals = decimals_of(self.bloc_year)
        rows = [rectification_row(row, form, decimals) for row in form.rows]
        wrong = {row.pk: row for row in rows if row.points[2] or (row.value and row.value[2])}
        context = self.get_context_data(
            rows=rows,
            wrong=wrong.values(),
            general=form.non_field_errors() if form.is_bound else (),
            reason=form.data.get("reason", ""),
            reason_error=" ".join(form.errors.get("reason", ())),
        )
        return self.render_to_response(context, status=status)


def put_errors(form, error):
    """Each sentence at its leaf, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for key, sentences in error.error_dict.items():
        name = key if isinstance(key, str) else f"{key[1]}-{key[0]}"
        form.add_error(name if name in form.fields else None, sentences)


def rectification_row(row, form, decimals):
    node, score = row.criterion, row.score
    return RectificationRow(
        pk=node.pk,
        label=row.label,
        name=node.name,
        maximum=points_text(node.max_points or None, decimals),
        answer=format_input(score.value) if score and score.value is not None else "",
        own=points_text(score and score.self_points, decimals),
        given=points_text(score and score.appraised_points, decimals),
        points=box(form, f"points-{node.pk}"),
        value=box(form, f"value-{node.pk}") if has_figure(row) else None,
    )


def box(form, name):
    """(name, what was typed, what is wrong with it) of one field."""
    return name, form.data.get(name, ""), " ".join(form.errors.get(name, ()))
