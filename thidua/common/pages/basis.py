"""The page on which a person looks at what changed below something, and says why it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Model

from thidua.common.basis import UNCHANGED, BasisChange, basis_changes, words_of_changes
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage


class BasisForm(TidyForm):
    reason = forms.CharField(
        label="Lý do, kết quả xem xét",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ghi vào nhật ký cùng giá trị cũ và mới của từng căn cứ.",
    )


class BasisPage(SecondWriter, ObjectFormPage):
    """Old and new value of each fact above the reason; `save` calls the action of the object."""

    template_name = "components/basis_page.html"
    form_class = BasisForm
    heading = "Căn cứ đã thay đổi"
    crumb = "Căn cứ đã thay đổi"
    submit_label = "Xác nhận"
    success_message = "Đã xác nhận căn cứ."

    @property
    def derived(self) -> Model:
        """What rests on the facts: the object of the page, where it is no other."""
        return self.object

    def get_changes(self) -> Sequence[BasisChange]:
        """What the person looks at; another list where several objects rest on facts."""
        return basis_changes(self.derived)

    def get_closed(self) -> str:
        return super().get_closed() or ("" if self.get_changes() else UNCHANGED)

    def get_words(self) -> Mapping[str, str]:
        return words_of_changes(self.get_changes())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(changes=self.get_changes(), **kwargs)
