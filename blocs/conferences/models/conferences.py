from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from blocs.conferences.models.ballots import Ballot, BallotLine, flags_first
from blocs.states import (
    AgendaTopic,
    BallotKind,
    ConferenceState,
    MeetingForm,
)
from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import clock, day_in_vietnam, long_date


class ConferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Conferences the person may see: the list form of `conferences.view_conference`."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user))

    def for_page(self):
        """What the page and the papers of a conference read; `counts` reads the votes."""
        attendances = Attendance.objects.select_related("unit").order_by("pk")
        of_year = [f"bloc_year__{name}" for name in ("bloc", "head", "deputy", "regulation")]
        posts = ("next_head", "next_deputy", "next_second_deputy")
        return self.select_related(*of_year, *posts).prefetch_related(
            models.Prefetch("attendances", attendances, to_attr="roll"),
            models.Prefetch("agenda", AgendaItem.objects.all(), to_attr="points"),
        )


class Conference(models.Model):
    """The closing conference of a bloc year: the facts from which the minutes are drafted.

    Once its minutes are signed it is continued by further sittings, numbered from 2, and never
    written anew.
    """

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="sittings", verbose_name="năm thi đua"
    )
    # The year knows its closing conference by this; a further sitting is nobody's main one.
    main_of = models.OneToOneField(
        BlocYear,
        models.PROTECT,
        related_name="conference",
        null=True,
        blank=True,
        editable=False,
        verbose_name="hội nghị tổng kết của năm",
    )
    number = models.PositiveSmallIntegerField("lần họp", default=1)
    state = models.CharField(
        "trạng thái", max_length=20, choices=ConferenceState, default=ConferenceState.PREPARED
    )
    starts_at = models.DateTimeField("bắt đầu lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    # For when it was called, where it was opened on an earlier day, and why it was.
    planned_at = models.DateTimeField("thời gian đã định", null=True, blank=True, editable=False)
    early_reason = models.TextField("lý do họp sớm", blank=True, editable=False)
    place = models.CharField("địa điểm", max_length=255, blank=True)
    form = models.CharField(
        "hình thức", max_length=20, choices=MeetingForm, default=MeetingForm.IN_PERSON
    )
    guests = models.TextField("đại biểu mời", blank=True, help_text="Mỗi dòng một đại biểu.")
    chair_name = models.CharField("họ tên chủ tọa", max_length=150, blank=True)
    chair_title = models.CharField("chức vụ chủ tọa", max_length=255, blank=True)
    secretary_name = models.CharField("họ tên thư ký", max_length=150, blank=True)
    secretary_title = models.CharField("chức vụ thư ký", max_length=255, blank=True)
    counting_team = models.TextField(
        "tổ kiểm phiếu",
        blank=True,
        help_text=("Mỗi dòng một người, tổ trưởng ở dòng đầu: họ tên, đơn vị – nhiệm vụ trong tổ."),
    )
    conclusion = models.TextField("kết luận của chủ tọa", blank=True)
    minutes_number = models.CharField("số biên bản", max_length=60, blank=True)
    # Groups of equal units with the place that the conference gave each: [[[unit, place], …], …].
    equal_order = models.JSONField(
        "thứ hạng của các đơn vị bằng nhau", default=list, blank=True, editable=False
    )
    equal_order_reason = models.TextField("lý do thứ hạng", blank=True, editable=False)
    next_head = named_reference(Unit, "khối trưởng năm sau", optional=True)
    next_deputy = named_reference(Unit, "khối phó năm sau", optional=True)
    next_second_deputy = named_reference(Unit, "khối phó thứ hai năm sau", optional=True)
    next_head_basis = models.CharField(
        "cách chọn",
        max_length=255,
        blank=True,
        help_text="Ví dụ: bầu chọn tại hội nghị; luân phiên; do tỉnh giao.",
    )
    approvals = models.PositiveSmallIntegerField(
        "số đại biểu thống nhất thông qua biên bản", null=True, blank=True
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị tổng kết"
        verbose_name_plural = "hội nghị tổng kết"
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                condition=Q(number__gt=1),
                name="conference_further_sitting_once",
                violation_error_message="Hội nghị bổ sung này đã được lập.",
            ),
            models.CheckConstraint(
                name="conference_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gt=F("starts_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.CheckConstraint(
                name="conference_early_has_reason",
                condition=Q(planned_at=None) | ~Q(early_reason=""),
                violation_error_message="Hội nghị họp sớm hơn ngày đã định phải nêu lý do.",
            ),
            models.CheckConstraint(
                name="conference_signed_has_end",
                condition=~Q(state=ConferenceState.SIGNED) | Q(ended_at__isnull=False),
                violation_error_message="Biên bản đã ký phải có giờ kết thúc hội nghị.",
            ),
            models.CheckConstraint(
                name="conference_two_posts_two_units",
                condition=Q(next_head=None) | Q(next_deputy=None) | ~Q(next_head=F("next_deputy")),
                violation_error_message="Khối trưởng và khối phó phải là hai đơn vị khác nhau.",
            ),
            models.CheckConstraint(
                name="conference_second_deputy_is_another_unit",
                condition=Q(next_second_deputy=None)
                | Q(next_deputy__isnull=False)
                & ~Q(next_second_deputy=F("next_deputy"))
                & (Q(next_head=None) | ~Q(next_second_deputy=F("next_head"))),
                violation_error_message=(
                    "Khối phó thứ hai phải là đơn vị khác với khối trưởng và khối phó thứ nhất."
                ),
            ),
        )

    def __str__(self):
        return f"{self.title} {self.bloc_year}"

    def save(self, *args, **kwargs):
        """Which conference is the main one follows from its number, whoever writes the row."""
        self.main_of_id = None if self.is_further else self.bloc_year_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.address("conference_detail")

    def address(self, name, *more):
        """Where a page of this sitting is, by its name and what stands behind the sitting."""
        sitting = (self.number,) if self.is_further else ()
        return reverse(f"conferences:{name}", args=(self.bloc_year_id, *sitting, *more))

    @property
    def is_further(self):
        """Whether it continues a conference whose minutes are signed."""
        return self.number > 1

    @property
    def title(self):
        """«Hội nghị tổng kết», «Hội nghị bổ sung», «Hội nghị bổ sung lần 2»."""
        if not self.is_further:
            return "Hội nghị tổng kết"
        return "Hội nghị bổ sung" + (f" lần {self.number - 1}" if self.number > 2 else "")

    @property
    def day(self):
        """The day it meets, in Vietnam: whose members sit, vote and are compared."""
        return day_in_vietnam(self.starts_at)

    @property
    def early_words(self):
        """«sớm hơn thời gian đã định (08 giờ 00, ngày 21 tháng 12 năm 2026), lý do: …»."""
        planned = self.planned_at
        if planned is None or self.day >= day_in_vietnam(planned):
            return ""
        reason = self.early_reason.rstrip(" .;")
        when = f"{clock(planned)}, {long_date(planned)}"
        return f"sớm hơn thời gian đã định ({when}), lý do: {reason}"

    @property
    def printed_place(self):
        """The place as papers print it: left open while nobody has written it."""
        return self.place.strip() or "…"

    @cached_property
    def roll(self) -> list["Attendance"]:
        """Attendance in the order of the bloc; `for_page()` loads it with the conference."""
        return list(self.attendances.select_related("unit").order_by("pk"))

    @cached_property
    def points(self) -> list["AgendaItem"]:
        """The agenda in its order; `for_page()` loads it with the conference."""
        return list(self.agenda.all())

    @cached_property
    def counts(self) -> list["Ballot"]:
        """The recorded votes with their lines in one query: award first, then head and deputy.

        Its rounds stand in their order. A count without lines cannot be recorded.
        """
        rows = BallotLine.objects.filter(ballot__conference=self).order_by("pk")
        lines: dict[int, list[BallotLine]] = {}
        for line in flags_first(rows.select_related("unit", "ballot", "award_kind")):
            line.ballot.conference = self
            lines.setdefault(line.ballot_id, []).append(line)
        for own in lines.values():
            own[0].ballot.votes = own
        order = list(BallotKind)
        return sorted(
            (own[0].ballot for own in lines.values()),
            key=lambda row: (order.index(row.kind), row.number),
        )


class Attendance(models.Model):
    """One member unit at the conference: who came for it, or why nobody did."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="attendances", verbose_name="hội nghị"
    )
    unit = named_reference(Unit, "đơn vị", day_by="conference.bloc_year")
    is_present = models.BooleanField("có mặt", default=False)
    delegate_name = models.CharField("họ tên đại biểu", max_length=150, blank=True)
    delegate_title = models.CharField("chức vụ", max_length=150, blank=True)
    absence_reason = models.CharField("lý do vắng", max_length=255, blank=True)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "unit"),
                name="attendance_once",
                violation_error_message="Đơn vị đã có trong danh sách điểm danh.",
            ),
        )

    def __str__(self):
        return str(self.unit)

    @property
    def bloc_year_id(self):
        """In which year it is, as the rights ask."""
        return self.conference.bloc_year_id


class AgendaItem(models.Model):
    """One point of the agenda with what was said and concluded about it."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="agenda", verbose_name="hội nghị"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    title = models.CharField("nội dung", max_length=255)
    topic = models.CharField(
        "số liệu kèm theo", max_length=20, choices=AgendaTopic, default=AgendaTopic.TEXT, blank=True
    )
    text = models.TextField("diễn biến", blank=True)
    # The line of the page on which it was first typed: a post that is sent twice stores it once.
    mark = models.CharField("dấu của dòng", max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = "nội dung hội nghị"
        verbose_name_plural = "nội dung hội nghị"
        ordering = ("order", "pk")

    def __str__(self):
        return self.title
