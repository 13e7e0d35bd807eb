"""A bloc that proposes nobody ends its year with a reason; not filling the quota is legal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.proposals.models import Proposal
from blocs.conferences.models import Conference
from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.results import ASK_OFFICE
from blocs.reports.models import Score
from blocs.states import ConferenceState, ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory, ProposalItemFactory, certificate, flag
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
WHY = "Các đơn vị đề nghị nhường suất cho khối khác"
SAID = f"không đề nghị khen thưởng: {WHY}"


@pytest.fixture
def year():
    flag(), certificate()
    return placed_year({"A": "90", "B": "80", "C": "70"})


def end(client, year, person, note=WHY):
    client.force_login(person)
    return client.post(
        reverse("years:year_move", args=(year.pk, "end_without_awards")), {"note": note}
    )


@pytest.mark.parametrize("is_office", (True, False))
def test_head_and_office_end_a_year_without_awards(client, year, is_office):
    person = official(SeatRole.OFFICE) if is_office else leader_of(year.head)
    assert end(client, year, person).status_code == 302
    year = BlocYear.objects.get()
    assert (year.state, year.no_award_reason) == (YearState.DECIDED, WHY)
    assert ActivityEntry.objects.about(year).get().note == WHY
    client.force_login(leader_of(year.head))
    context = client.get(year.get_absolute_url()).context
    assert ("Khen thưởng", SAID) in context["facts"]
    words = {step["label"]: step["words"] for step in context["track"]}
    assert (words["Đề nghị khen thưởng"], words["Quyết định"]) == (
        "Đã qua, không đề nghị khen thưởng",
    ) * 2
    labels = [task.label for task in client.get("/").context["tasks"]]
    assert [one for one in labels if "khen thưởng" in one] == [
        f"Bàn giao cho khối trưởng mới ({SAID})"
    ]
    missing = client.get(reverse("proposals:proposal_detail", args=(year.pk,)))
    assert "Năm này không đề nghị khen thưởng" in missing.content.decode()
    client.force_login(editor_of(year.head))
    client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    assert Proposal.objects.count() == 0


def test_others_do_not_and_nobody_without_a_reason(client, year):
    assert end(client, year, leader_of(year.deputy)).status_code == 403
    assert end(client, year, editor_of(year.head)).status_code == 403
    assert end(client, year, leader_of(year.head), " ").status_code == 422
    assert BlocYear.objects.get().state == YearState.RANKED


def told(client, year):
    answer = end(client, year, leader_of(year.head))
    return answer.status_code, [] if answer.status_code == 302 else answer.context["obstacles"]


def test_lines_of_a_proposal_are_taken_out_first(client, year):
    proposal = ProposalFactory(bloc_year=year)
    line = ProposalItemFactory(proposal=proposal)
    assert told(client, year) == (
        422,
        ["Đề nghị khen thưởng của năm đang có dòng: gửi đề nghị, hoặc bỏ hết các dòng trước."],
    )
    line.delete()
    assert told(client, year) == (302, [])


def test_a_sitting_that_is_open_is_finished_first(client, year):
    facts = {"starts_at": dt.datetime(2026, 12, 20, 1, tzinfo=dt.UTC), "number": 2}
    Conference.objects.create(bloc_year=year, state=ConferenceState.OPEN, **facts)
    assert told(client, year) == (
        422,
        [
            "Hội nghị bổ sung chưa ký biên bản. Khối trưởng ký biên bản, hoặc bỏ hội nghị chưa "
            "khai mạc, trước."
        ],
    )


def test_a_sheet_that_no_sitting_agreed_is_agreed_first(client, year):
    year.reports.filter(unit__name="C").update(state=ReportState.APPRAISED)
    assert told(client, year) == (422, ["Còn 01 đơn vị chưa được hội nghị thống nhất điểm."])


def test_what_changed_below_the_sealed_places_is_settled_first(client, year):
    seal_ranking(year, timezone.now(), actor=official(SeatRole.OFFICE))
    rows = Score.objects.filter(report__bloc_year=year, report__unit__name="A")
    rows.update(appraised_points=Decimal(75), appraisal_reason="Đính chính.")
    changed = (
        "Căn cứ đã thay đổi: B: 80,00 điểm, hạng 2 → 80,00 điểm, hạng 1; "
        "A: 90,00 điểm, hạng 1 → 75,00 điểm, hạng 2."
    )
    assert told(client, year) == (422, [f"{changed} {ASK_OFFICE}"])
