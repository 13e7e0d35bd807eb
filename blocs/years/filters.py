import django_filters

from blocs.states import YearState
from thidua.common.vietnamese.lookups import matching


class YearFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tên khối, cụm", method="search")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=YearState, empty_label="Tất cả")

    def search(self, rows, name, value):
        return rows.filter(matching(value, "bloc__name", "bloc__code"))
