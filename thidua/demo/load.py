"""The whole demo in one transaction."""

from dataclasses import dataclass

from django.db import transaction

from blocs.units.models import Bloc, Unit
from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.demo.blocs.bloc_2020 import make_bloc_2020
from thidua.demo.blocs.bloc_2026 import make_bloc_2026
from thidua.demo.blocs.other_blocs import make_other_blocs
from thidua.demo.log import Log
from thidua.demo.people import make_people, make_seats
from thidua.demo.steps.accounts import make_account_requests
from thidua.demo.steps.awards import make_kinds
from thidua.demo.steps.calendars import make_calendars
from thidua.demo.steps.jobs import make_jobs
from thidua.demo.steps.legal import make_legal_documents
from thidua.demo.units import make_places
from thidua.demo.world import World


@dataclass(frozen=True)
class Loaded:
    blocs: int
    units: int
    log_lines: int
    conference: int


def is_empty() -> bool:
    """Whether nobody has begun to use this database."""
    return not any(model.objects.exists() for model in (User, Unit, Bloc))


@transaction.atomic
def load_demo() -> Loaded:
    """Write everything or nothing; the caller has asked whether the database is empty."""
    people = make_people()
    places = make_places({code: user.full_name for code, user in people.leaders.items()})
    make_seats(people, places.units, places.blocs)
    world = World(places.units, places.blocs, people, make_kinds(), Log())
    make_calendars(world)
    make_legal_documents()
    make_account_requests(world)
    conference = make_bloc_2020(world)
    make_bloc_2026(world)
    make_other_blocs(world)
    make_jobs(world)
    world.log.write()
    lines = ActivityEntry.objects.count()
    return Loaded(len(places.blocs), Unit.objects.count(), lines, conference.pk)
