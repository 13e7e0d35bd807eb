"""Long work that the office asked for and that has ended; nothing is left to be done."""

from django.utils import timezone

from blocs.year_files.actions import IMPORT_JOB
from blocs.years.models import BlocYear
from thidua.demo.keeping import keep_all
from thidua.demo.world import World
from thidua.jobs.enums import JobStatus
from thidua.jobs.models import Job
from thidua.jobs.queue import key_of
from thidua.packets.actions import NAME

FAULT = "Máy chủ hết chỗ nên chưa lập được tệp. Vui lòng làm lại sau khi máy chủ có chỗ."


def make_jobs(world: World) -> None:
    """One made a year out of a file, one was stopped, one could not be done."""
    first, *others = BlocYear.objects.order_by("pk")[:3]
    brought = {"name": "nam-2020.xlsx", "shown": ""}
    made = ended(world, IMPORT_JOB, "Nhập năm từ tệp nam-2020.xlsx", brought, JobStatus.DONE)
    made.result_url = first.get_absolute_url()
    stopped, failed = (
        ended(world, NAME, f"Hồ sơ {year}", {"year": year.pk}, status)
        for year, status in zip(others, (JobStatus.STOPPED, JobStatus.FAILED), strict=True)
    )
    failed.fault = FAULT
    keep_all([made, stopped, failed])


def ended(world: World, kind: str, title: str, arguments: dict, status: str) -> Job:
    """A job of the office that has come to its end."""
    now = timezone.now()
    return Job(
        kind=kind,
        title=title,
        arguments=arguments,
        key=key_of(kind, arguments, None),
        asked_by=world.people.office,
        status=status,
        attempts=1,
        seen_at=now,
        ended_at=now,
    )
