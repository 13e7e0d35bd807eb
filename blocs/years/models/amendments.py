"""Numbered amendments of the regulation of a year, and the rules as they were on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from blocs.years.models.regulation import Regulation, regulation_of
from blocs.years.models.years import BlocYear
from thidua.common.fields import author
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.text import low_first
from thidua.papers.numbers import NumberedPaper

APPLIES_LATER = "Quy định sửa đổi áp dụng từ {day}; việc đã làm trước ngày này giữ quy định cũ"
APPLIES_TO_OPEN = (
    "Hạn mới ghi {day}, tính cho mọi báo cáo của năm chưa được thống nhất điểm, kể cả báo cáo "
    "đã nộp"
)
# What higher apps keep of lateness: each lets its marks follow deadline and rule of the year, and
# gives what changed, as rows of the log book.
LATENESS: Registry[Callable[[BlocYear], list[dict]]] = Registry()


def follow_lateness(bloc_year: BlocYear) -> list[dict]:
    """Let all marks of lateness follow the deadline of reports; the rows of what changed."""
    return [row for follow in LATENESS for row in follow(bloc_year)]


class RulesAmendment(models.Model):
    """A change of rules that an act had used already; what was done before it keeps the old ones.

    `changes` are the words for people, `before` the values that the changed fields had.
    """

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="rules_amendments", verbose_name="năm thi đua"
    )
    number = models.PositiveSmallIntegerField("sửa đổi số")
    on = models.DateField("áp dụng từ ngày")
    document = models.CharField("văn bản sửa đổi", max_length=255, blank=True)
    reason = models.TextField("lý do sửa đổi")
    notice_number = models.CharField("số, ký hiệu của thông báo", max_length=60, blank=True)
    changes = models.JSONField("các thay đổi", default=list)
    # The last day of the reports is no rule of the regulation: it needs a reason, not a document.
    moves_due = models.BooleanField("đổi hạn nộp báo cáo", default=False)
    before = models.JSONField("giá trị trước", default=dict, blank=True, encoder=DjangoJSONEncoder)
    amended_by = author("người ghi")
    amended_at = models.DateTimeField("ghi lúc", default=timezone.now)

    class Meta:
        verbose_name = "sửa đổi quy định"
        verbose_name_plural = "sửa đổi quy định"
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                name="rules_amendment_number_once",
                violation_error_message="Số sửa đổi này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="rules_amendment_has_reason_and_document",
                condition=~Q(reason="") & (Q(moves_due=True) | ~Q(document="")),
                violation_error_message="Sửa đổi quy định phải nêu lý do và văn bản.",
            ),
        )

    def __str__(self):
        return f"Sửa đổi quy định số {self.number:02d}, {self.bloc_year}"

    def get_absolute_url(self):
        return reverse("years:rules_amendment_detail", args=(self.pk,))

    @property
    def applies(self):
        """For what the changed rules count, without a full stop: for page and paper."""
        day = long_date(self.on)
        return APPLIES_TO_OPEN.format(day=day) if self.moves_due else APPLIES_LATER.format(day=day)


def numbered_notices(bloc_year: BlocYear) -> list[NumberedPaper]:
    """The notices of amended rules that the bloc of this year sent out with a number."""
    rows = RulesAmendment.objects.filter(bloc_year__bloc=bloc_year.bloc_id)
    return [
        NumberedPaper(one, f"Thông báo {low_first(str(one))}", one.notice_number, one.on)
        for one in rows.exclude(notice_number="").select_related("bloc_year__bloc")
    ]


class RulesReading(models.Model):
    """A person has taken note of an amendment; until then the home page tells of it."""

    amendment = models.ForeignKey(
        RulesAmendment, models.CASCADE, related_name="readings", verbose_name="sửa đổi"
    )
    user = author("người xem")
    read_at = models.DateTimeField("xem lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lượt xem sửa đổi quy định"
        verbose_name_plural = "lượt xem sửa đổi quy định"
        constraints = (
            models.UniqueConstraint(
                fields=("amendment", "user"),
                name="rules_reading_once",
                violation_error_message="Lượt xem này đã được ghi.",
            ),
        )

    def __str__(self):
        return f"{self.user}: {self.amendment}"


def regulation_on(bloc_year: BlocYear, day: date) -> Regulation:
    """The rules in force on a day: those of now without the amendments that apply from later on.

    Not saved; where nothing was amended it is the stored row itself.
    """
    rules = regulation_of(bloc_year)
    later = list(bloc_year.rules_amendments.filter(on__gt=day).order_by("-number"))
    if not later:
        return rules
    found = Regulation(**{field.attname: getattr(rules, field.attname) for field in fields()})
    found.bloc_year = bloc_year
    for amendment in later:
        for name, value in amendment.before.items():
            setattr(found, name, read_value(name, value))
    return found


def fields() -> tuple[Any, ...]:
    """All columns of a regulation."""
    return tuple(Regulation._meta.concrete_fields)


def read_value(name: str, value: Any) -> Any:
    """A kept value as the field holds it: days and numbers are kept as text."""
    return Regulation._meta.get_field(name).to_python(value)
