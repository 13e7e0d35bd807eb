"""A file that becomes a table: read first, shown, and only then written."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from blocs.criteria.forms.table_workbook import WorkbookFaultsError, read_table_workbook
from blocs.scoring import PLAIN_LABELS
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.totals.tables import from_json, to_json
from thidua.common.json_text import JsonTextError, read_json
from thidua.common.pages.forms import TidyForm
from thidua.common.vietnamese.text import nfc

LARGEST_FILE = 1_000_000
NOT_A_TABLE = "Tệp không đúng cấu trúc của bảng tiêu chí (criteria-table/1)."
SALT, KEPT_FOR = "criteria.table_import", 4 * 60 * 60
STALE = "Bản xem trước đã quá bốn giờ hoặc không còn đúng. Hãy tải tệp lên lại."
WORKBOOK_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class TableFileField(forms.FileField):
    """A JSON file of criteria-table/1 or an Excel file of our form; its value is the table.

    What is wrong with single cells of an Excel file is kept in `faults` for the page.
    """

    faults = ()

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        head = file.read(4)
        file.seek(0)
        if head in WORKBOOK_HEADS or file.name.lower().endswith((".xls", ".xlsx", ".xlsm")):
            return self.read_workbook(file)
        if file.size > LARGEST_FILE:
            raise ValidationError("Tệp lớn hơn 1 MB, không phải bảng tiêu chí.")
        return read_table(file.read())

    def read_workbook(self, file):
        try:
            return read_table_workbook(file)
        except WorkbookFaultsError as error:
            self.faults = tuple(error.faults)
            raise ValidationError(
                f"Chưa nhập gì: tệp có {len(self.faults):02d} ô cần sửa, nêu ở danh sách trên "
                "trang này."
            ) from error


def read_table(content):
    """The table in the bytes of a file, or a sentence why there is none."""
    try:
        text = nfc(content.decode("utf-8-sig"))
        return from_json(read_json(text))
    except RuleError as error:
        raise ValidationError(str(error)) from error
    except JsonTextError as error:
        words = f"Tệp JSON bị lỗi ở dòng {error.line}." if error.line else str(error)
        raise ValidationError(words) from error
    except UnicodeDecodeError as error:
        raise ValidationError("Tệp không phải văn bản UTF-8.") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValidationError(NOT_A_TABLE) from error


def file_field(**kwargs):
    return TableFileField(
        label="Tệp bảng chấm điểm",
        help_text="Tệp Excel theo mẫu (.xlsx), hoặc tệp dữ liệu .json xuất từ phần mềm này.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json"}),
        **kwargs,
    )


def formula_field():
    return forms.ChoiceField(
        label="Tiêu chí định lượng mà tệp chưa nêu cách tính",
        required=False,
        choices=[("", "để trống, sửa từng tiêu chí sau"), *PLAIN_LABELS.items()],
    )


class TableImportForm(TidyForm):
    """A file whose table replaces all lines of a draft."""

    file = file_field()
    formula = formula_field()


def signed_table(table, user):
    """The read table as text that the browser carries to the second step, unchangeable."""
    data = to_json(table.nodes, table.rules, table.title, table.disqualifiers)
    return signing.dumps({"user": user.pk, "table": data}, salt=SALT, compress=True)


class TableConfirmForm(forms.Form):
    """The second step: the table that was shown to this person."""

    payload = forms.CharField(
        max_length=2_000_000, error_messages=dict.fromkeys(("required", "max_length"), STALE)
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_payload(self):
        try:
            found = signing.loads(self.cleaned_data["payload"], salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature as error:
            raise ValidationError(STALE) from error
        if found["user"] != self.user.pk:
            raise ValidationError(STALE)
        return from_json(found["table"])
