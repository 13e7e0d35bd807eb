"""Forms about the names of units and blocs: a new one, a misspelt one, one taken back."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from blocs.units.forms.blocs import BLOC_HELPS, DECISION_HELP, bloc_name_rows
from blocs.units.forms.blocs import LETTERHEAD as BLOC_LETTERHEAD
from blocs.units.forms.units import LETTERHEAD, name_rows
from blocs.units.models import Bloc, Unit
from thidua.common.pages.forms import TidyForm, TidyModelForm

LONGEST = 255


class NewNameForm(TidyForm):
    """The names that hold from a day on, and by which paper."""

    on = forms.DateField(
        label="Tên mới có hiệu lực từ ngày",
        initial=timezone.localdate,
        help_text="Ngày đầu tiên mang tên mới. Các năm thi đua trước ngày này giữ tên cũ.",
    )
    decision = forms.CharField(label="Văn bản", max_length=LONGEST, help_text=DECISION_HELP)
    reason = forms.CharField(label="Lý do", max_length=LONGEST, required=False)

    def act_rows(self):
        return Fieldset("Căn cứ đổi tên", Row(Column("on"), Column("decision")), "reason")


class UnitRenameForm(NewNameForm, TidyModelForm):
    class Meta:
        model = Unit
        fields = Unit.NAMES
        widgets = LETTERHEAD

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(self.act_rows(), *name_rows())


class BlocRenameForm(NewNameForm, TidyModelForm):
    class Meta:
        model = Bloc
        fields = Bloc.NAMES
        widgets = BLOC_LETTERHEAD
        help_texts = BLOC_HELPS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(self.act_rows(), *bloc_name_rows())


class SpellingForm(TidyForm):
    """A name as it ought to have been written all the time."""

    reason = forms.CharField(
        label="Sai ở đâu", max_length=LONGEST, help_text="Ví dụ: viết nhầm “Vân tải”."
    )


class UnitSpellingForm(SpellingForm, TidyModelForm):
    class Meta:
        model = Unit
        fields = Unit.NAMES
        widgets = LETTERHEAD

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*name_rows(), "reason")


class BlocSpellingForm(SpellingForm, TidyModelForm):
    class Meta:
        model = Bloc
        fields = Bloc.NAMES
        widgets = BLOC_LETTERHEAD
        help_texts = BLOC_HELPS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*bloc_name_rows(), "reason")


class UndoRenameForm(TidyForm):
    reason = forms.CharField(label="Lý do hủy", max_length=LONGEST)
