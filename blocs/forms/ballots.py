"""What is typed of a count: four numbers, and the votes of each unit."""

from django import forms

from blocs.enums import AskedAward, BallotMethod
from blocs.forms.grids import GridForm

LARGEST = 999
NUMBERS = ("issued", "returned", "valid", "invalid")


def count_field(label, *, required=True):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=LARGEST,
        required=required,
        error_messages={
            "invalid": "Vui lòng nhập số nguyên.",
            "required": "Vui lòng nhập số này; không có phiếu nào thì nhập 0.",
            "min_value": "Số phiếu không được là số âm.",
            "max_value": f"Số phiếu không quá {LARGEST}.",
        },
    )


class BallotForm(GridForm):
    """The count as a whole. `mark` is of the count that the page showed."""

    method = forms.ChoiceField(label="Hình thức", choices=BallotMethod)
    issued = count_field("Số phiếu phát ra")
    returned = count_field("Số phiếu thu về")
    valid = count_field("Số phiếu hợp lệ")
    invalid = count_field("Số phiếu không hợp lệ")
    decision = forms.CharField(label="Lý do chủ tọa quyết định", required=False)
    mark = forms.CharField(required=False)

    def numbers(self):
        return {name: self.cleaned_data[name] for name in ("method", *NUMBERS)}


class BallotLineForm(GridForm):
    """Votes on one unit; a line left empty was not voted on."""

    award = forms.ChoiceField(
        label="Đề nghị", choices=[("", "không"), *AskedAward.choices], required=False
    )
    votes_for = count_field("Đồng ý", required=False)
    votes_against = count_field("Không đồng ý", required=False)
    is_decided = forms.BooleanField(label="Chủ tọa chọn", required=False)

    def __init__(self, data=None, *, unit, shown=None):
        super().__init__(data, prefix=f"u{unit.pk}", initial=shown)
        self.unit, self.key = unit, f"u{unit.pk}"

    def is_written(self):
        data = self.cleaned_data
        numbers = (data.get("votes_for"), data.get("votes_against"))
        return bool(data.get("award") or data.get("is_decided")) or any(
            number is not None for number in numbers
        )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if self.is_written() and data.get("votes_for") is None:
            self.add_error("votes_for", "Vui lòng nhập số phiếu đồng ý.")
        return data

    def entry(self):
        return {"unit_id": self.unit.pk} | self.cleaned_data
