from blocs.years.models import BlocYear
from thidua.common.permissions import require
from thidua.jobs.models import Job
from thidua.jobs.queue import ask_for_job

NAME = "year_packet"


def ask_packet(bloc_year: BlocYear, *, actor) -> Job:
    """Have all papers of the year that the person may open put into one file."""
    require(actor, "years.view_year", bloc_year)
    arguments = {"year": bloc_year.pk}
    return ask_for_job(NAME, title=f"Hồ sơ {bloc_year}", arguments=arguments, actor=actor)
