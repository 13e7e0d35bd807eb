from dataclasses import asdict
from datetime import date
from functools import lru_cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from blocs.scoring.ranking.part_year import absence_rows, absences_of
from blocs.states import ConferenceState, MemberRole, TableState, YearState
from blocs.units.models.blocs import Bloc
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of, within
from blocs.units.models.units import Unit
from blocs.years.domain.calendar import YearDates, first_paper_day, last_paper_day, outside_faults
from blocs.years.domain.names import first_day, last_day, year_span, year_words
from blocs.years.domain.taking_part import DUE, Duty, YearPart, owes, part_words
from blocs.years.domain.track import NOTHING_GRANTED
from blocs.years.models.members.owing import HANDED_IN, YearMemberQuerySet
from blocs.years.models.progress import TrackPlace, facts_of
from thidua.common.written_once import written

# Once it was opened, a conference says whose year it is.
HELD = (ConferenceState.OPEN, ConferenceState.COUNTED, ConferenceState.SIGNED)


def of_year(year: int, path: str = "") -> Q:
    """Rows of this calendar year, told at `path`; a school year belongs to both it lies in."""
    return Q(**{f"{path}year": year}) | Q(
        **{f"{path}is_school_year": True, f"{path}year": year - 1}
    )


class BlocYearQuerySet(models.QuerySet):
    def in_year(self, year):
        return self.filter(of_year(year))

    def visible_to(self, user):
        """Years the person may see: the list form of `years.view_year`."""
        standing = standing_of(user)
        if standing.sees_all:
            return self
        return self.filter(within(standing.oversees, "bloc") | Q(pk__in=standing.years))

    def with_progress(self):
        """What the year track tells: who owes a step, who has done it, and who is waited for."""
        columns = track_columns(self.db, timezone.localdate())
        return self.annotate(conference_state=F("conference__state"), **columns)

    def for_page(self):
        """What every page of a bloc year shows around its content."""
        around = ("bloc", "head", "deputy", "second_deputy", "regulation", "conference")
        return self.with_progress().select_related(*around)

    def for_list(self):
        """What a list shows of each year: its bloc, its head, how many reports there are."""
        told = track_columns(self.db, timezone.localdate())["report_told"]
        rows = self.annotate(report_told=told).select_related("bloc", "head", "conference")
        return rows.order_by("-year", "bloc__order", "bloc__name", "pk")


def headed_by(units, *, deputies=None) -> Q:
    """Objects of years that one of these units leads: as head, or as one of the deputies.

    `deputies` are the units asked for as deputy, where they are not the same.
    """
    asked = units if deputies is None else deputies
    return (
        Q(bloc_year__head__in=units)
        | Q(bloc_year__deputy__in=asked)
        | Q(bloc_year__second_deputy__in=asked)
    )


class BlocYear(models.Model):
    """One bloc in one year: the spine of the product. All its dates are the bloc's own."""

    bloc = named_reference(Bloc, "khối", related_name="years", day_by="")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    # A school year begins in `year` and ends in the next.
    is_school_year = models.BooleanField("theo năm học", default=False)
    state = models.CharField(
        "trạng thái", max_length=20, choices=YearState, default=YearState.PLANNED
    )
    head = named_reference(Unit, "khối trưởng", optional=True, day_by="")
    deputy = named_reference(Unit, "khối phó", optional=True, day_by="")
    second_deputy = named_reference(Unit, "khối phó thứ hai", optional=True, day_by="")
    head_is_acting = models.BooleanField("phụ trách, chưa là khối trưởng", default=False)
    head_basis = models.CharField("căn cứ giao khối trưởng", max_length=255, blank=True)
    legal_bases = models.TextField(
        "căn cứ pháp lý", blank=True, help_text="Mỗi dòng một căn cứ, in ở đầu các văn bản của năm."
    )
    registration_due = models.DateField("hạn đăng ký thi đua", null=True, blank=True)
    registration_hour = models.TimeField("giờ hạn đăng ký thi đua", null=True, blank=True)
    agreement_due = models.DateField("hạn ký giao ước", null=True, blank=True)
    agreement_hour = models.TimeField("giờ hạn ký giao ước", null=True, blank=True)
    midyear_due = models.DateField("hạn sơ kết", null=True, blank=True)
    midyear_hour = models.TimeField("giờ hạn sơ kết", null=True, blank=True)
    report_due = models.DateField("hạn nộp báo cáo, tự chấm", null=True, blank=True)
    report_hour = models.TimeField("giờ hạn nộp báo cáo, tự chấm", null=True, blank=True)
    appraisal_due = models.DateField("hạn thẩm định", null=True, blank=True)
    appraisal_hour = models.TimeField("giờ hạn thẩm định", null=True, blank=True)
    conference_due = models.DateField("hạn hội nghị tổng kết", null=True, blank=True)
    conference_hour = models.TimeField("giờ hạn hội nghị tổng kết", null=True, blank=True)
    proposal_due = models.DateField("hạn gửi đề nghị", null=True, blank=True)
    proposal_hour = models.TimeField("giờ hạn gửi đề nghị", null=True, blank=True)
    midyear_note = models.TextField("kết quả sơ kết", blank=True)
    # Why the bloc proposes nobody: the year was ended without a proposal.
    no_award_reason = models.TextField("lý do không đề nghị khen thưởng", blank=True)
    is_illustrative = models.BooleanField(
        "có số liệu minh họa",
        default=False,
        help_text="Hiện dòng «số liệu minh họa» trên màn hình.",
    )

    # What the columns of `with_progress()` tell.
    registering_count, registered_count = (
        TrackPlace("registration_told", 0),
        TrackPlace("registration_told", 1),
    )
    unregistered = TrackPlace("registration_told", 2, "")
    member_count, sent_count = TrackPlace("report_told", 0), TrackPlace("report_told", 1)
    appraised_count, unsent = TrackPlace("report_told", 2), TrackPlace("report_told", 3, "")
    signing_count, signed_count = TrackPlace("signing_told", 0), TrackPlace("signing_told", 1)
    unsigned = TrackPlace("signing_told", 2, "")
    # Whether it has such changes, groups, amendments; unless a page has asked, that it may.
    is_changed = is_divided = is_amended = True
    # Members by their unit, where a page has read them with its object.
    known_members = {}

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = "năm thi đua"
        verbose_name_plural = "năm thi đua"
        # Lists of one year know by it which rows are theirs; the rows themselves are wide.
        indexes = (
            models.Index(fields=("year", "is_school_year", "bloc", "id"), name="bloc_year_by_year"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("bloc", "year"),
                name="bloc_year_once",
                violation_error_message="Khối đã có năm thi đua này.",
            ),
            models.CheckConstraint(
                name="bloc_year_acting_head_is_named",
                condition=Q(head_is_acting=False) | Q(head__isnull=False),
                violation_error_message="Phụ trách thì phải nêu đơn vị.",
            ),
        )

    def __str__(self):
        return f"{self.bloc} {self.words}"

    def get_absolute_url(self):
        return reverse("years:year_detail", args=(self.pk,))

    @property
    def span(self):
        """«2026» or «2026–2027»."""
        return year_span(self.year, is_school_year=self.is_school_year)

    @property
    def words(self):
        """«năm 2026» or «năm học 2026–2027»: the one place that words a year."""
        return year_words(self.year, is_school_year=self.is_school_year)

    @property
    def bloc_word(self):
        """What the log book calls the bloc."""
        return self.bloc.word

    @property
    def title_words(self):
        """The same at the beginning of a line."""
        return self.words[0].upper() + self.words[1:]

    def words_after(self, years):
        """How the year so many years later is called, where the bloc goes on as it does now."""
        return year_words(self.year + years, is_school_year=self.is_school_year)

    @property
    def begins_on(self):
        """The first day of the year, from which its twelve months count."""
        return first_day(self.year, is_school_year=self.is_school_year)

    @property
    def ends_on(self):
        """The last day of the year; conference, proposal and decision come after it as a rule."""
        return last_day(self.year, is_school_year=self.is_school_year)

    @property
    def last_paper_on(self):
        """The last day on which anything of the year is written."""
        return last_paper_day(self.year)

    @property
    def paper_basis(self):
        """What every paper of the year rests on at least, and its day: nothing is older."""
        return f"việc chuẩn bị {self.words}", first_paper_day(self.year)

    def outside_faults(self, paper, day):
        """Why a paper of this year cannot be of that day."""
        return outside_faults(paper, day, self.year)

    def sitting_faults(self, sitting, day):
        """Why the year cannot be closed on that day: it has not begun then, or is long over."""
        return outside_faults(sitting, day, self.year, self.begins_on)

    @property
    def dates(self):
        """The days and hours that the bloc has set for its year."""
        names = YearDates.__dataclass_fields__
        return YearDates(**{name: getattr(self, name) for name in names})

    def deadline(self, name):
        """The deadline by the name of its day: the one place from which all tell and ask it."""
        return self.dates.deadline(name)

    @property
    def no_award_words(self):
        """«không đề nghị khen thưởng: …»; empty unless the year was ended without a proposal."""
        reason = self.no_award_reason
        return f"không đề nghị khen thưởng: {reason}" if reason else ""

    @property
    def state_words(self):
        """Its state as people read it: of a year that proposed nobody, that it ended so."""
        is_so = self.state == YearState.DECIDED and self.no_award_reason
        return "Đã kết thúc, không đề nghị khen thưởng" if is_so else self.get_state_display()

    @property
    def outcome_words(self):
        """How a year ended that brought nobody an award; empty else. Asks the database."""
        proposal = getattr(self, "proposal", None)
        if self.state not in (YearState.DECIDED, YearState.ARCHIVED) or proposal is None:
            return self.no_award_words
        given = Q(decision__isnull=False) | Q(forwarded_on__isnull=False)
        is_refused = proposal.submitted_at and not proposal.items.filter(given).exists()
        return NOTHING_GRANTED if is_refused else self.no_award_words

    @property
    def is_midyear_held(self):
        """The review of the middle of the year is over: its result was recorded."""
        return bool(self.midyear_note)

    @property
    def deputy_ids(self):
        return {pk for pk in (self.deputy_id, self.second_deputy_id) if pk}

    @property
    def judged_on(self):
        """The day whose members the year is judged by: that of its conference once it was opened.

        Until then it is today, and None says so.
        """
        conference = getattr(self, "conference", None)
        return conference.day if conference and conference.state in HELD else None

    @property
    def named_on(self):
        """The day whose names of units and bloc the year keeps: that of its conference.

        Without one it is today, and once the year is over its last day.
        """
        return self.judged_on or min(timezone.localdate(), self.ends_on)


class YearMember(models.Model):
    """A unit that takes part in this bloc year, and from when to when where not all the year."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="members", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị", related_name="years")
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    # What the numbered changes amount to; written by their action alone.
    joined_on = models.DateField("tham gia từ ngày", null=True, blank=True, editable=False)
    left_on = models.DateField("thôi tham gia từ ngày", null=True, blank=True, editable=False)
    unconsidered_on = models.DateField("không xét từ ngày", null=True, blank=True, editable=False)
    unsigned_on = models.DateField("không ký từ ngày", null=True, blank=True, editable=False)
    # Two days in each row: the first outside, the first inside again.
    away = models.JSONField("các lần vắng mặt", default=list, blank=True, editable=False)

    objects = YearMemberQuerySet.as_manager()

    # Votes in the award ballot, where a list was asked for them.
    votes = None

    class Meta:
        verbose_name = "thành viên trong năm"
        verbose_name_plural = "thành viên trong năm"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="year_member_once",
                violation_error_message="Đơn vị đã có trong năm thi đua này.",
            ),
        )

    def __str__(self):
        return str(self.unit)

    @property
    def part(self):
        """How it takes part, as the rules read it."""
        aside = self.unconsidered_on, self.unsigned_on
        return YearPart(self.joined_on, self.left_on, *aside, absences_of(self.away))

    @part.setter
    def part(self, part):
        for name, day in asdict(part).items():
            setattr(self, name, day)
        self.away = absence_rows(part.away)

    def owes(self, duty, day=None):
        """Whether this member owes the duty on that day; without one, today."""
        part, asked, last = self.part, day or timezone.localdate(), self.bloc_year.ends_on
        if not part.away or duty not in DUE:
            return owes(part, duty, asked, last=last)
        due = getattr(self.bloc_year, DUE[duty])
        itself = type(self).objects.filter(pk=self.pk)
        is_handed_in = itself.having(*HANDED_IN[duty]).exists()
        return owes(part, duty, asked, due, last=last, is_handed_in=is_handed_in)

    @property
    def part_words(self):
        """«thôi tham gia từ 01/07/2026»; empty for a unit that takes part all the year."""
        return part_words(self.part)

    @property
    def role(self):
        """The unit's role this year, read from the year itself."""
        if self.unit_id == self.bloc_year.head_id:
            return MemberRole.HEAD
        if self.unit_id in self.bloc_year.deputy_ids:
            return MemberRole.DEPUTY
        return MemberRole.MEMBER


def owing_members(duty: Duty):
    """Members that owe the duty on the day `counted_on` of the year of an outer query."""
    return YearMember.objects.owing(duty, OuterRef("counted_on"))


@lru_cache(maxsize=4)
def track_columns(using: str, today: date):
    """The columns of `with_progress()` on that day; `facts_of` names those beside the counts."""
    day = Case(
        When(conference__state__in=HELD, then=TruncDate("conference__starts_at")),
        default=Value(today),
    )
    reporting = owing_members(Duty.REPORT)
    published = BlocYear.objects.filter(pk=OuterRef("pk"), tables__state=TableState.PUBLISHED)
    # Where no unit has a group this is asked of the common table alone, whoever is a member.
    is_covered = Exists(published) & ~Exists(
        reporting.filter(bloc_year=OuterRef("pk")).without_table()
    )
    rows = BlocYear.objects.using(using).annotate(
        counted_on=day,
        has_table=is_covered,
    )
    return written(rows.annotate(**facts_of(BlocYear, today)))
