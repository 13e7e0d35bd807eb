"""A ground found for a unit, and the end of it."""

from collections.abc import Iterable

from crispy_forms.layout import Layout
from django import forms

from blocs.units.models import Unit
from thidua.common.pages.forms import TidyForm

BASIS_HELP = "Số, ngày, cơ quan ban hành văn bản hoặc kết luận nêu sự việc."


class GroundForm(TidyForm):
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), empty_label="(chọn đơn vị)"
    )
    code = forms.ChoiceField(label="Điều kiện")
    found_on = forms.DateField(label="Ghi nhận ngày")
    basis = forms.CharField(
        label="Căn cứ", widget=forms.Textarea(attrs={"rows": 4}), help_text=BASIS_HELP
    )

    def __init__(self, *args, units, grounds: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["code"].choices = [("", "(chọn điều kiện)"), *grounds]
        self.helper.layout = Layout("unit", "code", "found_on", "basis")


class LiftForm(TidyForm):
    lifted_on = forms.DateField(label="Hết hiệu lực ngày")
    lift_basis = forms.CharField(
        label="Căn cứ chấm dứt",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Văn bản, kết luận chấm dứt việc xem xét hoặc kết luận không có sai phạm.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("lifted_on", "lift_basis")
