"""Equal units at the edge of a quota: the draft asks, people answer with a reason."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, TieChoice
from blocs.conferences.models import Ballot, BallotLine, Conference
from blocs.states import BallotKind, SeatRole
from tests.factories.awards import certificate, flag
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import save, seen_on
from tests.papers.papers import read_pdf
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db

FLAG, CERTIFICATE = "Cờ thi đua của UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"
OVER_THE_FLAG = f"C, D cùng hạng 1, chỉ còn 1 {FLAG}: hội nghị quyết định."
OVER_THE_LAST = f"A, B cùng hạng 3, chỉ còn 1 {CERTIFICATE}: hội nghị quyết định."
SIX = {"C": "100", "D": "100", "A": "95", "B": "95", "E": "83.68", "G": "39"}


@pytest.fixture
def kinds():
    return flag(), certificate()


def url(year, name="proposals:proposal_detail", *args):
    return reverse(name, args=(year.pk, *args))


def started(client, year):
    """The page of the proposal that the bloc's secretary has just begun."""
    client.force_login(editor_of(year.head))
    client.post(url(year, "proposals:proposal_start"))
    Proposal.objects.update(dated_on=dt.date(2027, 3, 1))
    return Proposal.objects.get(bloc_year=year)


def lines(proposal):
    return sorted(proposal.items.values_list("award__is_flag", "unit__name"))


def asked(client, year):
    return [tie.sentence for tie in client.get(url(year)).context["open_ties"]]


def choose(client, year, kind, names, reason="Biểu quyết tại hội nghị, 6/6 đồng ý."):
    units = [str(row.unit_id) for row in year.members.filter(unit__name__in=names)]
    page = url(year, "proposals:proposal_tie", kind.pk)
    return save(client, page, {"chosen": units, "reason": reason})


def test_equals_over_the_flag_and_over_the_last_certificate_are_questions(client, kinds):
    year = placed_year(SIX)
    proposal = started(client, year)
    assert lines(proposal) == []
    assert asked(client, year) == [OVER_THE_FLAG, OVER_THE_LAST]
    client.force_login(leader_of(year.head))
    answer = client.post(url(year, "proposals:proposal_move", "submit"))
    text = answer.content.decode()
    asks = "Hãy chọn và ghi lý do trước khi gửi."
    assert answer.status_code == 422
    assert (f"{OVER_THE_FLAG} {asks}" in text, f"{OVER_THE_LAST} {asks}" in text) == (True, True)


def test_the_answers_become_lines_and_stand_in_log_book_and_paper(client, kinds):
    year = placed_year(SIX)
    proposal = started(client, year)
    assert choose(client, year, kinds[0], ["D"]).status_code == 302
    assert lines(proposal) == [(False, "C"), (True, "D")]
    assert asked(client, year) == [OVER_THE_LAST]
    choose(client, year, kinds[1], ["B"], "B có sáng kiến cấp tỉnh.")
    assert lines(proposal) == [(False, "B"), (False, "C"), (True, "D")]
    assert asked(client, year) == []
    newest = ActivityEntry.objects.about(proposal).first()
    assert newest.changes == [
        {"field": "đơn vị được chọn", "before": "", "after": "B"},
        {"field": "lý do chọn", "before": "", "after": "B có sáng kiến cấp tỉnh."},
    ]
    client.force_login(leader_of(year.head))
    assert client.post(url(year, "proposals:proposal_move", "submit")).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SUBMITTED
    printed = read_pdf(client.get(url(year, "proposals:proposal_paper")).content).text
    assert (
        f"A, B cùng hạng 3, xét {CERTIFICATE}: chọn B. Lý do: B có sáng kiến cấp tỉnh." in printed
    )
    said = f"C, D cùng hạng 1, xét {FLAG}: chọn D. Lý do: Biểu quyết tại hội nghị, 6/6 đồng ý."
    assert said in printed


def test_the_page_of_places_leads_to_the_decision_and_tells_it(client, kinds):
    year = placed_year(SIX, tie_rules=["bonus_points"])
    started(client, year)
    places = reverse("ranking:ranking", args=(year.pk,))
    page = client.get(places)
    assert page.context["open_ties"] == ["C", "D", "A", "B"]
    assert url(year) in page.content.decode()
    choose(client, year, kinds[0], ["D"])
    page = client.get(places)
    assert page.context["open_ties"] == ["A", "B"]
    assert page.context["choices"] == [
        f"C, D cùng hạng 1, xét {FLAG}: chọn D. Lý do: Biểu quyết tại hội nghị, 6/6 đồng ý."
    ]


def test_a_new_answer_moves_the_lines_and_leaves_all_others(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80, "D": 70}, certificate_count=1)
    proposal = started(client, year)
    choose(client, year, kinds[0], ["A"])
    proposal.items.filter(unit__name="A").update(merit="Dẫn đầu")
    assert lines(proposal) == [(False, "B"), (True, "A")]
    choose(client, year, kinds[0], ["B"], "Sửa theo biên bản.")
    assert lines(proposal) == [(False, "A"), (True, "B")]
    assert TieChoice.objects.get().reason == "Sửa theo biên bản."


@pytest.mark.parametrize(
    ("totals", "rules", "drafted", "questions"),
    [
        # Three equal units over two certificates.
        (
            {"A": 90, "B": 80, "C": 80, "D": 80, "E": 70},
            {"certificate_count": 2},
            [(True, "A")],
            [f"B, C, D cùng hạng 2, chỉ còn 2 {CERTIFICATE}: hội nghị quyết định."],
        ),
        # Equals at the lowest place allowed are all allowed, the unit after them is not.
        (
            {"A": 90, "B": 80, "C": 70, "D": 70, "E": 60, "G": 50, "H": 40, "I": 30},
            {"lowest_place": 3, "certificate_share": 100},
            [(False, "B"), (False, "C"), (False, "D"), (True, "A")],
            [],
        ),
        # Equals at the lowest place allowed are more than the certificates that are left.
        (
            {"A": 90, "B": 80, "C": 70, "D": 70, "E": 60},
            {"lowest_place": 3, "certificate_count": 2},
            [(False, "B"), (True, "A")],
            [f"C, D cùng hạng 3, chỉ còn 1 {CERTIFICATE}: hội nghị quyết định."],
        ),
        # Three equal leaders over two flags.
        (
            {"A": 90, "B": 90, "C": 90, "D": 70, "E": 60, "G": 50},
            {"flags": 2, "certificate_count": 2},
            [(False, "D")],
            [f"A, B, C cùng hạng 1, chỉ còn 2 {FLAG}: hội nghị quyết định."],
        ),
        # Equals that all fit are no question.
        (
            {"A": 90, "B": 90, "C": 80},
            {"flags": 2, "certificate_share": 0},
            [(True, "A"), (True, "B")],
            [],
        ),
    ],
)
def test_every_edge_of_a_quota_is_asked_about(client, kinds, totals, rules, drafted, questions):
    year = placed_year(totals, **rules)
    proposal = started(client, year)
    assert (lines(proposal), asked(client, year)) == (drafted, questions)


def test_lines_that_name_another_than_the_chosen_one_are_not_sent(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    proposal = started(client, year)
    choose(client, year, kinds[0], ["A"])
    proposal.items.update(unit=year.members.get(unit__name="B").unit)
    client.force_login(leader_of(year.head))
    answer = client.post(url(year, "proposals:proposal_move", "submit"))
    sentence = (
        f"Các dòng {FLAG} khác với đơn vị đã chọn trong số cùng hạng 1. Hãy sửa dòng hoặc chọn lại."
    )
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_points_that_changed_open_the_question_again(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    started(client, year)
    choose(client, year, kinds[0], ["A"])
    third = year.reports.get(unit__name="C")
    third.scores.update(self_points=90, appraised_points=90, value=90)
    assert asked(client, year) == [f"A, B, C cùng hạng 1, chỉ còn 1 {FLAG}: hội nghị quyết định."]
    page = client.get(url(year))
    assert page.context["choices"] == []


def test_a_vote_decides_between_equals(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    conference = Conference.objects.create(bloc_year=year, starts_at="2026-12-04T08:00+07:00")
    ballot = Ballot.objects.create(
        conference=conference, kind=BallotKind.AWARD, issued=3, returned=3, valid=3
    )
    second = year.members.get(unit__name="B").unit
    BallotLine.objects.create(ballot=ballot, unit=second, award="flag", votes_for=3, is_chosen=True)
    proposal = started(client, year)
    assert (lines(proposal), asked(client, year)) == ([(True, "B")], [])


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        (("flag", "certificate"), []),
        # On the certificate nobody voted: it goes by places.
        (("flag",), [(False, "A")]),
        (("certificate",), [(True, "A")]),
    ],
)
def test_a_vote_that_chose_nobody_proposes_nobody_for_its_award(client, kinds, asked, proposed):
    year = placed_year({"A": 90, "B": 80, "C": 70})
    conference = Conference.objects.create(bloc_year=year, starts_at="2026-12-04T08:00+07:00")
    ballot = Ballot.objects.create(
        conference=conference, kind=BallotKind.AWARD, issued=3, returned=3, valid=3
    )
    first = year.members.get(unit__name="A").unit
    second = year.members.get(unit__name="B").unit
    for award, unit in zip(asked, (first, second), strict=False):
        BallotLine.objects.create(ballot=ballot, unit=unit, award=award, votes_for=1)
    assert lines(started(client, year)) == proposed


def test_a_choice_needs_a_reason_and_only_names_equals(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    started(client, year)
    assert choose(client, year, kinds[0], ["A"], reason=" ").status_code == 422
    assert choose(client, year, kinds[0], ["C"]).status_code == 422
    assert TieChoice.objects.count() == 0


def test_where_nobody_is_equal_there_is_nothing_to_choose(client, kinds):
    year = placed_year({"A": 90, "B": 80, "C": 70})
    started(client, year)
    assert client.get(url(year, "proposals:proposal_tie", kinds[0].pk)).status_code == 404


def test_an_award_that_no_draft_names_asks_nothing(client):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    started(client, year)
    assert client.get(url(year, "proposals:proposal_tie", flag().pk)).status_code == 404
    assert asked(client, year) == []


def test_a_member_reads_the_question_and_does_not_answer(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    started(client, year)
    client.force_login(leader_of(year.deputy))
    sentence = f"A, B cùng hạng 1, chỉ còn 1 {FLAG}: hội nghị quyết định."
    page = client.get(url(year)).content.decode()
    assert (sentence in page, "Ghi đơn vị được chọn" in page) == (True, False)
    assert client.get(url(year, "proposals:proposal_tie", kinds[0].pk)).status_code == 403


def test_a_sent_proposal_keeps_its_choice_and_is_not_chosen_anew(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    proposal = started(client, year)
    choose(client, year, kinds[0], ["A"])
    client.force_login(leader_of(year.head))
    client.post(url(year, "proposals:proposal_move", "submit"))
    client.force_login(editor_of(year.head))
    assert choose(client, year, kinds[0], ["B"]).status_code == 422
    client.force_login(official(SeatRole.OFFICE))
    shown = client.get(url(year)).context["choices"]
    assert [sentence for _, sentence in shown] == [
        f"A, B cùng hạng 1, xét {FLAG}: chọn A. Lý do: Biểu quyết tại hội nghị, 6/6 đồng ý."
    ]
    assert lines(proposal) == [(True, "A")]


def test_the_second_of_two_who_choose_is_told_what_the_first_chose(client, kinds):
    year = placed_year({"A": 90, "B": 90, "C": 80}, certificate_share=0)
    started(client, year)
    page = url(year, "proposals:proposal_tie", kinds[0].pk)
    seen = seen_on(client, page)
    choose(client, year, kinds[0], ["A"], "Biểu quyết.")
    second = [str(year.members.get(unit__name="B").unit_id)]
    answer = client.post(page, {"chosen": second, "reason": "Ý kiến khác."} | seen)
    text = answer.content.decode()
    assert (answer.status_code, "“A”" in text, "Ý kiến khác." in text) == (409, True, True)
    assert TieChoice.objects.get().reason == "Biểu quyết."
