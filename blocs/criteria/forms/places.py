"""Where a line of the table is to stand, and maxima typed into the tree."""

from django import forms
from django.core.exceptions import ValidationError

from blocs.criteria.forms.row_fields import DECIMALS
from blocs.scoring import GROUP
from thidua.common.pages.forms import TidyForm
from thidua.common.vietnamese.numbers import parse_decimal, whole_number

TOP = "ngoài cùng, không thuộc nhóm nào"
LAST = "cuối nhóm"
MAXIMUM = "diem-"


class PlaceForm(TidyForm):
    """`rows` are the lines of the table in its order, `labels` their words, `moved` the line."""

    parent = forms.TypedChoiceField(label="Vào nhóm", required=False, coerce=int, empty_value=None)
    before = forms.TypedChoiceField(
        label="Đặt trước mục",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Chọn một mục nằm trong nhóm ở trên; để trống là đặt cuối nhóm.",
    )

    def __init__(self, *args, rows, labels, moved, **kwargs):
        self.rows = {row.pk: row for row in rows}
        super().__init__(*args, **kwargs)
        inside = self.below(moved.pk)
        free = [row for row in rows if row.pk not in inside]
        groups = [(row.pk, labels[row.pk]) for row in free if row.kind == GROUP]
        self.fields["parent"].choices = [("", TOP), *groups]
        self.fields["before"].choices = [("", LAST), *((row.pk, labels[row.pk]) for row in free)]

    def below(self, pk):
        """The line and everything inside it: it cannot go there."""
        found = {pk}
        for row in self.rows.values():
            if row.parent_id in found:
                found.add(row.pk)
        return found

    def clean_parent(self):
        return self.rows.get(self.cleaned_data["parent"])

    def clean(self):
        data = super().clean()
        before = data["before"] = self.rows.get(data.get("before"))
        group = data.get("parent")
        if before and before.parent_id != (group.pk if group else None):
            self.add_error("before", "Mục này không nằm trong nhóm đã chọn.")
        return data


class MaximaForm:
    """The maxima of a posted tree, by the ids of their lines; what is wrong is refused at once."""

    def __init__(self, data, *, most):
        self.data, self.most = data, most

    def points(self):
        """Only what was changed: the page sends beside each input what it showed."""
        found, wrong = {}, []
        for name, typed in self.data.items():
            pk = whole_number(name.removeprefix(MAXIMUM))
            if not name.startswith(MAXIMUM) or not pk:
                continue
            if typed.strip() == self.data.get(f"cu-{pk}", ""):
                continue
            try:
                value = parse_decimal(typed, decimals=DECIMALS, maximum=self.most)
            except ValidationError as error:
                wrong.extend(error.messages)
            else:
                found[pk] = value or 0
        if wrong:
            raise ValidationError(wrong)
        return found
