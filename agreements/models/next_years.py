"""Every bloc's next year before it is made: what it takes over, what differs, who is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.utils.text import capfirst

from agreements.domain.next_years import shifted_dates
from agreements.models.agreements import Agreement
from blocs.criteria.models import ScoringTable
from blocs.states import TableState, YearState
from blocs.units.models import Bloc, Membership
from blocs.years.domain.calendar import DAYS, YearDates
from blocs.years.domain.names import first_day, year_words
from blocs.years.models import BlocYear, YearMember
from blocs.years.models.work_calendar import work_calendar
from thidua.common.models import ActivityEntry
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.dates import short_date

OPENED = "agreements.open_next_years"
NO_LAST = "Chưa có năm trước để lấy lại quy định: lập năm đầu tiên ở trang “Lập năm thi đua”."
NOT_BEGUN = "Năm trước còn đang lập nên chưa có gì để lấy lại."
NO_MEMBERS = "Không có thành viên nào ngày {day}: ghi ngày vào theo quyết định ở trang này."


@dataclass(frozen=True)
class NextYear:
    """One bloc: its last year and what the new one would take from it; `skipped` says why not."""

    bloc: Bloc
    year: int
    last: BlocYear | None
    made: BlocYear | None
    dates: YearDates | None
    members: Mapping[int, str]
    former: Mapping[int, str]
    tables: tuple[ScoringTable, ...]
    agreement: Agreement | None

    @property
    def is_school_year(self) -> bool:
        """The bloc goes on as it does now."""
        return bool(self.last and self.last.is_school_year)

    @property
    def begins_on(self):
        """The day whose members the year takes."""
        return first_day(self.year, is_school_year=self.is_school_year)

    @property
    def words(self) -> str:
        """«năm 2027»."""
        return year_words(self.year, is_school_year=self.is_school_year)

    @property
    def skipped(self) -> str:
        """Why nothing is made for this bloc; empty where it can be."""
        if self.made:
            return f"Đã có {self.made.words}."
        if self.last is None:
            return NO_LAST
        if self.last.state == YearState.PLANNED:
            return NOT_BEGUN
        return "" if self.members else NO_MEMBERS.format(day=short_date(self.begins_on))

    @property
    def copied(self) -> list[str]:
        """What the new year takes over, one sentence a line."""
        lines = [f"Quy định, căn cứ của {self.last.words}"] if self.last else []
        lines += [f"{one.title}: {one.leaves} tiêu chí (thành dự thảo)" for one in self.tables]
        if self.agreement:
            lines.append(f"Lời văn giao ước và {self.agreement.lines} chỉ tiêu (thành dự thảo)")
        return lines

    @property
    def differing(self) -> list[str]:
        """What is not as it was: days that move, units that come and go, and what is missing."""
        came = [name for pk, name in self.members.items() if pk not in self.former]
        left = [name for pk, name in self.former.items() if pk not in self.members]
        lines = [f"{label}: {before} → {after}" for label, before, after in self.moved_days]
        lines += [f"Thêm {name}" for name in came] + [f"Bớt {name}" for name in left]
        lines += [] if self.tables else ["Năm trước không có bảng điểm đã ban hành"]
        return lines if self.agreement else [*lines, "Năm trước không có giao ước"]

    @property
    def moved_days(self) -> list[tuple[str, str, str]]:
        """Each last day that is set, before and after."""
        found = [(name, getattr(self.last, name)) for name in DAYS] if self.dates else []
        return [
            (label_of(name), short_date(day), short_date(getattr(self.dates, name)))
            for name, day in found
            if day
        ]


@dataclass(frozen=True)
class PlannedYears:
    """All blocs in use, in their order."""

    rows: tuple[NextYear, ...]

    @cached_property
    def ready(self) -> list[NextYear]:
        """Those for which a year can be made."""
        return [row for row in self.rows if not row.skipped]

    @property
    def mark(self) -> str:
        """The same as long as the same would be made."""
        return stamp_of(*((row.bloc.pk, row.copied, row.differing) for row in self.ready))


def label_of(name: str) -> str:
    """«Hạn nộp báo cáo, tự chấm»."""
    return capfirst(str(BlocYear._meta.get_field(name).verbose_name))


def next_years(year: int) -> PlannedYears:
    """What making the year `year` for every bloc would do; the same number of queries for any."""
    blocs = list(Bloc.objects.filter(is_active=True).order_by("order", "name", "pk"))
    known = BlocYear.objects.filter(bloc__in=blocs, year__lte=year).select_related("bloc")
    lasts, made = {}, {}
    for one in known.order_by("bloc", "year"):
        (made if one.year == year else lasts)[one.bloc_id] = one
    kept = [one.pk for one in lasts.values()]
    tables = ScoringTable.objects.filter(bloc_year__in=kept, state=TableState.PUBLISHED)
    tables = (
        tables.annotate(leaves=Count("criteria", filter=~Q(criteria__kind="group")))
        .select_related("group")
        .order_by("pk")
    )
    texts = Agreement.objects.filter(bloc_year__in=kept).annotate(lines=Count("targets"))
    former = YearMember.objects.filter(bloc_year__in=kept).order_by("order", "pk")
    old, drawn = names_by(former, "bloc_year_id"), by_year(tables)
    agreements = {one.bloc_year_id: one for one in texts}
    members = {
        is_school: members_on(year, is_school_year=is_school)
        for is_school in {one.is_school_year for one in lasts.values()}
    }
    calendar = work_calendar(year, year + 1, year + 2)
    return PlannedYears(
        tuple(
            NextYear(
                bloc=bloc,
                year=year,
                last=last,
                made=made.get(bloc.pk),
                dates=shifted_dates(dates_of(last), year - last.year, calendar) if last else None,
                members=members[last.is_school_year].get(bloc.pk, {}) if last else {},
                former=old.get(last.pk, {}) if last else {},
                tables=drawn.get(last.pk, ()) if last else (),
                agreement=agreements.get(last.pk) if last else None,
            )
            for bloc in blocs
            for last in [lasts.get(bloc.pk)]
        )
    )


def dates_of(year: BlocYear) -> YearDates:
    """Last days and hours of a year."""
    return YearDates(**{name: getattr(year, name) for name in asdict(YearDates())})


def members_on(year: int, *, is_school_year: bool) -> Mapping[int, dict[int, str]]:
    """The units of each bloc on the first day of that year, in the order of the decision."""
    day = first_day(year, is_school_year=is_school_year)
    return names_by(Membership.objects.on(day).order_by("pk"), "bloc_id")


def names_by(rows: QuerySet, key: str) -> Mapping[int, dict[int, str]]:
    """The units of rows, key and name of now, by their bloc or year."""
    found: dict[int, dict[int, str]] = {}
    for owner, unit, name in rows.values_list(key, "unit_id", "unit__name"):
        found.setdefault(owner, {})[unit] = name
    return found


def by_year(tables: Iterable[ScoringTable]) -> Mapping[int, tuple[ScoringTable, ...]]:
    """Tables by the year they are of."""
    found: dict[int, list[ScoringTable]] = {}
    for table in tables:
        found.setdefault(table.bloc_year_id, []).append(table)
    return {pk: tuple(rows) for pk, rows in found.items()}


def untouched_years(year: int) -> list[BlocYear]:
    """Planned years made at once with the others, about which nothing was done since.

    The log book says both: the line of the act, and that no later one is about the year, its
    tables or its agreement.
    """
    planned = BlocYear.objects.filter(year=year, state=YearState.PLANNED).select_related("bloc")
    planned = {one.pk: one for one in planned.order_by("bloc__order", "bloc__name", "pk")}
    lines = lines_about(BlocYear, planned).filter(action=OPENED)
    made = dict(lines.values_list("subject_id", "pk"))
    parts = [(BlocYear, {pk: pk for pk in made})] + [
        (model, dict(model.objects.filter(bloc_year__in=made).values_list("pk", "bloc_year")))
        for model in (ScoringTable, Agreement)
    ]
    touched = {
        owners[key]
        for model, owners in parts
        for key, line in lines_about(model, owners).values_list("subject_id", "pk")
        if line > made[owners[key]]
    }
    return [one for pk, one in planned.items() if pk in made and pk not in touched]


def lines_about(model: type, keys: Iterable[int]):
    """Lines of the log book about these rows of one model."""
    kind = ContentType.objects.get_for_model(model)
    return ActivityEntry.objects.filter(subject_type=kind, subject_id__in=list(keys))
