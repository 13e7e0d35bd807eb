import django_filters

from awards.proposals.enums import ProposalState
from blocs.units.models.blocs import bloc_matching


class ProposalFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tên khối, cụm", method="by_words")
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=ProposalState, empty_label="Tất cả"
    )

    def by_words(self, rows, name, value):
        return rows.filter(bloc_matching(value, "bloc_year__bloc__"))
