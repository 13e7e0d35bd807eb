from crispy_forms.layout import Column, Layout, Row

from blocs.years.models.work_calendar import Holiday
from thidua.common.pages.forms import TidyModelForm


class HolidayForm(TidyModelForm):
    class Meta:
        model = Holiday
        fields = ("day", "name", "is_worked")
        help_texts = {
            "name": "Ví dụ: Tết Nguyên đán, Giỗ Tổ Hùng Vương, Nghỉ bù Quốc khánh.",
            "is_worked": "Thứ Bảy hoặc Chủ nhật phải đi làm thay cho một ngày được nghỉ.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Row(Column("day"), Column("name")), "is_worked")
