"""Two people give one number at the same moment: the first one has it, the second is told so.

Each act runs in a transaction and on a connection of its own, the second one while the first is not
committed yet. Both databases are asked.
"""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from agreements.actions.agreements import edit_agreement
from agreements.actions.paper_copies import PaperSigner, record_signed_agreement
from agreements.enums import AgreementState
from agreements.models import Signature
from agreements.workflows import AGREEMENT
from awards.board.actions import forward_item
from awards.decisions.actions import sign_decision
from awards.proposals.actions.proposals import edit_proposal, move_proposal
from blocs.conferences.actions.papers import record_signed_minutes, sign_minutes
from blocs.registrations.actions import record_signed_registration
from blocs.reports.actions.reports import record_signed_report
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.actions.amendments import Amending, amend_rules
from blocs.years.models import YearMember
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    government_flag,
)
from tests.factories.blocs import BlocFactory, ReportFactory, fill, year_with_members
from tests.factories.conferences import (
    END,
    add_agenda,
    conference_of,
    named_year,
    set_aside_the_rest,
)
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from thidua.common.workflow import perform
from thidua.papers.signed_copies import CopyEntry

pytestmark = pytest.mark.django_db(transaction=True)
NOW = "2026-12-20T03:00:00Z"
TODAY = dt.date(2026, 12, 20)
# One number, in the year of whichever day.
NUMBER = "12/KH"
TAKEN = (
    " đã dùng số này; trong một năm mỗi số chỉ dùng cho một văn bản cùng loại. Hãy lấy số tiếp "
    "theo ở sổ đăng ký văn bản đi."
)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def entry(day=TODAY):
    scan = SimpleUploadedFile("ban-giay.pdf", files.pdf(str(time.monotonic_ns())))
    return CopyEntry(number=NUMBER, signed_on=day, signers="Nguyễn Văn A", scan=scan)


def two_years(state, count=2):
    """Two years of one bloc, each with units of its own."""
    bloc = BlocFactory()
    return [year_with_members(count, bloc=bloc, year=year, state=state) for year in (2026, 2027)]


def circulated():
    for year in two_years(YearState.OPEN):
        made = AgreementFactory(bloc_year=year, number=NUMBER, signed_on=TODAY)
        head = leader_of(year.head)
        yield lambda made=made, head=head: perform(AGREEMENT, "circulate", made, actor=head)


def renumbered():
    """Agreements that go round already: their text may still change."""
    for year in two_years(YearState.OPEN):
        made = AgreementFactory(bloc_year=year, state=AgreementState.SIGNING, signed_on=TODAY)
        text, writer = {"number": NUMBER}, editor_of(year.head)
        yield lambda made=made, text=text, writer=writer: edit_agreement(
            made, actor=writer, text=text, targets=()
        )


def agreed_by_hand():
    for year in two_years(YearState.OPEN):
        signers = [PaperSigner(one.unit, "Trần Văn A", "Giám đốc") for one in year.members.all()]
        head = leader_of(year.head)
        yield lambda year=year, signers=signers, head=head: record_signed_agreement(
            year, entry=entry(), signers=signers, reason="", actor=head
        )


def submitted():
    for year in two_years(YearState.RANKED):
        proposal = ProposalFactory(bloc_year=year, number=NUMBER)
        ProposalItemFactory(proposal=proposal)
        head = leader_of(year.head)
        yield lambda proposal=proposal, head=head: move_proposal(proposal, "submit", actor=head)


def resubmitted():
    """Proposals that came back: they were sent, so what they say of their number counts."""
    for year in two_years(YearState.RANKED):
        proposal = ProposalFactory(bloc_year=year, number="", received=True)
        type(proposal).objects.filter(pk=proposal.pk).update(state="returned")
        header, writer = {"number": NUMBER}, editor_of(year.head)
        yield lambda proposal=proposal, header=header, writer=writer: edit_proposal(
            proposal, actor=writer, header=header, items=()
        )


def counted_conferences():
    bloc = BlocFactory()
    for year in (2020, 2021):
        found = conference_of(
            named_year(bloc=bloc, year=year),
            state=ConferenceState.COUNTED,
            next_head_basis="do tỉnh giao",
        )
        add_agenda(found, ("Biểu quyết", "08/08 đơn vị giơ tay đồng ý.", ""))
        set_aside_the_rest(found.bloc_year)
        yield found


def signed_minutes():
    for found in counted_conferences():
        facts = {"ended_at": END, "approvals": 8, "actor": leader_of(found.bloc_year.head)}
        yield lambda found=found, facts=facts: sign_minutes(found, number=NUMBER, **facts)


def minutes_by_hand():
    for found in counted_conferences():
        facts = {"ended_at": END, "approvals": 8, "actor": leader_of(found.bloc_year.head)}
        yield lambda found=found, facts=facts: record_signed_minutes(
            found, entry=entry(dt.date(2021, 1, 29)), **facts
        )


def amended():
    office = official(SeatRole.OFFICE)
    for year in two_years(YearState.OPEN):
        agreement = AgreementFactory(bloc_year=year, signing=True)
        Signature.objects.create(
            agreement=agreement,
            unit=year.head,
            signer_name="Nguyễn Văn A",
            signer_title="Giám đốc",
            signed_by=leader_of(year.head),
            signed_at=dt.datetime(2026, 9, 12, 3, tzinfo=dt.UTC),
            revision=agreement.revision,
        )
        amending = Amending(TODAY, "Quyết định số 15", "Theo quy chế mới.", NUMBER)
        yield lambda year=year, amending=amending: amend_rules(
            year, actor=office, data={"flags": 2}, amending=amending
        )


def years_of_one_unit(state):
    unit = UnitFactory()
    for year in two_years(state):
        YearMember.objects.create(bloc_year=year, unit=unit, order=3)
        yield year, unit


def registered_by_hand():
    for year, unit in years_of_one_unit(YearState.OPEN):
        writer = editor_of(unit)
        yield lambda year=year, unit=unit, writer=writer: record_signed_registration(
            year, unit=unit, entry=entry(), actor=writer
        )


def reported_by_hand():
    for year, unit in years_of_one_unit(YearState.CLOSING):
        report, writer = fill(ReportFactory(bloc_year=year, unit=unit)), editor_of(unit)
        yield lambda report=report, writer=writer: record_signed_report(
            report, entry=entry(), actor=writer, is_confirmed=True
        )


def decided():
    chair = official(SeatRole.CHAIR)
    signature = {"number": NUMBER, "signer_name": "Trần Văn B", "signer_title": "Chủ tịch"}
    for _ in range(2):
        decision = DecisionFactory()
        ProposalItemFactory(state="eligible", proposal__received=True, decision=decision)
        yield lambda decision=decision: sign_decision(
            decision, actor=chair, signed_on=TODAY, **signature
        )


def forwarded():
    """Of two days: one paper of one day may carry several lines."""
    office = official(SeatRole.OFFICE)
    for day in (dt.date(2026, 12, 19), TODAY):
        (year,) = two_years(YearState.PROPOSED)[:1]
        proposal = ProposalFactory(bloc_year=year, received=True)
        facts = {"state": "eligible", "award": government_flag()}
        item = ProposalItemFactory(proposal=proposal, **facts)
        yield lambda item=item, day=day: forward_item(
            item, actor=office, number=NUMBER, signed_on=day
        )


def told(act):
    """What the act is refused with, on a connection of this thread; nothing where it is done."""
    try:
        act()
    except ValidationError as error:
        return error.messages
    finally:
        connection.close()
    return []


def wait_for(second):
    """Until the second act waits for the first one, or is done; SQLite shows no waiting."""
    for _ in range(50):
        time.sleep(0.02)
        if second.done() or (connection.vendor == "postgresql" and is_waiting()):
            return


def is_waiting():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize(
    "acts",
    (
        circulated,
        renumbered,
        agreed_by_hand,
        submitted,
        resubmitted,
        signed_minutes,
        minutes_by_hand,
        amended,
        registered_by_hand,
        reported_by_hand,
        decided,
        forwarded,
    ),
)
def test_the_second_waits_for_the_first_and_is_refused(acts):
    with time_machine.travel(NOW), ThreadPoolExecutor(1) as pool:
        first, second = acts()
        with transaction.atomic():
            first()
            later = pool.submit(told, second)
            wait_for(later)
        (sentence,) = later.result()
    assert sentence[-len(TAKEN) :] == TAKEN
