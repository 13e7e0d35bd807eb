from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.models.blocs import Bloc
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from thidua.accounts.models import User
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField, SearchedManyField

PASSWORD_HELP = "Ít nhất 10 ký tự. Người dùng phải đổi mật khẩu này ở lần đăng nhập đầu tiên."
UNIT_HELP = "Chỉ chọn với cán bộ đầu mối và lãnh đạo đơn vị."

SEES_HELP = "Chỉ với cơ quan thường trực và kiểm toán, thanh tra. Không chọn: xem mọi khối, cụm."
EDITS_HELP = "Chỉ với cơ quan thường trực. Không chọn: sửa được mọi khối, cụm được xem."
SEAT_ROWS = (
    Row(Column("role"), Column("title")),
    "unit",
    Row(Column("starts_on"), Column("ends_on")),
    Row(Column("sees_only"), Column("edits_only")),
)


def blocs_field(label, help_text):
    blocs = Bloc.objects.order_by("order", "name", "pk")
    return SearchedManyField(queryset=blocs, label=label, help_text=help_text, required=False)


def first_password():
    return forms.CharField(
        label="Mật khẩu lần đầu",
        max_length=128,
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SeatForm(TidyModelForm):
    sees_only = blocs_field("Chỉ xem các khối, cụm", SEES_HELP)
    edits_only = blocs_field("Chỉ sửa các khối, cụm", EDITS_HELP)

    class Meta:
        model = Seat
        fields = ("role", "unit", "title", "starts_on", "ends_on")
        field_classes = {"unit": SearchedField}
        help_texts = {"unit": UNIT_HELP, "ends_on": "Ngày cuối cùng; để trống nếu chưa biết."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Chọn vai trò"), *SeatRole.choices]
        self.fields["unit"].queryset = Unit.objects.standing().for_list()
        self.fields["unit"].empty_label = "Không thuộc đơn vị nào"
        self.fields["starts_on"].initial = timezone.localdate
        self.helper.layout = Layout(*SEAT_ROWS)


class PersonForm(SeatForm):
    """A new person: the account, the first password and the first seat."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    username = User._meta.get_field("username").formfield(
        label="Tên đăng nhập",
        help_text="Chữ, số và các dấu @ . + - _; không có dấu cách, không phân biệt chữ hoa.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False)
    password = first_password()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(
                "Tài khoản",
                "full_name",
                Row(Column("username"), Column("phone")),
                "password",
            ),
            Fieldset(
                "Vị trí đầu tiên",
                *SEAT_ROWS,
            ),
        )


class PersonEditForm(TidyModelForm):
    class Meta:
        model = User
        fields = ("full_name", "phone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Row(Column("full_name"), Column("phone")))


class SeatEndForm(TidyModelForm):
    class Meta:
        model = Seat
        fields = ("ends_on",)
        labels = {"ends_on": "Ngày cuối cùng giữ vị trí"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = True
        self.helper.layout = Layout("ends_on")


class PasswordForm(TidyForm):
    password = first_password()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("password")


class IdentityForm(TidyForm):
    subject = forms.CharField(
        label="Mã nhận dạng",
        max_length=255,
        help_text="Người dùng đăng nhập thử bằng tài khoản của tỉnh thì trang hiện mã này.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("subject")


class ConfirmForm(TidyForm):
    """Nothing to type: the page says what will happen and asks for one press."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout()


class SeatsReadForm(TidyForm):
    """Many seats at once: who confirms says that each line was read."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    is_read = forms.BooleanField(label="Tôi đã đọc từng dòng và đồng ý với tất cả")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("shown", "is_read")


class RefusalForm(TidyForm):
    note = forms.CharField(label="Lý do không đồng ý", max_length=500, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 3
        self.helper.layout = Layout("note")
