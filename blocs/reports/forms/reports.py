import django_filters
from crispy_forms.layout import Layout
from django import forms

from blocs.reports.models.reports import Report
from blocs.states import ReportState
from blocs.units.models import Bloc, Unit
from thidua.common.pages.forms import TidyForm

ROWS = {"results": 12, "movements": 8, "shortcomings": 6}
HELP = {
    "results": "Nêu kết quả từng nhiệm vụ, chỉ tiêu được giao; phần này bắt buộc khi nộp.",
    "movements": "Phong trào đã phát động, mô hình, điển hình tiên tiến, sáng kiến.",
    "shortcomings": "Việc chưa làm được, vì sao và hướng khắc phục.",
}


def text_field(name, rows, help_text=""):
    """A long text of the report, named as the model names it."""
    return forms.CharField(
        label=str(Report._meta.get_field(name).verbose_name).capitalize(),
        help_text=help_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RevisionForm(TidyForm):
    """Carries the revision the writer saw, so that a second writer is told."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def texts(self):
        return {name: text for name, text in self.cleaned_data.items() if name != "revision"}


class NarrativeForm(RevisionForm):
    results = text_field("results", ROWS["results"], HELP["results"])
    movements = text_field("movements", ROWS["movements"], HELP["movements"])
    shortcomings = text_field("shortcomings", ROWS["shortcomings"], HELP["shortcomings"])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("revision", *ROWS)


class ExplanationForm(RevisionForm):
    explanation = text_field(
        "explanation",
        10,
        "Nêu từng tiêu chí không nhất trí, căn cứ và điểm đề nghị. Lãnh đạo đơn vị gửi giải trình.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("revision", "explanation")


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
