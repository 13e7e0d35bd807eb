"""Forms of the evidence locker: a new file, its last day, a file to be used once more."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from blocs.reports.forms.evidence import EvidenceForm
from blocs.reports.models.evidence import Evidence
from blocs.units.models import Unit
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField

NO_CHOICE = "Vui lòng chọn một tệp trong kho."


class LockerForm(EvidenceForm):
    """A file for the locker; the unit is asked for only where the person has several."""

    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label=None)
    expires_on = forms.DateField(
        label="Hết giá trị ngày",
        required=False,
        help_text="Để trống nếu tệp không có thời hạn.",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).order_by("name", "pk")
        self.fields["unit"].initial = next(iter(units), None)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.helper.layout = Layout("unit", "file", Row(Column("expires_on", css_class="col-md-6")))


class ExpiryForm(TidyModelForm):
    class Meta:
        model = Evidence
        fields = ("expires_on",)


class UseForm(TidyForm):
    evidence = SearchedField(
        label="Tệp trong kho của đơn vị",
        queryset=Evidence.objects.none(),
        empty_label="Chọn tệp",
        error_messages={"required": NO_CHOICE, "invalid_choice": NO_CHOICE},
    )

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = files
        self.helper.layout = Layout("evidence")
