from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone

from blocs.units.models.seats import people_called
from thidua.accounts.models import User
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched.fields import SearchedField

TITLE_HELP = "In dưới chữ “KT.” trên văn bản ký trong những ngày này, ví dụ Phó Giám đốc."


class AbsenceForm(TidyForm):
    """Days on which one is away, and which colleague stands in."""

    substitute = SearchedField(
        queryset=User.objects.none(), label="Người thay", search=people_called
    )
    title = forms.CharField(label="Chức vụ của người thay", max_length=150, help_text=TITLE_HELP)
    starts_on = forms.DateField(label="Vắng mặt từ ngày")
    ends_on = forms.DateField(label="Đến hết ngày")

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["substitute"].queryset = User.objects.none() if people is None else people
        self.fields["substitute"].empty_label = "Chọn người cùng đơn vị"
        self.fields["starts_on"].initial = timezone.localdate
        self.helper.layout = Layout(
            Row(Column("substitute"), Column("title")), Row(Column("starts_on"), Column("ends_on"))
        )


class HandOverForm(TidyForm):
    """To whom all seats of a person go, and from which day."""

    to = SearchedField(queryset=User.objects.none(), label="Người nhận", search=people_called)
    on = forms.DateField(label="Từ ngày")

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.none() if people is None else people
        self.fields["to"].empty_label = "Chọn người nhận"
        self.fields["on"].initial = timezone.localdate
        self.helper.layout = Layout(Row(Column("to"), Column("on")))
