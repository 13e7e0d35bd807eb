"""The page of a count."""

import pytest
from django.urls import reverse

from blocs.conferences.models import Ballot, Conference
from blocs.states import ConferenceState, SeatRole
from tests.factories.conferences import conference_of, count, named_year, units_of
from tests.factories.people import editor_of, leader_of, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db


def page(conference, kind="award", name="ballot_edit"):
    return reverse(f"conferences:{name}", args=(conference.bloc_year_id, kind))


@pytest.fixture
def conference(client):
    conference = conference_of()
    client.force_login(editor_of(conference.bloc_year.head))
    return conference


def typed(conference, votes, **numbers):
    """What the page sends: the four numbers and (place, award, for, against) lines."""
    units = units_of(conference)
    sent = {"method": "secret", "issued": 8, "returned": 8, "valid": 8, "invalid": 0}
    sent |= {"seen": numbers.pop("seen", ""), "decision": ""} | numbers
    for place, award, votes_for, against in votes:
        key = f"u{units[place].pk}"
        sent[f"{key}-award"] = award
        sent[f"{key}-votes_for"] = votes_for
        sent[f"{key}-votes_against"] = against
    return sent


def seen(client, url):
    return client.get(url).context["cells"]["seen"].value


@pytest.mark.parametrize("rows", (1, 3))
def test_the_page_costs_the_same_for_any_number_of_units(client, rows, django_assert_num_queries):
    conference = conference_of(named_year(["Sở A", "Sở B", *(f"Sở {n}" for n in range(rows))]))
    present = 2 + rows
    papers = {"issued": present, "returned": present, "valid": present}
    votes = [(place, present, 0, "certificate") for place in range(rows)]
    count(conference, "award", votes, **papers)
    client.force_login(editor_of(conference.bloc_year.head))
    client.get(page(conference))
    with django_assert_num_queries(13):
        assert client.get(page(conference)).status_code == 200


def test_a_new_count_proposes_the_papers_for_those_present(client, conference):
    cells = client.get(page(conference, "head")).context["cells"]
    assert (cells["issued"].value, cells["returned"].value) == ("8", "")


def test_a_count_is_stored_and_its_outcome_told(client, conference):
    url = page(conference)
    votes = [(0, "flag", 8, ""), (1, "certificate", 6, 2), (2, "certificate", 3, 5)]
    answer = client.post(url, typed(conference, votes, seen=seen(client, url)), follow=True)
    assert (
        "Đã lưu kết quả suy tôn, đề nghị khen thưởng. "
        "Được chọn: Sở Giao thông Vận tải; Sở Xây dựng."
    ) in answer.content.decode()
    lines = Ballot.objects.get().lines.values_list("award", "votes_for", "votes_against")
    assert list(lines) == [("flag", 8, 0), ("certificate", 6, 2), ("certificate", 3, 5)]


def test_a_zero_that_was_typed_is_a_zero_shown_and_the_page_takes_itself_again(client, conference):
    url = page(conference)
    votes = [(0, "flag", 8, 0), (1, "certificate", 0, 8)]
    client.post(url, typed(conference, votes, seen=seen(client, url)))
    shown = fields_of(client.get(url))
    first, second = (f"u{unit.pk}" for unit in units_of(conference)[:2])
    assert (shown["invalid"], shown[f"{first}-votes_against"]) == (["0"], ["0"])
    assert (shown[f"{second}-votes_for"], shown[f"{second}-votes_against"]) == (["0"], ["8"])
    again = client.post(url, shown | {f"{first}-votes_for": ["7"], f"{first}-votes_against": ["1"]})
    assert again.status_code == 302
    lines = Ballot.objects.get().lines.order_by("pk").values_list("votes_for", "votes_against")
    assert list(lines) == [(7, 1), (0, 8)]


def test_impossible_numbers_are_refused_where_they_stand_and_kept(client, conference):
    url = page(conference)
    votes = [(0, "flag", "tám", "")]
    sent = typed(conference, votes, returned=9, valid="", seen=seen(client, url))
    answer = client.post(url, sent)
    assert answer.status_code == 422
    cells = answer.context["cells"]
    assert cells["valid"].errors == ("Vui lòng nhập số này; không có phiếu nào thì nhập 0.",)
    row = answer.context["rows"][0]["cells"]["votes_for"]
    assert (row.value, row.errors) == ("tám", ("Vui lòng nhập số nguyên.",))
    sent = typed(conference, [(0, "flag", 8, 1)], valid=7, seen=seen(client, url))
    answer = client.post(url, sent)
    assert answer.context["cells"]["valid"].errors == (
        "Số phiếu hợp lệ (7) cộng số phiếu không hợp lệ (0) phải bằng số phiếu thu về (8).",
    )
    sent = typed(conference, [(0, "flag", 8, 1)], seen=seen(client, url))
    answer = client.post(url, sent)
    assert answer.context["rows"][0]["faults"] == [
        "“Sở Giao thông Vận tải”: đồng ý (8), không đồng ý (1) cộng lại phải "
        "bằng số phiếu hợp lệ (8)."
    ]
    assert answer.context["rows"][0]["cells"]["votes_for"].value == "8"
    assert Ballot.objects.count() == 0


def test_an_award_without_votes_is_asked_about(client, conference):
    answer = client.post(page(conference), typed(conference, [(0, "flag", "", "")]))
    errors = answer.context["rows"][0]["cells"]["votes_for"].errors
    assert errors == ("Vui lòng nhập số phiếu đồng ý.",)


def test_the_chair_is_asked_only_after_a_tie(client, conference):
    url = page(conference, "head")
    assert client.get(url).context["asks_chair"] is False
    client.post(url, typed(conference, [(0, "", 4, ""), (1, "", 4, "")], seen=seen(client, url)))
    answer = client.get(url)
    assert answer.context["asks_chair"] is True
    sent = typed(
        conference,
        [(0, "", 4, 4), (1, "", 4, 4)],
        seen=answer.context["cells"]["seen"].value,
        decision="Luân phiên.",
    )
    unit = units_of(conference)[1]
    assert client.post(url, sent | {f"u{unit.pk}-is_decided": "on"}).status_code == 302
    conference.refresh_from_db()
    assert conference.next_head == unit
    cells = client.get(url).context["rows"][1]["cells"]
    assert cells["is_decided"].is_on is True


def test_a_second_writer_keeps_the_typed_count(client, conference):
    url = page(conference, "head")
    first = seen(client, url)
    client.post(url, typed(conference, [(5, "", 8, "")], seen=first))
    answer = client.post(url, typed(conference, [(4, "", 7, "")], seen=first))
    assert answer.status_code == 409
    assert answer.context["rows"][4]["cells"]["votes_for"].value == "7"
    fresh = answer.context["cells"]["seen"].value
    client.post(url, typed(conference, [(4, "", 7, "")], seen=fresh))
    conference.refresh_from_db()
    assert conference.next_head.name == "Sở Công thương"


def test_only_the_secretary_types_counts(client, conference):
    url = page(conference, "head")
    year = conference.bloc_year
    for person in (leader_of(year.head), editor_of(year.deputy), official(SeatRole.OFFICE)):
        client.force_login(person)
        assert client.get(url).status_code == 403
        assert client.post(url, typed(conference, [(5, "", 8, "")])).status_code == 403
    assert Ballot.objects.count() == 0


def test_there_are_three_kinds_of_votes(client, conference):
    assert client.get(page(conference, "deputy")).status_code == 200
    assert client.get(page(conference, "king")).status_code == 404


def test_a_confirmed_count_is_closed(client, conference):
    Conference.objects.update(state=ConferenceState.COUNTED)
    url = page(conference, "head")
    answer = client.get(url, follow=True)
    assert answer.redirect_chain == [(conference.get_absolute_url(), 302)]
    answer = client.post(url, typed(conference, [(5, "", 8, "")]))
    assert answer.status_code == 422
    assert "Kết quả kiểm phiếu đã được xác nhận" in answer.content.decode()


def test_a_count_is_taken_away_by_post_only(client, conference):
    count(conference, "head", [(5, 8)])
    url = page(conference, "head", "ballot_delete")
    assert client.get(url).status_code == 405
    assert client.post(url).url == conference.get_absolute_url()
    assert Ballot.objects.count() == 0


def test_a_new_count_proposes_no_paper_for_who_is_absent(client):
    conference = conference_of(present=6)
    client.force_login(editor_of(conference.bloc_year.head))
    assert client.get(page(conference, "head")).context["cells"]["issued"].value == "6"


def test_whom_the_votes_chose_is_not_shown_as_the_choice_of_the_chair(client, conference):
    votes = [(0, 8, 0, "flag"), (1, 8, 0, "flag"), (2, 6, 2, "certificate")]
    count(conference, "award", votes, decision="Luân phiên.", decided={1})
    rows = client.get(page(conference)).context["rows"]
    marked = [row["name"] for row in rows if row["cells"]["is_decided"].is_on]
    assert marked == [units_of(conference)[1].name]
