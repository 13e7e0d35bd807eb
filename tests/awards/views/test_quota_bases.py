"""Of which units a share of certificates is taken, how it is rounded, and the cap of a province."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal
from blocs.states import SeatRole
from tests.factories.awards import (
    AwardKindFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
)
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year

pytestmark = pytest.mark.django_db
FIVE = {"A": 90, "B": 80, "C": 70, "D": 60, "E": 50}


def national_flag():
    return AwardKindFactory(
        code="co-chinh-phu", name="Cờ thi đua của Chính phủ", is_flag=True, is_national=True
    )


def title():
    return AwardKindFactory(code="ttldxs", name="Tập thể lao động xuất sắc", is_title=True, order=3)


def started(client, year):
    client.force_login(editor_of(year.head))
    client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    return Proposal.objects.get(bloc_year=year)


def said(client, year):
    facts = client.get(reverse("proposals:proposal_detail", args=(year.pk,))).context["facts"]
    return dict(facts)["Được đề nghị tối đa"]


def held(year, *names):
    """These units wait for a conclusion."""
    table = year.tables.get()
    table.settings = {"disqualifiers": GROUNDS}
    table.save()
    for name in names:
        unit = year.members.get(unit__name=name).unit
        year.grounds.create(unit=unit, code="held", basis="KL 5", found_on=dt.date(2027, 1, 5))


@pytest.mark.parametrize(
    ("rules", "waiting", "drafted", "sentence"),
    [
        (
            {"certificate_base": "all", "certificate_share": 50, "rounding": "down"},
            (),
            ["B", "C"],
            "01 cờ; 02 Bằng khen (50% của 05 đơn vị thành viên, làm tròn xuống)",
        ),
        (
            {"certificate_base": "all", "certificate_share": 50, "rounding": "up"},
            (),
            ["B", "C", "D"],
            "01 cờ; 03 Bằng khen (50% của 05 đơn vị thành viên, làm tròn lên)",
        ),
        (
            {"certificate_base": "rest", "certificate_share": 25, "rounding": "half_up"},
            (),
            ["B"],
            "01 cờ; 01 Bằng khen (25% của 04 đơn vị còn lại, làm tròn từ 0,5 trở lên)",
        ),
        (
            {"certificate_base": "eligible", "certificate_share": 50, "rounding": "down"},
            ("E",),
            ["B", "C"],
            "01 cờ; 02 Bằng khen (50% của 04 đơn vị đủ điều kiện xét, làm tròn xuống)",
        ),
        (
            {"certificate_base": "eligible", "certificate_share": 50, "rounding": "down"},
            ("D", "E"),
            ["B"],
            "01 cờ; 01 Bằng khen (50% của 03 đơn vị đủ điều kiện xét, làm tròn xuống)",
        ),
        (
            {"certificate_base": "all", "certificate_share": 60, "certificate_count": 1},
            (),
            ["B"],
            "01 cờ; 01 Bằng khen (60% của 05 đơn vị thành viên, làm tròn xuống; không quá 01)",
        ),
    ],
)
def test_the_draft_keeps_to_the_share_of_its_base(client, rules, waiting, drafted, sentence):
    flag(), certificate()
    year = placed_year(FIVE, **rules)
    held(year, *waiting)
    proposal = started(client, year)
    found = proposal.items.filter(award__is_flag=False).order_by("pk")
    assert list(found.values_list("unit__name", flat=True)) == drafted
    assert said(client, year) == sentence


@pytest.mark.parametrize(
    ("titled", "asked", "warnings"),
    [
        (("B", "C"), 1, []),
        (("B", "C"), 2, ["Đề nghị 2 Bằng khen, nhiều hơn mức 1 Bằng khen được đề nghị."]),
        (("B", "C", "D", "E"), 2, []),
        ((), 1, ["Đề nghị 1 Bằng khen, nhiều hơn mức 0 Bằng khen được đề nghị."]),
    ],
)
def test_a_share_of_those_who_hold_the_lower_title(client, titled, asked, warnings):
    flag()
    kind, below = certificate(), title()
    year = placed_year(FIVE, certificate_base="holders", certificate_share=50)
    proposal = started(client, year)
    units = {row.unit.name: row.unit for row in year.members.select_related("unit")}
    proposal.items.all().delete()
    for name in titled:
        ProposalItemFactory(proposal=proposal, award=below, unit=units[name])
    for name in list(units)[:asked]:
        ProposalItemFactory(proposal=proposal, award=kind, unit=units[name])
    page = client.get(reverse("proposals:proposal_detail", args=(year.pk,)))
    assert page.context["warnings"] == warnings
    limit = len(titled) // 2
    assert said(client, year) == (
        f"01 cờ; {limit:02d} Bằng khen (50% của {len(titled):02d} đơn vị đạt danh hiệu thấp hơn, "
        "làm tròn xuống)"
    )


OVER = (
    "Đề nghị {} Cờ thi đua của Chính phủ, nhiều hơn mức {} (20% của {} cờ của tỉnh, làm tròn "
    "xuống)."
)


@pytest.mark.parametrize(
    ("provincial", "national", "refused", "warnings"),
    [
        (6, 2, 0, [OVER.format(2, 1, 6)]),
        (10, 2, 0, []),
        (4, 1, 0, [OVER.format(1, 0, 4)]),
        (5, 2, 1, []),
    ],
)
def test_the_province_is_warned_of_too_many_government_flags(
    client, provincial, national, refused, warnings
):
    kinds = [flag()] * provincial + [national_flag()] * national
    proposals = []
    for kind in kinds:
        proposals.append(ProposalFactory(received=True))
        ProposalItemFactory(proposal=proposals[-1], award=kind)
    for proposal in proposals[len(proposals) - refused :]:
        proposal.items.update(state=ItemState.REFUSED, reason="Chưa đạt.")
    # A draft of a bloc is not with the province yet.
    ProposalItemFactory(award=national_flag())
    client.force_login(official(SeatRole.OFFICE))
    url = reverse("proposals:proposal_list")
    session = client.session
    session["year"] = 2026
    session.save()
    assert client.get(url).context["warnings"] == warnings
    client.force_login(leader_of(proposals[0].bloc_year.head))
    assert client.get(url).context["warnings"] == []
