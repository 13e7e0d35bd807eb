from crispy_forms.layout import Column, Layout, Row
from django import forms

from blocs.years.models.work_calendar import Holiday, YearCalendar
from thidua.common.pages.forms import TidyForm, TidyModelForm


class HolidayForm(TidyModelForm):
    class Meta:
        model = Holiday
        fields = ("day", "name", "is_worked", "document")
        help_texts = {
            "name": "Ví dụ: Tết Nguyên đán, Giỗ Tổ Hùng Vương, Nghỉ bù Quốc khánh.",
            "is_worked": "Thứ Bảy hoặc Chủ nhật phải đi làm thay cho một ngày được nghỉ.",
            "document": "Bắt buộc khi lịch của năm đã xác nhận, ví dụ công văn hoán đổi ngày làm.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row(Column("day"), Column("name")), "is_worked", Row(Column("document"))
        )


class HolidayRemoveForm(TidyForm):
    document = forms.CharField(
        label="Lý do, văn bản cho phép",
        max_length=150,
        help_text="Khi lịch của năm đã xác nhận thì ghi số văn bản.",
    )


class CalendarProposeForm(TidyForm):
    """The proposed days are shown on the page; what is sent says for which year they were."""

    year = forms.IntegerField(min_value=2000, max_value=2100, widget=forms.HiddenInput)


class CalendarConfirmForm(TidyModelForm):
    class Meta:
        model = YearCalendar
        fields = ("document", "dated_on")
        help_texts = {
            "document": "Số, ký hiệu của thông báo, ví dụ “Thông báo 9441/TB-BNV”.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Row(Column("document"), Column("dated_on")))
