"""No act loses a file whose row stays: whatever is undone, each row still has its own bytes."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from agreements.actions.signatures import sign_agreement
from awards.decisions.actions import sign_decision
from awards.proposals.actions.proposals import move_proposal
from awards.proposals.enums import ItemState
from blocs.conferences.actions.papers import record_signed_minutes, sign_minutes
from blocs.reports.actions.evidence import attach_evidence, remove_evidence
from blocs.reports.actions.locker import delete_evidence, keep_file
from blocs.reports.models import Evidence
from blocs.states import SeatRole
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.conferences import set_aside_the_rest
from tests.factories.different import different_conference, different_year
from tests.factories.files import pdf
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import DIRECT, member_report, row_of
from thidua.papers.models import Paper, SignedCopy
from thidua.papers.signed_copies import CopyEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march_after_the_year():
    """The papers of these acts are of December to February."""
    with time_machine.travel("2027-03-10T02:00:00Z"):
        yield


class UndoneError(Exception):
    """What stops a request after the act is done, before it holds."""


def upload(text="1"):
    return SimpleUploadedFile("Báo cáo.pdf", pdf(text))


def kept(unit=None):
    unit = unit or UnitFactory()
    return keep_file(unit, upload=upload(), expires_on=None, actor=editor_of(unit))


def keeping():
    unit = kept().unit
    person = editor_of(unit)
    return lambda: keep_file(unit, upload=upload("2"), expires_on=None, actor=person)


def deleting():
    file = kept()
    person = editor_of(file.unit)
    return lambda: delete_evidence(file, actor=person)


def attaching():
    report = member_report()
    leaf, person = row_of(report, DIRECT).criterion, editor_of(report.unit)
    return lambda: attach_evidence(report, criterion=leaf, upload=upload(), actor=person)


def removing():
    report = member_report()
    leaf, person = row_of(report, DIRECT).criterion, editor_of(report.unit)
    file = attach_evidence(report, criterion=leaf, upload=upload(), actor=person)
    return lambda: remove_evidence(report, criterion=leaf, evidence=file, actor=person)


def sending():
    """A proposal that was sent, returned, and is sent again under the same title."""
    proposal = ProposalItemFactory().proposal
    head, office = leader_of(proposal.bloc_year.head), official(SeatRole.OFFICE)
    move_proposal(proposal, "submit", actor=head)
    move_proposal(proposal, "return", actor=office, note="Thiếu nhận xét.")
    return lambda: move_proposal(proposal, "submit", actor=head, is_confirmed=True)


def deciding():
    decision, chair = DecisionFactory(), official(SeatRole.CHAIR)
    ProposalItemFactory(state=ItemState.ELIGIBLE, proposal__received=True, decision=decision)
    facts = {
        "number": "123/QĐ-UBND",
        "signed_on": dt.date(2027, 2, 1),
        "signer_name": "Nguyễn Văn A",
        "signer_title": "Chủ tịch",
    }
    return lambda: sign_decision(decision, actor=chair, **facts)


def agreeing():
    agreement = AgreementFactory(signing=True)
    *others, last = [(unit, leader_of(unit)) for unit in agreement.missing_units()]
    for unit, leader in others:
        signed(agreement, unit, leader)
    return lambda: signed(agreement, *last)


def signed(agreement, unit, leader):
    return sign_agreement(
        agreement,
        actor=leader,
        unit=unit,
        revision=agreement.revision,
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
    )


def minuting():
    conference = different_conference(different_year())
    set_aside_the_rest(conference.bloc_year)
    head, ended = leader_of(conference.bloc_year.head), conference.ended_at
    return lambda: sign_minutes(conference, ended_at=ended, number="06", approvals=5, actor=head)


def recording():
    """Minutes signed by hand: the printed ones and the scan."""
    conference = different_conference(different_year())
    set_aside_the_rest(conference.bloc_year)
    head, ended = leader_of(conference.bloc_year.head), conference.ended_at
    entry = CopyEntry("06", dt.date(2026, 12, 19), "Nguyễn Văn A", upload())
    return lambda: record_signed_minutes(
        conference, entry=entry, ended_at=ended, approvals=5, actor=head
    )


# Each act that writes or deletes a file, with the rows of files before and after it.
ACTS = {
    keeping: (1, 2),
    deleting: (1, 0),
    attaching: (0, 1),
    removing: (1, 1),
    sending: (1, 2),
    deciding: (0, 1),
    agreeing: (0, 1),
    minuting: (0, 3),
    recording: (0, 4),
}


def bytes_of_rows():
    """Each row of a file with whether the disk holds what its hash says."""
    rows = [*Evidence.objects.all(), *Paper.objects.all(), *SignedCopy.objects.all()]
    return {(type(row).__name__, row.pk): on_disk(row) == row.sha256 for row in rows}


def on_disk(row):
    if not row.file.storage.exists(row.file.name):
        return "nothing"
    with row.file.open("rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


@transaction.atomic
def undo(act):
    act()
    raise UndoneError


@pytest.mark.parametrize("prepare", ACTS)
def test_an_act_undone_after_its_end_leaves_rows_and_files_as_they_were(
    prepare, django_capture_on_commit_callbacks
):
    act, (before, after) = prepare(), ACTS[prepare]
    rows = bytes_of_rows()
    assert list(rows.values()) == [True] * before
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(UndoneError):
        undo(act)
    assert bytes_of_rows() == rows
    with django_capture_on_commit_callbacks(execute=True):
        act()
    assert list(bytes_of_rows().values()) == [True] * after


def test_a_deleted_file_is_there_until_the_act_holds(django_capture_on_commit_callbacks):
    file = kept()
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(file, actor=editor_of(file.unit))
        assert on_disk(file) == file.sha256
    assert on_disk(file) == "nothing"


def test_a_unit_that_deletes_its_file_leaves_the_same_file_of_another_unit(
    django_capture_on_commit_callbacks,
):
    mine, theirs = kept(), kept()
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(mine, actor=editor_of(mine.unit))
    assert bytes_of_rows() == {("Evidence", theirs.pk): True}
