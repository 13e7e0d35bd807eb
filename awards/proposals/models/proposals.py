from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from awards.proposals.enums import INNER_STATES, READY_STATES, ItemState, ProposalState
from awards.proposals.models.shares import shares_of
from blocs.scoring.ranking.quota_edge import Shares
from blocs.units.domain.reach import EVERYWHERE
from blocs.units.models import Unit
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of, within
from blocs.years.models import BlocYear
from blocs.years.models.awards import AwardKind
from thidua.common.models import RestsOnFacts, Returnable, number_of
from thidua.common.vietnamese.dates import day_in_vietnam, short_date
from thidua.common.vietnamese.text import low_first
from thidua.papers.numbers import NumberedPaper, number_faults


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Proposals the person may read: the list form of `proposals.view_proposal`."""
        standing = standing_of(user)
        seen = Q(bloc_year__in=standing.years)
        reach = EVERYWHERE if standing.sees_all else standing.oversees
        if reach:
            seen |= within(reach, "bloc_year__bloc") & ~Q(state__in=INNER_STATES)
        return self.filter(seen)

    def for_page(self):
        return self.select_related(
            "bloc_year__bloc",
            "bloc_year__head",
            "bloc_year__deputy",
            "bloc_year__regulation",
            "bloc_year__conference",
        )

    def for_list(self):
        lines = ProposalItem.objects
        flags, titles = lines.filter(award__is_flag=True), lines.filter(award__is_title=True)
        return (
            self.select_related("bloc_year__bloc", "bloc_year__head", "bloc_year__conference")
            .annotate(
                item_count=number_of(lines, "proposal"),
                flag_count=number_of(flags, "proposal"),
                title_count=number_of(titles, "proposal"),
            )
            .order_by("-bloc_year__year", "bloc_year__bloc__order", "bloc_year__bloc__name", "pk")
        )


class Proposal(RestsOnFacts, Returnable):
    """The bloc's submission to the province: which awards for which units, and why."""

    bloc_year = models.OneToOneField(
        BlocYear, models.PROTECT, related_name="proposal", verbose_name="năm thi đua"
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=ProposalState, default=ProposalState.DRAFT
    )
    number = models.CharField("số tờ trình", max_length=60, blank=True)
    dated_on = models.DateField("ngày tờ trình", null=True, blank=True)
    legal_bases = models.TextField(
        "căn cứ",
        blank=True,
        help_text="Mỗi dòng một căn cứ; để trống thì in căn cứ của năm thi đua.",
    )
    summary = models.TextField("nhận xét chung", blank=True)
    quota_reason = models.TextField(
        "lý do vượt quy định số lượng",
        blank=True,
        help_text="Chỉ ghi khi số đề nghị vượt quy định; cơ quan thường trực sẽ xem lý do này.",
    )
    left_out_reason = models.TextField(
        "lý do không đề nghị đơn vị được hội nghị chọn",
        blank=True,
        help_text="Chỉ ghi khi có đơn vị được hội nghị chọn mà đề nghị không có dòng.",
    )
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        verbose_name_plural = "đề nghị khen thưởng"
        constraints = (
            models.CheckConstraint(
                name="proposal_submitted_has_time",
                condition=Q(state__in=(ProposalState.DRAFT, ProposalState.RETURNED))
                | Q(submitted_at__isnull=False),
                violation_error_message="Đề nghị đã gửi phải có thời điểm gửi.",
            ),
        )

    def __str__(self):
        return f"Đề nghị khen thưởng {self.bloc_year}"

    def get_absolute_url(self):
        return reverse("proposals:proposal_detail", args=(self.bloc_year_id,))

    @property
    def bases(self) -> str:
        """Its own bases, else those of the year."""
        return self.legal_bases or self.bloc_year.legal_bases

    @property
    def looked_at_on(self) -> date | None:
        """The day of which the proposed are looked at: its own, of its sending, none: today."""
        sent = self.submitted_at
        return self.dated_on or (day_in_vietnam(sent) if sent else None)

    def number_faults(self) -> list[str]:
        """That another submission of the bloc went out with this number in the year of its day."""
        rows = Proposal.objects.filter(bloc_year__bloc=self.bloc_year.bloc_id)
        sent = rows.exclude(pk=self.pk).exclude(submitted_at=None).exclude(number="")
        others = (
            NumberedPaper(one, f"Tờ trình {low_first(str(one))}", one.number, one.dated_on)
            for one in sent.select_related("bloc_year__bloc")
        )
        return number_faults(self.number, self.dated_on, others)

    @property
    def is_draft(self) -> bool:
        """The bloc still writes it."""
        return self.state in INNER_STATES

    @cached_property
    def shares(self) -> Shares:
        """Who is within the quota by the places of now and what people chose between equals."""
        choices = self.tie_choices.select_related("award").prefetch_related("units")
        return shares_of(self.bloc_year, {choice.tie: choice.chosen for choice in choices})


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of the proposals the person may read."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user))

    def for_page(self):
        return self.select_related(
            "award",
            "unit",
            "decision",
            "proposal__bloc_year__bloc",
            "proposal__bloc_year__head",
            "proposal__bloc_year__conference",
        )

    def free(self):
        """Eligible lines that wait for a decision of the province."""
        return self.ready().filter(award__is_national=False)

    def to_forward(self):
        """Eligible lines above the province: they wait for its submission to the State."""
        return self.ready().filter(award__is_national=True)

    def ready(self):
        """Eligible lines of proposals on which nobody is asked any more."""
        return self.filter(state=ItemState.ELIGIBLE, proposal__state__in=READY_STATES).order_by(
            "proposal__bloc_year__bloc__order", "award__order", "pk"
        )


class ProposalItem(RestsOnFacts):
    """One award for one unit. A draft may not name the unit yet; a sent one must."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="items", verbose_name="đề nghị"
    )
    award = models.ForeignKey(AwardKind, models.PROTECT, verbose_name="hình thức")
    unit = named_reference(
        Unit,
        "đơn vị",
        optional=True,
        related_name="proposal_items",
        day_by="proposal.bloc_year",
    )
    merit = models.TextField("tóm tắt thành tích", blank=True)
    # Why the bloc proposes a unit that is dissolved, held or excluded.
    warned_reason = models.CharField("lý do vẫn đề nghị", max_length=500, blank=True)
    state = models.CharField(
        "trạng thái", max_length=20, choices=ItemState, default=ItemState.PROPOSED
    )
    reason = models.TextField("lý do", blank=True)
    decision = models.ForeignKey(
        # Decisions stand above proposals: named, not imported.
        "decisions.Decision",
        models.PROTECT,
        related_name="items",
        null=True,
        blank=True,
        verbose_name="quyết định",
    )
    forwarded_number = models.CharField("số tờ trình cấp Nhà nước", max_length=60, blank=True)
    forwarded_on = models.DateField("ngày tờ trình cấp Nhà nước", null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng đề nghị"
        verbose_name_plural = "dòng đề nghị"
        ordering = ("award__order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "award", "unit"),
                condition=Q(unit__isnull=False),
                name="item_once_per_unit_and_award",
                violation_error_message="Đơn vị đã được đề nghị hình thức này.",
            ),
            models.CheckConstraint(
                name="item_granted_has_decision",
                condition=~Q(state=ItemState.GRANTED) | Q(decision__isnull=False),
                violation_error_message="Dòng được tặng phải thuộc một quyết định.",
            ),
            models.CheckConstraint(
                name="item_forwarded_has_number_and_day",
                condition=~Q(state=ItemState.FORWARDED)
                | (~Q(forwarded_number="") & Q(forwarded_on__isnull=False)),
                violation_error_message="Dòng đã trình cấp Nhà nước phải có số và ngày tờ trình.",
            ),
            models.CheckConstraint(
                name="item_refused_has_reason",
                condition=~Q(state__in=(ItemState.REFUSED, ItemState.SUSPENDED)) | ~Q(reason=""),
                violation_error_message="Dòng không được tặng hoặc chưa xét phải nêu lý do.",
            ),
        )

    def __str__(self):
        return f"{self.award} – {self.unit or 'chưa nêu tên đơn vị'}"

    def get_absolute_url(self):
        return reverse("board:item_detail", args=(self.pk,))

    @property
    def bloc_year(self):
        return self.proposal.bloc_year

    @property
    def forwarded_words(self):
        """«Tờ trình số 12/TTr-UBND ngày 05/12/2026»; empty before it was submitted to the State."""
        if not self.forwarded_on:
            return ""
        return f"Tờ trình số {self.forwarded_number} ngày {short_date(self.forwarded_on)}"

    @property
    def printed_merit(self):
        """What submission and decision say of the unit; a plain sentence where nothing is typed."""
        plain = f"Có thành tích trong phong trào thi đua {self.proposal.bloc_year.words}"
        return self.merit or plain
