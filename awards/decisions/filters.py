import django_filters

from awards.decisions.enums import DecisionState
from thidua.common.pages.filters import ListFilter


class DecisionFilter(ListFilter):
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=DecisionState, empty_label="Tất cả"
    )
