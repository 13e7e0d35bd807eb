"""Many accounts at once from a list: all or none, their passwords printed and forgotten."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import SeatRole
from blocs.units.actions.people import create_person
from blocs.units.actions.rosters import RosterPlan
from blocs.units.documents.hand_outs import AccountSlip, hand_out
from blocs.units.domain.person_rosters import (
    MOST_PEOPLE,
    PERSON_COLUMNS,
    KnownPeople,
    KnownPerson,
    RosterPerson,
    person_lines,
)
from blocs.units.domain.rosters import read_roster
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from thidua.accounts.models import User
from thidua.accounts.passwords import one_time_password
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import two_digits
from thidua.papers.papers import render_paper
from thidua.papers.pdf.client import PdfFailed, PdfUnavailable, render_pdf

ACCOUNT = ("full_name", "email", "phone")
CHANGED = (
    "Người dùng hoặc đơn vị đã thay đổi từ khi xem trước, nên chưa mở tài khoản nào. Hãy xem lại "
    "bản xem trước rồi xác nhận."
)
NOBODY_NEW = "Mọi người trong danh sách đã có tài khoản ở vị trí ấy; không có gì để ghi."


def plan_people(text: str) -> RosterPlan:
    """What would become of each line of the list; nothing is written."""
    roster = read_roster(text, PERSON_COLUMNS, MOST_PEOPLE)
    return RosterPlan(roster, person_lines(roster, people_on_record()))


def people_on_record() -> KnownPeople:
    """All accounts with the seats that go on or are asked for, and all units; four queries."""
    today = timezone.localdate()
    seats: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = Seat.objects.not_over(today), AccountRequest.objects.waiting().exclude(role="")
    for found in rows:
        for person, role, code in found.values_list("user", "role", "unit__code"):
            seats[person].add((role, code or ""))
    people = [
        KnownPerson(username, full_name, frozenset(seats[pk]))
        for pk, username, full_name in User.objects.order_by("pk").values_list(
            "pk", "username", "full_name"
        )
    ]
    units = {unit.code: unit.stands_on(today) for unit in Unit.objects.for_list()}
    return KnownPeople(people, units)


def import_people(text: str, *, actor: User, shown: str, address: str) -> bytes:
    """Open the accounts of a list with their seats, or nothing; gives the slips to hand out (PDF).

    Guarded seats wait for a second person. The passwords are in the slips alone: these are printed
    before anything is written, and where they cannot be, no account is opened. ValidationError as
    for `import_units`.
    """
    require(actor, "units.manage_people")
    plan = plan_people(text)
    plan.refuse(shown, nothing=NOBODY_NEW, changed=CHANGED)
    units = {unit.code: unit for unit in Unit.objects.for_list()}
    passwords = {line.number: one_time_password() for line in plan.new}
    slips = [slip_of(line, units, passwords[line.number]) for line in plan.new]
    try:
        content = render_pdf(render_paper(hand_out(slips, address)))
    except (PdfUnavailable, PdfFailed) as error:
        raise ValidationError(f"Chưa mở tài khoản nào: {error}") from error
    _open(plan.new, units, passwords, actor)
    return content


def slip_of(line: RosterPerson, units: dict[str, Unit], password: str) -> AccountSlip:
    """What the person of a line is handed out."""
    role = SeatRole(line.role).label
    place = f"{units[line.unit]} – {role}" if line.unit else role
    return AccountSlip(line.name, place, line.username, password)


@transaction.atomic
def _open(
    lines: Sequence[RosterPerson], units: dict[str, Unit], passwords: dict[int, str], actor: User
) -> None:
    """The accounts and their seats; ValidationError names the line of each refusal."""
    reasons = []
    for line in lines:
        data = {name: line.cells[name] for name in ACCOUNT} | {"username": line.username}
        unit = units[line.unit] if line.unit else None
        seat = {"role": line.role, "unit": unit, "title": line.cells["title"]}
        try:
            create_person(
                actor=actor,
                data=data,
                password=passwords[line.number],
                seat=seat | {"starts_on": line.starts_on},
                is_random=True,
            )
        except ValidationError as error:
            reasons += [f"Dòng {line.number}: {reason}" for reason in error.messages]
    if reasons:
        raise ValidationError(reasons)
    label = f"Mở {two_digits(len(lines))} tài khoản từ danh sách"
    note = "; ".join(f"{line.name} ({line.username})" for line in lines)
    record(actor, "units.import_people", actor, label=label, note=note)
