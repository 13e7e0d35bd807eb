"""A draft of hundreds of lines is written page by page; no page undoes what another one chose."""

import datetime as dt
import gzip
import re

import pytest
from django.urls import reverse

from awards.decisions import actions, forms
from awards.decisions.models import Decision
from awards.decisions.views import decisions
from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.views import proposals
from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
)
from tests.factories.blocs import year_with_members
from tests.factories.people import official
from tests.page_forms import fields_of, seen_on

pytestmark = pytest.mark.django_db
NEW = "/quyet-dinh/soan/"
TYPED = {"title": "Về việc khen thưởng", "year": "2026", "legal_bases": ""}
MOST_BYTES = 20_000


def lines(count, year=2026, decision=None):
    """So many eligible lines of one proposal, each of a unit of its own."""
    award, start = certificate(), Unit.objects.count()
    proposal = ProposalFactory(received=True, bloc_year=year_with_members(2, year=year))
    units = Unit.objects.bulk_create(
        Unit(code=f"X{at}", name=f"Ủy ban nhân dân xã Tân Lập {at}", short_name=f"X{at}")
        for at in range(start, start + count)
    )
    found = ProposalItem.objects.bulk_create(
        ProposalItem(
            proposal=proposal, award=award, unit=unit, state=ItemState.ELIGIBLE, decision=decision
        )
        for unit in units
    )
    return [item.pk for item in found]


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def few(monkeypatch):
    """Pages of three lines."""
    for room in (forms, decisions):
        monkeypatch.setattr(room, "LINES_OF_A_PAGE", 3)


def ticked(client, url):
    """(what the page offers, what is ticked there)."""
    form = client.get(url).context["form"]
    offered = [item.pk for item in form.fields["items"].queryset]
    return offered, [pk for pk in form["items"].value() if pk in offered]


def save(client, url, items, **more):
    """Press a button of the page as it stands."""
    return client.post(url, fields_of(client.get(url)) | TYPED | {"items": items} | more)


def held():
    return sorted(Decision.objects.get().items.values_list("pk", flat=True))


def test_pages_are_ticked_one_after_the_other_and_lose_nothing(office, few):
    keys = lines(8)
    answer = save(office, NEW, keys[:3], to="2")
    edit = reverse("decisions:decision_edit", args=(Decision.objects.get().pk,))
    assert answer.url == f"{edit}?page=2"
    assert ticked(office, answer.url) == (keys[3:6], [])
    answer = save(office, answer.url, keys[4:6], to="3")
    assert held() == [*keys[:3], *keys[4:6]]
    answer = save(office, answer.url, keys[6:7], to="1")
    assert ticked(office, answer.url) == (keys[:3], keys[:3])
    # One is taken out again: those of the other pages stay.
    answer = save(office, answer.url, keys[1:3])
    assert (held(), answer.url) == (
        [*keys[1:3], *keys[4:7]],
        Decision.objects.get().get_absolute_url(),
    )


def test_a_page_with_nothing_ticked_is_none_of_a_draft_that_has_lines(office, few):
    keys = lines(4)
    decision = DecisionFactory()
    ProposalItem.objects.filter(pk=keys[0]).update(decision=decision)
    edit = reverse("decisions:decision_edit", args=(decision.pk,))
    assert save(office, f"{edit}?page=2", []).status_code == 302
    assert held() == keys[:1]
    refused = save(office, edit, [])
    assert (refused.status_code, refused.context["form"].errors["items"]) == (
        422,
        ["Chọn ít nhất một dòng."],
    )
    assert held() == keys[:1]


def test_all_lines_of_the_year_are_added_by_one_button(office, few):
    keys, other, taken = lines(8), lines(2, year=2025), lines(2, decision=DecisionFactory())
    mine = save(office, NEW, keys[1:3], rest="1")
    assert (mine.status_code, Decision.objects.count()) == (302, 2)
    own = Decision.objects.latest("pk").items.values_list("pk", flat=True)
    # What was not ticked on the page that was shown stays out; nothing of others is taken.
    assert sorted(own) == keys[1:]
    assert set(own).isdisjoint(other + taken)


def test_a_line_that_another_draft_took_meanwhile_is_refused(office, few):
    keys = lines(4)
    shown = office.get(NEW).context["form"]["shown"].value()
    ProposalItem.objects.filter(pk=keys[0]).update(decision=DecisionFactory())
    typed = TYPED | {"items": keys[:3], "shown": shown}
    refused = office.post(NEW, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["items"])
    # Nor is one added that its page has not shown.
    assert office.post(NEW, typed | {"items": keys[3:]}).status_code == 422
    assert Decision.objects.count() == 1


def test_a_second_writer_on_another_page_is_told_first(office, few):
    keys = lines(6)
    save(office, NEW, keys[:3])
    edit = reverse("decisions:decision_edit", args=(Decision.objects.get().pk,))
    first = TYPED | seen_on(office, edit) | {"shown": ",".join(map(str, keys[:3]))}
    save(office, f"{edit}?page=2", keys[3:4])
    refused = office.post(edit, first | {"items": keys[1:3]})
    assert (refused.status_code, held()) == (409, keys[:4])
    again = first | {"items": keys[1:3], "seen": refused.context["form"]["seen"].value()}
    assert office.post(edit, again).status_code == 302
    assert held() == keys[1:4]


def test_a_second_writer_of_as_many_other_lines_is_seen(office, few, monkeypatch):
    """A long list is told by how many lines it has, and compared by all of them."""
    monkeypatch.setattr(actions, "FEW_LINES", 1)
    keys = lines(4)
    save(office, NEW, keys[:2])
    edit = reverse("decisions:decision_edit", args=(Decision.objects.get().pk,))
    first = fields_of(office.get(edit)) | {"items": keys[:1]}
    save(office, edit, keys[1:3])
    refused = office.post(edit, first)
    assert (refused.status_code, held()) == (409, keys[1:3])
    assert "2 dòng (dấu " in refused.content.decode()


def test_what_is_typed_saves_itself_page_by_page(office, few):
    keys = lines(5)
    save(office, NEW, keys[:3])
    edit = reverse("decisions:decision_edit", args=(Decision.objects.get().pk,))
    page = office.get(f"{edit}?page=2").context
    autosave, form = page["autosave"], page["form"]
    assert autosave["url"] == f"{edit}?tu-luu&page=2"
    typed = TYPED | {"items": keys[4:], "shown": form["shown"].value()}
    typed |= {"seen": form["seen"].value(), "person": autosave["person"]}
    assert office.post(autosave["url"], typed).json()["rows"] == {}
    assert held() == [*keys[:3], keys[4]]


def test_a_signed_decision_is_only_leafed_through(office, few):
    decision = DecisionFactory()
    keys = lines(5, decision=decision)
    Decision.objects.update(state="signed", number="1/QĐ-UBND", signed_on="2026-12-01")
    edit = reverse("decisions:decision_edit", args=(decision.pk,))
    text = office.get(edit).content.decode()
    assert ('name="to"' in text, 'name="rest"' in text, 'rel="next"' in text) == (
        False,
        False,
        True,
    )
    assert save(office, edit, keys[:1]).status_code == 422
    assert held() == keys


# Of each page: its queries, the same for any number of lines.
QUERIES = {"new": 11, "edit": 12, "detail": 11}


def test_1600_lines_are_short_pages(office, django_assert_num_queries):
    decision = DecisionFactory()
    lines(300, decision=decision)
    free = lines(1_300)
    pages = {
        "new": NEW,
        "edit": f"{reverse('decisions:decision_edit', args=(decision.pk,))}?page=9",
        "detail": decision.get_absolute_url(),
    }
    office.get(pages["detail"])
    for name, url in pages.items():
        with django_assert_num_queries(QUERIES[name], info=name):
            page = office.get(url).content
        assert len(gzip.compress(page)) <= MOST_BYTES, name
        assert len(re.findall(rb'name="items"|data-label="STT"', page)) == 100, name
    assert save(office, pages["edit"], [], rest="1").status_code == 302
    assert decision.items.count() == 1_500
    assert set(free) > set(decision.items.filter(pk__in=free).values_list("pk", flat=True))
    # What it rests on is kept now; the log book has told 1,200 lines.
    page = office.get(pages["detail"]).content
    assert len(gzip.compress(page)) <= MOST_BYTES


def test_what_is_in_the_way_of_a_long_proposal_is_told_in_part(office):
    lines(21, decision=DecisionFactory())
    proposal = Proposal.objects.get()
    url = reverse("proposals:proposal_detail", args=(proposal.bloc_year_id,))
    text = office.get(url).content.decode()
    assert text.count("đang nằm trong “") == 20
    assert "Và 1 điều khác; xong những điều trên thì trang nêu tiếp." in text
    proposal.items.last().delete()
    assert "điều khác" not in office.get(url).content.decode()


@pytest.mark.parametrize("count", (101, 1600))
def test_a_proposal_of_1600_lines_is_short_pages(office, count, django_assert_num_queries):
    lines(count, decision=DecisionFactory())
    url = reverse("proposals:proposal_detail", args=(Proposal.objects.get().bloc_year_id,))
    office.get(url)
    with django_assert_num_queries(37):
        answer = office.get(url, {"page": 99})
    text = answer.content.decode()
    assert len(gzip.compress(answer.content)) <= MOST_BYTES
    numbers = re.findall(r'data-label="STT">(\d+)<', text)
    assert (numbers[-1], len(numbers)) == (str(count), (count - 1) % 100 + 1)
    assert 'rel="prev"' in text


def test_warnings_stand_beside_the_lines_of_their_page(office, monkeypatch):
    monkeypatch.setattr(proposals, "LINES_OF_A_PAGE", 3)
    lines(3)
    proposal = Proposal.objects.get()
    ProposalItemFactory(proposal=proposal, award=certificate())
    Unit.objects.filter(pk=proposal.bloc_year.head_id).update(dissolved_on=dt.date(2026, 7, 1))
    url = reverse("proposals:proposal_detail", args=(proposal.bloc_year_id,))
    found = [office.get(url, {"page": page}) for page in (1, 2)]
    told = [(len(one.context["line_warnings"]), one.context["warned_elsewhere"]) for one in found]
    assert told == [(0, 1), (1, 0)]
    elsewhere = "Các trang khác của danh sách còn 1 dòng có cảnh báo."
    assert [elsewhere in one.content.decode() for one in found] == [True, False]
