from collections.abc import Iterable

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from blocs.units.domain.unit_lists import Commas, asks_about_commas
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.units import Unit
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField

COMMA_CHOICES = (
    ("", "chưa chọn"),
    (Commas.BEFORE_OFFICES, "tách tên ở dấu phẩy đứng trước chữ Sở, Ban, Hội, xã…"),
    (Commas.BETWEEN, "tách tên ở mọi dấu phẩy"),
    (Commas.IN_NAME, "giữ nguyên: dấu phẩy thuộc về tên"),
)
COMMAS_ASKED = (
    "Danh sách nằm trên một dòng và có dấu phẩy: chọn dấu phẩy tách tên hay thuộc về tên."
)
ONE_PLACE = "Chỉ chọn một nơi đến: một khối, cụm của tỉnh hoặc ngoài tỉnh."
START_HELP = "Ngày quyết định có hiệu lực, không phải ngày nhập."
DECISION_HELP = "Số, ngày và cơ quan ban hành quyết định, nếu có."


LETTERHEAD = {"letterhead": forms.Textarea(attrs={"rows": 2})}
BLOC_HELPS = {
    "letterhead": "Viết hoa; xuống dòng ở đâu thì in xuống dòng ở đó. Để trống thì in tên.",
    "order": "Khối có số nhỏ đứng trước trong danh sách.",
}
BLOC_FACTS = ("tier", "founding_number", "founded_on", "order", "is_active")


def bloc_name_rows():
    """The fields of a bloc that hold from day to day."""
    return ("name", Row(Column("code"), Column("kind")), "organiser", "letterhead")


def bloc_fact_rows():
    """The fields of a bloc that are the same in all years."""
    return (
        Row(Column("tier"), Column("order")),
        Fieldset("Quyết định thành lập", Row(Column("founding_number"), Column("founded_on"))),
        "is_active",
    )


class BlocForm(TidyModelForm):
    """A new bloc: its first names and all else that is known."""

    class Meta:
        model = Bloc
        fields = (*Bloc.NAMES, *BLOC_FACTS)
        widgets = LETTERHEAD
        help_texts = BLOC_HELPS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        order = self.fields["order"]
        order.required = False
        order.help_text = f"{order.help_text} Để trống thì theo số trong tên."
        self.initial.pop("order", None)
        self.helper.layout = Layout(*bloc_name_rows(), *bloc_fact_rows())


class BlocFactsForm(TidyModelForm):
    """What of a bloc may be edited; its names have pages of their own."""

    class Meta:
        model = Bloc
        fields = BLOC_FACTS
        help_texts = BLOC_HELPS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*bloc_fact_rows())


class MemberForm(TidyModelForm):
    class Meta:
        model = Membership
        fields = ("unit", "starts_on", "decision")
        field_classes = {"unit": SearchedField}
        help_texts = {"starts_on": START_HELP, "decision": DECISION_HELP}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.standing().for_list()
        self.fields["unit"].empty_label = "Chọn đơn vị"
        self.helper.layout = Layout("unit", Row(Column("starts_on"), Column("decision")))


def other_blocs(bloc: Bloc):
    """Where a unit of this bloc may move to."""
    return Bloc.objects.filter(is_active=True).exclude(pk=bloc.pk).order_by("order", "name", "pk")


class MemberEndForm(TidyModelForm):
    """The last day in the bloc, and where the unit goes if it moves."""

    to_bloc = SearchedField(
        label="Chuyển sang khối, cụm",
        queryset=Bloc.objects.none(),
        required=False,
        empty_label="Không chuyển sang khối, cụm nào của tỉnh",
    )
    is_outside = forms.BooleanField(label="Chuyển ra khối, cụm ngoài tỉnh", required=False)

    class Meta:
        model = Membership
        fields = ("ends_on", "end_decision")
        labels = {"ends_on": "Ngày cuối cùng trong khối"}
        help_texts = {
            "ends_on": "Ngày này đơn vị còn là thành viên; từ ngày sau thì không.",
            "end_decision": DECISION_HELP,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = True
        if self.instance.pk:
            self.fields["to_bloc"].queryset = other_blocs(self.instance.bloc)
        self.helper.layout = Layout(
            Row(Column("ends_on"), Column("end_decision")),
            Row(Column("to_bloc"), Column("is_outside")),
        )

    def clean(self):
        data = super().clean()
        if data.get("to_bloc") and data.get("is_outside"):
            self.add_error("to_bloc", ONE_PLACE)
        return data


class RotationForm(TidyForm):
    """Which unit leads in which turn; a unit left empty does not take part in the rotation."""

    rotation_basis = forms.CharField(
        label="Theo văn bản",
        max_length=255,
        required=False,
        help_text="Quy chế, biên bản hoặc quyết định nêu thứ tự: loại, số, ngày, cơ quan lập.",
    )

    def __init__(self, *args, units: Iterable[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit, name in self.units:
            self.fields[f"turn-{unit}"] = forms.IntegerField(
                label=f"{name}: lượt", required=False, min_value=1, max_value=99
            )
        self.helper.layout = Layout("rotation_basis", *(f"turn-{unit}" for unit, _ in self.units))


class PasteForm(TidyForm):
    """Step 1: the list as it was published, and what holds for all of its units."""

    text = forms.CharField(
        label="Danh sách đơn vị",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Dán nguyên văn từ quyết định, bài báo hoặc bảng Word. Mỗi dòng là một tên, dấu "
        "phẩy trong dòng giữ nguyên; dấu chấm phẩy cũng tách tên.",
    )
    commas = forms.ChoiceField(
        label="Dấu phẩy của danh sách viết trên một dòng",
        choices=COMMA_CHOICES,
        required=False,
        help_text="Chỉ cần chọn khi cả danh sách nằm trên một dòng, không xuống dòng.",
    )
    starts_on = forms.DateField(label="Là thành viên từ ngày", help_text=START_HELP)
    decision = forms.CharField(
        label="Văn bản", max_length=255, required=False, help_text=DECISION_HELP
    )
    superior = forms.CharField(
        label="Cơ quan chủ quản của đơn vị mới",
        max_length=255,
        initial="UBND TỈNH",
        help_text="Dòng trên của đầu văn bản, dùng cho các đơn vị chưa có trong danh mục.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "text", "commas", Row(Column("starts_on"), Column("decision")), "superior"
        )

    def clean(self):
        data = super().clean()
        if asks_about_commas(data.get("text", "")) and not data.get("commas"):
            self.add_error("commas", COMMAS_ASKED)
        return data


class NewUnitRowForm(TidyForm):
    """Step 2: one line of the list whose unit has to be created."""

    short_name = forms.CharField(label="Tên rút gọn", max_length=100)
    code = forms.CharField(label="Mã đơn vị", max_length=30)
