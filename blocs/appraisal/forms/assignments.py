"""Who marks whom, as it is posted: a matrix of boxes, conflicting pairs, leaves of a body."""

from collections.abc import Mapping, Sequence

from django import forms

from blocs.appraisal.models.open_work import OpenWork
from blocs.reports.forms.grids import GridForm
from blocs.units.models import Unit
from thidua.common.pages.forms import DecimalCommaField, TidyForm
from thidua.common.pages.searched.fields import SearchedField

NOTHING_OPEN = "Không có bảng điểm nào đang chấm dở; kết thúc vòng chấm chỉ mở lại quy định."
SPARE_PAIRS = 3
HALF_A_PAIR = "Hãy chọn đủ hai đơn vị."
SAME_UNIT = "Hãy chọn hai đơn vị khác nhau."
Pairs = Sequence[tuple[int, int, str]]


class PairForm(GridForm):
    """One pair of units that must not mark each other; empty lines are left out."""

    first = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    second = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    reason = forms.CharField(required=False, max_length=255)

    def __init__(self, *args, units: Sequence[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.options = [("", "Chưa chọn"), *((str(unit.pk), unit.name) for unit in units)]
        for name in ("first", "second"):
            self.fields[name].choices = self.options

    def clean(self):
        data = super().clean()
        chosen = [data.get(name) for name in ("first", "second")]
        if any(chosen) and not all(chosen):
            raise forms.ValidationError(HALF_A_PAIR)
        if all(chosen) and chosen[0] == chosen[1]:
            raise forms.ValidationError(SAME_UNIT)
        return data


class PairsForm:
    """The matrix and the conflicting pairs of one page."""

    def __init__(
        self,
        data=None,
        *,
        units: Sequence[Unit],
        sheets: Sequence[int],
        stored: Pairs = (),
        chosen: Mapping[int, Sequence[int]] | None = None,
    ):
        self.data, self.units, self.sheets = data, units, sheets
        self.chosen = dict(chosen or {})
        self.general: list[str] = []
        rows = [*stored, *((None, None, ""),) * SPARE_PAIRS]
        if data is not None:
            self.chosen = {pk: self.posted(pk) for pk in sheets}
        names = ("first", "second", "reason")
        self.rows = [
            PairForm(
                data,
                units=units,
                prefix=f"cap-{place}",
                initial=dict(zip(names, row, strict=True)),
            )
            for place, row in enumerate(rows)
        ]

    def posted(self, sheet: int) -> list[int]:
        """The boxes that were ticked for one sheet; what is no unit here is left out."""
        known = {str(unit.pk) for unit in self.units}
        return [int(value) for value in self.data.getlist(f"cham-{sheet}") if value in known]

    def is_valid(self) -> bool:
        # Every line is checked, so that all mistakes are shown at once.
        found = [row.is_valid() for row in self.rows]
        return all(found)

    def pairs(self) -> list[tuple[int, int, str]]:
        rows = [row.cleaned_data for row in self.rows]
        return [(row["first"], row["second"], row["reason"]) for row in rows if row["first"]]


class AppraisalGroupForm(TidyForm):
    units = forms.TypedMultipleChoiceField(
        label="Các đơn vị trong tổ thẩm định",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mỗi đơn vị trong tổ chấm mọi bảng điểm, trừ bảng điểm của mình.",
    )

    def __init__(self, *args, choices: Sequence[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(unit.pk, unit.name) for unit in choices]


class BodyForm(TidyForm):
    """A competent body and what it appraises: leaves, or groups that stand for theirs."""

    unit = SearchedField(
        Unit.objects.none(),
        label="Cơ quan thẩm định",
        empty_label="Chưa chọn",
        help_text="Có thể là đơn vị ngoài khối, ví dụ Sở Tài chính.",
    )

    share = DecimalCommaField(
        label="Tỷ trọng (%)",
        help_text="Dùng khi nhiều cơ quan chấm cùng một tiêu chí; cộng lại phải bằng 100.",
    )

    def __init__(self, *args, paths: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.standing().order_by("name", "pk")
        self.fields["paths"] = forms.MultipleChoiceField(
            choices=list(paths.items()), required=False
        )


class RoundEndForm(TidyForm):
    """Sheets whose round of marks ends, and why."""

    reports = forms.TypedMultipleChoiceField(
        label="Bảng điểm kết thúc vòng chấm và điểm đang chấm dở sẽ bị xóa",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Lý do kết thúc vòng chấm",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, work: Sequence[OpenWork], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reports"].choices = [
            (one.report.pk, f"{one.report.unit.name}: {one.words}") for one in work
        ]
        if not work:
            self.fields["reports"].help_text = NOTHING_OPEN
