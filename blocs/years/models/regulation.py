"""The regulation of a bloc year: all that differs between provinces and blocs, as data."""

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from blocs.scoring import (
    ROUND_MODES,
    ClassBand,
    Counted,
    LateRule,
    RoundShare,
    class_bands,
    round_shares,
)
from blocs.scoring.ranking.class_words import band_sentence
from blocs.scoring.ranking.part_year import PART_YEAR_LABELS, PartYear
from blocs.scoring.ranking.ranking import section_of, stated_tie_sentence
from blocs.scoring.totals.rounds import AGREED, LEVEL_MODES
from blocs.scoring.votes.choosing import VoteRules
from blocs.scoring.votes.quorum import Threshold
from blocs.states import AppraisalMode
from blocs.years.domain.rule_words import BASES, StatedRules
from blocs.years.domain.scoring_words import appraisal_sentences, late_sentences
from blocs.years.models.table_lines import named_sections
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of

LATE = "Nộp báo cáo chậm"
PRINTED_PLACES = 2
POINTS = {"max_digits": 12, "decimal_places": 4}


class Regulation(models.Model):
    """What the bloc's regulation says beside the table; a year without a row has the defaults."""

    bloc_year = models.OneToOneField(
        BlocYear, models.CASCADE, related_name="regulation", verbose_name="năm thi đua"
    )
    decimals = models.PositiveSmallIntegerField(
        "số chữ số thập phân của điểm", default=2, validators=[MaxValueValidator(4)]
    )
    printed_decimals = models.PositiveSmallIntegerField(
        "số chữ số thập phân khi in",
        null=True,
        blank=True,
        validators=[MaxValueValidator(4)],
        help_text="Để trống thì in đủ số chữ số đã tính. Xếp hạng, xếp loại theo số chưa làm tròn.",
    )
    empty_is_zero = models.BooleanField(
        "tiêu chí chính để trống tính 0 điểm",
        default=False,
        help_text="Không chọn thì phải ghi đủ, kể cả điểm 0, mới nộp và thẩm định xong.",
    )
    tie_rules = models.JSONField("thứ tự ưu tiên khi bằng điểm", default=list, blank=True)
    part_year = models.CharField(
        "đơn vị tham gia không trọn năm được so sánh",
        max_length=12,
        choices=tuple((way.value, words) for way, words in PART_YEAR_LABELS.items()),
        default=PartYear.FULL.value,
        help_text="Theo số tháng: tổng điểm nhân số tháng tham gia, chia 12; tháng có từ 15 ngày "
        "tham gia trở lên tính là một tháng.",
    )
    quorum_numerator = models.PositiveSmallIntegerField("túc số của hội nghị – tử số", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("túc số của hội nghị – mẫu số", default=3)
    signature_numerator = models.PositiveSmallIntegerField(
        "tỷ lệ chữ ký giao ước – tử số", default=1
    )
    signature_denominator = models.PositiveSmallIntegerField(
        "tỷ lệ chữ ký giao ước – mẫu số", default=1
    )
    vote_threshold = models.DecimalField(
        "tỷ lệ phiếu tối thiểu (%)", max_digits=5, decimal_places=2, default=Decimal(50)
    )
    vote_is_strict = models.BooleanField(
        "phải quá tỷ lệ này (quá bán)",
        default=False,
        help_text="Chọn thì “trên 1/2”, không chọn thì “ít nhất 1/2”.",
    )
    vote_base = models.CharField(
        "tỷ lệ phiếu tính trên",
        max_length=20,
        choices=(
            ("present", "số đại biểu có mặt"),
            ("all_members", "tổng số đơn vị thành viên"),
            ("valid", "số phiếu hợp lệ"),
        ),
        default="present",
    )
    deputies = models.PositiveSmallIntegerField(
        "số khối phó được bầu",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(2)],
        help_text="Một hoặc hai; mỗi phiếu bầu chọn không quá số này.",
    )
    flags = models.PositiveSmallIntegerField("số Cờ thi đua của khối", default=1)
    certificate_share = models.DecimalField(
        "Bằng khen tối đa (%)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(50),
    )
    certificate_count = models.PositiveSmallIntegerField(
        "Bằng khen tối đa (số lượng)", null=True, blank=True
    )
    certificate_base = models.CharField(
        "tỷ lệ Bằng khen tính trên",
        max_length=10,
        choices=tuple(BASES.items()),
        default="rest",
    )
    rounding = models.CharField(
        "làm tròn số lượng",
        max_length=10,
        choices=(("down", "xuống"), ("half_up", "từ 0,5 trở lên"), ("up", "lên")),
        default="down",
    )
    lowest_place = models.PositiveSmallIntegerField(
        "hạng cuối cùng được đề nghị",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Để trống nếu quy chế không giới hạn theo hạng.",
    )
    counted_submission = models.CharField(
        "thời điểm nộp được tính",
        max_length=10,
        choices=(("first", "lần nộp đầu"), ("last", "lần nộp cuối")),
        default="first",
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
    level_mode = models.CharField(
        "cách gộp điểm tiêu chí chấm theo mức",
        max_length=10,
        choices=tuple(LEVEL_MODES.items()),
        default=AGREED,
    )
    # Rows of {label, points}: what each round is called, and its share in percent.
    round_shares = models.JSONField("tỷ trọng các vòng", default=list, blank=True)
    # The way of appraising in force began then: what was marked before does not hold it any more.
    appraised_from = models.DateTimeField("cách thẩm định áp dụng từ", null=True, blank=True)
    is_blind = models.BooleanField("chưa chấm xong thì không xem điểm của người khác", default=True)
    appeal_days = models.PositiveSmallIntegerField(
        "số ngày làm việc được kiến nghị", null=True, blank=True, default=5
    )
    deviation_share = models.DecimalField(
        "đánh dấu khi lệch quá (% điểm tối đa)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(20),
    )
    spread_share = models.DecimalField(
        "cảnh báo khi các đơn vị chỉ chênh nhau (% điểm tối đa)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(2),
    )

    class Meta:
        verbose_name = "quy định của năm"
        verbose_name_plural = "quy định của năm"

    def __str__(self):
        return f"Quy định {self.bloc_year}"

    def get_tie_rules_display(self):
        """The tie rules in words, as Django gives them for a choice."""
        return stated_tie_sentence(self.tie_rules, self.tie_sections)

    @property
    def tie_sections(self) -> dict[str, str]:
        """The sections of the year's table that tie rules name, in words; no query without one."""
        named = [rule for rule in self.tie_rules if section_of(rule)]
        if not named:
            return {}
        names = named_sections(self.bloc_year)
        return {rule: names[path] for rule in named if (path := section_of(rule)) in names}

    def get_round_shares_display(self):
        """The shares in words, as Django gives them for a choice."""
        return "; ".join(map(str, self.shares))

    @property
    def shares(self) -> tuple[RoundShare, ...]:
        """The share of each round, in their order; empty where rounds are not weighted."""
        return round_shares(self.round_shares)

    @property
    def bands(self) -> tuple[ClassBand, ...]:
        return class_bands(self.class_bands)

    @property
    def late_rule(self) -> LateRule | None:
        """The rule on late reports; None where the year has no due day."""
        due: date | None = self.bloc_year.report_due
        if due is None:
            return None
        return LateRule(
            due_on=due,
            counts=Counted(self.counted_submission),
            grace_days=self.late_grace_days,
            is_counted_after_grace=self.late_after_grace,
            in_working_days=self.late_in_working_days,
            fixed=self.late_fixed,
            per_day=self.late_per_day,
            cap=self.late_cap,
            last_on=self.last_on,
        )

    @property
    def stated(self) -> StatedRules:
        """The rules of the year as the domain tells them."""
        names = StatedRules.__dataclass_fields__
        return StatedRules(**{name: getattr(self, name) for name in names})

    @property
    def quorum(self) -> Threshold:
        return Threshold(self.quorum_numerator, self.quorum_denominator)

    @property
    def signatures(self) -> Threshold:
        """The share of member units whose signatures bring the agreement into effect."""
        return Threshold(self.signature_numerator, self.signature_denominator)

    @property
    def threshold(self) -> Threshold:
        """The share of votes that is enough."""
        return Threshold.of_percent(self.vote_threshold, is_strict=self.vote_is_strict)

    @property
    def votes(self) -> VoteRules:
        return VoteRules(self.threshold, self.vote_base, self.flags)


def regulation_of(bloc_year: BlocYear) -> Regulation:
    """The regulation of a year; one with the defaults, not saved, where none was set."""
    return getattr(bloc_year, "regulation", None) or Regulation(bloc_year=bloc_year)


def decimals_of(bloc_year: BlocYear) -> int:
    """How many decimals points have in this bloc year; no query where the regulation is joined."""
    return regulation_of(bloc_year).decimals


def printed_places(bloc_year: BlocYear, *finest: int) -> int:
    """Places after the comma on papers: what the year states, else all that points can have.

    Two at least even where the points of a year need fewer; `finest` are the decimals of tables.
    """
    stated: int | None = regulation_of(bloc_year).printed_decimals
    return max(PRINTED_PLACES, decimals_of(bloc_year), *finest) if stated is None else stated


def scoring_parts(rules: Regulation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scoring regulation in sentences under three headings."""
    is_pairs = rules.appraisal_mode == AppraisalMode.PAIRS
    appraisal = appraisal_sentences(
        in_words_of(rules.bloc_year.bloc.word, AppraisalMode(rules.appraisal_mode).label),
        scorers=rules.scorers_per_sheet if is_pairs else 0,
        is_shared=is_pairs or rules.appraisal_mode == AppraisalMode.GROUP,
        rounds=rules.rounds,
        round_mode=rules.round_mode,
        shares=rules.shares,
        level_mode="" if rules.appraisal_mode == AppraisalMode.HEAD else rules.level_mode,
        is_blind=rules.is_blind,
        appeal_days=rules.appeal_days,
        deviation_share=rules.deviation_share,
    )
    return (
        ("Xếp loại", tuple(band_sentence(band) for band in rules.bands)),
        (LATE, late_sentences(rules.late_rule, rules.bloc_year.deadline("report_due"))),
        ("Thẩm định và kiến nghị", tuple(appraisal)),
    )
