import django_filters

from blocs.states import BlocKind
from blocs.units.models.seats import people_called
from blocs.units.models.units import Unit
from thidua.common.pages.filters import ListFilter
from thidua.common.pages.forms import DayInput
from thidua.common.vietnamese.lookups import matching

STANDING = (("standing", "đang hoạt động"), ("ended", "đã thôi hoạt động"))


ACTIVE = (("yes", "đang dùng"), ("no", "đã ngừng"))


class UnitFilter(ListFilter):
    q = django_filters.CharFilter(label="Tên hoặc mã đơn vị", method="search")
    state = django_filters.ChoiceFilter(
        label="Tình trạng", choices=STANDING, empty_label="Tất cả", method="by_state"
    )

    def search(self, rows, name, value):
        return rows.search(value)

    def by_state(self, rows, name, value):
        standing = Unit.objects.standing()
        return (
            rows.filter(pk__in=standing) if value == "standing" else rows.exclude(pk__in=standing)
        )


class BlocFilter(ListFilter):
    q = django_filters.CharFilter(label="Tên khối, cụm", method="search")
    kind = django_filters.ChoiceFilter(label="Loại", choices=BlocKind, empty_label="Tất cả")

    def search(self, rows, name, value):
        return rows.search(value)


class PersonFilter(ListFilter):
    q = django_filters.CharFilter(label="Họ tên, tên đăng nhập, đơn vị", method="search")
    state = django_filters.ChoiceFilter(
        label="Tài khoản", choices=ACTIVE, empty_label="Tất cả", method="by_state"
    )

    def search(self, rows, name, value):
        return people_called(rows, value)

    def by_state(self, rows, name, value):
        return rows.filter(is_active=value == "yes")


class LogFilter(ListFilter):
    q = django_filters.CharFilter(label="Người thực hiện hoặc tài khoản", method="search")
    since = django_filters.DateFilter(
        label="Từ ngày", field_name="at", lookup_expr="date__gte", widget=DayInput
    )
    until = django_filters.DateFilter(
        label="Đến ngày", field_name="at", lookup_expr="date__lte", widget=DayInput
    )

    def search(self, rows, name, value):
        return rows.filter(matching(value, "actor_name", "subject_name"))
