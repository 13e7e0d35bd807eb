from datetime import timedelta

from crispy_forms.layout import Column, Layout, Row
from django import forms

from blocs.states import MemberChangeKind
from blocs.units.forms.blocs import other_blocs
from blocs.units.models import Unit
from blocs.years.domain.taking_part import COMING, NEEDS_COUNTERPART
from blocs.years.models.changes import MOVES_ONCE, MemberChange, counterpart_refusal
from blocs.years.models.years import BlocYear
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField

K = MemberChangeKind
COUNTERPART = {
    K.MERGED: "Vui lòng chọn đơn vị kế thừa.",
    K.SPLIT: "Vui lòng chọn đơn vị trước khi tách.",
}
# Where a unit that moves goes: a bloc of the province, or none of it.
PLACES = ("to_bloc", "is_outside")
WHERE_TO = "Vui lòng chọn khối, cụm nơi đến, hoặc đánh dấu chuyển ra ngoài tỉnh."
NEEDS_REASON = (K.NOT_CONSIDERED, K.NOT_SIGNING, K.LEFT, K.KEPT)


class MemberChangeForm(TidyModelForm):
    """One numbered change; what has to be said follows from its kind."""

    class Meta:
        model = MemberChange
        fields = (
            "kind",
            "unit",
            "on",
            "counterpart",
            *PLACES,
            "decision",
            "reason",
            "second_reason",
        )
        field_classes = dict.fromkeys(("unit", "counterpart", "to_bloc"), SearchedField)
        help_texts = {
            "on": "Ngày đầu tiên thay đổi có hiệu lực: thôi tham gia từ 01/07 thì 30/06 là ngày "
            "cuối đơn vị còn tham gia.",
            "counterpart": "Đơn vị kế thừa khi sáp nhập, hoặc đơn vị trước khi tách.",
            "second_reason": "Chỉ khi đơn vị tham gia đang thi đua ở khối, cụm khác trong năm.",
            "to_bloc": "Chỉ khi chuyển sang khối khác; ghi xong thì trang dẫn tới khối đó.",
            "decision": "Số, ngày và cơ quan ban hành, ví dụ: Nghị quyết số 01/NQ-HĐND.",
            "reason": "Bắt buộc khi thôi tham gia, không xét, không ký hoặc giữ nguyên.",
        }

    def __init__(self, *args, bloc_year: BlocYear, **kwargs):
        super().__init__(*args, **kwargs)
        self.bloc_year = bloc_year
        kinds = [choice for choice in K.choices if choice[0] != K.CANCELLED]
        self.fields["kind"].choices = [("", "Chọn loại thay đổi"), *kinds]
        for name in ("unit", "counterpart"):
            # Whoever had ended before the year began changes nothing in it.
            known = Unit.objects.standing(bloc_year.begins_on - timedelta(days=1))
            self.fields[name].queryset = known.for_list()
            self.fields[name].empty_label = "Chọn đơn vị"
        self.fields["to_bloc"].queryset = other_blocs(bloc_year.bloc)
        self.fields["to_bloc"].empty_label = "Chọn khối, cụm"
        self.helper.layout = Layout(
            "kind",
            Row(Column("unit"), Column("on")),
            "counterpart",
            Row(*map(Column, PLACES)),
            "decision",
            "reason",
            "second_reason",
        )

    def clean(self):
        data = super().clean()
        kind, unit = data.get("kind"), data.get("unit")
        if kind in NEEDS_COUNTERPART and not data.get("counterpart"):
            self.add_error("counterpart", COUNTERPART[kind])
        if unit and unit == data.get("counterpart"):
            self.add_error("counterpart", "Đơn vị liên quan phải là đơn vị khác.")
        self.check_place(kind, [name for name in PLACES if data.get(name)])
        if kind in NEEDS_REASON and not data.get("reason"):
            self.add_error("reason", "Vui lòng ghi lý do.")
        day = data.get("on")
        if kind in COMING and unit and day and not unit.stands_on(day):
            self.add_error("unit", "Đơn vị đã thôi hoạt động ngày đó, không tham gia được.")
        if day and (words := counterpart_refusal(kind, data.get("counterpart"), day)):
            self.add_error("counterpart", words)
        return data

    def check_place(self, kind, given):
        """One place for a unit that moves, none for any other."""
        if kind == K.MOVED and not given:
            self.add_error("to_bloc", WHERE_TO)
        elif given and (kind != K.MOVED or len(given) > 1):
            self.add_error(given[0], MOVES_ONCE)


class CancelChangeForm(TidyForm):
    reason = forms.CharField(label="Lý do hủy", max_length=255)
