import django_filters
from crispy_forms.layout import Column, Layout, Row
from django import forms

from blocs.reports.models.reports import Report
from blocs.states import SENT_STATES, ReportState
from blocs.units.models import Bloc, Unit
from thidua.common.pages.basis import BasisForm
from thidua.common.pages.filters import ListFilter, SearchedFilter
from thidua.common.pages.forms import TidyModelForm
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.forms import SignedCopyForm

SENT = "sent"

ROWS = {"results": 12, "movements": 8, "shortcomings": 6}


UNCONFIRMED = "Vui lòng xem lại những điều nêu trên đầu trang rồi đánh dấu ô này để tiếp tục."
KEEP, REDO = "keep", "redo"
WAYS = (
    (KEEP, "Giữ bảng điểm, theo điểm đã tính lại theo sửa đổi"),
    (REDO, "Mở lại báo cáo để làm lại theo sửa đổi rồi nộp lại"),
)


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


class AmendedSheetForm(BasisForm):
    way = forms.ChoiceField(label="Xử lý", choices=WAYS, initial=KEEP, widget=forms.RadioSelect)


class ReportCopyForm(SignedCopyForm):
    """A report signed by hand is handed in: the day it came in stands beside the day it names."""

    received_on = forms.DateField(
        label="Ngày khối nhận bản giấy",
        help_text="Đúng hạn hay chậm hạn tính theo ngày ký; ngày nhận được ghi bên cạnh.",
    )

    confirmed = forms.BooleanField(
        label="Tôi đã xem lại những điều nêu trên và vẫn tiếp tục",
        error_messages={"required": UNCONFIRMED},
    )

    def __init__(self, *args, word="khối", asks=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["confirmed"]
        label = self.fields["received_on"].label
        self.fields["received_on"].label = in_words_of(word, label)
        days = Row(Column("number"), Column("signed_on"), Column("received_on"))
        self.helper.layout = Layout(days, "signers", "scan", *(["confirmed"] if asks else []))


class ReportFilter(ListFilter):
    """The bar above the list of reports; it offers only blocs and units that are in the list."""

    bloc = SearchedFilter(
        label="Khối, cụm",
        field_name="bloc_year__bloc",
        queryset=Bloc.objects.none(),
        empty_label="Tất cả",
    )
    unit = SearchedFilter(label="Đơn vị", queryset=Unit.objects.none(), empty_label="Tất cả")
    state = django_filters.ChoiceFilter(
        label="Trạng thái",
        choices=((SENT, "Đã nộp, kể cả đã thẩm định"), *ReportState.choices),
        empty_label="Tất cả",
        method="by_state",
    )

    class Meta(ListFilter.Meta):
        model = Report
        fields = ()

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        listed = self.queryset.order_by()
        blocs = Bloc.objects.filter(pk__in=listed.values("bloc_year__bloc"))
        units = Unit.objects.filter(pk__in=listed.values("unit"))
        self.filters["bloc"].queryset = blocs.order_by("order", "name", "pk")
        self.filters["unit"].queryset = units.for_list()

    def by_state(self, rows, name, value):
        return rows.filter(state__in=SENT_STATES if value == SENT else (value,))
