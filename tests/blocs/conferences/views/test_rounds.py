"""Rounds of a vote are kept and numbered; page, minutes and counting minutes tell all of them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Ballot, BallotLine, Conference
from blocs.states import ConferenceState
from blocs.years.models import Regulation
from tests.factories.conferences import add_agenda, conference_of, count, named_year, units_of
from tests.factories.people import editor_of, leader_of
from tests.papers.reading import tables_of, under_heads

pytestmark = pytest.mark.django_db
EQUAL = (
    "“Sở C”, “Sở D”, “Sở E” cùng được 6 phiếu, chỉ còn chọn 2 đơn vị; hội nghị bỏ phiếu lại hay "
    "chủ tọa quyết định?"
)
OPEN_AGAIN = "Còn thiếu 1 đơn vị đạt từ 3 phiếu trở lên; hội nghị có bầu tiếp không?"


def meeting(present=5, **rules):
    """So many units, A, B, C, …, all of them there; half of those present is enough."""
    year = named_year([f"Sở {'ABCDEFGH'[place]}" for place in range(present)])
    Regulation.objects.update_or_create(bloc_year=year, defaults=rules)
    return conference_of(year, counting_team="Bà Lê Thị H – Tổ trưởng")


def page(conference, number=1, name="ballot_edit", kind="head"):
    args = (conference.bloc_year_id, kind, *((number,) if number > 1 else ()))
    return reverse(f"conferences:{name}", args=args)


def enter(client, conference, number, votes, kind="head", award="", *, decided=(), decision=""):
    """Type one round through its page; `votes` by place of the unit, whom the chair `decided`."""
    client.force_login(editor_of(conference.bloc_year.head))
    url, units = page(conference, number, kind=kind), units_of(conference)
    shown = client.get(url)
    if shown.status_code != 200:
        return shown
    there = len(units)
    sent = {"method": "secret", "issued": there, "returned": there, "valid": there, "invalid": 0}
    sent |= {"seen": shown.context["cells"]["seen"].value, "decision": decision}
    sent |= {f"u{units[place].pk}-is_decided": "on" for place in decided}
    for place, votes_for in votes.items():
        sent[f"u{units[place].pk}-award"] = award
        sent[f"u{units[place].pk}-votes_for"] = votes_for
    return client.post(url, sent)


def fresh(conference):
    return Conference.objects.for_page().get(pk=conference.pk)


def kept(kind="head"):
    """Each round with its votes by unit, in the order of the rounds."""
    return [
        {line.unit.name[-1]: line.votes_for for line in ballot.lines.order_by("pk")}
        for ballot in Ballot.objects.filter(kind=kind).order_by("number")
    ]


def test_second_round_stands_beside_the_first(client):
    """B13: 5 present, at least half; B 2, C 2, D 1, then B 3, C 2."""
    conference = meeting()
    add_agenda(conference, ("Chọn khối trưởng", "", "election"))
    enter(client, conference, 1, {1: 2, 2: 2, 3: 1})
    shown = client.get(conference.get_absolute_url())
    head = [row for row in shown.context["ballots"] if "khối trưởng" in row["title"].lower()]
    assert [row["count"]["questions"] for row in head] == [[OPEN_AGAIN]]
    assert head[0]["next_url"] == page(conference, 2)
    names = [row["name"] for row in client.get(page(conference, 2)).context["rows"]]
    assert names == ["Sở B", "Sở C"]
    assert enter(client, conference, 2, {1: 3, 2: 2}).status_code == 302
    assert kept() == [{"B": 2, "C": 2, "D": 1}, {"B": 3, "C": 2}]
    assert fresh(conference).next_head.name == "Sở B"
    tables = [under_heads(rows) for rows in tables_of(client.get(conference.get_absolute_url()))]
    votes = [
        [(row["Đơn vị"], row["Nội dung"], row["Đồng ý"], row["Kết quả"]) for row in rows]
        for rows in tables
        if rows and "Nội dung" in rows[0]
    ]
    assert votes == [
        [
            ("Sở B", "Khối trưởng (lần 1)", "02/05", "Không đạt"),
            ("Sở C", "Khối trưởng (lần 1)", "02/05", "Không đạt"),
            ("Sở D", "Khối trưởng (lần 1)", "01/05", "Không đạt"),
        ],
        [
            ("Sở B", "Khối trưởng (lần 2)", "03/05", "Đạt"),
            ("Sở C", "Khối trưởng (lần 2)", "02/05", "Không đạt"),
        ],
    ]


def test_minutes_and_counting_minutes_print_both_rounds(client):
    conference = meeting()
    add_agenda(conference, ("Chọn khối trưởng", "", "election"))
    enter(client, conference, 1, {1: 2, 2: 2, 3: 1})
    enter(client, conference, 2, {1: 3, 2: 2})
    (section,) = minutes_of(fresh(conference)).sections
    assert [(row.number, row.name, row.subject, row.votes_for) for row in section.votes] == [
        ("1", "Sở B", "Khối trưởng (lần 1)", "02/05"),
        ("2", "Sở C", "Khối trưởng (lần 1)", "02/05"),
        ("3", "Sở D", "Khối trưởng (lần 1)", "01/05"),
        ("4", "Sở B", "Khối trưởng (lần 2)", "03/05"),
        ("5", "Sở C", "Khối trưởng (lần 2)", "02/05"),
    ]
    assert [text.split(" (")[0] for text in section.paragraphs[-2:]] == [
        "Bầu Khối trưởng lần 1",
        "Bầu Khối trưởng lần 2",
    ]
    again = "Lần 1 chưa phân định được; hội nghị bỏ phiếu lần 2 với: Sở B; Sở C."
    assert section.closing == (again, "Khối trưởng năm 2021: Sở B.")
    first, second = (counting_minutes_of(fresh(conference), row) for row in conference.counts)
    assert (first.conclusions, second.conclusions) == (
        (again,),
        (
            "Kết quả lần 1: Sở B 02 phiếu; Sở C 02 phiếu; Sở D 01 phiếu.",
            "Sở B được bầu làm Khối trưởng năm 2021.",
        ),
    )
    titles = [paper.title.partition(" của ")[0] for paper in (first, second)]
    assert titles == [
        "Biên bản kiểm phiếu bầu khối trưởng năm 2021 lần 1",
        "Biên bản kiểm phiếu bầu khối trưởng năm 2021 lần 2",
    ]


def test_three_rounds_with_a_tie_in_the_second(client):
    """Six present: A 2, B 2, C 2; A 3, B 3, C 0; A 4, B 2."""
    conference = meeting(6)
    enter(client, conference, 1, {0: 2, 1: 2, 2: 2})
    enter(client, conference, 2, {0: 3, 1: 3, 2: 0})
    assert fresh(conference).next_head is None
    names = [row["name"] for row in client.get(page(conference, 3)).context["rows"]]
    assert names == ["Sở A", "Sở B"]
    enter(client, conference, 3, {0: 4, 1: 2})
    assert kept() == [{"A": 2, "B": 2, "C": 2}, {"A": 3, "B": 3, "C": 0}, {"A": 4, "B": 2}]
    assert fresh(conference).next_head.name == "Sở A"


def test_all_who_are_equal_with_the_second_stand_again(client):
    """Seven present, more than half: A 3, B 2, C 2."""
    conference = meeting(7, vote_is_strict=True)
    enter(client, conference, 1, {0: 3, 1: 2, 2: 2, 3: 0})
    names = [row["name"] for row in client.get(page(conference, 2)).context["rows"]]
    assert names == ["Sở A", "Sở B", "Sở C"]


def test_where_one_stood_alone_the_next_round_is_open_to_all(client):
    conference = meeting()
    enter(client, conference, 1, {1: 2})
    names = [row["name"] for row in client.get(page(conference, 2)).context["rows"]]
    assert names == [f"Sở {letter}" for letter in "ABCDE"]


def test_a_tie_on_the_flag_is_voted_on_again(client):
    """Two are equal on the one flag; the second round takes the certificate from nobody."""
    conference = meeting()
    count(
        conference,
        "award",
        [(0, 4, 1, "flag"), (1, 4, 1, "flag"), (2, 5, 0, "certificate")],
        issued=5,
        returned=5,
        valid=5,
    )
    enter(client, conference, 2, {0: 2, 1: 3}, kind="award", award="flag")
    lines = BallotLine.objects.filter(is_chosen=True).order_by("ballot__number", "pk")
    found = [
        (line.ballot.number, line.unit.name) for line in lines.select_related("ballot", "unit")
    ]
    assert found == [(1, "Sở C"), (2, "Sở B")]
    (section,) = minutes_of(fresh(conference)).sections
    assert section.closing[-2:] == (
        "Hội nghị thống nhất đề nghị tặng Cờ thi đua cho 01 đơn vị: Sở B.",
        "Hội nghị thống nhất đề nghị tặng Bằng khen cho 01 đơn vị: Sở C.",
    )


def test_an_earlier_round_is_not_written_over(client):
    conference = meeting()
    enter(client, conference, 1, {1: 2, 2: 2, 3: 1})
    enter(client, conference, 2, {1: 3, 2: 2})
    refused = enter(client, conference, 1, {1: 5})
    assert refused.url == conference.get_absolute_url()
    with pytest.raises(ValidationError, match="xóa lần 2 trước"):
        count(conference, "head", [(1, 5)], issued=5, returned=5, valid=5)
    client.post(page(conference, 1, "ballot_delete"))
    assert kept() == [{"B": 2, "C": 2, "D": 1}, {"B": 3, "C": 2}]
    client.post(page(conference, 2, "ballot_delete"))
    assert kept() == [{"B": 2, "C": 2, "D": 1}]
    assert fresh(conference).next_head is None


def test_nobody_votes_again_on_what_is_decided(client):
    conference = meeting()
    enter(client, conference, 1, {1: 3, 2: 2})
    assert enter(client, conference, 2, {1: 3, 2: 2}).url == conference.get_absolute_url()
    with pytest.raises(ValidationError, match="Kết quả lần 1 đã phân định"):
        count(conference, "head", [(1, 3)], number=2, issued=5, returned=5, valid=5)


def test_a_unit_the_rule_does_not_leave_is_refused_in_the_next_round():
    conference = meeting()
    papers = {"issued": 5, "returned": 5, "valid": 5}
    count(conference, "head", [(1, 2), (2, 2), (3, 1)], **papers)
    with pytest.raises(ValidationError) as refused:
        count(conference, "head", [(1, 3), (3, 2)], number=2, **papers)
    key = f"u{units_of(conference)[3].pk}"
    assert refused.value.message_dict == {key: ["Lần 2 chỉ bỏ phiếu giữa: Sở B; Sở C."]}


def test_the_open_question_is_settled_by_the_last_round(client):
    """The confirmation asks the last round only; with the second decided it goes through."""
    conference = meeting()
    enter(client, conference, 1, {1: 2, 2: 2, 3: 1})
    url = reverse("conferences:conference_move", args=(conference.bloc_year_id, "confirm"))
    client.force_login(leader_of(conference.bloc_year.head))
    assert client.post(url).status_code == 422
    enter(client, conference, 2, {1: 3, 2: 2})
    client.force_login(leader_of(conference.bloc_year.head))
    assert client.post(url).status_code == 302
    assert fresh(conference).state == ConferenceState.COUNTED


def test_enough_votes_outside_the_one_flag_are_not_too_few(client):
    """Two reach the share, the year has one flag: page and minutes say what was lacking."""
    conference = meeting(present=6, flags=1)
    add_agenda(conference, ("Bình xét", "", "award"))
    enter(client, conference, 1, {0: 6, 1: 5, 2: 2}, kind="award", award="flag")
    tables = [under_heads(rows) for rows in tables_of(client.get(conference.get_absolute_url()))]
    results = [row["Kết quả"] for rows in tables for row in rows if "Kết quả" in row]
    assert results == ["Đạt", "Đạt tỷ lệ, ngoài số suất (01)", "Không đạt"]
    told = "Đạt tỷ lệ phiếu nhưng ngoài số suất (01): Sở B."
    assert told in client.get(conference.get_absolute_url()).content.decode()
    kept_conference = fresh(conference)
    sections = minutes_of(kept_conference).sections
    assert [told in section.closing for section in sections if section.votes] == [True]
    assert told in counting_minutes_of(kept_conference, kept_conference.counts[0]).conclusions


def test_certificates_beyond_the_limit_are_told_at_the_vote(client):
    """Four have enough votes, three may be proposed, three are equal over the last two."""
    conference = meeting(present=8, flags=1, certificate_count=3, certificate_share=100)
    add_agenda(conference, ("Bình xét", "", "award"))
    votes = {1: 7, 2: 6, 3: 6, 4: 6}
    enter(client, conference, 1, votes, kind="award", award="certificate")
    over = "Bằng khen: 04 đơn vị đạt tỷ lệ phiếu, nhiều hơn mức được đề nghị (03)."
    edge = "Sở C, Sở D, Sở E cùng được 06 phiếu ở mức cuối, chỉ còn 02 Bằng khen."
    shown = client.get(conference.get_absolute_url())
    (count,) = [row["count"] for row in shown.context["ballots"] if row["count"]]
    assert count["questions"] == [EQUAL]
    assert list(count["others"][:2]) == [over, edge]
    (section,) = [row for row in minutes_of(fresh(conference)).sections if row.votes]
    assert section.closing[:2] == (over, edge)


EDGE = {1: 7, 2: 6, 3: 6, 4: 6, 5: 5}
CERTIFICATES = {"kind": "award", "award": "certificate"}
WHY = "Sở C, Sở D giảm nghèo tốt hơn"


@pytest.fixture
def at_the_edge(client):
    """Five have enough votes for a certificate, three may be proposed, three are equal."""
    conference = meeting(present=8, flags=1, certificate_count=3, certificate_share=100)
    add_agenda(conference, ("Bình xét", "", "award"))
    enter(client, conference, 1, EDGE, **CERTIFICATES)
    return conference


def obstacles_to_confirm(client, conference):
    """Of the vote on awards, as the head of the bloc reads them."""
    client.force_login(leader_of(conference.bloc_year.head))
    url = reverse("conferences:conference_move", args=(conference.bloc_year_id, "confirm"))
    return [one for one in client.get(url).context["obstacles"] if "Phiếu suy tôn" in one]


def test_the_chair_names_no_more_than_are_left_of_the_equals_and_says_why(client, at_the_edge):
    def decide(*decided, why=WHY):
        return enter(client, at_the_edge, 1, EDGE, decided=decided, decision=why, **CERTIFICATES)

    unexplained = decide(2, 3, why="")
    assert unexplained.context["cells"]["decision"].errors == (
        "Vui lòng nêu lý do chủ tọa quyết định.",
    )
    too_many = decide(2, 3, 4)
    assert too_many.context["cells"]["decision"].errors == (
        "Chủ tọa đã chọn 03 đơn vị trong khi số phiếu chỉ để lại 02 suất.",
    )
    assert decide(5).status_code == 422


def test_what_the_chair_settles_is_told_and_lets_the_count_be_confirmed(client, at_the_edge):
    obstacle = f"Phiếu suy tôn, đề nghị khen thưởng: {EQUAL}"
    assert obstacles_to_confirm(client, at_the_edge) == [obstacle]
    enter(client, at_the_edge, 1, EDGE, decided=(2, 3), decision=WHY, **CERTIFICATES)
    kept_conference = fresh(at_the_edge)
    (ballot,) = kept_conference.counts
    assert [line.unit.name for line in ballot.votes if line.is_chosen] == ["Sở B", "Sở C", "Sở D"]
    said = f"Do bằng phiếu, chủ tọa quyết định: {WHY}"
    outside = "Đạt tỷ lệ phiếu nhưng ngoài mức được đề nghị (03): Sở E; Sở F."
    shown = client.get(at_the_edge.get_absolute_url())
    (facts_shown,) = [row["count"] for row in shown.context["ballots"] if row["count"]]
    assert facts_shown["questions"] == []
    (section,) = [row for row in minutes_of(kept_conference).sections if row.votes]
    for told in (
        facts_shown["others"],
        section.closing,
        counting_minutes_of(kept_conference, ballot).conclusions,
    ):
        assert {said, outside} <= set(told)
    assert obstacles_to_confirm(client, at_the_edge) == []


def test_equal_certificates_may_be_voted_on_again_between_those_alone(client):
    conference = meeting(present=8, flags=1, certificate_count=3, certificate_share=100)
    facts = {"kind": "award", "award": "certificate"}
    enter(client, conference, 1, {1: 7, 2: 6, 3: 6, 4: 6}, **facts)
    with pytest.raises(ValidationError, match="Lần 2 chỉ bỏ phiếu giữa: Sở C; Sở D; Sở E"):
        count(
            conference, "award", [(1, 8, 0, "certificate")], number=2, issued=8, returned=8, valid=8
        )
    # All three have enough votes again, and two places are left.
    enter(client, conference, 2, {2: 8, 3: 7, 4: 5}, **facts)
    chosen = [
        line.unit.name for one in fresh(conference).counts for line in one.votes if line.is_chosen
    ]
    assert chosen == ["Sở B", "Sở C", "Sở D"]


def test_certificates_within_the_limit_ask_nothing(client):
    conference = meeting(present=8, flags=1, certificate_count=3, certificate_share=100)
    add_agenda(conference, ("Bình xét", "", "award"))
    enter(client, conference, 1, {1: 7, 2: 6, 3: 6}, kind="award", award="certificate")
    (count,) = [
        row["count"]
        for row in client.get(conference.get_absolute_url()).context["ballots"]
        if row["count"]
    ]
    assert (count["questions"], "Bằng khen:" in " ".join(count["others"])) == ([], False)
