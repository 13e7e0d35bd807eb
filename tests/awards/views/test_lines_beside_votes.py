"""Lines that contradict the vote that counts go out with a reason of their own, or not at all."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.states import BallotKind, ConferenceState, SeatRole
from blocs.years.models import Regulation
from tests.factories.awards import certificate, flag
from tests.factories.conferences import conference_of, count, further_sitting
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import seen_on

pytestmark = pytest.mark.django_db
FOUR = {"issued": 4, "returned": 4, "valid": 4, "invalid": 0}
FLAG, CERTIFICATE = "Cờ thi đua của UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"
EXPLAIN = " Muốn đề nghị, hãy ghi lý do ở dòng của đơn vị; nếu không thì bỏ dòng."
ADD = " Hãy thêm dòng của đơn vị, hoặc ghi lý do không đề nghị ở trang soạn đề nghị."
LOST = (
    f"B: hội nghị không chọn đề nghị tặng {FLAG} (01 phiếu đồng ý, hội nghị bổ sung). "
    "Hội nghị chọn: C."
)
NOT_ASKED = f"D: hội nghị không bỏ phiếu đề nghị tặng {FLAG}. Hội nghị chọn: B."
NOT_ENOUGH = (
    f"D: hội nghị không chọn đề nghị tặng {CERTIFICATE} (01 đơn vị đồng ý, hội nghị tổng kết). "
    "Hội nghị chọn: C."
)
C_FLAG = (
    f"C: hội nghị chọn đề nghị tặng {FLAG} (04 phiếu đồng ý, hội nghị bổ sung), "
    "đề nghị không có dòng này."
)
B_FLAG = (
    f"B: hội nghị chọn đề nghị tặng {FLAG} (04 phiếu đồng ý, hội nghị tổng kết), "
    "đề nghị không có dòng này."
)
C_CERTIFICATE = (
    f"C: hội nghị chọn đề nghị tặng {CERTIFICATE} (03 đơn vị đồng ý, hội nghị tổng kết), "
    "đề nghị không có dòng này."
)
WHY_LINE, WHY_LEFT = "Theo văn bản số 12", "Đơn vị xin rút theo văn bản số 15"


@pytest.fixture
def year():
    flag(), certificate()
    return placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})


def url(year, name, *args):
    return reverse(f"proposals:{name}", args=(year.pk, *args))


def sign(conference):
    end = conference.starts_at + dt.timedelta(hours=1)
    type(conference).objects.filter(pk=conference.pk).update(
        state=ConferenceState.SIGNED, ended_at=end
    )


def voted(year, votes, **figures):
    """The vote of the closing conference: (place of the unit, for, against, award)."""
    conference = conference_of(year, starts_at=dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    count(conference, BallotKind.AWARD, votes, **FOUR, **figures)
    sign(conference)
    return conference


def voted_anew(year, first):
    """A further sitting takes the flag from B and gives it to C."""
    units = [row.unit for row in first.roll]
    day = dt.datetime(2026, 12, 9, 1, tzinfo=dt.UTC)
    sitting = further_sitting(year, ConferenceState.OPEN, day, units)
    ballot = sitting.ballots.create(kind=BallotKind.AWARD, revote_reason="Đính chính.", **FOUR)
    for place, votes in ((1, 1), (2, 4)):
        facts = {"votes_for": votes, "votes_against": 4 - votes, "is_chosen": votes > 2}
        ballot.lines.create(unit=units[place], award="flag", **facts)
    sign(sitting)


def drafted(client, year):
    client.force_login(editor_of(year.head))
    client.post(url(year, "proposal_start"))
    Proposal.objects.update(dated_on=dt.date(2027, 3, 1))
    return Proposal.objects.get()


def settle(client, year):
    """The bloc keeps its lines although the vote changed: that settles the basis only."""
    page = url(year, "proposal_basis")
    client.post(page, seen_on(client, page) | {"way": "keep", "reason": "Đã xem."})


def typed(client, year, rows, **header):
    """The secretary saves these lines: (award, unit, reason)."""
    client.force_login(editor_of(year.head))
    edit = url(year, "proposal_edit")
    data = seen_on(client, edit) | {"number": "7", "dated_on": "01/03/2027"} | header
    stored = Proposal.objects.get().items.count()
    data |= {"dong-TOTAL_FORMS": str(stored + 2), "dong-INITIAL_FORMS": str(stored)}
    for place, (award, unit, reason) in enumerate(rows):
        found = year.members.get(unit__name=unit).unit_id
        data |= {f"dong-{place}-award": award.pk, f"dong-{place}-unit": found}
        data[f"dong-{place}-warned_reason"] = reason
    assert client.post(edit, data).status_code == 302


def sent(client, year):
    """What stands against sending; empty where it was sent."""
    client.force_login(leader_of(year.head))
    answer = client.post(url(year, "proposal_move", "submit"))
    return [] if answer.status_code == 302 else answer.context["obstacles"]


def of_sheet(year, client):
    """The flag is voted anew after the proposal was drafted, and only its day is changed."""
    first = voted(year, [(1, 4, 0, "flag"), (2, 1, 3, "flag")])
    drafted(client, year)
    voted_anew(year, first)
    settle(client, year)
    return (flag(), "B"), LOST, C_FLAG


def of_exchange(year, client):
    """The flag line is moved to a unit on which nobody voted."""
    voted(year, [(1, 4, 0, "flag"), (2, 1, 3, "flag")])
    drafted(client, year)
    return (flag(), "D"), NOT_ASKED, B_FLAG


def of_hands(year, client):
    """A certificate, by a show of hands, that one of four wanted."""
    voted(year, [(2, 3, 1, "certificate"), (3, 1, 3, "certificate")], method="hands")
    drafted(client, year)
    return (certificate(), "D"), NOT_ENOUGH, C_CERTIFICATE


@pytest.mark.parametrize("case", (of_sheet, of_exchange, of_hands))
def test_lines_against_the_vote_are_explained_or_not_sent(client, year, case):
    (award, unit), against, missing = case(year, client)
    # A line of the award that nobody voted on goes by its place.
    other = certificate() if award == flag() else flag()
    rest = (other, "A", "")
    typed(client, year, [(award, unit, ""), rest])
    assert sent(client, year) == [f"{against}{EXPLAIN}", f"{missing}{ADD}"]
    page = client.get(url(year, "proposal_detail"))
    assert [words for _, words in page.context["line_warnings"]] == [against]
    assert page.context["left_out"] == [missing]
    typed(client, year, [(award, unit, WHY_LINE), rest])
    assert sent(client, year) == [f"{missing}{ADD}"]
    typed(client, year, [(award, unit, WHY_LINE), rest], left_out_reason=WHY_LEFT)
    assert sent(client, year) == []
    (_, proposed, _) = submission_paper(Proposal.objects.get()).parts
    assert [text.partition(" ")[2] for text in proposed.paragraphs[2:]] == [
        f"{against} Khối vẫn đề nghị, lý do: {WHY_LINE}.",
        f"{missing} Lý do: {WHY_LEFT}.",
    ]


def test_lines_that_follow_the_vote_are_sent_and_the_office_sees_it(client, year):
    first = voted(year, [(1, 4, 0, "flag"), (2, 1, 3, "flag")])
    drafted(client, year)
    voted_anew(year, first)
    settle(client, year)
    typed(client, year, [(flag(), "C", ""), (certificate(), "A", "")])
    assert sent(client, year) == []
    client.force_login(official(SeatRole.OFFICE))
    rows = client.get(url(year, "proposal_detail")).context["rows"]
    words = "được chọn (04 phiếu đồng ý, hội nghị bổ sung)"
    assert [(item.unit.name, votes) for item, _, votes in rows] == [("C", words), ("A", "")]
    line = rows[0][0]
    facts = client.get(reverse("board:item_detail", args=(line.pk,))).context["facts"]
    assert ("Bỏ phiếu tại hội nghị", words) in facts


def test_a_chosen_unit_to_which_no_award_is_open_may_be_left_out(client, year):
    voted(year, [(1, 4, 0, "flag")])
    drafted(client, year)
    unit = year.members.get(unit__name="B").unit
    type(unit).objects.filter(pk=unit.pk).update(dissolved_on=dt.date(2027, 1, 1))
    settle(client, year)
    typed(client, year, [(certificate(), "A", "")])
    assert sent(client, year) == []


def test_what_the_chair_decided_between_equals_goes_into_the_draft_and_on_the_paper(client, year):
    """Three were equal enough, two may be proposed: the draft names whom the chair chose."""
    rules = {"certificate_count": 2, "certificate_share": 100}
    Regulation.objects.update_or_create(bloc_year=year, defaults=rules)
    votes = [(1, 4, 0, "certificate"), (2, 3, 1, "certificate"), (3, 3, 1, "certificate")]
    voted(year, votes, decided=(3,), decision="D vượt kế hoạch.")
    proposal = drafted(client, year)
    rows = proposal.items.filter(award=certificate()).values_list("unit__name", flat=True)
    assert sorted(rows) == ["B", "D"]
    said = "Hội nghị tổng kết: do bằng phiếu, chủ tọa quyết định: D vượt kế hoạch."
    assert said in client.get(url(year, "proposal_detail")).content.decode()
    assert said in " ".join(
        sentence for part in submission_paper(proposal).parts for sentence in part.paragraphs
    )


def test_units_equal_at_the_limit_of_certificates_stay_asked_about(client, year):
    """Three were voted, two may be proposed: who is left out was equal to one who was not."""
    rules = {"certificate_count": 2, "certificate_share": 100}
    Regulation.objects.update_or_create(bloc_year=year, defaults=rules)
    votes = [(1, 4, 0), (2, 3, 1), (3, 3, 1)]
    conference = voted(year, [(*one, "certificate") for one in votes])
    # As counts were kept that did not know the limit yet.
    conference.ballots.get().lines.update(is_chosen=True)
    drafted(client, year)
    typed(client, year, [(flag(), "A", ""), (certificate(), "B", ""), (certificate(), "C", "")])
    missing = (
        f"D: hội nghị chọn đề nghị tặng {CERTIFICATE} (03 phiếu đồng ý, hội nghị tổng kết), "
        "đề nghị không có dòng này. C, D cùng được 03 phiếu ở mức cuối, chỉ còn 01 Bằng khen."
    )
    assert client.get(url(year, "proposal_detail")).context["left_out"] == [missing]
    assert f"{missing}{ADD}" in sent(client, year)
