"""Making a token and ending one; both stand in the log book of the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import User
from thidua.api.enums import Scope, TokenState
from thidua.api.models import SHOWN, ApiToken, digest_of, new_secret
from thidua.common.activity import record
from thidua.common.permissions import require, require_proof
from thidua.common.vietnamese.dates import moment_words, short_date

LONGEST = timedelta(days=365)
MOST = 10
PAST = "Ngày hết hạn phải từ hôm nay trở đi."
TOO_LATE = "Mã dùng được nhiều nhất 365 ngày: hạn muộn nhất là {}."
TOO_MANY = f"Đang có {MOST} mã dùng được. Vui lòng kết thúc mã không còn dùng trước."
NOTHING = "Vui lòng chọn ít nhất một loại dữ liệu."
OVER = "Mã này đã kết thúc hoặc hết hạn."
TOLD = "{actor} đã kết thúc mã truy cập “{token}” của bạn lúc {at}."


@dataclass(frozen=True)
class MadeToken:
    """A new token and what it is, which is known at this moment alone."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(*, actor, name: str, scopes: Sequence[str], expires_on: date) -> MadeToken:
    """A token that reads of these scopes what `actor` may read, to the end of a day."""
    require(actor, "api.hold_token")
    require_proof(actor)
    today = timezone.localdate()
    person = User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    refuse_token(person, scopes, expires_on, today)
    secret = new_secret()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=[scope.value for scope in Scope if scope in scopes],
        session_round=person.session_round,
        expires_on=expires_on,
    )
    note = f"Được đọc: {token.scope_words}. Dùng đến hết ngày {short_date(expires_on)}."
    record(actor, "api.make_token", person, label=f"Lập mã truy cập {token}", note=note)
    return MadeToken(token, secret)


def refuse_token(person: User, scopes: Sequence[str], expires_on: date, today: date) -> None:
    """Refuse one that opens nothing, lives too long, or is one too many."""
    latest = today + LONGEST
    if not set(scopes) or not set(scopes) <= set(Scope.values):
        raise ValidationError({"scopes": NOTHING})
    if expires_on < today:
        raise ValidationError({"expires_on": PAST})
    if expires_on > latest:
        raise ValidationError({"expires_on": TOO_LATE.format(short_date(latest))})
    if ApiToken.objects.living(today).filter(person=person).count() >= MOST:
        raise ValidationError(TOO_MANY)


@transaction.atomic
def end_token(token: ApiToken, *, actor) -> ApiToken:
    """Nothing is read by this token any more; its person is told where another ended it."""
    require(actor, "api.end_token", token)
    rows = ApiToken.objects.select_for_update(of=("self", "person")).select_related("person")
    token = rows.get(pk=token.pk)
    if token.state_on(timezone.localdate()) != TokenState.LIVING:
        raise ValidationError(OVER)
    token.ended_at, token.ended_by = timezone.now(), actor
    token.save(update_fields=("ended_at", "ended_by"))
    person = token.person
    if person.pk != actor.pk:
        at = moment_words(token.ended_at)
        person.tell_at_home(TOLD.format(actor=actor, token=token, at=at))
        person.save(update_fields=("reset_note",))
    record(actor, "api.end_token", person, label=f"Kết thúc mã truy cập {token}")
    return token
