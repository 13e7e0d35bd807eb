"""What programs read with a token: lists in pages, single objects, the ranking of a year."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from awards.decisions.models import Decision
from blocs.ranking.documents.shown_ranking import shown_ranking
from blocs.years.models import BlocYear
from thidua.api.answers import NOT_FOUND, json_answer, refusal_answer
from thidua.api.asked import AFTER, asked_of
from thidua.api.described.resources import (
    BLOCS,
    DECISIONS,
    LINES_AT,
    RANKING_AT,
    UNITS,
    YEARS,
    Endpoint,
    Resource,
    endpoints_of,
    lines,
)
from thidua.api.described.told import RANKING, GivenRanking
from thidua.api.enums import Scope
from thidua.api.refusals import RefusedError, refusal_of
from thidua.api.signing import bearer_of, refuse_plain_http

PAGE = 100
NO_RIGHT = "Người lập mã này không được xem dữ liệu này."
NOT_OPENED = "Mã này không được đọc “{scope}”. Lập mã khác có loại dữ liệu ấy."


# A token comes with every request and a browser sends none by itself: nothing to forge.
@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class TokenPage(View):
    """An address for programs: no session opens it, and no token opens anything else."""

    http_method_names = ("get", "head")
    scope: Scope | None = None
    permission_required = ""

    def dispatch(self, request, *args, **kwargs):
        try:
            if request.method not in ("GET", "HEAD"):
                raise refusal_of(405)
            refuse_plain_http(request)
            token = bearer_of(request)
            self.person = token.person
            if self.scope and self.scope not in token.scopes:
                words = NOT_OPENED.format(scope=self.scope.label)
                raise RefusedError(403, "scope", words)
            return json_answer(request, self.get_facts(), for_person=True)
        except Http404:
            return refusal_answer(NOT_FOUND)
        except RefusedError as refusal:
            return refusal_answer(refusal)

    def get_facts(self):
        """What is answered."""
        raise NotImplementedError

    def ask(self, obj=None):
        """Go on only where the person has the right that the page asks."""
        if not self.person.has_perm(self.permission_required, obj):
            raise RefusedError(403, "right", NO_RIGHT)


class RowsPage(TokenPage):
    """A page of rows in the order of their numbers, and where the next page is."""

    endpoint: Endpoint

    def get_rows(self):
        raise NotImplementedError

    def get_facts(self):
        parameters = self.endpoint.parameters
        asked, rows = asked_of(self.request.GET, parameters), self.get_rows()
        for one in parameters:
            if one.name in asked:
                rows = one.narrow(rows, asked[one.name])
        found = list(rows.order_by("pk")[: PAGE + 1])
        return {
            "items": [self.endpoint.shape.write(row) for row in found[:PAGE]],
            "next": self.next_of(found[PAGE - 1].pk) if len(found) > PAGE else None,
        }

    def next_of(self, last):
        """The same address after the last row that was given."""
        query = self.request.GET.copy()
        query[AFTER.name] = last
        return f"{self.request.path}?{query.urlencode()}"


class ResourcePage(TokenPage):
    """An address of one of the lists; scope and right are those of the list."""

    resource: Resource | None = None

    def __init_subclass__(cls):
        super().__init_subclass__()
        if cls.resource:
            cls.scope, cls.permission_required = cls.resource.scope, cls.resource.permission
            cls.endpoint = endpoints_of(cls.resource)[0]


class ResourceRows(ResourcePage, RowsPage):
    """All rows of a resource that the person may see."""

    def get_rows(self):
        self.ask()
        return self.resource.rows(self.person)


class ResourceRow(ResourcePage):
    """One of them by its number; what the person may not see is not found."""

    def get_facts(self):
        asked_of(self.request.GET, ())
        self.ask()
        rows = self.resource.rows(self.person)
        return self.resource.shape.write(get_object_or_404(rows, pk=self.kwargs["pk"]))


class UnitsGiven(ResourceRows):
    resource = UNITS


class UnitGiven(ResourceRow):
    resource = UNITS


class BlocsGiven(ResourceRows):
    resource = BLOCS


class BlocGiven(ResourceRow):
    resource = BLOCS


class YearsGiven(ResourceRows):
    resource = YEARS


class YearGiven(ResourceRow):
    resource = YEARS


class DecisionsGiven(ResourceRows):
    resource = DECISIONS


class DecisionGiven(ResourceRow):
    resource = DECISIONS


class DecisionLinesGiven(RowsPage):
    """The lines of one decision."""

    endpoint = LINES_AT
    scope = LINES_AT.scope
    permission_required = "decisions.view_decision"

    def get_rows(self):
        seen = Decision.objects.visible_to(self.person)
        decision = get_object_or_404(seen, pk=self.kwargs["pk"])
        self.ask(decision)
        return lines(decision)


class RankingGiven(TokenPage):
    """The ranking of a year: what its page shows the person, and nothing else."""

    scope = RANKING_AT.scope
    permission_required = "ranking.view_ranking"

    def get_facts(self):
        asked_of(self.request.GET, ())
        seen = BlocYear.objects.visible_to(self.person).for_page()
        year = get_object_or_404(seen, pk=self.kwargs["pk"])
        self.ask(year)
        return RANKING.write(GivenRanking(year, shown_ranking(year, self.person)))
