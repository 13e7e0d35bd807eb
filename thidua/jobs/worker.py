"""One turn of a worker: take up what others lost, then work off what waits."""

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from thidua.jobs.sweeping import sweep


def turn(name: str) -> None:
    """Sweep, then run every waiting task through the worker of the library."""
    sweep(timezone.now())
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    ).run()
