"""In which running and planned years the members differ from those of the bloc: the one answer.

Asked by the page of the year, by tasks, and before a planned year is opened.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from blocs.states import RUNNING_YEARS, YearState
from blocs.states import MemberChangeKind as K
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.notes import BLOC_NOTES, BlocNote
from blocs.units.models.units import NO_PAPER, Unit
from blocs.years.domain.belonging import Gap, Spell, gap_of
from blocs.years.domain.names import last_day
from blocs.years.domain.rule_words import leader_words
from blocs.years.domain.taking_part import kind_for
from blocs.years.models.changes import MemberChange
from blocs.years.models.leaderships import post_of
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.vietnamese.dates import short_date

COMPARED_YEARS = (YearState.PLANNED, *RUNNING_YEARS)
Spells = dict[tuple[int, int], list[Spell]]


@dataclass(frozen=True)
class MemberDifference:
    """What bloc and year say differently of a unit, and the ways on."""

    bloc_year: BlocYear
    unit: Unit
    gap: Gap
    member: YearMember | None = None

    @property
    def short(self) -> str:
        """«Sở G vào khối từ 01/09/2026», as a task names it."""
        word = self.bloc_year.bloc.word
        if self.gap.since is None:
            return f"{self.unit} không có trong danh sách {word}"
        verb = "vào" if self.gap.is_missing else "rời"
        return f"{self.unit} {verb} {word} từ {short_date(self.gap.since)}"

    @property
    def sentence(self) -> str:
        """What is said differently, as the page of the year tells it."""
        year = self.bloc_year
        paper = f" ({self.gap.paper})" if self.gap.paper else ""
        stands = "chưa có" if self.gap.is_missing else "vẫn còn"
        return f"{self.short}{paper} nhưng {stands} trong thành phần {year.words}."

    @property
    def change_url(self) -> str:
        """The page that brings the year into line, filled in as far as it is known."""
        year = self.bloc_year
        if year.state == YearState.PLANNED:
            asked = f"?don-vi={self.unit.pk}" if self.gap.is_missing else ""
            return reverse("years:year_members", args=(year.pk,)) + asked
        if self.gap.is_missing:
            return self._form(kind_for(K.JOINED, self.member.part if self.member else None))
        has_ended = not self.unit.stands_on(self.gap.on or timezone.localdate())
        return self._form(K.DISSOLVED if has_ended else K.MOVED)

    @property
    def change_label(self) -> str:
        """What the office does there."""
        if self.gap.is_missing:
            return "Đưa vào năm"
        is_planned = self.bloc_year.state == YearState.PLANNED
        return "Bỏ khỏi thành phần" if is_planned else "Ghi thôi tham gia"

    @property
    def keep_url(self) -> str:
        """The page on which the office says that the year stays as it is; before the opening
        there is none: nothing has been fixed."""
        is_planned = self.bloc_year.state == YearState.PLANNED
        return "" if is_planned else self._form(K.KEPT)

    def _form(self, kind: str) -> str:
        on = self.gap.on or max(self.bloc_year.begins_on, timezone.localdate())
        known = {"don-vi": self.unit.pk, "loai": str(kind), "ngay": on.isoformat()}
        known["van-ban"] = self.gap.paper or NO_PAPER
        return (
            f"{reverse('changes:member_change_new', args=(self.bloc_year.pk,))}?{urlencode(known)}"
        )


def differences(bloc_year: BlocYear, today: date | None = None) -> list[MemberDifference]:
    """Those of one year, in the order of the members of its bloc."""
    return differences_of([bloc_year], today)


def difference_words(found: Iterable[MemberDifference]) -> dict[str, str]:
    """The sentences by unit, as a page that lists them is stamped."""
    return {str(one.unit.pk): one.sentence for one in found}


def applying_words(found: Iterable[MemberDifference]) -> list[str]:
    """What taking these over would do to a planned year, beside who comes and who goes."""
    rows, said = list(found), []
    for one in (one for one in rows if not one.gap.is_missing):
        if post := post_of(one.bloc_year, one.unit):
            words = leader_words(one.bloc_year.bloc.word)[post].lower()
            heir = next(iter(heirs_among(one, rows)), None)
            is_free = heir is not None and post_of(one.bloc_year, heir) is None
            then = f"{heir} giữ chức này thay" if is_free else "chức này để khuyết đến khi chọn lại"
            said.append(f"{one.unit} đang là {words}: {then}.")
    return said


def heirs_among(one: MemberDifference, found: Iterable[MemberDifference]) -> list[Unit]:
    """The successors of a unit that leaves a planned year, of those who are there or come now."""
    known = {other.unit.pk for other in found if other.gap.is_missing}
    known |= set(one.bloc_year.members.values_list("unit_id", flat=True))
    rows = one.unit.successions.filter(successor__in=known).select_related("successor")
    return [row.successor for row in rows.order_by("pk")]


@BLOC_NOTES.add
def notes_of(bloc: Bloc) -> list[BlocNote]:
    """Those of all years of a bloc, for its page, which is where its members change."""
    years = bloc.years.filter(state__in=COMPARED_YEARS).order_by("year")
    found = differences_of(years.select_related("bloc", "conference"))
    return [BlocNote(one.sentence, one.change_url) for one in found]


def differences_of(years: Iterable[BlocYear], today: date | None = None) -> list[MemberDifference]:
    """The differences of these years in at most three queries; decided ones have none.

    A bloc whose members nobody recorded is not compared.
    """
    asked = [year for year in years if year.state in COMPARED_YEARS]
    # The clock is read here because all who ask mean «now».
    day = today or timezone.localdate()
    blocs = {year.bloc_id for year in asked}
    rows = Membership.objects.filter(bloc__in=blocs).select_related("unit").order_by("pk")
    spells, units = defaultdict(list), {}
    for row in rows if blocs else ():
        paper = row.decision if row.ends_on is None else row.end_decision
        spells[row.bloc_id, row.unit_id].append(Spell(row.starts_on, row.ends_on, paper))
        units[row.unit_id] = row.unit
    known = {bloc for bloc, _ in spells}
    compared = [year for year in asked if year.bloc_id in known]
    members = members_of_years(compared) if compared else {}
    found = [
        one
        for year in compared
        for one in year_differences(year, spells, units, members.get(year.pk, {}), day)
    ]
    settled = settled_in(compared) if found else {}
    return [one for one in found if not is_settled(one, settled)]


def year_differences(
    year: BlocYear,
    spells: Spells,
    units: dict[int, Unit],
    members: dict[int, YearMember],
    today: date,
) -> Iterable[MemberDifference]:
    """The differences of one year from what was read of its bloc."""
    first, last = year.begins_on, last_day(year.year, is_school_year=year.is_school_year)
    last = min(last, year.judged_on or last)
    ours = {unit: rows for (bloc, unit), rows in spells.items() if bloc == year.bloc_id}
    for pk in dict.fromkeys((*ours, *members)):
        own, member = ours.get(pk, []), members.get(pk)
        days = [today]
        if year.state != YearState.PLANNED:
            days += [one.starts_on for one in own if today < one.starts_on <= last]
            days += [one.ends_on + ONE_DAY for one in own if one.ends_on and today <= one.ends_on]
        gap = gap_of(own, member.part if member else None, first, last, days)
        unit = units.get(pk) or (member.unit if member else None)
        if gap and unit and (not gap.is_missing or unit.stands_on(gap.on or today)):
            yield MemberDifference(year, unit, gap, member)


def members_of_years(years: Iterable[BlocYear]) -> dict[int, dict[int, YearMember]]:
    """The members of each year by their unit."""
    by_pk = {year.pk: year for year in years}
    found: dict[int, dict[int, YearMember]] = defaultdict(dict)
    for row in YearMember.objects.filter(bloc_year__in=by_pk).select_related("unit"):
        # Its unit is called as on the day of the year, which must not be read for each row.
        row.bloc_year = by_pk[row.bloc_year_id]
        found[row.bloc_year_id][row.unit_id] = row
    return found


def settled_in(years: Iterable[BlocYear]) -> dict[tuple[int, int], date]:
    """Until which day's differences the office lets a year stay as it is, by year and unit."""
    rows = MemberChange.objects.filter(
        Q(kind=K.KEPT), bloc_year__in=list(years), cancelled_by=None
    ).order_by("on")
    return {(row.bloc_year_id, row.unit_id): row.on for row in rows}


def is_settled(found: MemberDifference, settled: dict[tuple[int, int], date]) -> bool:
    """Whether the year stays as it is all the same; a later change of the bloc is a new one."""
    day = settled.get((found.bloc_year.pk, found.unit.pk))
    return day is not None and (found.gap.on is None or found.gap.on <= day)
