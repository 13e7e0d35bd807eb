"""What is typed of an agreement that was signed by hand: beside the scan, who signed for whom."""

from collections.abc import Sequence

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from blocs.units.models import Unit
from thidua.papers.forms import SignedCopyForm


class AgreementCopyForm(SignedCopyForm):
    """A unit without the name of its signer has not signed the paper."""

    reason = forms.CharField(
        label="Lý do cho hiệu lực khi còn đơn vị chưa ký",
        max_length=2000,
        required=False,
        help_text="Chỉ ghi khi có đơn vị chưa ký và quy định của năm cho phép.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, units: Sequence[Unit] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["number"].required = False
        del self.fields["signers"]
        for unit in units:
            name = forms.CharField(label="Họ tên người ký", max_length=150, required=False)
            title = forms.CharField(
                label="Chức vụ", max_length=150, required=False, initial=unit.leader_title
            )
            self.fields |= {f"name-{unit.pk}": name, f"title-{unit.pk}": title}
        self.helper.layout = Layout(
            Row(Column("number"), Column("signed_on")),
            *(self.lines_of(unit) for unit in units),
            "reason",
            "scan",
        )

    def lines_of(self, unit: Unit) -> Fieldset:
        return Fieldset(unit.name, Row(Column(f"name-{unit.pk}"), Column(f"title-{unit.pk}")))

    def signers(self) -> list[tuple[Unit, str, str]]:
        """Unit, name and title of each who signed, in the order of the bloc."""
        data = self.cleaned_data
        rows = [(unit, data[f"name-{unit.pk}"], data[f"title-{unit.pk}"]) for unit in self.units]
        return [row for row in rows if row[1].strip()]
