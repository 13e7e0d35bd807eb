"""Published results as files: what the page shows, no more, and nothing that a spreadsheet runs."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions.enums import DecisionState
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db
NAMES = ("decisions", "lines", "blocs")


@pytest.fixture
def decision():
    found = DecisionFactory(
        number="7/QĐ-UBND",
        title="=HYPERLINK(\"http://a.example.vn\")",
        signed_on=dt.date(2026, 12, 1),
        signer_name="Trần Văn An",
        state=DecisionState.PUBLISHED,
        published_at=timezone.now(),
    )  # fmt: skip
    ProposalItemFactory(decision=found)
    DecisionFactory(title="Dự thảo không ai xem")
    BlocFactory(name="Khối đã nghỉ", is_active=False)
    return found


def address(name, form, decision):
    args = (decision.pk,) if name == "lines" else ()
    return reverse(f"open_data:{name}_{form}", args=args)


def rows_of(answer):
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_decisions_as_on_their_page(client, decision):
    titles, row = rows_of(client.get(address("decisions", "csv", decision)))
    assert titles[:3] == ["Số quyết định", "Trích yếu", "Ngày ký"]
    # Nothing computes what was typed.
    assert row == [
        "7/QĐ-UBND",
        f"'{decision.title}",
        "2026-12-01",
        "Chủ tịch",
        "Trần Văn An",
        "1",
        f"/cong-bo/{decision.pk}/",
    ]
    (told,) = client.get(address("decisions", "json", decision)).json()["items"]
    assert (told["title"], told["line_count"]) == (decision.title, 1)
    shown = client.get(reverse("decisions:public_list")).context["page_obj"]
    assert [one.number for one in shown] == [told["number"]]
    assert client.get(told["page"]).status_code == 200


def test_lines_as_on_their_page(client, decision):
    page = client.get(reverse("decisions:public_detail", args=(decision.pk,)))
    _, *rows = rows_of(client.get(address("lines", "csv", decision)))
    expected = [
        [str(item.award), str(item.unit), str(item.proposal.bloc_year.bloc)]
        for item in page.context["awarded"]
    ]
    assert (rows, len(rows)) == (expected, 1)
    told = client.get(address("lines", "json", decision)).json()["items"]
    assert [list(row.values()) for row in told] == expected


def test_blocs_as_on_their_page(client, decision):
    shown = client.get(reverse("decisions:public_blocs")).context["page_obj"]
    _, *rows = rows_of(client.get(address("blocs", "csv", decision)))
    assert rows == [[bloc.name, bloc.organiser, str(bloc.member_count)] for bloc in shown]
    assert "Khối đã nghỉ" not in [row[0] for row in rows]


@pytest.mark.parametrize("state", [DecisionState.DRAFT, DecisionState.SIGNED])
def test_what_is_not_published_is_not_there(client, decision, state):
    decision.state = state
    decision.save()
    for form in ("csv", "json"):
        assert client.get(address("lines", form, decision)).status_code == 404
    assert client.get(address("decisions", "json", decision)).json()["items"] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_everybody_may_keep_it_until_it_changes(client, decision, name, form):
    first = client.get(address(name, form, decision))
    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=300")
    tag = {"if-none-match": first["ETag"]}
    assert client.get(address(name, form, decision), headers=tag).status_code == 304
    decision.title, unit = "Về việc khác", UnitFactory()
    decision.save()
    proposal = ProposalFactory()
    ProposalItemFactory(proposal=proposal, decision=decision, unit=unit)
    assert client.get(address(name, form, decision), headers=tag).status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_the_same_for_any_number_of_rows(
    client, decision, count, django_assert_num_queries
):
    proposal = ProposalFactory()
    for _ in range(count):
        ProposalItemFactory(proposal=proposal, decision=decision, unit=UnitFactory())
    for name, number in zip(NAMES, (1, 2, 1), strict=True):
        with django_assert_num_queries(number):
            client.get(address(name, "csv", decision))


def test_the_pages_lead_to_their_files(client, decision):
    pages = {
        "decisions": reverse("decisions:public_list"),
        "lines": reverse("decisions:public_detail", args=(decision.pk,)),
        "blocs": reverse("decisions:public_blocs"),
    }
    for name, page in pages.items():
        text = client.get(page).content.decode()
        told = [text.count(f'href="{address(name, form, decision)}"') for form in ("csv", "json")]
        assert told == [1, 1]
