from crispy_forms.layout import Layout
from django import forms
from django.db.models import F
from django.db.models.functions import Collate

from thidua.accounts.models import User
from thidua.common.pages.forms import TidyForm
from thidua.common.vietnamese.collation import COLLATION
from thidua.view_as.permissions import people_of_units


class ViewAsForm(TidyForm):
    person = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Xem như", empty_label="Chọn người dùng"
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        help_text="Người được xem như đọc lý do này trên trang chủ.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_of_units().order_by(Collate(F("full_name"), COLLATION), "pk")
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda one: f"{one} ({one.username})"
        self.helper.layout = Layout("person", "reason")
