"""No paper of the demo rests on a text that was issued after the day of the paper."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from agreements.documents.agreement import agreement_paper
from agreements.models import Agreement
from awards.decisions.documents.decision import decision_paper
from awards.decisions.models import Decision
from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.legal.domain.texts import key_of, numbers_in
from blocs.legal.models import LegalDocument, known_texts
from tests.factories.people import editor_of

pytestmark = pytest.mark.django_db


def printed_bases():
    """The day of each paper of the demo that has one, with the bases as they are printed."""
    papers = [
        *((one.signed_on, agreement_paper(one)) for one in Agreement.objects.all()),
        *((one.dated_on, submission_paper(one)) for one in Proposal.objects.all()),
        *((one.signed_on, decision_paper(one, is_draft=False)) for one in Decision.objects.all()),
    ]
    return [(day, paper.title, paper.bases) for day, paper in papers if day]


def too_early(known):
    """(paper, text) for each basis that did not exist on the day of its paper."""
    return [
        (title, number)
        for day, title, bases in printed_bases()
        for line in bases
        for number in numbers_in(line)
        if (found := known.get(key_of(number))) and found.is_later(day)
    ]


def test_no_paper_of_the_demo_cites_what_was_issued_after_its_day(demo):
    known = known_texts()
    assert len(printed_bases()) > 5
    assert too_early(known) == []
    # The sample is one in which something would be found: a text of the last day is later than all.
    late = {key: replace(one, issued_on=date(2099, 1, 1)) for key, one in known.items()}
    assert too_early(late)


def test_a_basis_issued_after_the_day_of_the_paper_is_refused(demo, client):
    agreement = Agreement.objects.filter(state="draft").first()
    law = LegalDocument.objects.get(number="06/2026/QH16")
    client.force_login(editor_of(agreement.bloc_year.head))
    page = reverse("agreements:agreement_edit", args=(agreement.bloc_year_id,))
    typed = client.get(page).context["form"].initial
    sent = {name: value for name, value in typed.items() if value not in (None, "")}
    sent |= {"signed_on": "12/02/2026", "legal_bases": f"Căn cứ {law};"}
    told = client.post(page, sent).context["form"].errors.get("legal_bases")
    assert told == [
        "Văn bản số 06/2026/QH16 ban hành sau ngày của văn bản này (12/02/2026) nên chưa thể là "
        "căn cứ; bỏ dòng đó hoặc sửa lại ngày."
    ]
