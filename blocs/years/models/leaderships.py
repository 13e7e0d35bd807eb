"""Who led the bloc in its year and from when: the numbered changes of head and deputies."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.domain.leading import LeaderChange, Leaders, leaders_on, post_words
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.years import BlocYear
from thidua.common.fields import author


class Leadership(models.Model):
    """Head and deputies from a day on; the row with number 0 tells how the year began."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="leaderships", verbose_name="năm thi đua"
    )
    number = models.PositiveSmallIntegerField("thay đổi số")
    on = models.DateField("từ ngày")
    head = named_reference(Unit, "khối trưởng", optional=True)
    head_is_acting = models.BooleanField("phụ trách", default=False)
    deputy = named_reference(Unit, "khối phó", optional=True)
    second_deputy = named_reference(Unit, "khối phó thứ hai", optional=True)
    decision = models.CharField("văn bản, căn cứ", max_length=255)
    reason = models.CharField("lý do", max_length=255, blank=True)
    recorded_by = author("người ghi")
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now)

    class Meta:
        verbose_name = "khối trưởng, khối phó từ ngày"
        verbose_name_plural = "khối trưởng, khối phó từ ngày"
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                name="leadership_number_once",
                violation_error_message="Số thay đổi này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="leadership_acting_names_unit",
                condition=Q(head_is_acting=False) | Q(head__isnull=False),
                violation_error_message="Phụ trách thì phải nêu đơn vị.",
            ),
        )

    def __str__(self):
        return f"Thay đổi số {self.number:02d}: {self.head_words}"

    def get_absolute_url(self):
        return reverse("years:leader_list", args=(self.bloc_year_id,))

    @property
    def head_words(self):
        return post_words(str(self.head or ""), is_acting=self.head_is_acting)

    @property
    def deputy_words(self):
        return (
            "; ".join(str(unit) for unit in (self.deputy, self.second_deputy) if unit) or "khuyết"
        )

    @property
    def value(self):
        """The row as the rule reads it."""
        leaders = Leaders(self.head_id, self.head_is_acting, self.deputy_id, self.second_deputy_id)
        return LeaderChange(self.number, self.on, leaders)


@dataclass(frozen=True)
class YearLeaders:
    """The units that led on a day, and whether the head only stood in."""

    head: Unit | None
    is_acting: bool
    deputy: Unit | None
    second_deputy: Unit | None


def post_of(bloc_year: BlocYear, unit: Unit) -> str | None:
    """Which post the unit holds now: «head», «deputy», «second_deputy»; None where none."""
    names = leader_words(bloc_year.bloc.word)
    return next((name for name in names if getattr(bloc_year, f"{name}_id") == unit.pk), None)


def year_leaders(bloc_year: BlocYear, day: date | None = None) -> YearLeaders:
    """Who led the year on `day`; without one, who leads it now. One query where a day is asked."""
    now = YearLeaders(
        bloc_year.head, bloc_year.head_is_acting, bloc_year.deputy, bloc_year.second_deputy
    )
    if day is None:
        return now
    rows = list(bloc_year.leaderships.select_related("head", "deputy", "second_deputy"))
    found = leaders_on([row.value for row in rows], day)
    for row in rows:
        if row.value.leaders == found:
            return YearLeaders(row.head, row.head_is_acting, row.deputy, row.second_deputy)
    return now
