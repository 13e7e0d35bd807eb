import django_filters

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.units.models import Bloc, Unit
from blocs.years.models import AwardKind
from thidua.common.pages.filters import ListFilter, SearchedFilter

COMMENDED = ProposalItem.objects.filter(decision__state=DecisionState.PUBLISHED)


class DecisionFilter(ListFilter):
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=DecisionState, empty_label="Tất cả"
    )


def published_years():
    """The years of which something is published, newest first."""
    years = Decision.objects.published().order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


class CommendedFilter(ListFilter):
    """Of those whom published decisions name."""

    q = django_filters.CharFilter(label="Tập thể được khen", method="search")
    year = django_filters.ChoiceFilter(
        label="Năm", choices=published_years, empty_label="Tất cả", field_name="decision__year"
    )
    award = SearchedFilter(
        label="Hình thức",
        empty_label="Tất cả",
        queryset=lambda request: AwardKind.objects.filter(
            pk__in=COMMENDED.order_by().values("award")
        ).order_by("order", "pk"),
    )
    bloc = SearchedFilter(
        label="Khối, cụm",
        empty_label="Tất cả",
        field_name="proposal__bloc_year__bloc",
        queryset=lambda request: Bloc.objects.public().order_by("order", "name", "pk"),
    )

    def search(self, rows, name, value):
        return rows.filter(unit__in=Unit.objects.search(value).order_by().values("pk"))
