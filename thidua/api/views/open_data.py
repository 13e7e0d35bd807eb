"""The public pages as files without a token: rows of the page, no more of each than it shows."""

from io import StringIO

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View

from awards.decisions.models import Decision
from blocs.units.models import Bloc
from thidua.api.answers import FOR_ALL, json_answer, tagged
from thidua.api.described.open_data import PUBLIC_BLOC, PUBLIC_DECISION, PUBLIC_LINE
from thidua.api.described.resources import lines
from thidua.workbooks.csv_text import CSV, write_csv


@method_decorator(login_not_required, name="dispatch")
class OpenFile(View):
    """One table, as CSV for a spreadsheet or as JSON for a program."""

    http_method_names = ("get", "head")
    form = "csv"
    shape = None
    file_stem = ""

    def get(self, request, *args, **kwargs):
        told = [self.shape.write(row) for row in self.get_rows()]
        if self.form == "json":
            return json_answer(request, {"items": told}, for_person=False)
        text = StringIO(newline="")
        titles = [one.about for one in self.shape.fields]
        write_csv(text, titles, (row.values() for row in told))
        answer = HttpResponse(text.getvalue().encode(), content_type=CSV)
        answer["Content-Disposition"] = f'attachment; filename="{self.get_stem()}.csv"'
        answer["Cache-Control"] = FOR_ALL
        return tagged(request, answer)

    def get_rows(self):
        raise NotImplementedError

    def get_stem(self):
        return self.file_stem


class DecisionsOpen(OpenFile):
    """All published decisions."""

    shape = PUBLIC_DECISION
    file_stem = "quyet-dinh-khen-thuong"

    def get_rows(self):
        return Decision.objects.published().for_list()


class LinesOpen(OpenFile):
    """Those whom a published decision names."""

    shape = PUBLIC_LINE

    def get_rows(self):
        return lines(get_object_or_404(Decision.objects.published(), pk=self.kwargs["pk"]))

    def get_stem(self):
        return f"khen-thuong-{self.kwargs['pk']}"


class BlocsOpen(OpenFile):
    """The blocs that work."""

    shape = PUBLIC_BLOC
    file_stem = "khoi-cum-thi-dua"

    def get_rows(self):
        return Bloc.objects.public().for_list()
