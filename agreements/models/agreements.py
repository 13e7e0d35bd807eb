from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agreements.domain.effect import usual_copies
from agreements.enums import AgreementState, Capacity
from blocs.units.models import Unit
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import members_owing
from blocs.years.models.years import headed_by
from thidua.common.fields import author, reference
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.papers.days import day_faults
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import NumberedPaper, number_faults, with_copies
from thidua.papers.signed_copies import copies_of, signed_words
from thidua.papers.stored import papers_of


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements the person may read: the list form of `agreements.view_agreement`."""
        standing = standing_of(user)
        years = BlocYear.objects
        heading = headed_by(standing.units, deputies=standing.leads)
        circulated = ~Q(state=AgreementState.DRAFT) & Q(bloc_year__in=years.visible_to(user))
        return self.filter(heading | circulated)

    def for_page(self):
        return self.select_related("bloc_year__bloc", "bloc_year__head", "bloc_year__deputy")


class Agreement(models.Model):
    """The bloc's agreement of a year: one paper, a signature of every member."""

    bloc_year = models.OneToOneField(
        BlocYear, models.PROTECT, related_name="agreement", verbose_name="năm thi đua"
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=AgreementState, default=AgreementState.DRAFT
    )
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    place = models.CharField("nơi ký", max_length=255, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    legal_bases = models.TextField(
        "căn cứ",
        blank=True,
        help_text="Mỗi dòng một căn cứ; để trống thì in căn cứ của năm thi đua.",
    )
    opening = models.TextField("mở đầu", blank=True)
    contents = models.TextField("nội dung thi đua", blank=True, help_text="Mỗi dòng một nội dung.")
    execution = models.TextField("tổ chức thực hiện", blank=True, help_text="Mỗi dòng một ý.")
    witness = models.CharField("đại diện chứng kiến", max_length=255, blank=True)
    copies = models.PositiveSmallIntegerField("số bản", default=10)
    revision = models.PositiveIntegerField("lần sửa văn bản", default=0)
    effective_at = models.DateTimeField("có hiệu lực lúc", null=True, blank=True)
    missing_reason = models.TextField("lý do có hiệu lực khi chưa đủ chữ ký", blank=True)
    # As counted that day: a change of members that is recorded, or taken back, later moves nothing.
    effect_words = models.CharField("số chữ ký khi có hiệu lực", max_length=120, blank=True)
    # See `given_to`.
    given = None

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"
        constraints = (
            models.CheckConstraint(
                name="agreement_effective_has_time",
                condition=~Q(state__in=(AgreementState.EFFECTIVE, AgreementState.CLOSED))
                | Q(effective_at__isnull=False),
                violation_error_message="Giao ước có hiệu lực phải có thời điểm.",
            ),
        )

    def __str__(self):
        return f"Giao ước thi đua {self.bloc_year.words} của {self.bloc_year.bloc}"

    def get_absolute_url(self):
        return reverse("agreements:agreement_detail", args=(self.bloc_year_id,))

    @property
    def bases(self) -> str:
        """Its own bases, else those of the year."""
        return self.legal_bases or self.bloc_year.legal_bases

    @property
    def effect_day(self):
        """The day on which it took effect: what happened later is not of its text; else None."""
        return day_in_vietnam(self.effective_at) if self.effective_at else None

    @property
    def paper_day(self):
        """The day that the paper bears: it tells of nothing that came after; None while unknown."""
        return self.signed_on or self.effect_day

    @property
    def usual_copies(self):
        """Counted for those who owe a signature on the day of its effect, before that now."""
        return usual_copies(members_owing(self.bloc_year, Duty.SIGN, self.effect_day).count())

    def valid_signatures(self):
        return self.signatures.filter(voided_at=None).select_related("unit")

    @property
    def is_signed_by_hand(self):
        """Whether a paper signed by hand is the agreement, and none was printed of it."""
        return copies_of(self, "agreement").exists() and not papers_of(self).exists()

    def valid_declinings(self):
        return self.declinings.filter(voided_at=None).select_related("unit")

    def owing_units(self):
        """Member units that owe a signature, given or not, in the order of the bloc."""
        return [member.unit for member in members_owing(self.bloc_year, Duty.SIGN)]

    def late_units(self):
        """Keys of the units that came when it was in effect already: each may sign or decline."""
        if self.state != AgreementState.EFFECTIVE:
            return set()
        late = members_owing(self.bloc_year, Duty.SIGN).after_effect()
        return set(late.values_list("unit", flat=True))

    def may_decline(self, unit):
        """While it is in signing every unit; later those alone that were not asked before."""
        return self.state == AgreementState.SIGNING or unit.pk in self.late_units()

    def day_faults(self):
        """Why nobody may sign it with its day: to come, or before its year was prepared."""
        basis, first = self.bloc_year.paper_basis
        today = timezone.localdate()
        return day_faults("Giao ước", self.signed_on, today, basis=basis, basis_day=first)

    def numbered_others(self):
        """The agreements of the bloc that went round or were signed by hand, beside this one."""
        rows = Agreement.objects.filter(bloc_year__bloc=self.bloc_year.bloc_id).exclude(pk=self.pk)
        sent = rows.exclude(state=AgreementState.DRAFT).select_related("bloc_year__bloc")
        return with_copies(
            "agreement", (NumberedPaper(one, str(one), one.number, one.signed_on) for one in sent)
        )

    def number_faults(self):
        """That another agreement of the bloc has this number in the year of its day."""
        return number_faults(self.number, self.signed_on, self.numbered_others())

    def missing_units(self):
        """Member units that have not signed yet, in the order of the bloc."""
        signed = set(self.signatures.filter(voided_at=None).values_list("unit", flat=True))
        return [unit for unit in self.owing_units() if unit.pk not in signed]

    def is_late(self, signature):
        """Whether this signature was given after the agreement had taken effect."""
        return self.effective_at is not None and signature.signed_at > self.effective_at


class Target(models.Model):
    """A measurable goal of the agreement."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="targets", verbose_name="giao ước"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    name = models.CharField("chỉ tiêu", max_length=500)
    measure = models.CharField("đơn vị tính", max_length=60, blank=True)
    planned = models.DecimalField(
        "kế hoạch", max_digits=12, decimal_places=4, null=True, blank=True
    )
    # The path of a leaf, not its row: an amended table has other rows with the same paths.
    leaf = models.CharField("tiêu chí chấm điểm", max_length=200, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ("order", "pk")

    def __str__(self):
        return self.name


class Signature(models.Model):
    """One unit's signature: who signed, in what capacity, when, on which text."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="signatures", verbose_name="giao ước"
    )
    unit = named_reference(Unit, "đơn vị", related_name="signatures", day_by="agreement.bloc_year")
    signer_name = models.CharField("người ký", max_length=150)
    signer_title = models.CharField("chức vụ", max_length=150)
    capacity = models.CharField(
        "thẩm quyền", max_length=10, choices=Capacity, default=Capacity.HEAD, blank=True
    )
    mandate = models.CharField("văn bản ủy quyền", max_length=255, blank=True)
    signed_by = author("tài khoản ký")
    signed_at = models.DateTimeField("ký lúc")
    revision = models.PositiveIntegerField("ký trên lần sửa")
    copy = reference(SignedCopy, "ký trên bản giấy", optional=True)
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_why = models.CharField("lý do hủy", max_length=255, blank=True)

    class Meta:
        verbose_name = "chữ ký"
        verbose_name_plural = "chữ ký"
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "unit"),
                condition=Q(voided_at=None),
                name="signature_one_per_unit",
                violation_error_message="Đơn vị đã ký giao ước này.",
            ),
            models.CheckConstraint(
                name="signature_by_mandate_names_it",
                condition=~Q(capacity=Capacity.AUTHORISED) | ~Q(mandate=""),
                violation_error_message="Ký thừa ủy quyền phải ghi văn bản ủy quyền.",
            ),
        )

    def __str__(self):
        return f"{self.unit}: {self.signer_name}"

    @property
    def signed_words(self):
        return signed_words(self.signed_at, is_on_paper=bool(self.copy_id))


class Declining(models.Model):
    """A unit says that it will not sign, and why; taken back, it stays on record."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="declinings", verbose_name="giao ước"
    )
    unit = named_reference(Unit, "đơn vị", day_by="agreement.bloc_year")
    reason = models.TextField("lý do không ký")
    declined_by = author("người ghi")
    declined_at = models.DateTimeField("ghi lúc")
    revision = models.PositiveIntegerField("không ký lần sửa")
    voided_at = models.DateTimeField("hết giá trị lúc", null=True, blank=True)
    voided_why = models.CharField("vì sao hết giá trị", max_length=255, blank=True)

    class Meta:
        verbose_name = "từ chối ký"
        verbose_name_plural = "từ chối ký"
        ordering = ("declined_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "unit"),
                condition=Q(voided_at=None),
                name="declining_one_per_unit",
                violation_error_message="Đơn vị đã ghi không ký giao ước này.",
            ),
        )

    def __str__(self):
        return f"{self.unit}: không ký"
