import django_filters
from django import forms

from blocs.reports.models.reports import Report
from blocs.states import ReportState
from blocs.units.models import Bloc, Unit
from thidua.common.pages.forms import TidyModelForm

ROWS = {"results": 12, "movements": 8, "shortcomings": 6}


def areas(rows):
    """Text areas of so many rows, by field."""
    return {name: forms.Textarea(attrs={"rows": count}) for name, count in rows.items()}


class NarrativeForm(TidyModelForm):
    class Meta:
        model = Report
        fields = tuple(ROWS)
        widgets = areas(ROWS)
        help_texts = {
            "results": "Nêu kết quả từng nhiệm vụ, chỉ tiêu được giao; phần này bắt buộc khi nộp.",
            "movements": "Phong trào đã phát động, mô hình, điển hình tiên tiến, sáng kiến.",
            "shortcomings": "Việc chưa làm được, vì sao và hướng khắc phục.",
        }


class ExplanationForm(TidyModelForm):
    class Meta:
        model = Report
        fields = ("explanation",)
        widgets = areas({"explanation": 10})
        help_texts = {
            "explanation": (
                "Nêu từng tiêu chí không nhất trí, căn cứ và điểm đề nghị. Lãnh đạo đơn vị gửi "
                "giải trình."
            )
        }


class ReportFilter(django_filters.FilterSet):
    """The bar above the list of reports; it offers only blocs and units that are in the list."""

    bloc = django_filters.ModelChoiceFilter(
        label="Khối, cụm",
        field_name="bloc_year__bloc",
        queryset=Bloc.objects.none(),
        empty_label="Tất cả",
    )
    unit = django_filters.ModelChoiceFilter(
        label="Đơn vị", queryset=Unit.objects.none(), empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=ReportState, empty_label="Tất cả"
    )

    class Meta:
        model = Report
        fields = ()

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        listed = self.queryset.order_by()
        blocs = Bloc.objects.filter(pk__in=listed.values("bloc_year__bloc"))
        units = Unit.objects.filter(pk__in=listed.values("unit"))
        self.filters["bloc"].queryset = blocs.order_by("order", "name", "pk")
        self.filters["unit"].queryset = units.for_list()
