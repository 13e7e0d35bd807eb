"""The signed minutes of 2020, printed and kept as they would have been."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.papers import papers_of_conference
from blocs.conferences.models import Conference
from thidua.common.models import ActivityEntry
from thidua.demo.log import minutes
from thidua.papers.models import Paper
from thidua.papers.stored import pdf_of, store_paper


def keep_minutes(conference_id: int) -> str:
    """Store the papers of the conference; a sentence where this machine cannot make a PDF."""
    conference = Conference.objects.for_page().get(pk=conference_id)
    papers = papers_of_conference(conference)
    try:
        # Printed before the transaction, so that nobody waits for the printer.
        for _, paper in papers:
            pdf_of(paper)
    except ValidationError as error:
        return " ".join(error.messages)
    store_all(conference, papers)
    return ""


@transaction.atomic
def store_all(conference: Conference, papers) -> None:
    subject = {
        "subject_type": ContentType.objects.get_for_model(conference),
        "subject_id": conference.pk,
    }
    signed = ActivityEntry.objects.get(**subject, action="conferences.conference.sign")
    kept_at = signed.at + minutes(1)
    for kind, paper in papers:
        number = conference.minutes_number if kind == "minutes" else ""
        store_paper(
            paper,
            subject=conference,
            kind=kind,
            title=paper.title,
            number=number,
            actor=signed.actor,
            kept_at=kept_at,
        )
    # The field takes the time of writing by itself.
    Paper.objects.filter(**subject).update(made_at=kept_at)
