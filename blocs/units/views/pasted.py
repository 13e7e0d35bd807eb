"""A pasted list of names, line by line, as the second step of the page shows it."""

from dataclasses import dataclass, field

from blocs.units.actions.units import usual_letterhead
from blocs.units.domain.unit_lists import Commas, code_for, short_name_for, split_unit_list
from blocs.units.forms.blocs import NewUnitRowForm
from blocs.units.models.blocs import Bloc
from blocs.units.models.units import Unit
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import tone_key


@dataclass(frozen=True)
class PastedLine:
    """One name: a known unit, one to be created, or one that is not needed (`skipped` says why)."""

    number: int
    name: str
    unit: Unit | None
    prefix: str
    short_name: str = ""
    code: str = ""
    skipped: str = ""
    note: str = ""
    errors: dict = field(default_factory=dict)

    @property
    def joins(self):
        return not self.skipped

    @property
    def is_new(self):
        return self.joins and self.unit is None

    def new_unit(self, superior):
        """The fields of the unit to be created; None for a known one."""
        if self.unit:
            return None
        return {
            "name": self.name,
            "short_name": self.short_name,
            "code": self.code,
            "superior": superior,
            "letterhead": usual_letterhead(self.name),
        }


def pasted_lines(bloc: Bloc, typed, posted=None) -> list[PastedLine]:
    """The lines of the list; `posted` holds what was typed for the units to be created."""
    known = known_units()
    codes = set(Unit.objects.values_list("code", flat=True))
    members = set(bloc.memberships.on(typed["starts_on"]).values_list("unit_id", flat=True))
    lines, seen = [], {}
    names = split_unit_list(typed["text"], typed["commas"] or Commas.IN_NAME)
    for number, name in enumerate(names, start=1):
        key = tone_key(name)
        line = understood(number, name, known.get(key), members, seen.get(key))
        seen.setdefault(key, number)
        lines.append(with_proposal(line, codes, posted) if line.is_new else line)
    return lines


def known_units():
    """Units by their name, however its tones are written; standing ones win over ended ones.

    Lists of former years name units as they were called then, and people write aliases; who bears
    a name now comes first.
    """
    rows = Unit.objects.order_by("dissolved_on", "pk")
    ended_first = sorted(rows, key=lambda unit: unit.dissolved_on is None)
    found = {tone_key(name): unit for unit in ended_first for name in unit.other_names}
    return found | {tone_key(unit.name): unit for unit in ended_first}


def understood(number, name, unit, members, first) -> PastedLine:
    skipped = note = ""
    if first:
        skipped = f"Trùng với dòng {first}"
    elif unit and unit.pk in members:
        skipped = "Đang là thành viên"
    elif unit and unit.dissolved_on:
        note = f"Đã thôi hoạt động từ {short_date(unit.dissolved_on)}"
    return PastedLine(number, name, unit, f"dong-{number}", skipped=skipped, note=note)


def with_proposal(line, codes, posted) -> PastedLine:
    """Short name and code: proposed the first time, afterwards as they were typed."""
    proposal = {"short_name": short_name_for(line.name), "code": code_for(line.name, codes)}
    errors = {}
    if posted is not None:
        form = NewUnitRowForm(posted, prefix=line.prefix)
        errors = {name: list(found) for name, found in form.errors.items()}
        proposal = {name: posted.get(form.add_prefix(name), "") for name in proposal}
        proposal |= {k: v for k, v in form.cleaned_data.items() if k in proposal}
        if proposal["code"] in codes:
            errors["code"] = ["Mã này đã dùng cho đơn vị khác."]
    codes.add(proposal["code"])
    return PastedLine(line.number, line.name, None, line.prefix, errors=errors, **proposal)
