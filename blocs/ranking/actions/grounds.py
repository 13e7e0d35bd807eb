"""Grounds on which a unit is out, held, limited in its award, or loses points."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.criteria.models.table_files import disqualifiers_of
from blocs.criteria.models.tables_in_force import table_for
from blocs.ranking.models.grounds import Ground
from blocs.states import YearState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import nfc

# A conclusion may come long after the ranking; only a closed year is left alone.
CLOSED = (YearState.PLANNED, YearState.ARCHIVED)
NOT_NOW = "Năm thi đua đang ở trạng thái “{state}” nên không ghi nhận được."
NOT_A_MEMBER = "Đơn vị không phải là thành viên của năm thi đua này."
UNKNOWN = "Bảng chấm điểm đang áp dụng cho đơn vị không có điều kiện này."
TWICE = "Điều kiện này của đơn vị đã được ghi nhận và còn hiệu lực."
NO_BASIS = "Vui lòng ghi văn bản, kết luận làm căn cứ."
FUTURE = "Ngày không được sau hôm nay."
TOO_EARLY = "Ngày chấm dứt không được trước ngày ghi nhận ({day})."
LIFTED = "Điều kiện này đã chấm dứt hiệu lực."


@transaction.atomic
def record_ground(
    bloc_year: BlocYear,
    *,
    unit: Unit,
    code: str,
    basis: str,
    found_on: dt.date,
    today: dt.date,
    actor: User,
) -> Ground:
    """Record that a ground of the table in force was found for a unit, with the paper saying so.

    Refused (ValidationError by field) for a unit of another bloc, a ground the table does not
    have, one that holds already, and a day to come.
    """
    ground = Ground(
        bloc_year=bloc_year, unit=unit, code=code, basis=nfc(basis).strip(), found_on=found_on
    )
    require(actor, "ranking.record_ground", ground)
    _refuse(ground, today)
    ground.full_clean()
    ground.save()
    changes = [
        {"field": "đơn vị", "before": "", "after": str(unit)},
        {"field": "điều kiện", "before": "", "after": name_of(ground)},
        {"field": "căn cứ", "before": "", "after": ground.basis},
        {"field": "ghi nhận ngày", "before": "", "after": short_date(found_on)},
    ]
    label = f"Ghi nhận điều kiện loại: {unit}"
    record(actor, "ranking.record_ground", bloc_year, label=label, changes=changes)
    return ground


@transaction.atomic
def lift_ground(
    ground: Ground, *, basis: str, lifted_on: dt.date, today: dt.date, actor: User
) -> Ground:
    """End a ground, with the paper that says so; it stays on record."""
    ground = Ground.objects.select_for_update(of=("self",)).get(pk=ground.pk)
    require(actor, "ranking.record_ground", ground)
    if ground.lifted_on is not None:
        raise ValidationError(LIFTED)
    if lifted_on > today:
        raise ValidationError({"lifted_on": FUTURE})
    if lifted_on < ground.found_on:
        raise ValidationError({"lifted_on": TOO_EARLY.format(day=short_date(ground.found_on))})
    ground.lifted_on, ground.lift_basis = lifted_on, nfc(basis).strip()
    if not ground.lift_basis:
        raise ValidationError({"lift_basis": NO_BASIS})
    ground.full_clean()
    ground.save(update_fields=("lifted_on", "lift_basis"))
    changes = [
        {"field": "điều kiện", "before": name_of(ground), "after": ""},
        {"field": "căn cứ chấm dứt", "before": "", "after": ground.lift_basis},
        {"field": "hết hiệu lực ngày", "before": "", "after": short_date(lifted_on)},
    ]
    label = f"Chấm dứt điều kiện loại: {ground.unit}"
    record(actor, "ranking.lift_ground", ground.bloc_year, label=label, changes=changes)
    return ground


def name_of(ground: Ground) -> str:
    """The ground in the words of the unit's table; its code where the table has it no more."""
    return known_grounds(ground.bloc_year, ground.unit).get(ground.code, ground.code)


def known_grounds(bloc_year: BlocYear, unit: Unit) -> dict[str, str]:
    """The grounds of the table by which the unit is scored, by code, in its order."""
    table = table_for(bloc_year, unit)
    return {row.code: row.name for row in disqualifiers_of(table)} if table else {}


def why_no_grounds(bloc_year: BlocYear) -> str:
    """Why nothing is recorded against a unit in this year now; empty where it may be."""
    is_closed = bloc_year.state in CLOSED
    return NOT_NOW.format(state=bloc_year.get_state_display()) if is_closed else ""


def _refuse(ground: Ground, today: dt.date) -> None:
    year = ground.bloc_year
    if words := why_no_grounds(year):
        raise ValidationError(words)
    if not year.members.filter(unit=ground.unit).exists():
        raise ValidationError({"unit": NOT_A_MEMBER})
    if ground.code not in known_grounds(year, ground.unit):
        raise ValidationError({"code": UNKNOWN})
    if year.grounds.filter(unit=ground.unit, code=ground.code, lifted_on=None).exists():
        raise ValidationError({"code": TWICE})
    if not ground.basis:
        raise ValidationError({"basis": NO_BASIS})
    if ground.found_on > today:
        raise ValidationError({"found_on": FUTURE})
