from crispy_forms.layout import Layout
from django import forms

from thidua.common.files import ACCEPTED, CONTENT_TYPES, LARGEST_MB
from thidua.common.pages.forms import TidyForm

NO_FILE = "Vui lòng chọn tệp rồi tải lên."


class EvidenceForm(TidyForm):
    """One file; what it really is, the action finds out from its content."""

    file = forms.FileField(
        label="Tệp minh chứng",
        help_text=f"{ACCEPTED}; nhiều nhất {LARGEST_MB} MB.",
        max_length=None,
        allow_empty_file=True,
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
        widget=forms.ClearableFileInput(attrs={"accept": ",".join((*CONTENT_TYPES, ".jpeg"))}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("file")
