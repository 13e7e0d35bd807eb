"""The votes of a sitting as they were counted: each round, and its lines."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from blocs.states import AskedAward, BallotKind, BallotMethod
from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.models.awards import AwardKind
from thidua.common.fields import author, reference
from thidua.common.models import RestsOnFacts


class Ballot(RestsOnFacts):
    """The count of one round of a vote: papers issued, returned, valid, invalid, its lines."""

    conference = models.ForeignKey(
        "conferences.Conference", models.CASCADE, related_name="ballots", verbose_name="hội nghị"
    )
    kind = models.CharField("nội dung", max_length=20, choices=BallotKind)
    number = models.PositiveSmallIntegerField("lần", default=1)
    method = models.CharField(
        "hình thức", max_length=20, choices=BallotMethod, default=BallotMethod.SECRET
    )
    issued = models.PositiveSmallIntegerField("số phiếu phát ra")
    returned = models.PositiveSmallIntegerField("số phiếu thu về")
    valid = models.PositiveSmallIntegerField("số phiếu hợp lệ")
    invalid = models.PositiveSmallIntegerField("số phiếu không hợp lệ", default=0)
    decision = models.TextField(
        "chủ tọa quyết định", blank=True, help_text="Lý do chọn khi các đơn vị bằng phiếu."
    )
    # A further sitting that votes anew on an award says why: its result replaces the earlier one.
    revote_reason = models.CharField("lý do bỏ phiếu lại", max_length=500, blank=True)
    recorded_by = author("người nhập", optional=True)
    # What `certificate_limits.limit_of` found for this count while one page is written.
    certificate_limit: int | None

    class Meta:
        verbose_name = "kết quả kiểm phiếu"
        verbose_name_plural = "kết quả kiểm phiếu"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "kind", "number"),
                name="ballot_round_once",
                violation_error_message="Lần bỏ phiếu này đã có kết quả kiểm phiếu.",
            ),
            models.CheckConstraint(
                name="ballot_returned_at_most_issued",
                condition=Q(returned__lte=F("issued")),
                violation_error_message="Số phiếu thu về không được nhiều hơn số phiếu phát ra.",
            ),
            models.CheckConstraint(
                name="ballot_valid_and_invalid_make_returned",
                condition=Q(returned=F("valid") + F("invalid")),
                violation_error_message=(
                    "Số phiếu hợp lệ và không hợp lệ phải bằng số phiếu thu về."
                ),
            ),
        )

    def __str__(self):
        return f"Kiểm phiếu {self.get_kind_display()}"

    @property
    def by_hands(self) -> bool:
        """Hands were raised: no papers were issued, returned or sealed."""
        return self.method == BallotMethod.HANDS

    @cached_property
    def votes(self) -> list["BallotLine"]:
        """The lines as papers name them; a count that is typed has them before they are stored."""
        return flags_first(self.lines.select_related("unit", "award_kind"))


class BallotLine(models.Model):
    """Votes for and against one unit; for the award vote also which award was asked for.

    One unit may stand in several questions: for the flag of the province and, with a count of its
    own, for that of the Government.
    """

    ballot = models.ForeignKey(
        Ballot, models.CASCADE, related_name="lines", verbose_name="kết quả kiểm phiếu"
    )
    unit = named_reference(Unit, "đơn vị", day_by="ballot.conference.bloc_year")
    award = models.CharField("hình thức đề nghị", max_length=20, choices=AskedAward, blank=True)
    award_kind = reference(AwardKind, "hình thức trong danh mục", optional=True)
    votes_for = models.PositiveSmallIntegerField("đồng ý")
    votes_against = models.PositiveSmallIntegerField("không đồng ý", default=0)
    is_chosen = models.BooleanField("đạt", default=False)
    reason = models.CharField("lý do vẫn bỏ phiếu", max_length=500, blank=True)

    class Meta:
        verbose_name = "dòng kiểm phiếu"
        verbose_name_plural = "dòng kiểm phiếu"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ballot", "unit"),
                condition=Q(award_kind=None),
                name="ballot_line_once",
                violation_error_message="Mỗi đơn vị chỉ có một dòng kết quả.",
            ),
            models.UniqueConstraint(
                fields=("ballot", "unit", "award_kind"),
                name="ballot_line_once_per_award",
                violation_error_message="Mỗi đơn vị chỉ có một dòng cho mỗi hình thức.",
            ),
        )

    def __str__(self):
        return f"{self.unit}: {self.votes_for}"

    @property
    def key(self):
        """Who stands for what: the unit, and the award where the catalogue names it."""
        return (self.unit_id, self.award_kind_id) if self.award_kind_id else self.unit_id

    @property
    def award_name(self):
        return self.award_kind.name if self.award_kind_id else self.get_award_display()

    def is_of(self, units):
        """Whether the line was chosen for a certificate of one of these units."""
        return self.unit_id in units and self.is_chosen_for(AskedAward.CERTIFICATE)

    def is_chosen_for(self, award):
        return self.is_chosen and self.award == award


def flags_first(lines: Iterable[BallotLine]) -> list[BallotLine]:
    """A paper names the higher award first, whatever place the unit has in the bloc."""
    order = ["", *AskedAward.values]
    return sorted(lines, key=lambda line: order.index(line.award))
