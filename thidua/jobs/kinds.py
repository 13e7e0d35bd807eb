"""What kinds of long work there are: each app says its own when it is loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_KINDS: dict[str, "JobKind"] = {}


class UnknownJobError(LookupError):
    """A kind of job that no app registered."""


class JobDesk(Protocol):
    """What a running kind of job is given."""

    # The job whose run this is.
    job: Any
    actor: Any
    arguments: Mapping[str, Any]
    # Where a kind that makes a file writes it.
    path: Path
    # The file that was left with the job when it was asked for, if one was.
    input_path: Path

    def tell(self, done: int, total: int, step: str) -> None:
        """Say how far it is; ends the work where somebody stopped it or another runs it now."""


@dataclass(frozen=True)
class Made:
    """What a job made: a file as people call it, or the page of what it did."""

    file_name: str = ""
    content_type: str = ""
    url: str = ""


@dataclass(frozen=True)
class JobKind:
    """How a kind of job is done.

    `run` asks the rights of `desk.actor` itself, as they are then. `may_open` says whether the
    person may still have what was made: rights end, files lie for days. With `is_act`, what the
    work writes into the database and the end of the job are one transaction: both or neither.
    `anew` names the page where a person begins with other content after it could not be done.
    """

    name: str
    run: Callable[[JobDesk], Made]
    may_open: Callable[[Any, Mapping[str, Any]], bool]
    is_act: bool = False
    anew: str = ""


def register_job(kind: JobKind) -> JobKind:
    """Make the kind known to workers."""
    _KINDS[kind.name] = kind
    return kind


def job_kind(name: str) -> JobKind:
    """The kind of that name; raises UnknownJobError."""
    try:
        return _KINDS[name]
    except KeyError as error:
        raise UnknownJobError(name) from error
