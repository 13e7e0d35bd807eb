"""How many deputies a bloc elects is a rule: ticks, rounds, minutes and the next year follow it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.conferences.actions.conferences import ONE_DEPUTY, choose_next_heads
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from blocs.years.actions.years import plan_year
from blocs.years.models import Regulation
from tests.factories.blocs import regulate
from tests.factories.conferences import add_agenda, conference_of, named_year, units_of
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of, save

pytestmark = pytest.mark.django_db
MISSING = "Còn thiếu 1 đơn vị đạt từ 3 phiếu trở lên; hội nghị có bầu tiếp không?"


def meeting(deputies=2):
    """Five units A to E, all there; half of those present is enough."""
    year = named_year([f"Sở {letter}" for letter in "ABCDE"])
    regulate(year, deputies=deputies)
    found = conference_of(year, counting_team="Bà Lê Thị H – Tổ trưởng")
    add_agenda(found, ("Chọn khối trưởng, khối phó", "", "election"))
    return found


def fresh(conference):
    return Conference.objects.for_page().get(pk=conference.pk)


def page(conference, number=1):
    turn = (number,) if number > 1 else ()
    return conference.address("ballot_edit", "deputy", *turn)


def enter(client, conference, votes, number=1, decision="", decided=()):
    """Type one round of the vote on deputies; `votes` by place of the unit."""
    client.force_login(editor_of(conference.bloc_year.head))
    units, url = units_of(conference), page(conference, number)
    sent = {"method": "secret", "issued": 5, "returned": 5, "valid": 5, "invalid": 0}
    sent["decision"] = decision
    for place, votes_for in votes.items():
        sent[f"u{units[place].pk}-votes_for"] = votes_for
    sent |= {f"u{units[place].pk}-is_decided": "on" for place in decided}
    return save(client, url, sent)


def chosen(conference):
    found = fresh(conference)
    return [unit and unit.name for unit in (found.next_deputy, found.next_second_deputy)]


def test_two_deputies_of_one_vote(client):
    conference = meeting()
    assert enter(client, conference, {1: 3, 2: 5, 3: 2}).status_code == 302
    # More votes, so the first of the two.
    assert chosen(conference) == ["Sở C", "Sở B"]
    paper = minutes_of(fresh(conference))
    assert paper.sections[0].closing == ("Khối phó năm 2021: Sở C; Sở B.",)
    counted = counting_minutes_of(fresh(conference), conference.counts[0])
    assert counted.conclusions == ("Sở B; Sở C được bầu làm Khối phó năm 2021.",)
    result = client.get(conference.get_absolute_url()).context["result"]
    assert result == ("Khối phó năm 2021: Sở C; Sở B.",)


@pytest.mark.parametrize(
    ("deputies", "votes", "limit"), [(1, {1: 4, 2: 2}, 1), (2, {1: 5, 2: 4, 3: 2}, 2)]
)
def test_a_paper_names_at_most_as_many_units_as_posts(client, deputies, votes, limit):
    conference = meeting(deputies)
    answer = enter(client, conference, votes)
    total = sum(votes.values())
    words = (
        f"Tổng số phiếu đồng ý ({total}) nhiều hơn mức 5 phiếu hợp lệ có thể có, vì mỗi phiếu được "
        f"chọn nhiều nhất {limit} đơn vị."
    )
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert chosen(conference) == [None, None]


def test_the_page_says_how_many_are_elected(client):
    conference = meeting()
    client.force_login(editor_of(conference.bloc_year.head))
    several = " Bầu 02 đơn vị, mỗi phiếu chọn nhiều nhất 02 đơn vị."
    rule = client.get(page(conference)).context["rule"]
    assert rule.endswith(several)
    regulate(conference.bloc_year, deputies=1)
    assert client.get(page(conference)).context["rule"] == rule[: -len(several)]


def test_who_is_elected_does_not_stand_again_and_the_second_round_fills_one_post(client):
    conference = meeting()
    enter(client, conference, {1: 5, 2: 2, 3: 2, 4: 1})
    shown = client.get(conference.get_absolute_url()).context["ballots"]
    assert [row["count"]["questions"] for row in shown if row["count"]] == [[MISSING]]
    second = client.get(page(conference, 2))
    assert [row["name"] for row in second.context["rows"]] == ["Sở C", "Sở D"]
    assert enter(client, conference, {2: 4, 3: 3}, number=2).status_code == 422
    assert enter(client, conference, {2: 3, 3: 2}, number=2).status_code == 302
    assert chosen(conference) == ["Sở B", "Sở C"]
    found = fresh(conference)
    last = found.counts[-1]
    assert counting_minutes_of(found, last).conclusions[-1] == (
        "Sở B; Sở C được bầu làm Khối phó năm 2021."
    )
    client.post(conference.address("ballot_delete", "deputy", 2))
    assert chosen(conference) == ["Sở B", None]


def test_where_too_few_stood_everybody_but_who_is_elected_stands(client):
    conference = meeting()
    enter(client, conference, {1: 5, 2: 2})
    names = [row["name"] for row in client.get(page(conference, 2)).context["rows"]]
    assert names == ["Sở A", "Sở C", "Sở D", "Sở E"]


def test_the_conference_may_leave_the_second_post_vacant_with_a_reason(client):
    conference = meeting()
    enter(client, conference, {1: 5, 2: 2, 3: 1})
    Conference.objects.update(next_head=units_of(conference)[4])
    deputy = leader_of(conference.bloc_year.deputy)
    client.force_login(deputy)
    confirm = conference.address("conference_move", "confirm")
    (asked,) = client.post(confirm).context["obstacles"]
    assert asked == f"Phiếu bầu khối phó: {MISSING}"
    decision = "Khối chỉ cần một khối phó."
    assert enter(client, conference, {1: 5, 2: 2, 3: 1}, decision=decision).status_code == 302
    assert chosen(conference) == ["Sở B", None]
    paper = minutes_of(fresh(conference))
    assert paper.sections[0].closing[-3] == f"Hội nghị không bầu tiếp: {decision}"
    client.force_login(deputy)
    assert client.post(confirm).status_code == 302
    assert fresh(conference).state == ConferenceState.COUNTED


def test_nobody_elected_is_not_left_vacant_by_a_word(client):
    conference = meeting()
    answer = enter(client, conference, {1: 2, 2: 2, 3: 1}, decision="Không bầu.")
    assert answer.context["cells"]["decision"].errors == ("Vui lòng đánh dấu đơn vị chủ tọa chọn.",)


def test_one_deputy_stays_one_post(client):
    conference = meeting(1)
    enter(client, conference, {1: 3, 2: 2})
    assert chosen(conference) == ["Sở B", None]


@pytest.mark.parametrize("deputies", (1, 2))
def test_without_a_vote_as_many_are_named_as_the_rule_says(client, deputies):
    conference = meeting(deputies)
    client.force_login(editor_of(conference.bloc_year.head))
    url, units = conference.address("next_heads_edit"), units_of(conference)
    form = client.get(url).context["form"]
    labels = [form.fields[name].label for name in form.fields if name.startswith("next_")]
    posts = ["Khối trưởng năm 2021", "Khối phó năm 2021", "Khối phó thứ hai năm 2021"]
    assert labels == [*posts[: deputies + 1], "Cách chọn"]
    named = {"next_head": units[1].pk, "next_deputy": units[2].pk, "next_head_basis": "luân phiên"}
    assert save(client, url, named | {"next_second_deputy": units[3].pk}).status_code == 302
    assert chosen(conference) == ["Sở C", "Sở D" if deputies == 2 else None]


def test_no_second_deputy_is_named_where_the_rule_names_one():
    conference = meeting(1)
    units, editor = units_of(conference), editor_of(conference.bloc_year.head)
    posts = {"next_head": units[0], "next_deputy": units[1], "next_second_deputy": units[2]}
    with pytest.raises(ValidationError) as caught:
        choose_next_heads(conference, **posts, next_head_basis="luân phiên", actor=editor)
    assert caught.value.message_dict == {"next_second_deputy": [ONE_DEPUTY]}
    assert chosen(conference) == [None, None]


def test_the_next_year_seats_both(client):
    conference = meeting()
    enter(client, conference, {1: 5, 3: 4})
    units = units_of(conference)
    ended = conference.starts_at + dt.timedelta(hours=2)
    signed = {"state": ConferenceState.SIGNED, "ended_at": ended, "next_head": units[0]}
    Conference.objects.update(**signed)
    bloc = conference.bloc_year.bloc
    for unit in units:
        bloc.memberships.create(unit=unit, starts_on=dt.date(2020, 1, 1))
    office = official(SeatRole.OFFICE)
    year = plan_year(bloc, actor=office, year=2021, members_on=dt.date(2021, 1, 1))
    seated = [unit.name for unit in (year.head, year.deputy, year.second_deputy)]
    assert (seated, year.regulation.deputies) == (["Sở A", "Sở B", "Sở D"], 2)


def test_the_first_deputy_who_left_leaves_the_post_to_the_second(client):
    conference = meeting()
    enter(client, conference, {1: 5, 3: 4})
    units = units_of(conference)
    ended = conference.starts_at + dt.timedelta(hours=2)
    Conference.objects.update(state=ConferenceState.SIGNED, ended_at=ended)
    bloc = conference.bloc_year.bloc
    for unit in (units[0], *units[2:]):
        bloc.memberships.create(unit=unit, starts_on=dt.date(2020, 1, 1))
    office = official(SeatRole.OFFICE)
    year = plan_year(bloc, actor=office, year=2021, members_on=dt.date(2021, 1, 1))
    assert (year.deputy, year.second_deputy) == (units[3], None)


def test_the_rule_is_set_and_told_on_its_page(client):
    conference = meeting()
    Conference.objects.update(state=ConferenceState.PREPARED)
    year = conference.bloc_year
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("years:year_rules", args=(year.pk,))
    typed = fields_of(client.get(url))
    refused = save(client, url, typed | {"deputies": "3"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["deputies"])
    assert save(client, url, typed | {"deputies": "1"}).status_code == 302
    assert Regulation.objects.get(bloc_year=year).deputies == 1
    assert "Bầu một đơn vị trưởng, tối đa 01 đơn vị phó của năm sau." in str(
        client.get(year.get_absolute_url()).context["rules"]
    )
