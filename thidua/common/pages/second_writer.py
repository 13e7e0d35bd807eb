"""Two people at one form: the second keeps the typed text, sees the other's, saves knowingly."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from thidua.common.stamps import OvertakenError, stamp_of_words

OVERTAKEN = (
    "Chưa lưu: người khác đã lưu sau khi anh/chị mở trang này. Nội dung của người đó được ghi ở "
    "từng mục khác nhau; bấm lưu lần nữa thì nội dung của anh/chị thay thế."
)


class SecondWriter:
    """Comes before FormPage: the form carries the stamp of what the writer saw.

    A page says what its form shows of the stored object (`get_words`) and calls its one action in
    `save()`, which hands `seen` on; the action refuses with `refuse_overtaken`.
    """

    def get_words(self) -> Mapping[str, str]:
        """What is stored, in words by name: the same that the action compares."""
        raise NotImplementedError

    def save(self, form: forms.BaseForm, *, seen: str) -> Model | None:
        """The one action of the page."""
        raise NotImplementedError

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> forms.BaseForm:
        # Before the form: binding a model form writes the typed text into its object.
        stamp = stamp_of_words(self.get_words())
        form = super().get_form(form_class)
        form.fields["seen"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=stamp
        )
        form.helper.render_hidden_fields = True
        return form

    def act(self, form: forms.BaseForm) -> Model | None:
        return self.save(form, seen=form.cleaned_data.pop("seen"))

    def put_errors(self, form: forms.BaseForm, error: ValidationError) -> None:
        if isinstance(error, OvertakenError):
            self.refused_status = 409
            # The next save is meant: its writer has now read the other text.
            form.data = form.data.copy()
            form.data["seen"] = error.stamp
            form.add_error(None, OVERTAKEN)
        super().put_errors(form, error)
