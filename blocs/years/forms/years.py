from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from blocs.legal.forms import OffersBases
from blocs.units.models import Bloc, Unit
from blocs.units.models.rotation import rotation_words
from blocs.years.domain.calendar import YearDates
from blocs.years.domain.names import YearNameError, read_year
from blocs.years.domain.rule_words import leader_words, not_a_member
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.frozen_rules import DUE_USED, is_signed
from blocs.years.models.years import BlocYear
from thidua.common.pages.forms import TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField

MOVING = ("due_reason", "due_document")
DATES = tuple(YearDates.__dataclass_fields__)


class YearPlanForm(TidyForm):
    bloc = SearchedField(
        label="Khối, cụm thi đua", queryset=Bloc.objects.none(), empty_label="Chọn khối, cụm"
    )
    year = forms.CharField(
        label="Năm, năm học",
        max_length=40,
        help_text="Ghi “2026”, hoặc “2026–2027” với khối xét theo năm học.",
    )
    members_on = forms.DateField(
        label="Lấy thành viên tại ngày",
        required=False,
        help_text="Để trống thì lấy thành viên tại ngày 01/01, với năm học là ngày 01/9.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        blocs = Bloc.objects.filter(is_active=True).order_by("order", "name", "pk")
        self.fields["bloc"].queryset = blocs
        self.helper.layout = Layout("bloc", Row(Column("year"), Column("members_on")))

    def clean_year(self):
        """The first calendar year, and whether it is a school year."""
        try:
            return read_year(self.cleaned_data["year"])
        except YearNameError as error:
            raise ValidationError(str(error)) from error


def offer_members(form, empty="Chưa chọn"):
    """The posts of the form are held by members of its year, and called as in its bloc."""
    sitting = members_owing(form.instance, Duty.SIT)
    members = Unit.objects.filter(pk__in=sitting.order_by().values("unit")).for_list()
    for name, words in leader_words(form.instance.bloc.word).items():
        field = form.fields[name]
        field.queryset, field.empty_label, field.label = members, empty, words
        field.error_messages["invalid_choice"] = not_a_member(words)


def tell_rotation(form):
    """Whose turn it is after the head of the year before, where the bloc has an order."""
    year, offered = form.instance, set(form.fields["head"].queryset.values_list("pk", flat=True))
    last = year.bloc.years.filter(year=year.year - 1).select_related("head").first()
    form.fields["head"].help_text = rotation_words(year.bloc, last and last.head, offered)


class YearForm(OffersBases, TidyModelForm):
    """A year that is not opened yet: its leaders are chosen beside its dates."""

    class Meta:
        model = BlocYear
        fields = ("head", "deputy", "second_deputy", "head_basis", "legal_bases", *DATES)
        widgets = {"legal_bases": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"head_basis": "Biên bản bầu, thông báo hoặc quyết định, ghi số và ngày."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_members(self)
        tell_rotation(self)
        tell_empty_hours(self)
        self.helper.layout = Layout(
            Fieldset(
                "Đơn vị đứng đầu và cấp phó",
                Row(Column("head"), Column("deputy")),
                Row(Column("second_deputy"), Column("head_basis")),
            ),
            Fieldset("Thời hạn của năm", *date_rows()),
            Fieldset("Căn cứ", *self.bases_layout()),
        )


class YearDatesForm(OffersBases, TidyModelForm):
    """An opened year: its leaders change by numbered changes, see `LeadersForm`."""

    due_reason = forms.CharField(
        label="Lý do đổi hạn nộp báo cáo",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Phải nêu khi đổi ngày hoặc giờ nộp báo cáo; các đơn vị được báo cùng lý do.",
    )
    due_document = forms.CharField(
        label="Văn bản đổi hạn nộp báo cáo, nếu có", required=False, max_length=255
    )

    class Meta:
        model = BlocYear
        fields = ("legal_bases", *DATES)
        widgets = {"legal_bases": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tell_empty_hours(self)
        if is_signed(self.instance):
            for name in ("report_due", "report_hour"):
                self.fields[name].disabled = True
                self.fields[name].help_text = DUE_USED
            for name in MOVING:
                del self.fields[name]
        rows = date_rows()
        place = DATES.index("report_hour") // 2 + 1
        rows[place:place] = [name for name in MOVING if name in self.fields]
        self.helper.layout = Layout(
            Fieldset("Thời hạn của năm", *rows),
            Fieldset("Căn cứ", *self.bases_layout()),
        )


class LeadersForm(TidyModelForm):
    """Head and deputies as they shall be from a day on; a post may be left vacant."""

    on = forms.DateField(
        label="Từ ngày",
        initial=timezone.localdate,
        help_text="Ngày đầu tiên; từ ngày này đơn vị trước không còn quyền của khối trưởng.",
    )
    decision = forms.CharField(
        label="Văn bản, căn cứ",
        max_length=255,
        help_text="Biên bản bầu, thông báo hoặc quyết định, ghi số và ngày.",
    )
    reason = forms.CharField(label="Lý do", max_length=255, required=False)

    class Meta:
        model = BlocYear
        fields = ("head", "head_is_acting", "deputy", "second_deputy")
        help_texts = {
            "head": "Để trống khi khuyết. Trong lúc khuyết không ai làm việc của khối trưởng: khi "
            "có việc phải làm, hãy giao một đơn vị phụ trách."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_members(self, empty="Khuyết")
        self.helper.layout = Layout(
            Row(Column("head"), Column("deputy")),
            Row(Column("head_is_acting"), Column("second_deputy")),
            Row(Column("on"), Column("decision")),
            "reason",
        )

    def clean(self):
        data = super().clean()
        if data.get("head_is_acting") and not data.get("head"):
            self.add_error("head", "Phụ trách thì phải chọn đơn vị.")
        return data


def tell_empty_hours(form):
    """An hour that is left empty says how its deadline counts."""
    for name in DATES:
        if name.endswith("_hour"):
            form.fields[name].widget.attrs["placeholder"] = "hết ngày"


def date_rows():
    """Each day beside its hour, in the order of the year."""
    return [Row(*map(Column, DATES[at : at + 2])) for at in range(0, len(DATES), 2)]


class MemberRowForm(TidyForm):
    takes_part = forms.BooleanField(required=False)
    order = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        error_messages={
            "invalid": "Thứ tự phải là số.",
            "min_value": "Thứ tự bắt đầu từ 1.",
            "max_value": "Thứ tự lớn nhất là 999.",
        },
    )
