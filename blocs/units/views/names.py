"""Pages on which the office renames units and blocs, or mends how their names are spelt."""

from django.http import Http404

from blocs.units.actions.names import correct_name, rename, undo_rename
from blocs.units.forms.names import (
    BlocRenameForm,
    BlocSpellingForm,
    UndoRenameForm,
    UnitRenameForm,
    UnitSpellingForm,
)
from blocs.units.views.blocs import BlocMixin
from blocs.units.views.units import PaperHead, UnitMixin
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage
from thidua.common.vietnamese.dates import short_date

KEEPS = (
    "Các năm thi đua đã tổng kết và các năm trước vẫn mang tên cũ; văn bản đã ký không thay đổi."
)
EVERYWHERE = (
    "Chỉ dùng khi tên bị viết sai: tên sửa ở mọi năm, kể cả năm đã lưu; văn bản đã ký vẫn như khi "
    "in. Khi có tên mới, hãy dùng “Đổi tên”."
)


class NewName(SecondWriter, ObjectFormPage):
    crumb = "Đổi tên"
    submit_label = "Đổi tên"
    success_message = "Đã đổi tên."
    consequence = KEEPS

    def get_heading(self):
        return f"Đổi tên – {self.object}"

    def save(self, form, *, seen):
        data = form.cleaned_data
        act = {name: data.pop(name) for name in ("on", "decision", "reason")}
        return rename(self.object, actor=self.request.user, data=data, seen=seen, **act)


class Spelling(SecondWriter, ObjectFormPage):
    """Of the name of now, or of the former name whose place, from 1, the address says."""

    crumb = "Sửa lỗi chính tả"
    submit_label = "Sửa ở mọi năm"
    success_message = "Đã sửa lỗi chính tả trong tên, ở mọi năm."
    consequence = EVERYWHERE

    @property
    def place(self):
        number = self.kwargs.get("number")
        return None if number is None else number - 1

    def get_instance(self):
        if self.place is None:
            return self.object
        if not 0 <= self.place < len(self.object.former_names):
            raise Http404
        return self.object.named(self.object.former[self.place].last_on)

    def get_heading(self):
        return f"Sửa lỗi chính tả trong tên – {self.object}"

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        reason = data.pop("reason")
        return correct_name(
            self.object, actor=actor, data=data, reason=reason, number=self.place, seen=seen
        )


class TakenBack(ObjectFormPage):
    form_class = UndoRenameForm
    crumb = "Hủy lần đổi tên"
    submit_label = "Hủy lần đổi tên"
    success_message = "Đã hủy lần đổi tên; nhật ký vẫn giữ cả hai tên."

    def find_object(self):
        found = super().find_object()
        if not found.former_names:
            raise Http404
        return found

    def get_heading(self):
        last = self.object.former[-1]
        return f"Hủy lần đổi tên từ {short_date(last.ended_on)} – {self.object}"

    @property
    def consequence(self):
        return f"Tên trở lại như trước: {self.object.former[-1].names['name']}."

    def act(self, form):
        return undo_rename(self.object, actor=self.request.user, **form.cleaned_data)


class UnitRename(UnitMixin, PaperHead, NewName):
    permission_required = "units.manage_unit"
    form_class = UnitRenameForm


class UnitSpelling(UnitMixin, PaperHead, Spelling):
    permission_required = "units.manage_unit"
    form_class = UnitSpellingForm


class UnitRenameUndo(UnitMixin, TakenBack):
    permission_required = "units.manage_unit"


class BlocRename(BlocMixin, NewName):
    permission_required = "units.manage_bloc"
    form_class = BlocRenameForm


class BlocSpelling(BlocMixin, Spelling):
    permission_required = "units.manage_bloc"
    form_class = BlocSpellingForm


class BlocRenameUndo(BlocMixin, TakenBack):
    permission_required = "units.manage_bloc"
