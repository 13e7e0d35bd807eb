"""A group of units of a bloc year: its name and who is in it."""

from collections.abc import Iterable, Mapping

from crispy_forms.layout import Layout
from django import forms

from blocs.criteria.models.groups import UnitGroup
from blocs.units.models import Unit
from thidua.common.pages.forms import ManyField, TidyModelForm


class MemberField(ManyField):
    """Units as the year calls them."""

    labels: Mapping[int, str] = {}

    def label_from_instance(self, obj):
        return self.labels[obj.pk]


class UnitGroupForm(TidyModelForm):
    """`members` are the units of the year, `labels` what it calls each."""

    units = MemberField(
        label="Đơn vị thuộc nhóm",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn đơn vị đang ở nhóm khác là chuyển đơn vị đó sang nhóm này.",
    )

    class Meta:
        model = UnitGroup
        fields = ("name",)

    def __init__(self, *args, members: Iterable[Unit], labels: Mapping[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].labels = labels
        self.fields["units"].queryset = members
        self.fields["name"].help_text = "Ví dụ: Cơ quan quản lý nhà nước; Doanh nghiệp."
        self.helper.layout = Layout("name", "units")
