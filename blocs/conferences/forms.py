"""What is typed of a count: four numbers, and the votes of each unit."""

from datetime import datetime

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from blocs.conferences.models.conferences import AgendaItem, Conference
from blocs.reports.forms.grids import GridForm, RowForm
from blocs.states import USUAL_AWARDS, AgendaTopic, BallotMethod
from blocs.units.models import Unit
from blocs.units.models.rotation import rotation_words
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.regulation import regulation_of
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.papers.forms import SignedCopyForm
from thidua.papers.numbers import composed_number, number_help

LARGEST = 999
WRONG_ORDER = "Thứ tự là số nguyên từ 1 đến 99."
MARK_LENGTH = AgendaItem._meta.get_field("mark").max_length
NUMBERS = ("issued", "returned", "valid", "invalid")


def count_field(label, *, required=True):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=LARGEST,
        required=required,
        error_messages={
            "invalid": "Vui lòng nhập số nguyên.",
            "required": "Vui lòng nhập số này; không có phiếu nào thì nhập 0.",
            "min_value": "Số phiếu không được là số âm.",
            "max_value": f"Số phiếu không quá {LARGEST}.",
        },
    )


class BallotForm(GridForm):
    """The count as a whole."""

    method = forms.ChoiceField(label="Hình thức", choices=BallotMethod)
    issued = count_field("Số phiếu phát ra", required=False)
    returned = count_field("Số phiếu thu về", required=False)
    valid = count_field("Số phiếu hợp lệ", required=False)
    invalid = count_field("Số phiếu không hợp lệ", required=False)
    decision = forms.CharField(label="Lý do chủ tọa quyết định", required=False)
    revote_reason = forms.CharField(label="Lý do bỏ phiếu lại", max_length=500, required=False)
    seen = forms.CharField(required=False)

    def __init__(self, *args, present=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.present = present

    def clean(self):
        """Papers are counted; of hands everybody who is there counts, and nothing was issued."""
        data = super().clean()
        if data.get("method") == BallotMethod.HANDS:
            return data | dict.fromkeys(NUMBERS, self.present) | {"invalid": 0}
        for name in NUMBERS:
            if name not in self.errors and data.get(name) is None:
                self.add_error(name, self.fields[name].error_messages["required"])
        return data

    def numbers(self):
        return {name: self.cleaned_data[name] for name in ("method", *NUMBERS, "revote_reason")}


class BallotLineForm(GridForm):
    """Votes on one unit; a line left empty was not voted on."""

    award = forms.ChoiceField(
        label="Đề nghị",
        choices=[("", "không"), *((one.value, one.label) for one in USUAL_AWARDS)],
        required=False,
    )
    votes_for = count_field("Đồng ý", required=False)
    votes_against = count_field("Không đồng ý", required=False)
    is_decided = forms.BooleanField(label="Chủ tọa chọn", required=False)
    reason = forms.CharField(label="Lý do vẫn bỏ phiếu", max_length=500, required=False)

    def __init__(self, data=None, *, unit, shown=None, key="", awards=(), warnings=()):
        self.unit, self.key, self.warnings = unit, key or f"u{unit.pk}", warnings
        super().__init__(data, prefix=self.key, initial=shown)
        if awards:
            self.fields["award"].choices = awards

    def is_written(self):
        data = self.cleaned_data
        numbers = (data.get("votes_for"), data.get("votes_against"))
        return any(data.get(name) for name in ("award", "is_decided", "reason")) or any(
            number is not None for number in numbers
        )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if self.is_written() and data.get("votes_for") is None:
            self.add_error("votes_for", "Vui lòng nhập số phiếu đồng ý.")
        return data

    def entry(self):
        return {"unit_id": self.unit.pk} | self.cleaned_data


HOUR = {"placeholder": "giờ:phút", "inputmode": "numeric"}


def moment(day, time):
    """A day and an hour of Vietnam as one moment."""
    return datetime.combine(day, time, tzinfo=timezone.get_current_timezone())


class ConferenceForm(TidyModelForm):
    """The frame of the conference; attendance, agenda and votes have pages of their own."""

    day = forms.DateField(label="Ngày họp")
    time = forms.TimeField(label="Giờ bắt đầu", widget=forms.TimeInput(attrs=HOUR))

    class Meta:
        model = Conference
        fields = (
            "place",
            "form",
            "guests",
            "chair_name",
            "chair_title",
            "secretary_name",
            "secretary_title",
            "counting_team",
            "conclusion",
        )
        widgets = {
            "guests": forms.Textarea(attrs={"rows": 3}),
            "counting_team": forms.Textarea(attrs={"rows": 3}),
            "conclusion": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(
                "Thời gian, địa điểm",
                Row(Column("day"), Column("time"), Column("form")),
                "place",
                "guests",
            ),
            Fieldset(
                "Người điều hành",
                Row(Column("chair_name"), Column("chair_title")),
                Row(Column("secretary_name"), Column("secretary_title")),
                "counting_team",
            ),
            Fieldset("Kết luận", "conclusion"),
        )

    def facts(self):
        """The fields of the conference as the action takes them."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return facts | {"starts_at": moment(self.cleaned_data["day"], self.cleaned_data["time"])}


class SittingForm(ConferenceForm):
    """The frame of a further sitting, and why it is held where no sheet waits for it."""

    reason = forms.CharField(
        label="Lý do họp bổ sung",
        max_length=500,
        required=False,
        help_text="Có báo cáo chờ thống nhất điểm thì không phải ghi.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout.insert(0, "reason")


class CallOffForm(TidyForm):
    """Why a conference that nobody opened is not held."""

    reason = forms.CharField(
        label="Lý do bỏ hội nghị", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AttendanceRowForm(RowForm):
    unit = None
    compared = ("is_present", "delegate_name", "delegate_title", "absence_reason")

    is_present = forms.BooleanField(label="Có mặt", required=False)
    delegate_name = forms.CharField(label="Họ tên đại biểu", max_length=150, required=False)
    delegate_title = forms.CharField(label="Chức vụ", max_length=150, required=False)
    absence_reason = forms.CharField(label="Lý do vắng", max_length=255, required=False)

    def clean(self):
        data = super().clean()
        if data.get("is_present") and data.get("absence_reason"):
            self.add_error("absence_reason", "Đơn vị có mặt thì không ghi lý do vắng.")
        return data


class AgendaRowForm(RowForm):
    compared = ("title", "text", "topic", "order")

    title = forms.CharField(label="Nội dung", max_length=255, required=False)
    topic = forms.ChoiceField(label="Số liệu kèm theo", choices=AgendaTopic, required=False)
    text = forms.CharField(label="Diễn biến", widget=forms.Textarea, required=False)
    order = forms.IntegerField(
        label="Thứ tự",
        min_value=1,
        max_value=99,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WRONG_ORDER),
    )
    mark = forms.CharField(max_length=MARK_LENGTH, required=False)

    def __init__(self, data=None, *, pk=None, **kwargs):
        super().__init__(data, **kwargs)
        self.pk = pk

    def clean(self):
        data = super().clean()
        if data.get("text") and not data.get("title"):
            self.add_error("title", "Vui lòng ghi tên nội dung.")
        if "order" in data and data["order"] is None:
            data["order"] = self.initial["order"]
        return data

    def entry(self) -> dict:
        return super().entry() | {"mark": self.cleaned_data["mark"]}

    def is_emptied(self) -> bool:
        """Neither title nor text: such a point is taken away."""
        return not any(
            self.data.get(self.add_prefix(name), "").strip() for name in ("title", "text")
        )

    def is_written(self) -> bool:
        """A stored point, or a new one that says something."""
        return bool(self.pk or self.cleaned_data["title"] or self.cleaned_data["text"])


class DelegateForm(TidyForm):
    delegate_name = forms.CharField(label="Họ tên đại biểu", max_length=150)
    delegate_title = forms.CharField(label="Chức vụ", max_length=150, required=False)


class NextHeadsForm(TidyModelForm):
    """Who takes over, where it is not a vote on paper that says it; `gone` is offered no more."""

    class Meta:
        model = Conference
        fields = ("next_head", "next_deputy", "next_second_deputy", "next_head_basis")

    def __init__(self, *args, bloc_year, gone=(), **kwargs):
        super().__init__(*args, **kwargs)
        posts = ["next_head", "next_deputy", "next_second_deputy"]
        # One that was chosen by another rule is shown, so that it can be taken away.
        if regulation_of(bloc_year).deputies < 2 and not self.instance.next_second_deputy_id:
            del self.fields[posts.pop()]
        units = Unit.objects.filter(years__bloc_year=bloc_year).exclude(pk__in=gone)
        units = units.order_by("name", "pk")
        bloc, after = bloc_year.bloc, bloc_year.words_after(1)
        for name in posts:
            words = leader_words(bloc.word)[name.removeprefix("next_")]
            self.fields[name].label = f"{words} {after}"
        offered = set(units.values_list("pk", flat=True))
        self.fields["next_head"].help_text = rotation_words(bloc, bloc_year.head, offered)
        for name in posts:
            self.fields[name].queryset = units
            self.fields[name].empty_label = "chưa chọn"


class OrderForm(TidyForm):
    """The place that the conference gave each of the equal units, and why."""

    reason = forms.CharField(
        label="Lý do, căn cứ quyết định",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: hội nghị biểu quyết, 07/08 đại biểu đồng ý xếp Sở A trên Sở B.",
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = [unit for units in groups for unit in units]
        for unit in self.units:
            self.fields[f"place-{unit.pk}"] = forms.IntegerField(
                label=unit.name, required=False, min_value=1, max_value=len(self.units)
            )
        sets = (
            Fieldset(f"Các đơn vị bằng nhau ({number})", *(f"place-{unit.pk}" for unit in units))
            for number, units in enumerate(groups, start=1)
        )
        self.helper.layout = Layout(*sets, "reason")

    def places(self):
        """The typed places by unit, without the empty ones."""
        found = {unit.pk: self.cleaned_data[f"place-{unit.pk}"] for unit in self.units}
        return {unit: place for unit, place in found.items() if place}


class EndForm(TidyForm):
    """What is known only when the conference is over."""

    ended_day = forms.DateField(label="Ngày kết thúc")
    ended_time = forms.TimeField(label="Giờ kết thúc", widget=forms.TimeInput(attrs=HOUR))
    approvals = forms.IntegerField(label="Số đại biểu thống nhất thông qua biên bản", min_value=0)

    def ended_at(self):
        """The moment of the end; None while a part of it is missing or wrong."""
        day, time = (self.cleaned_data.get(name) for name in ("ended_day", "ended_time"))
        return moment(day, time) if day and time else None

    def ending(self):
        data = self.cleaned_data
        return {
            "ended_at": moment(data["ended_day"], data["ended_time"]),
            "approvals": data["approvals"],
        }


class SignForm(EndForm):
    """Signed here: the number is that of the minutes which are stored."""

    number = forms.CharField(label="Số biên bản", max_length=60)

    def __init__(self, *args, code, **kwargs):
        super().__init__(*args, **kwargs)
        self.sign = minutes_sign(code)
        self.fields["number"].help_text = number_help(self.sign)
        self.helper.layout = Layout(
            "number", Row(Column("ended_day"), Column("ended_time")), "approvals"
        )

    def clean_number(self):
        return composed_number(self.cleaned_data["number"], self.sign)

    def signing(self):
        return self.ending() | {"number": self.cleaned_data["number"]}


WHOLE_SCAN = (
    "Đủ mọi trang của biên bản có số, ngày, chữ ký của chủ tọa và thư ký; có bỏ phiếu thì kèm biên "
    "bản kiểm phiếu đã ký. Nhiều trang thì quét thành một tệp PDF."
)


class MinutesCopyForm(EndForm, SignedCopyForm):
    """Signed by hand: what the paper says, its scan, and how the conference ended."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scan"].help_text = f"{WHOLE_SCAN} {self.fields['scan'].help_text}"
        self.helper.layout = Layout(
            Row(Column("number"), Column("signed_on")),
            "signers",
            Row(Column("ended_day"), Column("ended_time")),
            "approvals",
            "scan",
        )


def minutes_sign(code):
    """What stands behind the number of the minutes of a bloc with this code."""
    return f"BB-{code}"
