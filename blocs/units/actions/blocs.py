"""What the province office does with blocs and their members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import MemberChangeKind
from blocs.units.actions.ends import tell_leaving
from blocs.units.actions.units import new_unit, refuse_names
from blocs.units.domain.bloc_order import order_of
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.leaving import Place
from blocs.units.models.units import NO_PAPER, Unit
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.dates import short_date
from thidua.papers.days import day_faults


@dataclass(frozen=True)
class NewMember:
    """One line of a pasted list: a unit that is known, or the fields of one to be created."""

    name: str
    unit: Unit | None = None
    data: Mapping | None = None


@transaction.atomic
def create_bloc(*, actor, data: Mapping) -> Bloc:
    """Enter a new khối or cụm; without an order it stands where the number in its name says."""
    require(actor, "units.manage_bloc")
    bloc = Bloc(**data)
    if data.get("order") is None:
        bloc.order = order_of(bloc.name)
    check_founding(bloc)
    bloc.full_clean()
    bloc.save()
    record(actor, "units.create_bloc", bloc, label="Lập khối, cụm thi đua")
    return bloc


def check_founding(bloc: Bloc) -> None:
    """The founding decision is a paper that exists already."""
    if faults := day_faults("Quyết định thành lập", bloc.founded_on, timezone.localdate()):
        raise ValidationError({"founded_on": faults})


@transaction.atomic
def edit_bloc(bloc: Bloc, *, actor, data: Mapping, seen: str | None = None) -> Bloc:
    """Write the facts of a bloc beside its names, which are dated: see `rename`, `correct_name`."""
    require(actor, "units.manage_bloc")
    bloc = Bloc.objects.select_for_update(of=("self",)).get(pk=bloc.pk)
    refuse_names(bloc, data)
    changes = overwrite(bloc, data, "units.edit_bloc", seen=seen)
    if not changes:
        return bloc
    check_founding(bloc)
    bloc.full_clean()
    bloc.save()
    record(actor, "units.edit_bloc", bloc, label="Sửa thông tin khối, cụm", changes=changes)
    return bloc


@transaction.atomic
def add_member(bloc: Bloc, *, actor, unit: Unit, starts_on: date, decision: str = "") -> Membership:
    """Let a unit belong to the bloc from that day. Refused where it is a member on that day."""
    require(actor, "units.manage_bloc")
    membership = join(bloc, unit, starts_on, decision)
    record(actor, "units.add_member", bloc, label=f"Thêm thành viên: {unit}", note=decision)
    return membership


def join(bloc: Bloc, unit: Unit, starts_on: date, decision: str) -> Membership:
    """The membership itself; ValidationError where it overlaps another one in this bloc."""
    membership = Membership(bloc=bloc, unit=unit, starts_on=starts_on, decision=decision)
    membership.full_clean()
    if last := bloc.memberships.filter(unit=unit, ends_on__gte=starts_on).first():
        raise ValidationError(
            {
                "starts_on": f"{unit} là thành viên của {bloc} đến ngày "
                f"{short_date(last.ends_on)}; ngày vào {bloc.word} phải sau ngày đó."
            }
        )
    membership.save()
    return membership


@transaction.atomic
def end_membership(
    membership: Membership,
    *,
    actor,
    ends_on: date,
    end_decision: str = "",
    to_bloc: Bloc | None = None,
    is_outside: bool = False,
) -> Membership:
    """`ends_on` is the unit's last day in the bloc; the years in which it took part stay.

    It leaves the running and planned years of the bloc from the next day on; `to_bloc` is where it
    goes, `is_outside` that it goes out of the province, neither that it goes nowhere.
    """
    require(actor, "units.manage_bloc")
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.ends_on:
        raise ValidationError(f"Đơn vị đã rời {membership.bloc.word}; không ghi lại lần nữa.")
    # The years keep the same words: a change that is taken back opens the membership by them.
    paper = end_decision or NO_PAPER
    membership.ends_on, membership.end_decision = ends_on, paper
    membership.full_clean()
    membership.save()
    word = membership.bloc.word
    label = f"Thành viên rời {word}: {membership.unit}"
    note = f"Ngày cuối cùng trong {word}: {short_date(ends_on)}. {end_decision}".strip()
    place = Place(to_bloc, is_outside=is_outside) if to_bloc or is_outside else None
    record(actor, "units.end_membership", membership.bloc, label=label, note=note)
    tell_leaving(
        membership.unit,
        actor=actor,
        on=membership.left_on,
        decision=paper,
        kind=MemberChangeKind.MOVED if place else MemberChangeKind.LEFT,
        blocs=[membership.bloc],
        place=place,
    )
    return membership


@transaction.atomic
def paste_members(
    bloc: Bloc, *, actor, members: Sequence[NewMember], starts_on: date, decision: str = ""
) -> Bloc:
    """Take over a published list: unknown units are created, all of them join, or nothing happens.

    A refusal names the unit it comes from.
    """
    require(actor, "units.manage_bloc")
    if not members:
        raise ValidationError(f"Không có đơn vị nào để thêm vào {bloc.word}.")
    reasons = []
    for member in members:
        try:
            join(bloc, member.unit or new_unit(member.data), starts_on, decision)
        except ValidationError as error:
            reasons += [f"{member.name}: {reason}" for reason in error.messages]
    if reasons:
        raise ValidationError(reasons)
    names = "; ".join(member.name for member in members)
    label = f"Thêm {len(members):02d} thành viên từ danh sách"
    record(actor, "units.paste_members", bloc, label=label, note=f"{names}. {decision}".strip())
    return bloc
