"""What the province office does with units."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.units.models.blocs import Bloc
from blocs.units.models.units import Unit
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.text import tone_key
from thidua.papers.papers import break_lines

LETTERHEAD_WIDTH = 26

NAMES_APART = (
    "Tên không sửa ở đây: dùng “Đổi tên” khi có tên mới từ một ngày, “Sửa lỗi chính tả trong tên” "
    "khi tên bị viết sai."
)


@transaction.atomic
def create_unit(*, actor, data: Mapping) -> Unit:
    """Enter a new unit. Refused when a standing unit already bears the same name."""
    require(actor, "units.manage_unit")
    unit = new_unit(data)
    record(actor, "units.create_unit", unit, label="Thêm đơn vị")
    return unit


def new_unit(data: Mapping, names: dict[str, Unit] | None = None) -> Unit:
    """The unit itself, kept; `names` are those on record, by their key, of who makes many."""
    unit = Unit(**data)
    unit.full_clean()
    names = names_on_record() if names is None else names
    refuse_second_name(unit, names)
    unit.save()
    names[tone_key(unit.name)] = unit
    return unit


@transaction.atomic
def edit_unit(unit: Unit, *, actor, data: Mapping, seen: str | None = None) -> Unit:
    """Write the facts of a unit beside its names and its end, which are dated acts of their own."""
    require(actor, "units.manage_unit")
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    refuse_names(unit, data)
    changes = overwrite(unit, data, "units.edit_unit", seen=seen)
    if not changes:
        return unit
    unit.full_clean()
    unit.save()
    record(actor, "units.edit_unit", unit, label="Sửa thông tin đơn vị", changes=changes)
    return unit


def refuse_names(named: Unit | Bloc, data: Mapping) -> None:
    """A name is never overwritten: earlier years are called by the name of then."""
    written = [name for name in named.NAMES if name in data and data[name] != getattr(named, name)]
    if written:
        raise ValidationError(NAMES_APART)


def usual_letterhead(name: str) -> str:
    """The name as the head of a paper has it until somebody breaks its lines by hand."""
    return "\n".join(break_lines(name.upper(), LETTERHEAD_WIDTH))


def names_on_record(but: Unit | None = None) -> dict[str, Unit]:
    """The standing units, but for one, by the key of their name."""
    others = Unit.objects.standing().exclude(pk=but.pk if but else None)
    return {tone_key(other.name): other for other in others}


def refuse_second_name(unit: Unit, names: Mapping[str, Unit] | None = None) -> None:
    """Two spellings of one name («ủy», «uỷ») are one unit; ValidationError names the other."""
    names = names_on_record(unit) if names is None else names
    if other := names.get(tone_key(unit.name)):
        raise ValidationError(
            {"name": f"Đã có đơn vị mang tên này: {other.name} (mã {other.code})."}
        )
