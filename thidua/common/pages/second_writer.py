"""The form of a second writer: it keeps the typed text, shows the other's, saves knowingly."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model

from thidua.common.activity import lines_written
from thidua.common.changes import all_words
from thidua.common.stamps import OvertakenError, stamp_of_words

NOTHING_STORED = "Không có gì thay đổi so với bản đang lưu nên không lưu gì."


class SecondWriter:
    """Comes before FormPage: the form carries the stamp of what the writer saw.

    A page calls its one action in `save()`, which hands `seen` on; the action refuses with
    `overwrite` or `refuse_overtaken`.
    """

    def get_words(self) -> Mapping[str, str]:
        """What is stored, in words by name: the same that the action compares."""
        return all_words(self.get_instance(), self.form_class.Meta.fields)

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

    # Whether the act has stored anything: each change has its line in the log book.
    has_stored = True

    def act(self, form: forms.BaseForm) -> Model | None:
        with lines_written() as written:
            found = self.save(form, seen=form.cleaned_data.pop("seen"))
        self.has_stored = bool(written)
        return found

    def say_done(self) -> None:
        """A form that changed nothing says so instead of that it was saved."""
        if self.has_stored:
            super().say_done()
        else:
            messages.info(self.request, NOTHING_STORED)

    def put_errors(self, form: forms.BaseForm, error: ValidationError) -> None:
        if isinstance(error, OvertakenError):
            self.refused_status = 409
            form.data = form.data.copy()
            form.data["seen"] = error.stamp
            error = error.said_to(self.request.user)
        super().put_errors(form, error)
