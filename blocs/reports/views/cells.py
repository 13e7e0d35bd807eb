"""Cells saved while they are typed: small posts, answered with what the page shows anew.

The answer is JSON for `static/js/sheet-save.js`; without it the sheet is posted whole.
"""

import re

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from blocs.reports.actions.cells import Kept, autosave_appraisal, autosave_scores
from blocs.reports.forms.scores import AppraisalRows, SelfRows
from blocs.reports.forms.sheet_strings import name_of, prefix_of, token_of
from blocs.reports.models.one_cell import OpenReport, Sums, read_open, seats_alone
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.views.grid.lines import Foot
from blocs.reports.views.grid.words import (
    SheetWords,
    answered_words,
    appraised_words,
    lacking_words,
    progress_words,
)
from blocs.units.models.seats import read_standing
from blocs.years.models.regulation import decimals_of
from thidua.common.pages.saving import OTHER_PERSON
from thidua.common.pages.views import PagePermission
from thidua.common.vietnamese.numbers import points_text

ROW = re.compile(r"s([0-9]{1,12})-token")
GONE = "Báo cáo này không còn; nội dung vừa nhập còn trên máy này. Vui lòng tải lại trang."


class CellPage(PagePermission, View):
    """Saves the posted rows, each for itself."""

    http_method_names = ("post",)

    def get_permission_object(self):
        self.opened = read_open(self.kwargs["pk"])
        if self.opened is None:
            raise Http404
        user = self.request.user
        user.standing = seats_alone(user)
        if not user.has_perm(self.permission_required, self.opened.report):
            user.standing = read_standing(user)
            self.opened = self.read_whole()
        return self.opened.report

    def read_whole(self):
        """The report as ordinary pages read it: what one may not see is not there."""
        found = Report.objects.visible_to(self.request.user).for_page()
        return OpenReport.of(get_object_or_404(found, pk=self.kwargs["pk"]))

    def post(self, request, *args, **kwargs):
        # A page opened before somebody else signed in here must not write in that person's name.
        if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
            return JsonResponse({"person": OTHER_PERSON}, status=409)
        posted = {int(found[1]) for name in request.POST if (found := ROW.fullmatch(name))}
        sheet = self.opened.blank_sheet(posted)
        form = self.form_class(sheet, request.POST, decimals=self.get_decimals())
        try:
            kept = self.act(form.good_rows())
        except Report.DoesNotExist:
            return JsonResponse({"general": [GONE]}, status=404)
        except ValidationError as error:
            return JsonResponse({"general": error.messages}, status=422)
        form.put_errors(ValidationError(dict(kept.wrong)))
        return JsonResponse(self.tell(form, sheet.rows, kept))

    def get_decimals(self):
        return decimals_of(self.opened.report.bloc_year)

    def act(self, rows) -> Kept:
        raise NotImplementedError

    def tell(self, form, rows, kept):
        """Everything the page has to change."""
        told = {
            prefix_of(row): {"errors": errors}
            for row in rows
            if (errors := form.errors_of(row.criterion.pk))
        }
        told |= {prefix_of(row): {"token": form.token_after(row)} for row in kept.saved}
        told |= {prefix_of(row): {"other": self.tell_other(form, row)} for row in kept.stale}
        saved_at = f"{timezone.localtime(kept.at):%H:%M:%S}" if kept.saved else ""
        return {"rows": told, "saved_at": saved_at} | self.tell_sums(kept)

    def tell_other(self, form, row: SheetRow):
        """What somebody else saved: by input for the page, who and when for the reader."""
        score, shown = row.score, form.show(row)
        has_saved = score is not None and score.saved_at is not None
        return {
            "token": token_of(row, shown),
            "fields": {name_of(row, field): value for field, value in shown.items()},
            "by": str(score.saved_by or "") if score else "",
            "is_own": score is not None and score.saved_by_id == self.request.user.pk,
            "at": f"{timezone.localtime(score.saved_at):%H:%M}" if has_saved else "",
        }

    def tell_sums(self, kept: Kept):
        raise NotImplementedError

    def tell_whole(self, words: SheetWords, progress: str):
        foot = words.foot()
        return {
            "lines": words.sums(),
            "foot": foot_sums(foot),
            "notes": foot.notes,
            "progress": progress,
            "lacking": words.lacking(),
        }


class SheetAutosave(CellPage):
    permission_required = "reports.edit_report"
    form_class = SelfRows

    def act(self, rows):
        return autosave_scores(self.opened, rows=rows, actor=self.request.user)

    def tell_sums(self, kept):
        if kept.sheet:
            words = SheetWords(kept.sheet, shows_given=False)
            return self.tell_whole(words, answered_words(kept.sheet))
        return self.tell_cell(kept.saved[0], kept.sums) if kept.sums else {}

    def tell_cell(self, row: SheetRow, sums: Sums):
        """The same for one cell, whose page knows all the rest."""
        lines = {f"nhom-{pk}": {"own": self.points(value)} for pk, value in sums.groups.items()}
        lines[f"tc-{row.criterion.pk}"] = {
            "own": self.points(sums.points),
            "pending": sums.pending,
        }
        return {
            "lines": lines,
            "foot": {"own": self.points(sums.total)},
            "notes": sums.notes,
            "progress": progress_words(sums.answered, sums.asked),
            "lacking": lacking_words(sums.asked - sums.answered, sums.unproved),
        }

    def points(self, value):
        return points_text(value, self.get_decimals())


class AppraisalAutosave(CellPage):
    permission_required = "reports.prepare_appraisal"
    form_class = AppraisalRows

    def get_permission_object(self):
        """The head and the deputies of the year decide, so the year is read with the report."""
        self.opened = self.read_whole()
        return self.opened.report

    def act(self, rows):
        return autosave_appraisal(self.opened.report, rows=rows, actor=self.request.user)

    def tell_sums(self, kept):
        words = SheetWords(kept.sheet, shows_given=True)
        return self.tell_whole(words, appraised_words(kept.sheet))


def foot_sums(foot: Foot) -> dict[str, str]:
    """The figures of the last line."""
    return {
        "own": foot.own,
        "given": foot.given,
        "difference": foot.difference,
        "tone": foot.tone,
    }
