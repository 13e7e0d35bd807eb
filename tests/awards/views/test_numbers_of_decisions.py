"""A decision is of the year of its lines, and has a number of its own in the year it is signed."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.decisions.models import Decision
from awards.proposals.enums import ItemState
from blocs.states import SeatRole
from tests.factories.awards import DecisionFactory, ProposalItemFactory
from tests.factories.people import official

pytestmark = pytest.mark.django_db
TAKEN = (
    "Quyết định số 01/QĐ-UBND ngày {} đã dùng số này; trong một năm mỗi số chỉ dùng cho một văn "
    "bản cùng loại. Hãy lấy số tiếp theo ở sổ đăng ký văn bản đi."
)
OTHER_YEAR = (
    "Quyết định ghi năm {}, nhưng dòng “{}” là của {}. Hãy ghi đúng năm thi đua, hoặc để dòng ấy "
    "cho quyết định của năm đó."
)


def eligible(**year):
    """A line that the office found eligible, in a year with these facts."""
    line = ProposalItemFactory(state=ItemState.ELIGIBLE, proposal__received=True)
    type(line.proposal.bloc_year).objects.filter(proposal=line.proposal).update(**year)
    line.proposal.bloc_year.refresh_from_db()
    return line


def signed(client, number, day):
    """The page's answer to a signature with this number and day: the errors beside the fields."""
    line = eligible()
    draft = DecisionFactory()
    draft.items.add(line)
    client.force_login(official(SeatRole.CHAIR))
    typed = {"number": number, "signed_on": day, "signer_name": "A", "signer_title": "Chủ tịch"}
    answer = client.post(reverse("decisions:decision_sign", args=(draft.pk,)), typed)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


@pytest.mark.parametrize(
    ("number", "day", "is_taken"),
    (
        ("01/QĐ-UBND", "05/03/2027", True),
        ("1", "05/03/2027", True),
        ("01/QĐ-UBND (minh họa)", "05/03/2027", True),
        ("001/qđ-ubnd", "05/03/2027", True),
        ("01/QĐ-UBND", "30/12/2026", False),
        ("10/QĐ-UBND", "05/03/2027", False),
        ("01/QĐ-HĐTĐKT", "05/03/2027", False),
    ),
)
def test_a_number_is_taken_once_in_the_year_of_the_signature(client, number, day, is_taken):
    first = DecisionFactory(
        state="signed", number="01/QĐ-UBND", signed_on=dt.date(2027, 3, 1), year=2025
    )
    told = {"number": [TAKEN.format("01/03/2027")]} if is_taken else {}
    assert signed(client, number, day) == told
    rest = Decision.objects.exclude(pk=first.pk).get()
    assert (rest.state, Decision.objects.filter(state="signed").count()) == (
        ("draft", 1) if is_taken else ("signed", 2)
    )


def drafted(client, year, line):
    client.force_login(official(SeatRole.OFFICE))
    typed = {"year": year, "title": "Về việc khen thưởng", "legal_bases": "", "items": [line.pk]}
    answer = client.post(reverse("decisions:decision_new"), typed)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


@pytest.mark.parametrize("year", ("0001", "2025", "2027"))
def test_a_decision_names_the_year_of_its_lines(client, year):
    line = eligible()
    told = OTHER_YEAR.format(int(year), line, "năm 2026")
    assert drafted(client, year, line) == {"year": [told]}
    assert Decision.objects.count() == 0
    assert drafted(client, "2026", line) == {}


@pytest.mark.parametrize(("year", "is_its_own"), (("2026", 1), ("2027", 1), ("2025", 0)))
def test_a_school_year_lies_in_two_years(client, year, is_its_own):
    line = eligible(is_school_year=True)
    told = {"year": [OTHER_YEAR.format(year, line, "năm học 2026–2027")]}
    assert drafted(client, year, line) == ({} if is_its_own else told)
