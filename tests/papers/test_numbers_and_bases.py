"""Number and sign of a paper, and how its legal bases end."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.states import SeatRole
from blocs.years.documents import bases_of
from tests.factories.awards import DecisionFactory, ProposalFactory
from tests.factories.people import leader_of, official
from tests.page_forms import seen_on
from thidua.papers.numbers import composed_number

BASES = "Căn cứ Luật Thi đua, khen thưởng;\nCăn cứ Nghị định số 152/2025/NĐ-CP.\n"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12/TTr-KTĐ5"),
        ("7", "07/TTr-KTĐ5"),
        (" 007 ", "07/TTr-KTĐ5"),
        ("12/TTr-KTĐ5", "12/TTr-KTĐ5"),
        ("12a/TTr-KTĐ5", "12a/TTr-KTĐ5"),
        ("", ""),
    ],
)
def test_a_number_gets_its_sign_once(typed, number):
    assert composed_number(typed, "TTr-KTĐ5") == number


def test_what_has_no_sign_is_refused_with_the_way_to_write_it():
    with pytest.raises(ValidationError) as refusal:
        composed_number("mười hai", "TTr-KTĐ5")
    assert refusal.value.messages == ["Vui lòng ghi số và ký hiệu như 06/TTr-KTĐ5."]


@pytest.mark.django_db
def test_the_number_of_a_submission_is_composed_on_its_page(client):
    proposal = ProposalFactory()
    client.force_login(leader_of(proposal.bloc_year.head))
    url = reverse("proposals:proposal_edit", args=(proposal.bloc_year_id,))
    typed = {"number": "12", "dong-TOTAL_FORMS": "0", "dong-INITIAL_FORMS": "0"}
    assert client.post(url, seen_on(client, url) | typed).status_code == 302
    code = proposal.bloc_year.bloc.code
    assert Proposal.objects.get(pk=proposal.pk).number == f"12/TTr-{code}"


@pytest.mark.django_db
def test_the_number_of_a_decision_is_composed_on_its_page(client):
    decision = DecisionFactory()
    client.force_login(official(SeatRole.CHAIR))
    url = reverse("decisions:decision_sign", args=(decision.pk,))
    help_text = client.get(url).context["form"].fields["number"].help_text
    assert help_text == "Ghi 6 thì in thành 06/QĐ-UBND."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_last", "printed"),
    [
        (BASES, True, (";", ".")),
        (BASES, False, (";", ";")),
        ("Căn cứ Luật\n\nCăn cứ Nghị định ;", True, (";", ".")),
        ("Căn cứ Luật.,\nCăn cứ Nghị định", False, (";", ";")),
    ],
)
def test_bases_end_as_they_stand(text, is_last, printed):
    found = bases_of(text, is_last=is_last, day=dt.date(2026, 12, 8))
    assert tuple(line[-1] for line in found) == printed
    assert [line[-2] in " ;.," for line in found] == [False, False]


@pytest.mark.django_db
def test_a_submission_without_minutes_closes_its_own_last_basis():
    proposal = ProposalFactory(dated_on=dt.date(2026, 12, 8))
    proposal.bloc_year.legal_bases = BASES
    assert submission_paper(proposal).bases == (
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Căn cứ Nghị định số 152/2025/NĐ-CP (chưa đối chiếu).",
    )
