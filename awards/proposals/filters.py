import django_filters

from awards.proposals.enums import ProposalState
from blocs.units.models.blocs import bloc_closest, bloc_matching
from thidua.common.pages.filters import ListFilter
from thidua.common.vietnamese.lookups import closest_first


class ProposalFilter(ListFilter):
    q = django_filters.CharFilter(label="Tên khối, cụm", method="by_words")
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=ProposalState, empty_label="Tất cả"
    )

    def by_words(self, rows, name, value):
        found = rows.filter(bloc_matching(value, "bloc_year__bloc__"))
        return closest_first(found, bloc_closest(value, "bloc_year__bloc__"))
