"""The signing of the minutes: from here the facts, the points and the paper do not change."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.conferences.actions.conferences import locked_conference
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.sealing import objectable
from blocs.conferences.models.sittings import ended_on, numbered_minutes, seal_reason
from blocs.conferences.workflows import CONFERENCE
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.workflows import REPORT
from blocs.states import BallotMethod, ConferenceState
from blocs.years.models import BlocYear
from thidua.common.models import ActivityEntry
from thidua.common.permissions import require
from thidua.common.workflow import check_move, perform
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import hold_numbers, number_faults
from thidua.papers.signed_copies import CopyEntry, PaperBasis, check_copy, keep_copy
from thidua.papers.stored import pdf_of, store_paper

ON_PAPER = "sign_on_paper"
NOT_ENDED = "Giờ kết thúc còn ở phía trước; biên bản được ký sau khi hội nghị kết thúc."


def sign_minutes(
    conference: Conference, *, ended_at: datetime, number: str, approvals: int, actor
) -> Conference:
    """Sign: the facts are locked, the papers kept, the appraised points agreed.

    The papers are printed before the transaction, so that nobody waits for the printer; inside
    it they come from the cache unless a fact changed meanwhile. Refused with a ValidationError
    where no PDF can be made, and then nothing is changed.
    """
    require(actor, "conferences.sign_minutes", conference)
    facts = {"ended_at": ended_at, "minutes_number": number, "approvals": approvals}
    draft = with_facts(Conference.objects.for_page().get(pk=conference.pk), facts)
    refuse_taken_number(draft)
    check_move(CONFERENCE, CONFERENCE["sign"], draft, actor=actor)
    for _, paper in papers_of_conference(draft):
        pdf_of(paper)
    return keep_signed(conference, facts, actor=actor)


def record_signed_minutes(
    conference: Conference, *, entry: CopyEntry, ended_at: datetime, approvals: int, actor
) -> Conference:
    """Record minutes that were signed by hand: all of what a signature here does, and the scan.

    Refused like a signature, and by field for a scan or day that no signed minutes can have.
    """
    require(actor, "conferences.record_minutes", conference)
    facts = {"ended_at": ended_at, "minutes_number": entry.number, "approvals": approvals}
    draft = with_facts(Conference.objects.for_page().get(pk=conference.pk), facts)
    check_move(CONFERENCE, CONFERENCE[ON_PAPER], draft, actor=actor)
    check_copy(entry, basis_of(draft))
    for _, paper in papers_of_conference(draft):
        pdf_of(paper)
    return keep_signed(conference, facts, actor=actor, move=ON_PAPER, entry=entry)


@transaction.atomic
def add_minutes_copy(conference: Conference, *, entry: CopyEntry, actor) -> SignedCopy:
    """Keep the scan of minutes that were signed here already and by hand as well."""
    require(actor, "conferences.record_minutes", conference)
    hold_numbers(conference.bloc_year.bloc)
    conference = locked_conference(conference, states=(ConferenceState.SIGNED,))
    about = copy_basis(conference)
    return keep_copy(entry, subject=conference, kind="minutes", about=about, actor=actor)


def was_signed_on_paper(conference: Conference) -> bool:
    """Whether its minutes were recorded as signed by hand, and not signed here."""
    action = f"{conference._meta.label_lower}.{ON_PAPER}"
    return ActivityEntry.objects.about(conference).filter(action=action).exists()


def copy_basis(conference: Conference) -> PaperBasis:
    """What minutes signed by hand are held against; once they hold, their own number, too."""
    if conference.state != ConferenceState.SIGNED:
        return basis_of(conference)
    return replace(basis_of(conference), number=conference.minutes_number)


def basis_of(conference: Conference) -> PaperBasis:
    """Minutes are signed when the conference is over, not before."""
    others = tuple(numbered_minutes(conference))
    day = ended_on(conference)
    return PaperBasis("Biên bản hội nghị", conference.title.lower(), day, others)


def refuse_taken_number(conference: Conference) -> None:
    """Minutes of the bloc have a number of their own in the year of the day of the sitting."""
    others = numbered_minutes(conference)
    if taken := number_faults(conference.minutes_number, ended_on(conference), others):
        raise ValidationError({"number": taken})


def with_facts(conference: Conference, facts: dict) -> Conference:
    """The conference with what is said at the signing; not saved."""
    for name, value in facts.items():
        setattr(conference, name, value)
    if faults := ending_faults(conference, conference.ended_at, conference.approvals):
        raise ValidationError(faults)
    return conference


def ending_faults(
    conference: Conference, ended_at: datetime | None, approvals: int | None
) -> dict[str, list[str]]:
    """Why the sitting cannot have ended so, by field; nothing of what is not typed yet."""
    present, faults = presence_of(conference).present, {}
    if approvals is not None and approvals > present:
        faults["approvals"] = [
            f"Số đại biểu thống nhất ({approvals}) nhiều hơn số đại biểu có mặt ({present})."
        ]
    if ended_at and ended_at <= conference.starts_at:
        faults["ended_time"] = ["Giờ kết thúc phải sau giờ bắt đầu."]
    elif ended_at and ended_at > timezone.now():
        faults["ended_time"] = [NOT_ENDED]
    return faults


@transaction.atomic
def keep_signed(
    conference: Conference,
    facts: dict,
    *,
    actor,
    move: str = "sign",
    entry: CopyEntry | None = None,
) -> Conference:
    """Sign, agree the sheets and store the papers, a scan among them: all of it or nothing."""
    hold_numbers(conference.bloc_year.bloc)
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if locked.state == ConferenceState.COUNTED:
        refuse_taken_number(with_facts(locked, facts))
        locked.save()
    signed = perform(CONFERENCE, move, locked, actor=actor)
    signed = Conference.objects.for_page().get(pk=signed.pk)
    if entry:
        about = basis_of(signed)
        keep_copy(entry, subject=signed, kind="minutes", about=about, actor=actor)
    for kind, paper in papers_of_conference(signed):
        store_paper(
            paper,
            subject=signed,
            kind=kind,
            title=paper.title,
            number=signed.minutes_number if kind == "minutes" else "",
            actor=actor,
        )
    for report in objectable(signed):
        perform(REPORT, "agree", report, actor=actor)
    year, now = BlocYear.objects.get(pk=signed.bloc_year_id), timezone.now()
    seal_ranking(year, now, actor=actor, reason=seal_reason(signed))
    return signed


def papers_of_conference(conference: Conference) -> list:
    """The minutes, and the counting minutes of every vote that was counted by a team on paper."""
    papers = [("minutes", minutes_of(conference))]
    if conference.counting_team.strip():
        papers += [
            ("counting_minutes", counting_minutes_of(conference, ballot))
            for ballot in conference.counts
            if ballot.method == BallotMethod.SECRET
        ]
    return papers
