"""The roll of a conference: exactly the units that take part on its day."""

from blocs.conferences.models.conferences import Attendance, Conference
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.part_years import absence_words
from thidua.common.vietnamese.bloc_words import in_words_of

CALLED_WRONGLY = (
    "Thành phần ngày họp đã khác với lúc xác nhận kết quả kiểm phiếu: {units}. Khối trưởng "
    "hoặc khối phó mở lại kết quả kiểm phiếu: danh sách điểm danh, túc số theo thành phần mới, "
    "phiếu kiểm lại rồi mới ký biên bản."
)


def call_roll(conference: Conference) -> None:
    """The roll holds exactly the units that take part on the day of the conference."""
    units = [unit.pk for unit in sitting_units(conference)]
    conference.attendances.exclude(unit__in=units).delete()
    known = set(conference.attendances.values_list("unit_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(conference=conference, unit_id=unit) for unit in units if unit not in known
    )
    conference.__dict__.pop("roll", None)


def sitting_units(conference: Conference) -> list[Unit]:
    """The units that sit with the others on the day of the conference, by today's record."""
    return [row.unit for row in members_owing(conference.bloc_year, Duty.SIT, conference.day)]


def roll_refusals(conference: Conference) -> list[str]:
    """Whom a confirmed count has on its roll and who took no part that day, or the other way.

    A change of members that was recorded after the confirmation; before it the roll follows.
    """
    called = {row.unit_id: row.unit for row in conference.roll}
    sitting = {unit.pk: unit for unit in sitting_units(conference)}
    wrong = [unit for pk, unit in called.items() if pk not in sitting]
    absent = absence_words(conference.bloc_year, conference.day, Duty.SIT) if wrong else {}
    said = [
        *(f"{unit} {absent.get(unit.pk, 'không còn là thành viên')}" for unit in wrong),
        *(f"{unit} chưa được điểm danh" for pk, unit in sitting.items() if pk not in called),
    ]
    if not said:
        return []
    words = in_words_of(conference.bloc_year.bloc.word, CALLED_WRONGLY)
    return [words.format(units="; ".join(said))]
