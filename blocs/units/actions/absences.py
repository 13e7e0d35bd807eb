"""Who is away names who stands in, for so many days; and all seats of a person given on at once."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from blocs.units.actions.people import end_seat, give_seat
from blocs.units.models.blocs import Bloc
from blocs.units.models.seats import Seat
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.dates import short_date

PAST = "Ngày bắt đầu vắng mặt phải từ hôm nay."
BACKWARDS = "Ngày cuối vắng mặt phải từ ngày bắt đầu trở đi."
NO_COLLEAGUE = "Người thay phải là người khác, đang giữ vị trí ở cùng đơn vị."
TAKEN = "Từ {start} đến {end} đã có {name} thay; hãy kết thúc trước."
# A seat for longer is given as such, and needs its second person; the number is ours to say.
LONGEST = timedelta(days=60)
TOO_LONG = (
    "Mỗi lần vắng mặt nhiều nhất 60 ngày. Lâu hơn thì đề nghị quản trị hệ thống giao vị trí cho "
    "người khác."
)
AWAY_TOO = "{name} cũng vắng mặt, từ {start} đến {end}: hãy chọn người khác hoặc đổi ngày."
NEW = "Có vị trí mới bắt đầu từ {day}: hãy bàn giao từ một ngày sau đó."
NOT_AWAY = "Không có ai đang hoặc sẽ thay bạn."
SAME = "Người nhận phải là người khác."
NO_SEAT = "{name} không giữ vị trí nào từ ngày {day}."


@transaction.atomic
def name_substitute(
    *, actor: User, substitute: User, title: str, starts_on: date, ends_on: date
) -> list[Seat]:
    """Let a colleague stand in from the first to the last of these days, and no longer.

    The substitute has the person's seats in the units in which both sit; papers say «KT.».
    """
    require(actor, "units.name_substitute")
    today = timezone.localdate()
    if starts_on < today:
        raise ValidationError({"starts_on": PAST})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": BACKWARDS})
    if ends_on - starts_on >= LONGEST:
        raise ValidationError({"ends_on": TOO_LONG})
    shared = own_seats(substitute).on(today).exclude(user=actor).values("unit")
    asked = own_seats(actor).on(starts_on).filter(unit__in=shared).select_related("unit")
    # The locked seats hold off a second absence of the same days.
    mine = list(asked.select_for_update(of=("self",)))
    if not mine:
        raise ValidationError({"substitute": NO_COLLEAGUE})
    for person, said in ((actor, TAKEN), (substitute, AWAY_TOO)):
        overlap = stand_ins(person).filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
        if found := overlap.first():
            days = {"start": short_date(found.starts_on), "end": short_date(found.ends_on)}
            name = found.user if person == actor else substitute
            raise ValidationError(said.format(name=name, **days))
    rows = []
    for seat in mine:
        row = Seat(user=substitute, role=seat.role, unit=seat.unit, title=title)
        row.starts_on, row.ends_on, row.given_on = starts_on, ends_on, today
        row.stands_in_for = seat
        row.full_clean()
        row.save()
        rows.append(row)
    said = "; ".join(map(str, mine))
    days = f"từ {short_date(starts_on)} đến {short_date(ends_on)}"
    label = f"Vắng mặt {days}: {substitute} thay, {said}"
    record(actor, "units.name_substitute", actor, label=label)
    return rows


def own_seats(person: User) -> QuerySet:
    """Seats in units that the person holds himself, not for somebody who is away."""
    return Seat.objects.filter(user=person, unit__isnull=False, stands_in_for=None).order_by("pk")


def stand_ins(person: User) -> QuerySet:
    """Who stands in for the person, now or later, the first first."""
    today = timezone.localdate()
    found = Seat.objects.filter(stands_in_for__user=person).not_over(today)
    return found.select_related("user", "unit").order_by("starts_on", "pk")


@transaction.atomic
def end_absence(*, actor: User) -> int:
    """The person is back: whoever stands in does so until yesterday, whoever would does not."""
    require(actor, "units.name_substitute")
    today = timezone.localdate()
    rows = list(stand_ins(actor).select_for_update(of=("self",)))
    if not rows:
        raise ValidationError(NOT_AWAY)
    for row in rows:
        if row.starts_on >= today:
            row.delete()
            continue
        row.ends_on = today - timedelta(days=1)
        row.save(update_fields=("ends_on",))
    names = ", ".join(sorted({str(row.user) for row in rows}))
    record(actor, "units.end_absence", actor, label=f"Trở lại làm việc, {names} thôi thay")
    return len(rows)


@transaction.atomic
def hand_over_seats(person: User, *, actor: User, to: User, on: date) -> int:
    """Give all seats of a person to another from that day: with them go all open tasks, at once.

    A guarded seat is asked of a second person; the first holder keeps none either way.
    """
    require(actor, "units.manage_people")
    if to.pk == person.pk:
        raise ValidationError({"to": SAME})
    seats = list(person.seats.on(on).filter(stands_in_for=None).select_related("unit"))
    if not seats:
        raise ValidationError({"on": NO_SEAT.format(name=person, day=short_date(on))})
    begun = max(seat.starts_on for seat in person.seats.not_over(on).filter(stands_in_for=None))
    if begun >= on:
        raise ValidationError({"on": NEW.format(day=short_date(begun))})
    for seat in seats:
        end_seat(seat, actor=actor, ends_on=on - timedelta(days=1))
        facts = {"role": seat.role, "unit": seat.unit, "title": seat.title}
        limits = ("sees_only", "edits_only")
        facts |= {name: Bloc.objects.filter(pk__in=getattr(seat, name)) for name in limits}
        give_seat(to, actor=actor, starts_on=on, ends_on=seat.ends_on, **facts)
    label = f"Bàn giao {len(seats):02d} vị trí cho {to} từ {short_date(on)}"
    record(actor, "units.hand_over_seats", person, label=label)
    return len(seats)
