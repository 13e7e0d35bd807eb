"""Whose tasks are asked for, and those of the years themselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from blocs.states import RegistrationState, YearState
from blocs.units.models.seats import Standing, standing_of
from blocs.years.domain.taking_part import Duty
from blocs.years.models import (
    BlocYear,
    Registration,
    RulesAmendment,
    RulesReading,
    YearMember,
)
from blocs.years.workflows.registrations import OPEN_YEARS
from thidua.common.task_lines import page, returned_label, task
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

SIGNING_YEARS = (YearState.OPEN, YearState.AGREED)
UNSIGNED = (RegistrationState.DRAFT, RegistrationState.RETURNED)


@dataclass(frozen=True)
class Desk:
    """Whose tasks of which moment; `years` are those that go on in the person's blocs."""

    user: object
    standing: Standing
    years: Sequence[BlocYear]
    now: date | datetime

    @property
    def today(self) -> date:
        return self.now.date() if isinstance(self.now, datetime) else self.now


def desk_of(user, now: date | datetime) -> Desk:
    """What the functions of all apps ask, read once for them."""
    standing = standing_of(user)
    years = (
        BlocYear.objects.filter(pk__in=standing.acting_years)
        .exclude(state__in=(YearState.PLANNED, YearState.ARCHIVED))
        .select_related("bloc", "conference", "head", "deputy")
        .order_by("-year", "pk")
    )
    return Desk(user, standing, list(years) if standing.units else [], now)


def registration_tasks(desk):
    """Registrations of own units: to begin, not signed yet, and those that came back."""
    return [*beginning_tasks(desk), *unsigned_tasks(desk)]


def beginning_tasks(desk):
    """Own units that owe a registration and have none: of a year just opened that is everybody."""
    by_pk = {year.pk: year for year in desk.years if year.state in SIGNING_YEARS}
    begun = Registration.objects.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    owing = YearMember.objects.filter(
        ~Exists(begun), bloc_year__in=by_pk, unit__in=desk.standing.units
    ).owing(Duty.REGISTER, desk.today)
    return [
        task(
            f"Lập bản đăng ký thi đua {by_pk[member.bloc_year_id].words}",
            page("registrations:registration_list", member.bloc_year_id),
            member.unit.name,
            by_pk[member.bloc_year_id].deadline("registration_due"),
            desk.now,
        )
        for member in owing.select_related("unit").order_by("pk")
    ]


def unsigned_tasks(desk):
    by_pk = {year.pk: year for year in desk.years if year.state in OPEN_YEARS}
    member = YearMember.objects.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    rows = Registration.objects.filter(
        Exists(member.owing(Duty.REGISTER, desk.today)),
        bloc_year__in=by_pk,
        unit__in=desk.standing.units,
        state__in=UNSIGNED,
    ).select_related("unit")
    return [
        task(
            registration_label(row, year),
            row.get_absolute_url(),
            row.unit.name,
            year.deadline("registration_due"),
            desk.now,
        )
        for row in rows
        if (year := by_pk[row.bloc_year_id]).state in SIGNING_YEARS
        or row.state == RegistrationState.RETURNED
    ]


def registration_label(registration, year):
    """What the unit has to do with its registration; a returned one says why it came back."""
    if registration.state == RegistrationState.RETURNED:
        label = f"Sửa bản đăng ký thi đua bị trả lại {year.words}"
        return returned_label(label, registration.return_reason)
    return f"Ký bản đăng ký thi đua {year.words}"


def receiving_tasks(desk):
    """Signed registrations that the secretary of the head unit receives: a line for each year."""
    headed = {
        year.pk: year
        for year in desk.years
        if year.head_id in desk.standing.edits and year.state in OPEN_YEARS
    }
    if not headed:
        return []
    signed = Registration.objects.filter(bloc_year__in=headed, state=RegistrationState.SIGNED)
    waiting = Counter(signed.values_list("bloc_year_id", flat=True))
    return [
        task(
            f"Tiếp nhận {two_digits(waiting[pk])} bản đăng ký thi đua {year.words}",
            page("registrations:registration_list", pk),
            str(year),
            year.deadline("registration_due"),
            desk.now,
        )
        for pk, year in headed.items()
        if waiting[pk]
    ]


def rules_amendment_tasks(desk):
    """Amendments of the rules of a year that the person has not taken note of."""
    by_pk = {year.pk: year for year in desk.years}
    read = RulesReading.objects.filter(amendment=OuterRef("pk"), user=desk.user)
    found = RulesAmendment.objects.filter(~Exists(read), bloc_year__in=by_pk).order_by("pk")
    return [
        task(
            amendment_label(row),
            page("years:rules_amendment_detail", row.pk),
            str(by_pk[row.bloc_year_id]),
            None,
            desk.today,
        )
        for row in found
    ]


def amendment_label(row):
    """What an amendment changes: the last day of the reports is told itself, old and new."""
    if row.moves_due:
        moved = row.changes[0]
        before, after = moved["before"] or "chưa đặt", moved["after"] or "chưa đặt"
        return f"Hạn nộp báo cáo đã đổi (sửa đổi số {row.number:02d}): {before} → {after} – xem"
    return (
        f"Quy định của năm đã sửa đổi (số {row.number:02d}), áp dụng từ {short_date(row.on)}: "
        f"{two_digits(len(row.changes))} thay đổi – xem"
    )


def aside(words):
    """« (…)» behind the words of a task; empty for nothing."""
    return f" ({words})" if words else ""


def handover_tasks(desk):
    """A decided year is handed over by its head unit."""
    return [
        task(
            f"Bàn giao cho {year.bloc.head_word} mới{aside(year.no_award_words)}",
            page("years:year_detail", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in desk.years
        if year.state == YearState.DECIDED and year.head_id in desk.standing.units
    ]
