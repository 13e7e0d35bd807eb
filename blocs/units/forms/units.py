from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from blocs.units.models.seats import has_led
from blocs.units.models.units import Unit, UnitSuccession
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField, SearchedManyField

LETTERHEAD = {"letterhead": forms.Textarea(attrs={"rows": 3})}
ALIASES = {"aliases": forms.Textarea(attrs={"rows": 2})}
FACTS = ("code", "aliases", "leader_name", "address", "founded_on")


SEATED = (
    "Đơn vị có vị trí lãnh đạo trong danh sách người dùng, nên trang và văn bản lấy họ tên người "
    "giữ vị trí ấy vào ngày đó."
)


def name_rows():
    """The fields of a unit that hold from day to day."""
    return (
        "name",
        Row(Column("short_name"), Column("leader_title")),
        Fieldset("Đầu văn bản của đơn vị", "superior", "letterhead"),
    )


def fact_rows(*ended):
    """The fields of a unit that are the same in all years; of a new one also when it ended."""
    return (
        "aliases",
        Row(Column("leader_name"), Column("address")),
        Fieldset("Thời gian hoạt động", Row(*map(Column, ("founded_on", *ended)))),
    )


class UnitForm(TidyModelForm):
    """A new unit: its first names and all else that is known."""

    class Meta:
        model = Unit
        fields = (*Unit.NAMES, *FACTS, "dissolved_on")
        widgets = LETTERHEAD | ALIASES

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("code", *name_rows(), *fact_rows("dissolved_on"))


class UnitFactsForm(TidyModelForm):
    """What of a unit may be edited; its names have pages of their own."""

    class Meta:
        model = Unit
        fields = FACTS
        widgets = ALIASES

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and has_led(self.instance):
            self.fields["leader_name"].disabled = True
            self.fields["leader_name"].help_text = SEATED
        self.helper.layout = Layout("code", *fact_rows())


class DissolveForm(TidyModelForm):
    """From when a unit works no more, and by which paper."""

    reason = forms.CharField(label="Lý do", max_length=255, required=False)

    class Meta:
        model = Unit
        fields = ("dissolved_on", "end_decision")
        labels = {"dissolved_on": "Thôi hoạt động từ ngày", "end_decision": "Văn bản"}
        help_texts = {
            "dissolved_on": "Ngày đầu tiên đơn vị không còn hoạt động.",
            "end_decision": "Số, ngày và cơ quan ban hành, ví dụ: Nghị quyết số 01/NQ-HĐND.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
        self.helper.layout = Layout(Row(Column("dissolved_on"), Column("end_decision")), "reason")


class UndoEndForm(TidyForm):
    reason = forms.CharField(label="Lý do hủy", max_length=255)


class SuccessionForm(TidyModelForm):
    moves_memberships = forms.BooleanField(
        label="Đơn vị kế thừa vào thay trong các khối từ ngày này",
        help_text="Tư cách thành viên của đơn vị cũ kết thúc cùng ngày; lịch sử vẫn giữ nguyên.",
        required=False,
        initial=True,
    )

    class Meta:
        model = UnitSuccession
        fields = ("successor", "on", "decision")
        field_classes = {"successor": SearchedField}
        help_texts = {
            "successor": "Đơn vị mới phải có trong danh mục; nếu chưa có, hãy thêm trước.",
            "decision": "Số, ngày và cơ quan ban hành, ví dụ: Nghị quyết số 01/NQ-HĐND.",
        }

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].empty_label = "Chọn đơn vị"
        self.fields["successor"].queryset = Unit.objects.exclude(pk=unit.pk).for_list()
        self.helper.layout = Layout(
            "successor", Row(Column("on"), Column("decision")), "moves_memberships"
        )


class ReorganiseForm(TidyForm):
    """Several units into one, or one into several, by one paper."""

    before = SearchedManyField(
        label="Đơn vị được sáp nhập hoặc chia tách",
        queryset=Unit.objects.none(),
        help_text="Những đơn vị thôi hoạt động.",
    )
    after = SearchedManyField(
        label="Đơn vị kế thừa",
        queryset=Unit.objects.none(),
        help_text="Đơn vị mới phải có trong danh mục; đơn vị tiếp tục hoạt động chỉ chọn ở đây.",
    )
    on = forms.DateField(label="Từ ngày", help_text="Ngày đầu tiên các đơn vị kế thừa hoạt động.")
    decision = forms.CharField(
        label="Văn bản",
        max_length=255,
        help_text="Số, ngày và cơ quan ban hành, ví dụ: Nghị quyết số 01/NQ-HĐND.",
    )
    moves_memberships = forms.BooleanField(
        label="Đơn vị kế thừa vào thay trong các khối và các năm đang thực hiện",
        required=False,
        initial=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].queryset = Unit.objects.standing().for_list()
        self.helper.layout = Layout(
            "before",
            "after",
            Row(Column("on"), Column("decision")),
            "moves_memberships",
        )

    def clean(self):
        data = super().clean()
        both = [unit for unit in data.get("before") or () if unit in (data.get("after") or ())]
        if both:
            names = ", ".join(map(str, both))
            self.add_error("before", f"{names} chỉ chọn ở một bên: bên kế thừa nếu còn hoạt động.")
        return data
