"""What is typed of a paper that was signed by hand; a page adds its own fields to it."""

from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms

from thidua.common.files import LARGEST_MB
from thidua.common.pages.forms import TidyForm
from thidua.papers.numbers import composed_number, number_help

NO_SCAN = "Vui lòng chọn bản quét của bản giấy đã ký."
FIXED = "Như văn bản đã có; bản quét là của chính văn bản đó."
SCANS = ".pdf,.jpg,.jpeg,.png"


class SignedCopyForm(TidyForm):
    """Number, day, signers and scan; `sign` composes the number («05» → «05/BB-KTĐ5»).

    Without a sign the number stays as it is typed and may be left out. Fields of `fixed` are those
    of a paper that holds already: they are shown and not asked again.
    """

    number = forms.CharField(label="Số, ký hiệu ghi trên bản giấy", max_length=60)
    signed_on = forms.DateField(label="Ngày ký ghi trên bản giấy")
    signers = forms.CharField(
        label="Người ký",
        max_length=4000,
        help_text="Mỗi dòng một người: họ tên, chức vụ, đơn vị.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scan = forms.FileField(
        label="Bản quét",
        help_text=f"Tệp PDF hoặc ảnh JPG, PNG; nhiều nhất {LARGEST_MB} MB.",
        max_length=None,
        allow_empty_file=True,
        error_messages={"required": NO_SCAN, "missing": NO_SCAN, "invalid": NO_SCAN},
        widget=forms.ClearableFileInput(attrs={"accept": SCANS}),
    )

    def __init__(
        self, *args: Any, sign: str = "", fixed: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sign = sign
        self.fields["number"].required = bool(sign)
        if sign:
            self.fields["number"].help_text = number_help(sign)
        for name in fixed:
            self.fields[name].disabled, self.fields[name].help_text = True, FIXED
        self.helper.layout = Layout(Row(Column("number"), Column("signed_on")), "signers", "scan")

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        return composed_number(typed, self.sign) if self.sign else typed.strip()

    def copy_facts(self) -> dict[str, Any]:
        """The fields of a `CopyEntry`."""
        names = ("number", "signed_on", "signers", "scan")
        facts = {name: self.cleaned_data.get(name, "") for name in names}
        return facts | {"received_on": self.cleaned_data.get("received_on")}
