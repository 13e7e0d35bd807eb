"""A ranking sealed anew after the minutes: every paper says so, why, and what it was before."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from blocs.conferences.documents.minutes import minutes_of
from blocs.criteria.models import ScoringTable
from blocs.ranking.documents.seal_words import changed_results
from blocs.ranking.models import RankingSeal
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.results import UNRANKED
from blocs.states import ConferenceState, SeatRole
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory, ProposalItemFactory, certificate
from tests.factories.conferences import conference_of
from tests.factories.grounds import GROUNDS
from tests.factories.people import leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import save
from tests.papers.papers import read_pdf
from thidua.common.vietnamese.dates import moment_words
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
PAPERS = ("ranking:ranking_paper", "ranking:ranking_leaves_paper", "proposals:proposal_paper")


@pytest.fixture
def sealed():
    """A is first with 90 points, B second with 80; the minutes of both are signed."""
    year = placed_year({"A": "90", "B": "80", "C": "70"})
    ScoringTable.objects.update(settings={"disqualifiers": GROUNDS})
    day = timezone.now() - dt.timedelta(days=5)
    facts = {"starts_at": day, "ended_at": day + dt.timedelta(hours=2), "minutes_number": "06/BB"}
    conference_of(year, state=ConferenceState.SIGNED, **facts)
    seal_ranking(year, day)
    proposal = ProposalFactory(bloc_year=year)
    unit = year.members.get(unit__name="A").unit
    ProposalItemFactory(proposal=proposal, award=certificate(), unit=unit)
    return BlocYear.objects.get(pk=year.pk)


def lose(year, name, code):
    """Points that a ground takes from a unit after the sealing."""
    unit = year.members.get(unit__name=name).unit
    year.grounds.create(unit=unit, code=code, basis="KL 12", found_on=dt.date(2026, 11, 1))


def seal_again(client, year, reason):
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("ranking:ranking_basis", args=(year.pk,))
    assert save(client, url, {"way": "again", "reason": reason}).status_code == 302
    return moment_words(RankingSeal.objects.filter(bloc_year=year).latest("number").sealed_at)


def printed(client, year, name):
    client.force_login(leader_of(year.head))
    return read_pdf(client.get(reverse(name, args=(year.pk,))).content).text


def test_papers_of_the_minutes_alone_speak_of_no_second_seal(client, sealed):
    assert ["Chốt lại" in printed(client, sealed, name) for name in PAPERS] == [False] * 3


def test_table_and_submission_tell_what_the_awarded_unit_had_before(client, sealed):
    lose(sealed, "A", "minus")
    moment = seal_again(client, sealed, "Theo Kết luận số 12.")
    told = (
        f"Chốt lại lần 2 lúc {moment}. Lý do: Theo Kết luận số 12. "
        "A: chốt lần 1 90,00 điểm, hạng 1; chốt lần 2 88,00 điểm, hạng 1."
    )
    assert [told in printed(client, sealed, name) for name in PAPERS] == [True] * 3
    line = f"(Kết quả chốt lại lần 2 lúc {moment}, khác biên bản ở phần ghi dưới bảng)"
    assert line in printed(client, sealed, PAPERS[0])
    book = load_workbook(
        BytesIO(client.get(reverse("ranking:ranking_workbook", args=(sealed.pk,))).content)
    )
    cells = [str(cell.value) for row in book["Tổng hợp"].iter_rows() for cell in row]
    assert (line in cells, told in cells) == (True, True)
    # The minutes stay what was signed.
    assert "Chốt lại" not in str(minutes_of(sealed.conference))
    assert [found.sentence for found in check(sealed)[1]] == []


def test_a_third_set_stands_beside_both(client, sealed):
    lose(sealed, "A", "minus")
    second = seal_again(client, sealed, "Theo Kết luận số 12")
    lose(sealed, "B", "minus")
    third = seal_again(client, sealed, "Theo Kết luận số 15")
    told = (
        f"Chốt lại lần 2 lúc {second}. Lý do: Theo Kết luận số 12. "
        "A: chốt lần 1 90,00 điểm, hạng 1; chốt lần 2 88,00 điểm, hạng 1.",
        f"Chốt lại lần 3 lúc {third}. Lý do: Theo Kết luận số 15. "
        "B: chốt lần 2 80,00 điểm, hạng 2; chốt lần 3 78,00 điểm, hạng 2.",
    )
    text = printed(client, sealed, PAPERS[0])
    assert [words in text for words in told] == [True, True]
    assert f"(Kết quả chốt lại lần 3 lúc {third}," in text
    assert f"(Kết quả chốt lại lần 2 lúc {second}," not in text


def seal(number, place, label):
    """A seal with one unit of 90 points, or one that has no place."""
    result = {"place": place, "total": "90", "class": label}
    return RankingSeal(
        number=number, units=[1], proof={"units": [{"name": "Sở A", "result": result}]}
    )


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((1, "Tốt"), []),
        (
            (1, "Khá"),
            [
                "Sở A: chốt lần 1 90,00 điểm, hạng 1, xếp loại Tốt; "
                "chốt lần 2 90,00 điểm, hạng 1, xếp loại Khá."
            ],
        ),
        ((None, None), ["Sở A: chốt lần 1 90,00 điểm, hạng 1, xếp loại Tốt; chốt lần 2 {}."]),
        (
            (1, None),
            ["Sở A: chốt lần 1 90,00 điểm, hạng 1, xếp loại Tốt; chốt lần 2 90,00 điểm, hạng 1."],
        ),
    ],
)
def test_a_class_that_alone_changed_is_told(now, told):
    found = list(changed_results(seal(1, 1, "Tốt"), seal(2, *now), 2))
    assert found == [one.format(UNRANKED) for one in told]
