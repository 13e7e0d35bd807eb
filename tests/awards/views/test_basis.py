"""What was derived follows what changes: proposal, verdict, opinion and draft say what is new."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from awards.decisions.models import Decision
from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows.basis import ASK_BLOC, ASK_COUNCIL, ASK_OFFICE
from blocs.conferences.models import Conference
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Score
from blocs.states import BallotKind, ConferenceState, SeatRole
from blocs.years.models import Regulation
from tests.factories.awards import certificate, flag
from tests.factories.conferences import conference_of, count, further_sitting
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import save
from thidua.common.basis import facts_now
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
TOTALS = {"A": "90", "B": "80", "C": "70", "D": "60"}
PAPERS = {"issued": 4, "returned": 4}
HOUR = dt.timedelta(hours=1)
FIVE = {"issued": 4, "returned": 4, "valid": 4, "invalid": 0}


@pytest.fixture
def year():
    flag(), certificate()
    year = placed_year(TOTALS)
    table = year.tables.get()
    table.settings = {"disqualifiers": GROUNDS}
    table.save()
    return year


def url(year, name="proposals:proposal_detail", *args):
    return reverse(name, args=(year.pk, *args))


def unit_of(year, name):
    return year.members.get(unit__name=name).unit


def started(client, year):
    client.force_login(editor_of(year.head))
    client.post(url(year, "proposals:proposal_start"))
    Proposal.objects.update(number="07/TTr", dated_on=dt.date(2027, 3, 1))
    return Proposal.objects.get(bloc_year=year)


def received(client, year):
    """The proposal at the office, all lines found eligible there."""
    proposal = started(client, year)
    client.force_login(leader_of(year.head))
    assert client.post(url(year, "proposals:proposal_move", "submit")).status_code == 302
    client.force_login(official(SeatRole.OFFICE))
    client.post(url(year, "proposals:proposal_move", "receive"))
    for item in proposal.items.all():
        move = reverse("board:item_move", args=(item.pk, "find_eligible"))
        assert client.post(move).status_code == 302
    return proposal


def lines(year):
    rows = ProposalItem.objects.filter(proposal__bloc_year=year)
    return sorted(rows.values_list("award__is_flag", "unit__name"))


def told(client, year):
    return client.get(url(year)).context["basis"]


def obstacles(client, year, move):
    return client.post(url(year, "proposals:proposal_move", move)).context["obstacles"]


def settle(client, address, **typed):
    return save(client, address, typed)


def vote(year):
    """All four want the flag for B, three a certificate for C; the minutes are signed."""
    conference = conference_of(year, starts_at=dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    count(conference, BallotKind.AWARD, [(1, 4, 0, "flag"), (2, 3, 1, "certificate")], **FIVE)
    sign(conference)


def sign(conference):
    conference.state, conference.ended_at = ConferenceState.SIGNED, conference.starts_at + HOUR
    conference.save()


def score(year, name, points):
    """The sheet of a unit is rectified."""
    rows = Score.objects.filter(report__bloc_year=year, report__unit__name=name)
    rows.update(appraised_points=Decimal(points), appraisal_reason="Đính chính.")


VOTED = (
    "Căn cứ đã thay đổi: B: 80,00 điểm, hạng 2 → 80,00 điểm, hạng 2; Cờ thi đua: 4 phiếu, được "
    "chọn; C: 70,00 điểm, hạng 3 → 70,00 điểm, hạng 3; Bằng khen: 3 phiếu, được chọn."
)
RECTIFIED = (
    "Căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 75,00 điểm, hạng 2; "
    "B: 80,00 điểm, hạng 2 → 80,00 điểm, hạng 1."
)


def test_a_draft_from_before_the_vote_is_compared_with_it(client, year):
    started(client, year)
    assert (lines(year), told(client, year)) == ([(False, "B"), (True, "A")], [])
    vote(year)
    assert told(client, year) == [VOTED]
    client.force_login(leader_of(year.head))
    (*against_the_vote, last) = obstacles(client, year, "submit")
    assert (len(against_the_vote), last) == (4, f"{VOTED} {ASK_BLOC}")


def test_the_lines_are_drafted_again_from_the_vote(client, year):
    proposal = started(client, year)
    proposal.items.filter(unit__name="B").update(merit="Thành tích của B")
    vote(year)
    address = url(year, "proposals:proposal_basis")
    assert settle(client, address, way="redo", reason="Theo phiếu ngày 01/12.").status_code == 302
    assert (lines(year), told(client, year)) == ([(False, "C"), (True, "B")], [])
    newest = ActivityEntry.objects.about(proposal).first()
    assert (newest.note, newest.changes[-1]["field"]) == (
        "Theo phiếu ngày 01/12.",
        "các dòng đề nghị",
    )


def test_the_lines_stay_with_a_reason(client, year):
    proposal = started(client, year)
    vote(year)
    address = url(year, "proposals:proposal_basis")
    refused = settle(client, address, way="keep", reason="  ")
    assert (refused.status_code, told(client, year)) == (422, [VOTED])
    assert settle(client, address, way="keep", reason="Hội nghị giữ A.").status_code == 302
    assert (lines(year), told(client, year)) == ([(False, "B"), (True, "A")], [])
    newest = ActivityEntry.objects.about(proposal).first()
    assert (newest.note, [row["field"] for row in newest.changes]) == (
        "Hội nghị giữ A.",
        ["B", "C"],
    )
    proposal.items.update(warned_reason="Hội nghị giữ.")
    Proposal.objects.update(left_out_reason="Hội nghị giữ.")
    client.force_login(leader_of(year.head))
    assert client.post(url(year, "proposals:proposal_move", "submit")).status_code == 302


def rectify(year):
    score(year, "A", 75)


def withdraw_vote(year):
    Conference.objects.get(bloc_year=year).ballots.all().delete()


def cut_certificates(year):
    Regulation.objects.filter(bloc_year=year).update(certificate_count=0)


def begin_inquiry(year):
    year.grounds.create(
        unit=unit_of(year, "A"), code="held", basis="KL 5", found_on=dt.date(2027, 1, 5)
    )


def dissolve(year):
    unit = unit_of(year, "B")
    unit.dissolved_on = dt.date(2027, 2, 1)
    unit.save()


FLAG, CERTIFICATE = "; Cờ thi đua: 4 phiếu, được chọn", "; Bằng khen: 3 phiếu, được chọn"


@pytest.mark.parametrize(
    ("name", "points", "said"),
    [
        ("B", 91, [f"B: 80,00 điểm, hạng 2{FLAG} → 91,00 điểm, hạng 1{FLAG}"]),
        # Equal over the flag, and the vote of before knew no tie.
        ("C", 80, [f"C: 70,00 điểm, hạng 3{CERTIFICATE} → 80,00 điểm, hạng 2{CERTIFICATE}"]),
        (
            "C",
            95,
            [
                f"B: 80,00 điểm, hạng 2{FLAG} → 80,00 điểm, hạng 3{FLAG}",
                f"C: 70,00 điểm, hạng 3{CERTIFICATE} → 95,00 điểm, hạng 1{CERTIFICATE}",
            ],
        ),
        # Nobody voted on D; those voted on stand lower for it.
        (
            "D",
            85,
            [
                f"B: 80,00 điểm, hạng 2{FLAG} → 80,00 điểm, hạng 3{FLAG}",
                f"C: 70,00 điểm, hạng 3{CERTIFICATE} → 70,00 điểm, hạng 4{CERTIFICATE}",
            ],
        ),
    ],
)
def test_a_draft_from_a_vote_on_other_results_says_so_at_once(client, year, name, points, said):
    vote(year)
    score(year, name, points)
    started(client, year)
    assert told(client, year) == [f"Căn cứ đã thay đổi: {'; '.join(said)}."]
    client.force_login(leader_of(year.head))
    (first, *_) = obstacles(client, year, "submit")
    assert first == f"Căn cứ đã thay đổi: {'; '.join(said)}. {ASK_BLOC}"
    address = url(year, "proposals:proposal_basis")
    assert settle(client, address, way="keep", reason="Hội nghị giữ.").status_code == 302
    assert told(client, year) == []


def counted(conference, unit, votes, *, number=1):
    """A round of the vote on awards in which this unit alone was asked for the certificate."""
    ballot = conference.ballots.create(kind=BallotKind.AWARD, number=number, valid=4, **PAPERS)
    line = {"award": "certificate", "votes_for": votes, "is_chosen": votes > 2}
    ballot.lines.create(unit=unit, votes_against=4 - votes, **line)


def test_a_later_sitting_counts_whatever_round_the_earlier_one_came_to(client, year):
    """The second round of the conference is older than the first of the further sitting."""
    unit = unit_of(year, "C")
    first = conference_of(year, starts_at=dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    counted(first, unit, 1)
    counted(first, unit, 4, number=2)
    day = dt.datetime(2026, 12, 9, 1, tzinfo=dt.UTC)
    second = further_sitting(year, ConferenceState.OPEN, day, [row.unit for row in first.roll])
    counted(second, unit, 3)
    proposal = started(client, year)
    # Chosen by both, it is proposed once; on the flag nobody voted: it goes by places.
    assert lines(year) == [(False, "C"), (True, "A")]
    facts = {fact.name: fact.words for fact in facts_now(proposal)}
    assert facts["C"] == "70,00 điểm, hạng 3; Bằng khen: 3 phiếu, được chọn"
    in_ranking = {row.unit.name: row.contender.votes for row in ranking_of(year).rows}
    assert in_ranking["C"] == 3
    printed = {
        row.name: row.votes for group in submission_paper(proposal).groups for row in group.rows
    }
    assert printed == {"A": "", "C": "03/04"}


@pytest.mark.parametrize(
    ("before", "change", "sentence"),
    [
        (None, rectify, RECTIFIED),
        (
            vote,
            withdraw_vote,
            "Căn cứ đã thay đổi: B: 80,00 điểm, hạng 2; Cờ thi đua: 4 phiếu, được chọn → 80,00 "
            "điểm, hạng 2; C: 70,00 điểm, hạng 3; Bằng khen: 3 phiếu, được chọn → 70,00 điểm, "
            "hạng 3.",
        ),
        (
            None,
            cut_certificates,
            "Căn cứ đã thay đổi: Số lượng được đề nghị: 01 cờ, 01 Bằng khen → 01 cờ, 00 Bằng khen.",
        ),
        (
            None,
            begin_inquiry,
            "Căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 90,00 điểm, hạng 1; chưa được xét khen "
            "thưởng: Đang bị thanh tra.",
        ),
        (
            None,
            dissolve,
            "Căn cứ đã thay đổi: B: 80,00 điểm, hạng 2 → 80,00 điểm, hạng 2; thôi hoạt động từ "
            "01/02/2027.",
        ),
    ],
)
def test_whatever_changes_below_a_sent_proposal_stops_it(client, year, before, change, sentence):
    if before:
        before(year)
    received(client, year)
    assert told(client, year) == []
    change(year)
    assert told(client, year) == [sentence]
    (first, *_) = obstacles(client, year, "put_before_council")
    assert first == f"{sentence} {ASK_OFFICE}"
    address = url(year, "proposals:proposal_basis")
    assert settle(client, address, reason="Đã xem, giữ nguyên.").status_code == 302
    # What the office had found eligible was looked at with it.
    assert (
        client.post(url(year, "proposals:proposal_move", "put_before_council")).status_code == 302
    )
    assert told(client, year) == []


def test_the_bloc_does_not_settle_what_lies_at_the_office(client, year):
    received(client, year)
    rectify(year)
    client.force_login(leader_of(year.head))
    address = url(year, "proposals:proposal_basis")
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_an_opinion_is_on_what_the_line_said(client, year):
    proposal = received(client, year)
    client.post(url(year, "proposals:proposal_move", "put_before_council"))
    item = proposal.items.get(unit__name="A")
    member, chair = official(SeatRole.COUNCIL), official(SeatRole.CHAIR)
    client.force_login(member)
    give = reverse("board:opinion_give", args=(item.pk,))
    assert client.post(give, {"agrees": "1", "note": ""}).status_code == 302
    rectify(year)
    # Nobody speaks before the office has settled the proposal.
    assert client.post(give, {"agrees": "1", "note": ""}).status_code == 422
    client.force_login(official(SeatRole.OFFICE))
    settle(client, url(year, "proposals:proposal_basis"), reason="Đã xem.")
    client.force_login(chair)
    asked = (
        f"Ý kiến của {member} về “{item}”: căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 75,00 "
        f"điểm, hạng 2. {ASK_COUNCIL}"
    )
    assert obstacles(client, year, "close_council") == [asked]
    client.force_login(member)
    client.post(give, {"agrees": "0", "note": "Điểm đã giảm."})
    client.force_login(chair)
    assert client.post(url(year, "proposals:proposal_move", "close_council")).status_code == 302


def test_the_chair_lets_an_opinion_stand_with_a_reason(client, year):
    proposal = received(client, year)
    client.post(url(year, "proposals:proposal_move", "put_before_council"))
    item = proposal.items.get(unit__name="A")
    client.force_login(official(SeatRole.COUNCIL))
    client.post(reverse("board:opinion_give", args=(item.pk,)), {"agrees": "1"})
    begin_inquiry(year)
    client.force_login(official(SeatRole.OFFICE))
    settle(client, url(year, "proposals:proposal_basis"), reason="Đã xem.")
    client.force_login(official(SeatRole.CHAIR))
    address = reverse("board:opinion_basis", args=(item.pk,))
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Đã có kết luận."}).status_code == 302
    assert client.post(url(year, "proposals:proposal_move", "close_council")).status_code == 302


def test_who_does_not_agree_says_why(client, year):
    proposal = received(client, year)
    client.post(url(year, "proposals:proposal_move", "put_before_council"))
    client.force_login(official(SeatRole.COUNCIL))
    give = reverse("board:opinion_give", args=(proposal.items.first().pk,))
    answer = client.post(give, {"agrees": "0", "note": " "})
    assert answer.context["form"].errors["note"] == [
        "Không đồng ý thì phải nêu lý do; lý do được ghi cùng ý kiến."
    ]
    assert client.post(give, {"agrees": "0", "note": "Chưa đủ."}).status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (rectify, "A: 90,00 điểm, hạng 1 → 75,00 điểm, hạng 2"),
        (
            begin_inquiry,
            "A: 90,00 điểm, hạng 1 → 90,00 điểm, hạng 1; chưa được xét khen thưởng: Đang bị "
            "thanh tra",
        ),
    ],
)
def test_a_draft_decision_waits_until_somebody_confirms(client, year, change, said):
    proposal = received(client, year)
    item = proposal.items.get(unit__name="A")
    draft = {"year": "2026", "title": "Về việc khen thưởng", "legal_bases": "", "items": [item.pk]}
    assert client.post(reverse("decisions:decision_new"), draft).status_code == 302
    decision = Decision.objects.get()
    detail = reverse("decisions:decision_detail", args=(decision.pk,))
    assert client.get(detail).context["basis"] == []
    change(year)
    assert client.get(detail).context["basis"] == [f"Căn cứ đã thay đổi: {said}."]
    office, chair = official(SeatRole.OFFICE), official(SeatRole.CHAIR)
    sign = reverse("decisions:decision_sign", args=(decision.pk,))
    typed = {
        "number": "10",
        "signed_on": "09/03/2027",
        "signer_name": "Nguyễn Văn K",
        "signer_title": "Chủ tịch",
    }
    client.force_login(chair)
    assert client.post(sign, typed).status_code == 422
    client.force_login(office)
    # A better title confirms nothing.
    edit = reverse("decisions:decision_edit", args=(decision.pk,))
    assert save(client, edit, draft | {"title": "Về việc tặng Cờ"}).status_code == 302
    assert client.get(detail).context["basis"] == [f"Căn cứ đã thay đổi: {said}."]
    address = reverse("decisions:decision_basis", args=(decision.pk,))
    assert settle(client, address, reason="Đã báo cáo Chủ tịch.").status_code == 302
    assert client.get(detail).context["basis"] == []
    # The proposal it comes from is settled by itself.
    client.force_login(chair)
    assert client.post(sign, typed).status_code == 422
    client.force_login(office)
    settle(client, url(year, "proposals:proposal_basis"), reason="Đã xem.")
    client.force_login(chair)
    assert client.post(sign, typed).status_code == 302


def test_a_merit_written_anew_is_looked_at_again(client, year):
    proposal = received(client, year)
    office = official(SeatRole.OFFICE)
    client.force_login(office)
    client.post(url(year, "proposals:proposal_move", "return"), {"note": "Ghi rõ thành tích."})
    client.force_login(editor_of(year.head))
    rows = list(proposal.items.order_by("pk"))
    typed = {"dong-TOTAL_FORMS": "2", "dong-INITIAL_FORMS": "2", "number": "07/TTr"}
    for place, row in enumerate(rows):
        typed |= {f"dong-{place}-award": row.award_id, f"dong-{place}-unit": row.unit_id}
    typed |= {"dong-0-merit": "Dẫn đầu khối", "dated_on": "01/03/2027"}
    assert save(client, url(year, "proposals:proposal_edit"), typed).status_code == 302
    # The verdict stays with its line.
    assert list(proposal.items.order_by("pk").values_list("pk", "state")) == [
        (row.pk, ItemState.ELIGIBLE) for row in rows
    ]
    client.force_login(leader_of(year.head))
    client.post(url(year, "proposals:proposal_move", "submit"))
    client.force_login(office)
    client.post(url(year, "proposals:proposal_move", "receive"))
    (asked,) = obstacles(client, year, "put_before_council")
    said = "căn cứ đã thay đổi: Tóm tắt thành tích: không có → Dẫn đầu khối."
    assert asked.split(" Cơ quan")[0] == f"{rows[0]}: {said}"
    address = reverse("board:item_basis", args=(rows[0].pk,))
    refused = settle(client, address, reason="")
    assert refused.status_code == 422
    assert settle(client, address, reason="Đã xem.").status_code == 302
    client.post(url(year, "proposals:proposal_move", "put_before_council"))
    assert Proposal.objects.get().state == ProposalState.BEFORE_COUNCIL
