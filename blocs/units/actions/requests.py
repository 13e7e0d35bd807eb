"""What one person alone may not do to accounts: the administrator asks, a second one confirms."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import RequestKind, RequestOutcome
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import Seat, limits_of
from thidua.accounts.actions import drop_factor, keep_identity
from thidua.accounts.brakes import forget_failures
from thidua.accounts.models import User
from thidua.accounts.second_factor import has_factor
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.dates import moment_words, short_date

DECIDED = "Đề nghị này đã được quyết định. Vui lòng tải lại trang."
ALREADY_ASKED = "Đã có một đề nghị như vậy đang chờ người thứ hai xác nhận."
NONE_WAITS = "Không có vị trí nào ở đơn vị đang chờ bạn xác nhận."
OTHER_LIST = "Danh sách chờ xác nhận đã thay đổi. Hãy đọc lại danh sách rồi xác nhận."
RESET_WORDS = (
    "Mật khẩu của bạn đã được đặt lại lúc {at} theo đề nghị của {asked}{confirmed}. "
    "Nếu bạn không yêu cầu việc này, hãy báo ngay cho cơ quan thường trực."
)

DROPPED_WORDS = (
    "Bước xác thực thứ hai của bạn đã được bỏ lúc {at} theo đề nghị của {asked}, {confirmed} xác "
    "nhận. Nếu bạn không yêu cầu việc này, hãy báo ngay cho cơ quan thường trực."
)
LINKED_WORDS = (
    "Tài khoản của tỉnh đã được gắn với bạn lúc {at} theo đề nghị của {asked}, {confirmed} xác "
    "nhận. Nếu bạn không yêu cầu việc này, hãy báo ngay cho cơ quan thường trực."
)


def locked(person: User) -> User:
    """The row as it is now, held until the transaction ends."""
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


def check_password(person: User, password: str) -> None:
    """Refuse a first password that is too weak for the person."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def put_first_password(person: User, hashed: str, *, told: str = "") -> None:
    """A password that somebody else knows: valid for one sign-in; `told` waits on the home page.

    What the old one opened, sessions and tokens, ends for good.
    """
    person.password = hashed
    person.session_round += 1
    person.must_change_password = True
    person.tell_at_home(told)


def told_of_reset(asked: User, confirmed: User | None = None) -> str:
    """What the person reads whose password others reset."""
    second = f", {confirmed} xác nhận" if confirmed else ""
    at = moment_words(timezone.now())
    return RESET_WORDS.format(at=at, asked=asked, confirmed=second)


def checked_seat(person: User, facts: Mapping) -> Seat:
    """The seat with these facts, refused where it cannot be; it is not saved yet."""
    seat = Seat(user=person, given_on=timezone.localdate(), **facts)
    seat.full_clean()
    if person.seats.on(seat.starts_on).filter(role=seat.role, unit=seat.unit).exists():
        raise ValidationError(f"{person} đang giữ vị trí này: {seat}.")
    return seat


def seat_words(seat: Seat) -> str:
    """The seat as the log book tells it; a day before today is marked."""
    back = f", ghi lùi từ ngày {short_date(seat.starts_on)}" if seat.is_back_dated else ""
    limits = "".join(f", {words}" for words in limits_of([seat]).values())
    return f"{seat}{limits}{back}"


def ask_for_seat(person: User, *, actor, facts: Mapping) -> AccountRequest:
    """Keep the seat as a request; a second person decides."""
    require(actor, "units.manage_people")
    seat = checked_seat(person, facts)
    waiting = person.account_requests.waiting().filter(role=seat.role, unit=seat.unit)
    if waiting.exists():
        raise ValidationError(ALREADY_ASKED)
    asked = AccountRequest(kind=RequestKind.SEAT, user=person, asked_by=actor, **facts)
    asked.full_clean()
    asked.save()
    record(actor, "units.ask_seat", person, label=f"Đề nghị giao vị trí: {seat_words(seat)}")
    return asked


def ask_for_password(person: User, *, actor, password: str) -> AccountRequest:
    """Keep the new first password, hashed, as a request; the old one works until then."""
    require(actor, "units.manage_people")
    check_password(person, password)
    if person.account_requests.waiting().filter(kind=RequestKind.PASSWORD).exists():
        raise ValidationError(ALREADY_ASKED)
    asked = AccountRequest.objects.create(
        kind=RequestKind.PASSWORD, user=person, asked_by=actor, password=make_password(password)
    )
    record(actor, "units.ask_reset", person, label="Đề nghị đặt lại mật khẩu")
    return asked


@transaction.atomic
def ask_for_new_factor(person: User, *, actor) -> AccountRequest:
    """The telephone is lost and so are the codes: a second person decides whether to begin anew."""
    require(actor, "units.manage_people")
    person = locked(person)
    if not has_factor(person):
        raise ValidationError("Người này chưa đặt bước xác thực thứ hai.")
    if person.account_requests.waiting().filter(kind=RequestKind.FACTOR).exists():
        raise ValidationError(ALREADY_ASKED)
    asked = AccountRequest.objects.create(kind=RequestKind.FACTOR, user=person, asked_by=actor)
    record(actor, "units.ask_factor", person, label="Đề nghị bỏ bước xác thực thứ hai")
    return asked


@transaction.atomic
def confirm_request(asked: AccountRequest, *, actor) -> AccountRequest:
    """The second person agrees: the seat is given, or the password holds from now on."""
    asked = held(asked)
    require(actor, "units.confirm_request", asked)
    person = locked(asked.user)
    hashed = asked.password
    decide(asked, RequestOutcome.CONFIRMED, actor)
    label = CARRY_OUT[asked.kind](person, asked, hashed, actor)
    by = f"{asked.asked_by} đề nghị, {actor} xác nhận."
    record(actor, "units.confirm_request", person, label=label, note=by)
    return asked


def mark_of(requests: Iterable[AccountRequest]) -> str:
    """The same for two lists of the same requests."""
    return stamp_of(*(str(asked.pk) for asked in requests))


@transaction.atomic
def confirm_seats(*, actor, shown: str) -> list[AccountRequest]:
    """The second person agrees to every waiting seat in a unit, as the list marked `shown` had it.

    Seats at the province are confirmed one by one. Refused where the list is another one by now.
    """
    require(actor, "units.confirm_seats")
    waiting = list(AccountRequest.objects.seats_in_units(actor).for_list())
    if not waiting:
        raise ValidationError(NONE_WAITS)
    if mark_of(waiting) != shown:
        raise ValidationError(OTHER_LIST)
    return [confirm_request(asked, actor=actor) for asked in waiting]


def give_asked_seat(person: User, asked: AccountRequest, hashed: str, second: User) -> str:
    """Seat the person as it was asked for, checked once more; says what the log book tells."""
    names = ("role", "unit", "title", "starts_on", "ends_on", "sees_only", "edits_only")
    seat = checked_seat(person, {name: getattr(asked, name) for name in names})
    seat.save()
    return f"Giao vị trí: {seat_words(seat)}"


def give_asked_password(person: User, asked: AccountRequest, hashed: str, second: User) -> str:
    """The requested password holds from now on; says what the log book tells."""
    put_first_password(person, hashed, told=told_of_reset(asked.asked_by, second))
    person.save()
    forget_failures(person.username)
    return "Đặt lại mật khẩu lần đầu"


def drop_asked_factor(person: User, asked: AccountRequest, hashed: str, second: User) -> str:
    """Forget the second factor and end all sessions; says what the log book tells."""
    at = moment_words(timezone.now())
    person.tell_at_home(DROPPED_WORDS.format(at=at, asked=asked.asked_by, confirmed=second))
    person.session_round += 1
    person.save()
    drop_factor(person)
    return "Bỏ bước xác thực thứ hai đã đặt"


def link_asked_identity(person: User, asked: AccountRequest, hashed: str, second: User) -> str:
    """Whoever is that subject at the province is this person; says what the log book tells."""
    keep_identity(person, asked.subject)
    at = moment_words(timezone.now())
    person.tell_at_home(LINKED_WORDS.format(at=at, asked=asked.asked_by, confirmed=second))
    person.save()
    return f"Gắn tài khoản của tỉnh: {asked.subject}"


CARRY_OUT = {
    RequestKind.SEAT: give_asked_seat,
    RequestKind.PASSWORD: give_asked_password,
    RequestKind.FACTOR: drop_asked_factor,
    RequestKind.IDENTITY: link_asked_identity,
}


@transaction.atomic
def refuse_request(asked: AccountRequest, *, actor, note: str) -> AccountRequest:
    """The second person does not agree, and says why."""
    asked = held(asked)
    require(actor, "units.confirm_request", asked)
    decide(asked, RequestOutcome.REFUSED, actor, note)
    label = f"Không đồng ý: {asked}"
    record(actor, "units.refuse_request", asked.user, label=label, note=note)
    return asked


@transaction.atomic
def withdraw_request(asked: AccountRequest, *, actor) -> AccountRequest:
    """The administrator takes the request back."""
    asked = held(asked)
    require(actor, "units.manage_people")
    decide(asked, RequestOutcome.WITHDRAWN, actor)
    record(actor, "units.withdraw_request", asked.user, label=f"Rút đề nghị: {asked}")
    return asked


def held(asked: AccountRequest) -> AccountRequest:
    """The request as it is now, held; refused where somebody has decided meanwhile."""
    rows = AccountRequest.objects.select_for_update(of=("self",))
    asked = rows.select_related("user", "unit", "asked_by").get(pk=asked.pk)
    if asked.outcome:
        raise ValidationError(DECIDED)
    return asked


def decide(asked: AccountRequest, outcome: str, actor, note: str = "") -> None:
    """Close the request; the hash of its password is forgotten."""
    asked.outcome, asked.decided_by, asked.decided_at = outcome, actor, timezone.now()
    asked.password, asked.note = "", note
    asked.full_clean()
    asked.save()
