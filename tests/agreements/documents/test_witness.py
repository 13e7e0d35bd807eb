"""Who saw the units sign stands on the paper beside the head; nobody asked, no place."""

import pytest
from django.urls import reverse

from agreements.models import Agreement
from blocs.states import YearState
from tests.factories.agreements import AgreementFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import leader_of
from tests.papers.papers import read_pdf
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
LONG = (
    "Bà Trần Thị Chứng, Phó Trưởng phòng Thi đua - Khen thưởng, Sở Nội vụ tỉnh Lam Giang, được "
    "ủy quyền theo Giấy ủy quyền số 12/UQ-SNV"
)


def paper(client, year):
    client.force_login(leader_of(year.head))
    content = client.get(reverse("agreements:agreement_paper", args=(year.pk,))).content
    return " ".join(read_pdf(content).text.split())


@pytest.mark.parametrize("words", ["Ông Nguyễn Văn C", "Ban Thi đua - Khen thưởng tỉnh", LONG])
def test_the_witness_stands_before_the_head(client, words):
    year = year_with_members(3, state=YearState.OPEN)
    AgreementFactory(bloc_year=year, signing=True, witness=words)
    text = paper(client, year)
    assert text.count(f"ĐẠI DIỆN CHỨNG KIẾN {words} TM. KHỐI THI ĐUA") == 1
    assert [found.sentence for found in check(year)[1]] == []
    Agreement.objects.update(witness=f"{words} khác")
    assert paper(client, year).count(f"ĐẠI DIỆN CHỨNG KIẾN {words} khác TM.") == 1


@pytest.mark.parametrize("words", ["", "  "])
def test_without_a_witness_there_is_no_place_for_one(client, words):
    year = year_with_members(3, state=YearState.OPEN)
    AgreementFactory(bloc_year=year, signing=True, witness=words)
    assert "CHỨNG KIẾN" not in paper(client, year)
