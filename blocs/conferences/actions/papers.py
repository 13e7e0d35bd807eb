"""The signing of the minutes: from here the facts, the points and the paper do not change."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.workflows import CONFERENCE
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.workflows import REPORT
from blocs.states import BallotMethod, ConferenceState, ReportState
from blocs.years.models import BlocYear
from thidua.common.permissions import require
from thidua.common.workflow import check_move, perform
from thidua.papers.stored import pdf_of, store_paper

NOT_ENDED = "Giờ kết thúc còn ở phía trước; biên bản được ký sau khi hội nghị kết thúc."
TO_AGREE = (ReportState.APPRAISED, ReportState.EXPLAINED)


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
    check_move(CONFERENCE, CONFERENCE["sign"], draft, actor=actor)
    for _, paper in papers_of_conference(draft):
        pdf_of(paper)
    return keep_signed(conference, facts, actor=actor)


def with_facts(conference: Conference, facts: dict) -> Conference:
    """The conference with what is said at the signing; not saved."""
    for name, value in facts.items():
        setattr(conference, name, value)
    present = presence_of(conference).present
    if conference.approvals > present:
        raise ValidationError(
            {
                "approvals": (
                    f"Số đại biểu thống nhất ({conference.approvals}) nhiều hơn số đại biểu "
                    f"có mặt ({present})."
                )
            }
        )
    if conference.ended_at <= conference.starts_at:
        raise ValidationError({"ended_time": "Giờ kết thúc phải sau giờ bắt đầu."})
    if conference.ended_at > timezone.now():
        raise ValidationError({"ended_time": NOT_ENDED})
    return conference


@transaction.atomic
def keep_signed(conference: Conference, facts: dict, *, actor) -> Conference:
    """Sign, agree the sheets and store the papers: all of it or nothing."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if locked.state == ConferenceState.COUNTED:
        with_facts(locked, facts).save()
    signed = perform(CONFERENCE, "sign", locked, actor=actor)
    signed = Conference.objects.for_page().get(pk=signed.pk)
    for kind, paper in papers_of_conference(signed):
        store_paper(
            paper,
            subject=signed,
            kind=kind,
            title=paper.title,
            number=signed.minutes_number if kind == "minutes" else "",
            actor=actor,
        )
    for report in signed.bloc_year.reports.filter(state__in=TO_AGREE).order_by("pk"):
        perform(REPORT, "agree", report, actor=actor)
    year = BlocYear.objects.get(pk=signed.bloc_year_id)
    seal_ranking(year, timezone.now(), actor=actor)
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
