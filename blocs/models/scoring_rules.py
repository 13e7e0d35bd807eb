"""The regulation of a bloc year about scores: classes, late papers, who appraises and how."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models

from blocs.domain.scoring import (
    ROUND_MODES,
    ClassBand,
    Counted,
    LateRule,
    class_bands,
)
from blocs.domain.scoring_words import appraisal_sentences, band_sentence, late_sentences
from blocs.enums import AppraisalMode
from blocs.models.points import POINTS
from blocs.models.years import BlocYear, rules_of_year


class ScoringRules(models.Model):
    """What the bloc's regulation says beside the table; a year without a row has the defaults."""

    bloc_year = models.OneToOneField(
        BlocYear, models.CASCADE, related_name="scoring_rules", verbose_name="năm thi đua"
    )
    class_bands = models.JSONField("mức xếp loại", default=list, blank=True)
    late_grace_days = models.PositiveSmallIntegerField("số ngày nộp chậm không tính", default=0)
    late_after_grace = models.BooleanField(
        "chỉ tính số ngày sau thời gian không tính", default=False
    )
    late_in_working_days = models.BooleanField("tính theo ngày làm việc", default=True)
    late_fixed = models.DecimalField(
        "điểm trừ một lần khi nộp chậm", null=True, blank=True, **POINTS
    )
    late_per_day = models.DecimalField("điểm trừ mỗi ngày chậm", null=True, blank=True, **POINTS)
    late_cap = models.DecimalField("điểm trừ nộp chậm tối đa", null=True, blank=True, **POINTS)
    last_on = models.DateField("hạn cuối cùng, quá hạn không xét", null=True, blank=True)
    appraisal_mode = models.CharField(
        "cách thẩm định", max_length=10, choices=AppraisalMode, default=AppraisalMode.HEAD
    )
    scorers_per_sheet = models.PositiveSmallIntegerField(
        "số đơn vị chấm mỗi bảng điểm", default=2, validators=[MinValueValidator(1)]
    )
    rounds = models.PositiveSmallIntegerField(
        "số vòng chấm", default=1, validators=[MinValueValidator(1)]
    )
    round_mode = models.CharField(
        "cách gộp điểm nhiều người chấm, nhiều vòng",
        max_length=30,
        choices=tuple(ROUND_MODES.items()),
        default="mean",
    )
    is_blind = models.BooleanField("chưa chấm xong thì không xem điểm của người khác", default=True)
    appeal_days = models.PositiveSmallIntegerField(
        "số ngày làm việc được kiến nghị", null=True, blank=True, default=5
    )
    deviation_share = models.DecimalField(
        "đánh dấu khi lệch quá (% điểm tối đa)", max_digits=5, decimal_places=2, default=20
    )
    spread_share = models.DecimalField(
        "cảnh báo khi các đơn vị chỉ chênh nhau (% điểm tối đa)",
        max_digits=5,
        decimal_places=2,
        default=2,
    )

    class Meta:
        verbose_name = "quy định chấm điểm"
        verbose_name_plural = "quy định chấm điểm"

    def __str__(self):
        return f"Quy định chấm điểm {self.bloc_year}"

    @property
    def bands(self) -> tuple[ClassBand, ...]:
        """The classes of the year, best first."""
        return class_bands(self.class_bands)

    @property
    def late_rule(self) -> LateRule | None:
        """The rule on late reports; None where the year has no due day."""
        due: date | None = self.bloc_year.report_due
        if due is None:
            return None
        return LateRule(
            due_on=due,
            counts=Counted(rules_of_year(self.bloc_year).counted_submission),
            grace_days=self.late_grace_days,
            is_counted_after_grace=self.late_after_grace,
            in_working_days=self.late_in_working_days,
            fixed=self.late_fixed,
            per_day=self.late_per_day,
            cap=self.late_cap,
            last_on=self.last_on,
        )


def scoring_rules_of(bloc_year: BlocYear) -> ScoringRules:
    """The scoring rules of a year; one with the defaults, not saved, where none were set."""
    try:
        return bloc_year.scoring_rules
    except ScoringRules.DoesNotExist:
        return ScoringRules(bloc_year=bloc_year)


LATE = "Nộp báo cáo chậm"


def scoring_parts(rules: ScoringRules) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scoring regulation in sentences under three headings."""
    is_pairs = rules.appraisal_mode == AppraisalMode.PAIRS
    appraisal = appraisal_sentences(
        AppraisalMode(rules.appraisal_mode).label,
        scorers=rules.scorers_per_sheet if is_pairs else 0,
        rounds=rules.rounds,
        round_mode=rules.round_mode,
        is_blind=rules.is_blind,
        appeal_days=rules.appeal_days,
    )
    return (
        ("Xếp loại", tuple(band_sentence(band) for band in rules.bands)),
        (LATE, late_sentences(rules.late_rule)),
        ("Thẩm định và kiến nghị", tuple(appraisal)),
    )
