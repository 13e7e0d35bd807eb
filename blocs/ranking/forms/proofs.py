"""A proof file to be checked."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from thidua.common.pages.forms import TidyForm

LARGEST = 20 * 1024 * 1024
TOO_LARGE = "Tệp lớn hơn 20 MB. Dùng lệnh recompute_ranking để kiểm tra."
NOT_TEXT = "Tệp không phải văn bản UTF-8."


class ProofForm(TidyForm):
    file = forms.FileField(label="Tệp kiểm chứng (.json)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("file")

    def clean_file(self):
        """The text of the file."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        try:
            return upload.read().decode("utf-8")
        except UnicodeDecodeError:
            raise ValidationError(NOT_TEXT) from None
