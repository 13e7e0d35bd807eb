"""The roll of a conference: exactly the units that take part on its day."""

from blocs.conferences.models.conferences import Attendance, Conference
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing


def call_roll(conference: Conference) -> None:
    """The roll holds exactly the units that take part on the day of the conference."""
    sitting = members_owing(conference.bloc_year, Duty.SIT, conference.day)
    units = list(sitting.values_list("unit_id", flat=True))
    conference.attendances.exclude(unit__in=units).delete()
    known = set(conference.attendances.values_list("unit_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(conference=conference, unit_id=unit) for unit in units if unit not in known
    )
    conference.__dict__.pop("roll", None)
