import django_filters
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from thidua.common.log_book.finding import lines_with
from thidua.common.log_book.openings import OPENINGS
from thidua.common.models import ActivityEntry, ArchivedEntry
from thidua.common.pages.filters import ListFilter
from thidua.common.pages.forms import DayInput
from thidua.common.vietnamese.text import fold

SIGN_INS = ("accounts.sign_in", "accounts.fail_sign_in", "accounts.lock_out")
WORK, OPENED, SIGNED_IN = "work", "opened", "signed_in"
SORTS = {OPENED: Q(action__in=OPENINGS), SIGNED_IN: Q(action__in=SIGN_INS)}
SORT_WORDS = ((WORK, "thay đổi"), (OPENED, "mở xem"), (SIGNED_IN, "đăng nhập"))
ARCHIVE = "archive"
STORES = ((ARCHIVE, "kho lưu (năm cũ)"),)


def lines_of(store):
    """The lines of one store, newest first."""
    model = ArchivedEntry if store == ARCHIVE else ActivityEntry
    return model.objects.order_by("-at", "-pk")


def kinds():
    """Every kind of object that has a page of its own, in Vietnamese order."""
    found = [model for model in apps.get_models() if hasattr(model, "get_absolute_url")]
    words = {model._meta.label_lower: str(model._meta.verbose_name) for model in found}
    return sorted(words.items(), key=lambda pair: fold(pair[1]))


class LogBookFilter(ListFilter):
    q = django_filters.CharFilter(label="Người, việc hoặc đối tượng", method="search")
    sort = django_filters.ChoiceFilter(
        label="Loại việc", choices=SORT_WORDS, empty_label="Tất cả", method="by_sort"
    )
    kind = django_filters.ChoiceFilter(
        label="Loại đối tượng", choices=kinds, empty_label="Tất cả", method="by_kind"
    )
    since = django_filters.DateFilter(
        label="Từ ngày", field_name="at", lookup_expr="date__gte", widget=DayInput
    )
    until = django_filters.DateFilter(
        label="Đến ngày", field_name="at", lookup_expr="date__lte", widget=DayInput
    )
    # Which table is read the page chooses before it filters.
    store = django_filters.ChoiceFilter(
        label="Nơi giữ", choices=STORES, empty_label="đang dùng", method="as_chosen"
    )

    def search(self, rows, name, value):
        return rows.filter(lines_with(value))

    def by_sort(self, rows, name, value):
        if value == WORK:
            return rows.exclude(SORTS[OPENED] | SORTS[SIGNED_IN])
        return rows.filter(SORTS[value])

    def by_kind(self, rows, name, value):
        return rows.filter(subject_type=ContentType.objects.get_by_natural_key(*value.split(".")))

    def as_chosen(self, rows, name, value):
        return rows
