from collections.abc import Mapping

from thidua.common.permissions import require
from thidua.jobs.models import Job
from thidua.jobs.queue import ask_for_job

LOG_JOB = "log_file"


def ask_log_file(*, form: str, wanted: Mapping[str, str], actor) -> Job:
    """Have the wanted lines of the log book written outside of the page; `form`: xlsx or csv."""
    require(actor, "units.read_log_book")
    arguments = {"form": form, "wanted": dict(wanted)}
    return ask_for_job(
        LOG_JOB, title=f"Nhật ký công việc ({form})", arguments=arguments, actor=actor
    )
