import django_filters

from blocs.states import YearState
from blocs.units.models.blocs import bloc_closest, bloc_matching
from thidua.common.pages.filters import ListFilter
from thidua.common.vietnamese.lookups import closest_first


class YearFilter(ListFilter):
    q = django_filters.CharFilter(label="Tên khối, cụm", method="search")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=YearState, empty_label="Tất cả")

    def search(self, rows, name, value):
        found = rows.filter(bloc_matching(value, "bloc__"))
        return closest_first(found, bloc_closest(value, "bloc__"))
