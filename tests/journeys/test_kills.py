"""The machine stops in the middle of an act: all of it is there afterwards, or nothing of it.

Each act runs in a process of its own that ends itself (SIGKILL) after a certain statement that
writes, before the transaction ends, or just after it. Until then the database is as it was and the
act can be done again; afterwards it is done, and doing it again is refused or changes nothing.
"""

import os
import signal
import warnings
from contextlib import contextmanager, suppress

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from agreements.actions.signatures import sign_agreement
from awards.decisions.actions import publish_decision, sign_decision
from blocs.reports.actions.cells import autosave_scores
from blocs.reports.actions.scores import save_scores
from blocs.reports.models.one_cell import read_open
from blocs.states import SeatRole, YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, member_report, typed
from tests.house.visits import WRITE, contents
from tests.journeys.test_numbers_at_once import (
    NOW,
    TODAY,
    agreed_by_hand,
    amended,
    minutes_by_hand,
    signed_minutes,
    submitted,
)
from thidua.papers.models import Paper
from thidua.papers.stored import read_paper

pytestmark = pytest.mark.django_db(transaction=True)
# Every statement of every act: `THIDUA_PROVE=1`; the suite stops at the first, middle and last one.
IS_WHOLE = bool(os.environ.get("THIDUA_PROVE"))
BEFORE_COMMIT, AFTER_COMMIT = "before the commit", "after the commit"


def saved():
    report = member_report()
    rows, writer = (
        [typed(report, DIRECT, value="5"), typed(report, COUNT, value="2")],
        editor_of(report.unit),
    )
    return lambda: save_scores(report, rows=rows, actor=writer)


def saved_alone():
    report = member_report()
    rows, writer = [typed(report, DIRECT, value="5")], editor_of(report.unit)
    return lambda: autosave_scores(read_open(report.pk), rows=rows, actor=writer)


def signed():
    """The last signature, which lets the agreement and the year take effect."""
    agreement = AgreementFactory(signing=True)
    *others, last = [member.unit for member in agreement.bloc_year.members.order_by("pk")]
    facts = {"signer_name": "Nguyễn Văn A", "signer_title": "Giám đốc"}
    facts["revision"] = agreement.revision
    for unit in others:
        sign_agreement(agreement, actor=leader_of(unit), unit=unit, **facts)
    leader = leader_of(last)
    return lambda: sign_agreement(agreement, actor=leader, unit=last, **facts)


def draft():
    decision = DecisionFactory()
    year = year_with_members(4, state=YearState.PROPOSED)
    proposal = ProposalFactory(bloc_year=year, received=True)
    ProposalItemFactory(state="eligible", proposal=proposal, decision=decision)
    return decision


def chair_signs(decision, chair):
    signature = {"number": "12/QĐ-UBND", "signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    return sign_decision(decision, actor=chair, signed_on=TODAY, **signature)


def decided():
    decision, chair = draft(), official(SeatRole.CHAIR)
    return lambda: chair_signs(decision, chair)


def published():
    decision, office = draft(), official(SeatRole.OFFICE)
    chair_signs(decision, official(SeatRole.CHAIR))
    return lambda: publish_decision(decision, actor=office)


def first_of(acts):
    """One act of a pair that the test of numbers builds."""

    def build():
        return next(iter(acts()))

    build.__name__ = acts.__name__
    return build


ACTS = (
    saved,
    saved_alone,
    signed,
    decided,
    published,
    *map(
        first_of,
        (agreed_by_hand, submitted, signed_minutes, minutes_by_hand, amended),
    ),
)


@contextmanager
def stopping_after(step):
    """Ends this process after so many written statements."""
    done = 0

    def count(execute, sql, params, many, context):
        nonlocal done
        result = execute(sql, params, many, context)
        done += bool(WRITE.match(sql))
        if done == step:
            stop()
        return result

    with connection.execute_wrapper(count):
        yield


def stop():
    os.kill(os.getpid(), signal.SIGKILL)


def count_writes(act):
    """How many statements of the act write; it is taken back."""
    written = []

    def note(execute, sql, params, many, context):
        if WRITE.match(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        act()
        transaction.set_rollback(True)
    return len(written)


def killed(act, step):
    """Do the act in a process that ends at this step; each side opens a connection of its own."""
    connection.close()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        pid = os.fork()
    if pid == 0:
        try:
            die(act, step)
        finally:
            os._exit(3)  # reached only when nothing stopped the act
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def die(act, step):
    if step == AFTER_COMMIT:
        connection.run_and_clear_commit_hooks = stop
        act()
    elif step == BEFORE_COMMIT:
        connection.commit = connection._commit = stop
        act()
    else:
        with stopping_after(step):
            act()


def steps_of(count):
    chosen = range(1, count + 1) if IS_WHOLE else sorted({1, (count + 1) // 2, count})
    return (*chosen, BEFORE_COMMIT)


def again(act):
    """Whether doing it once more changed anything; a refusal is what people expect to read."""
    before = contents()
    with suppress(ValidationError):
        act()
    return contents() != before


@pytest.mark.parametrize("build", ACTS, ids=lambda build: build.__name__)
def test_an_act_is_done_whole_or_not_at_all(build):
    with time_machine.travel(NOW):
        act = build()
        before, count = contents(), count_writes(act)
        assert count > 0
        for step in steps_of(count):
            assert killed(act, step), step
            assert contents() == before, step
        assert killed(act, AFTER_COMMIT)
        done = contents()
        assert done != before
        assert not again(act)
        assert contents() == done
        for paper in Paper.objects.all():
            assert read_paper(paper).startswith(b"%PDF")
