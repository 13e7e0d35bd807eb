"""Kinds of jobs that tests use: one makes a file of three lines, one writes into the database."""

from contextlib import contextmanager
from unittest.mock import patch

from django.core.exceptions import PermissionDenied, ValidationError

from blocs.units.models import Bloc
from thidua.jobs import kinds, work
from thidua.jobs.kinds import JobKind, Made, register_job
from thidua.jobs.queue import ask_for_job
from thidua.jobs.worker import turn

STEPS = 3


def make_file(desk):
    """Three lines, told one by one; `happens` of a test may come between."""
    with desk.path.open("w") as file:
        for number in range(1, STEPS + 1):
            happening.get(number, lambda desk: None)(desk)
            desk.tell(number, STEPS, f"Dòng {number}")
            file.write(f"{number}\n")
    return Made("ba dòng.txt", "text/plain")


def make_bloc(desk):
    """A bloc with the name that was left in the file."""
    happening.get("before", lambda desk: None)(desk)
    bloc = Bloc.objects.create(code=desk.arguments["code"], name=desk.input_path.read_text())
    happening.get("after", lambda desk: None)(desk)
    return Made(url=bloc.get_absolute_url())


def refuse(desk):
    raise ValidationError("Năm này đã có.")


def forbid(desk):
    raise PermissionDenied


def break_down(desk):
    raise ZeroDivisionError("lỗi của mã")


happening = {}
opened = {"may": True}


@contextmanager
def toy_kinds():
    """The kinds are known while the block runs."""
    before = dict(kinds._KINDS)
    for name, run in (
        ("file", make_file),
        ("refused", refuse),
        ("forbidden", forbid),
        ("broken", break_down),
    ):
        register_job(JobKind(name, run, lambda user, arguments: opened["may"]))
    register_job(JobKind("bloc", make_bloc, lambda user, arguments: True, is_act=True))
    try:
        with patch.object(work, "TELL", 0):
            yield
    finally:
        kinds._KINDS.clear()
        kinds._KINDS.update(before)
        happening.clear()
        opened["may"] = True


def ask(actor, kind="file", content=None, **arguments):
    return ask_for_job(
        kind, title=f"Việc {kind}", arguments=arguments, actor=actor, content=content
    )


def work_off():
    """As a worker does, in the transaction of the test, which the library would close."""
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        turn("thử")
