from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from blocs.units.models.units import Unit, UnitSuccession
from thidua.common.pages.forms import TidyModelForm


class UnitForm(TidyModelForm):
    class Meta:
        model = Unit
        fields = (
            "name",
            "short_name",
            "code",
            "superior",
            "letterhead",
            "leader_name",
            "leader_title",
            "address",
            "founded_on",
            "dissolved_on",
        )
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "name",
            Row(Column("short_name"), Column("code")),
            Fieldset("Đầu văn bản của đơn vị", "superior", "letterhead"),
            Fieldset(
                "Thủ trưởng và trụ sở",
                Row(Column("leader_name"), Column("leader_title")),
                "address",
            ),
            Fieldset("Thời gian hoạt động", Row(Column("founded_on"), Column("dissolved_on"))),
        )


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
