"""What real blocs proposed, entered through the pages: awards of ministries, Party, unions."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from awards.proposals.models import Proposal, ProposalItem
from blocs.states import SeatRole, YearState
from blocs.years.models import AwardKind, BlocYear
from tests.cases import case
from tests.factories.awards import AwardKindFactory, DecisionFactory, ProposalFactory
from tests.factories.blocs import regulate
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.real_cases import enter, words_of
from tests.page_forms import seen_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def kind_of(office, number, award):
    """The award in the catalogue, entered on its page."""
    name = award["award"]
    if award["awarding_body"] not in name:
        name = f"{name} của {award['awarding_body']}"
    kind = AwardKind.objects.filter(name=name).first()
    if kind is None:
        data = {"name": name, "code": f"kt-{number}", "order": number, "is_active": "on"}
        data |= {"is_flag": "on"} if name.startswith("Cờ") else {}
        office.post(reverse("years:kind_new"), data)
        kind = AwardKind.objects.get(name=name)
    return kind


def propose(year, lines):
    """The proposal with these (award, unit), written by the secretary of the head unit."""
    client = Client()
    client.force_login(editor_of(year.head))
    client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    url = reverse("proposals:proposal_edit", args=(year.pk,))
    rows = {"dong-TOTAL_FORMS": str(len(lines)), "dong-INITIAL_FORMS": "0"}
    for place, (kind, unit) in enumerate(lines):
        rows |= {f"dong-{place}-award": kind.pk, f"dong-{place}-unit": unit.pk}
    client.post(url, seen_on(client, url) | rows | {"number": "1", "dated_on": ""})
    return client


@pytest.mark.parametrize("number", ("08", "10", "13", "19", "23"))
def test_a_real_proposal_names_its_awards_and_units(office, number):
    facts = case(number)
    year = enter(office, facts)
    units = {member.unit.name: member.unit for member in year.members.select_related("unit")}
    # Where the source names no head, the first unit stands for it.
    head = year.head or units[facts["members"][0]]
    BlocYear.objects.filter(pk=year.pk).update(head=head, state=YearState.RANKED)
    year = BlocYear.objects.get(pk=year.pk)
    regulate(year, flags=1, certificate_count=2)
    lines = [
        (kind_of(office, place, award), units[award["unit"]])
        for place, award in enumerate(facts["awards_proposed"], start=1)
    ]
    client = propose(year, lines)
    stored = Proposal.objects.get().items.order_by("pk")
    assert [(item.award, item.unit) for item in stored] == lines
    page = words_of(client, reverse("proposals:proposal_detail", args=(year.pk,)))
    paper = client.get(reverse("proposals:proposal_paper", args=(year.pk,)))
    pages = PdfReader(BytesIO(b"".join(paper))).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    for kind, unit in lines:
        assert [kind.name in words for words in (page, text)] == [True, True]
        assert [unit.name in words for words in (page, text)] == [True, True]


def test_flags_and_certificates_of_case_10_are_counted_apart(office):
    (_, check) = case("10")["checks"]
    facts = case("10")["awards_proposed"]
    kinds = [kind_of(office, place, award) for place, award in enumerate(facts, start=1)]
    flags = sum(kind.is_flag for kind in kinds)
    assert {"Cờ": flags, "Bằng khen": len(kinds) - flags} == check["expect"]
    assert AwardKind.objects.count() == 2


COUNCIL = case("33")
# Awards of the province's chairman, or sent on to the Government.
COLLECTIVES = {row["award"].partition(" (")[0]: row["collective"] for row in COUNCIL["awards"]
               if "collective" in row}  # fmt: skip


def test_a_council_of_the_province_puts_544_collectives_on_one_list(office, client):
    """The persons of that sitting (428) have no place in the product: it rewards units."""
    proposal, decision = ProposalFactory(received=True), DecisionFactory()
    units = UnitFactory.create_batch(max(COLLECTIVES.values()))
    for order, (name, count) in enumerate(COLLECTIVES.items(), start=1):
        kind = AwardKindFactory(code=f"h{order}", name=name, order=order)
        ProposalItem.objects.bulk_create(
            ProposalItem(
                proposal=proposal, award=kind, unit=unit, decision=decision, state="eligible"
            )
            for unit in units[:count]
        )
    paper = client.get(reverse("decisions:decision_paper", args=(decision.pk,)))
    pages = PdfReader(BytesIO(b"".join(paper))).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    told = [f"{name} cho {count:02d} tập thể" for name, count in COLLECTIVES.items()]
    assert [words for words in told if words not in text] == []
    assert f"(Danh sách gồm {COUNCIL['totals']['collective']} tập thể)" in text
    assert sum(COLLECTIVES.values()) == COUNCIL["totals"]["collective"] == 544
