"""What a form says when it refuses a value: our sentences in place of every one of Django's.

A sentence names its field and says what to do; a form that has words of its own keeps them.
"""

from django import forms
from django.utils.functional import Promise

from thidua.common.vietnamese.text import low_first

NOT_OFFERED = "Có lựa chọn không còn trong danh sách; vui lòng tải lại trang và chọn lại."
NO_SUCH_DAY = "Ngày phải có trong lịch và viết ngày/tháng/năm, như 05/12/2026."
CHOSEN = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}
# What a refusal says for each kind of field, where the form has no words of its own for it.
SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {
        "max_value": "Số lớn nhất ghi được ở đây là %(limit_value)s; vui lòng xem lại.",
        "min_value": "Số nhỏ nhất ghi được ở đây là %(limit_value)s; vui lòng xem lại.",
        "max_length": "Dài %(show_value)s ký tự, nhiều nhất %(limit_value)s; vui lòng rút gọn.",
        "min_length": "Dài %(show_value)s ký tự, ít nhất %(limit_value)s; vui lòng viết thêm.",
    },
    forms.IntegerField: {"invalid": "Vui lòng nhập số nguyên."},
    forms.DateField: {"invalid": NO_SUCH_DAY},
    forms.TimeField: {"invalid": "Giờ viết như 17:00 hoặc 17h30, từ 00:00 đến 23:59."},
    forms.EmailField: {"invalid": "Địa chỉ thư điện tử viết như ten@coquan.vn."},
    forms.SlugField: {
        "invalid": "Chỉ dùng chữ không dấu, chữ số, gạch ngang (-) và gạch dưới (_)."
    },
    forms.ChoiceField: CHOSEN,
    forms.ModelChoiceField: CHOSEN | {"invalid_pk_value": NOT_OFFERED},
    forms.FileField: {
        "max_length": "Tên tệp dài %(length)d ký tự, nhiều nhất %(max)d; vui lòng đổi tên.",
        "empty": "Tệp này trống; vui lòng chọn tệp có nội dung.",
        "invalid": "Chưa nhận được tệp nào; vui lòng chọn tệp rồi gửi lại.",
        "missing": "Chưa nhận được tệp nào; vui lòng chọn tệp rồi gửi lại.",
        "contradiction": "Vui lòng chọn tệp mới hoặc đánh dấu xóa tệp, không làm cả hai.",
    },
}
# Labels that begin so are no things that one enters: they are quoted.
NO_THINGS = ("áp dụng", "còn lại", "cảnh báo", "dùng", "ghi nhận", "hết", "là ", "làm tròn", "sai ")
NO_THINGS += ("thôi", "từ ngày", "xem ", "xử lý", "đánh dấu", "được")
PICKED = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


def say_refusals(field: forms.Field) -> None:
    """Put our sentences where those of Django stand; asked again when a label has changed."""
    said = {
        code: sentence
        for kind, sentences in SENTENCES.items()
        if isinstance(field, kind)
        for code, sentence in sentences.items()
    }
    said["required"] = required_words(field)
    ours = field.__dict__.get("own_refusals", {})
    for code, sentence in said.items():
        now = field.error_messages.get(code)
        if now is None or isinstance(now, Promise) or now == ours.get(code):
            field.error_messages[code] = sentence
    vars(field)["own_refusals"] = said


def required_words(field: forms.Field) -> str:
    """«Hãy nhập tên chính thức.»: what an empty field that must not be empty asks for."""
    label = str(field.label or "").rstrip(".:?! ")
    if not label:
        return "Hãy điền ô này."
    if isinstance(field, forms.BooleanField):
        return f"Hãy đánh dấu “{label}”."
    act = "chọn" if isinstance(field, PICKED) else "nhập"
    if label.lower().startswith(NO_THINGS):
        return f"Hãy {act} ở ô “{label}”."
    # An abbreviation keeps its capitals.
    return f"Hãy {act} {label if label[1:2].isupper() else low_first(label)}."
