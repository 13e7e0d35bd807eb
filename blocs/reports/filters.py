import django_filters
from django.utils import timezone

from thidua.common.pages.filters import ListFilter

USED = (("used", "đang dùng"), ("free", "chưa dùng ở đâu"), ("expired", "hết giá trị"))


class EvidenceFilter(ListFilter):
    q = django_filters.CharFilter(label="Tên tệp", method="search")
    state = django_filters.ChoiceFilter(
        label="Tình trạng", choices=USED, empty_label="Tất cả", method="by_state"
    )

    def search(self, rows, name, value):
        return rows.search(value)

    def by_state(self, rows, name, value):
        if value == "expired":
            return rows.filter(expires_on__lt=timezone.localdate())
        return rows.filter(use_count=0) if value == "free" else rows.filter(use_count__gt=0)
