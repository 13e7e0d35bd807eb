"""Files of jobs lie on the disk of the program for a few days; no backup keeps them.

A result carries the run that wrote it in its name, so that a run which lost its job to another
never writes into the other's file.
"""

import contextlib
import shutil
from pathlib import Path

from django.conf import settings

from thidua.jobs.models import Job


def folder_of(pk: int) -> Path:
    """The folder of one job."""
    return Path(settings.JOBS_DIR) / str(pk)


def result_path(job: Job) -> Path:
    """Where the last run of the job puts what it makes."""
    return folder_of(job.pk) / f"{job.holder}.out"


def input_path(job: Job) -> Path:
    """The file that was left with the job."""
    return folder_of(job.pk) / "input"


def make_folder(job: Job) -> None:
    """The folder of a job, for the account of the program alone."""
    Path(settings.JOBS_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    folder_of(job.pk).mkdir(mode=0o700, exist_ok=True)


def keep_input(job: Job, content: bytes) -> None:
    """Leave a file with the job."""
    make_folder(job)
    path = input_path(job)
    path.touch(mode=0o600)
    path.write_bytes(content)


def sweep_results(job: Job) -> None:
    """Remove what runs before this one left."""
    for path in folder_of(job.pk).glob("*.out"):
        if path != result_path(job):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()


def remove_files(pk: int) -> None:
    """Remove all files of one job."""
    shutil.rmtree(folder_of(pk), ignore_errors=True)
