"""What the administrator asked for about accounts, and what a second person made of it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from blocs.states import RequestKind, RequestOutcome, SeatRole
from blocs.units.models import AccountRequest
from thidua.accounts.models import Authenticator, Identity, SpareCodes
from thidua.accounts.second_factor import new_secret
from thidua.api.actions import LONGEST, make_token
from thidua.api.enums import Scope
from thidua.demo.keeping import keep
from thidua.demo.people import PROVINCE_TITLES
from thidua.demo.world import World

DAY = date(2026, 10, 5)
ISSUER = "https://dangnhap.example.vn"
AUDIT = timedelta(days=60)
ANSWERED_AFTER = timedelta(hours=3)
# Seat asked for, for the editor of which unit, what became of it and why.
SEATS = (
    (SeatRole.LEADER, "SNNMT", "", ""),
    (SeatRole.OFFICE, "SXD", RequestOutcome.REFUSED, "Chưa có quyết định phân công."),
    (SeatRole.CHAIR, "SKHCN", RequestOutcome.REFUSED, "Ghi nhầm vai trò."),
    (SeatRole.COUNCIL, "SCT", RequestOutcome.WITHDRAWN, ""),
    (SeatRole.SYSADMIN, "STC", RequestOutcome.WITHDRAWN, ""),
    (SeatRole.AUDITOR, "SNNMT", RequestOutcome.REFUSED, "Đoàn kiểm tra chưa có quyết định."),
)


def make_account_requests(world: World) -> None:
    """One waits for a second person; the others are decided."""
    people = world.people
    for role, code, outcome, note in SEATS:
        unit = world.units[code] if role == SeatRole.LEADER else None
        facts = {"role": role, "unit": unit, "starts_on": DAY}
        if role == SeatRole.AUDITOR:
            facts |= {"ends_on": DAY + AUDIT, "sees_only": [world.blocs["KTĐ5"].pk]}
        facts["title"] = "Phó Giám đốc" if unit else PROVINCE_TITLES[role]
        ask(world, RequestKind.SEAT, people.editors[code], outcome, note=note, **facts)
    ask(world, RequestKind.PASSWORD, people.leaders["STC"], RequestOutcome.CONFIRMED)
    Identity.objects.create(user=people.editors["SNNMT"], issuer=ISSUER, subject="a1b2c3d4")
    ask(
        world,
        RequestKind.IDENTITY,
        people.leaders["SXD"],
        RequestOutcome.WITHDRAWN,
        subject="e5f6a7b8",
    )
    give_factor(people.editors["SNNMT"])
    give_token(people.office)
    ask(world, RequestKind.FACTOR, people.leaders["SCT"], RequestOutcome.WITHDRAWN)


def give_token(person) -> None:
    """The person has a token for another system; nobody knows what it is."""
    make_token(
        actor=person,
        name="Kho dữ liệu dùng chung của tỉnh",
        scopes=[Scope.YEARS, Scope.RANKINGS],
        expires_on=timezone.localdate() + LONGEST,
    )


def give_factor(person) -> None:
    """A person who has no password here has set up a second factor; nobody signs in by it."""
    Authenticator.objects.create(user=person, name="Điện thoại", key=new_secret(person))
    kept = SpareCodes.objects.create(user=person, name="Mã dự phòng")
    kept.keep([StaticToken.random_token()])


def ask(world: World, kind: RequestKind, person, outcome: str, **facts) -> None:
    """A request of the administrator; who withdraws it is he himself, else the office decides."""
    administrator = world.people.province[SeatRole.SYSADMIN]
    decides = administrator if outcome == RequestOutcome.WITHDRAWN else world.people.office
    asked_at = datetime.combine(DAY, time(8, 30), tzinfo=timezone.get_current_timezone())
    decided = {"decided_by": decides, "decided_at": asked_at + ANSWERED_AFTER} if outcome else {}
    request = AccountRequest(kind=kind, user=person, asked_by=administrator, outcome=outcome)
    for name, value in (facts | decided).items():
        setattr(request, name, value)
    keep(request)
    AccountRequest.objects.filter(pk=request.pk).update(asked_at=asked_at)
