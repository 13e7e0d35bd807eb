"""The awards voted on come from the catalogue; one unit may stand in several questions."""

import pytest
from django.urls import reverse

from awards.proposals.actions.proposals import start_proposal
from awards.proposals.documents.submission import submission_paper
from awards.proposals.models.quotas import proposed_of
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Ballot, BallotLine, Conference
from blocs.states import YearState
from blocs.years.models import BlocYear, Regulation
from tests.factories.awards import AwardKindFactory, certificate, flag
from tests.factories.conferences import add_agenda, conference_of, named_year, units_of
from tests.factories.people import editor_of
from tests.papers.reading import tables_of, under_heads

pytestmark = pytest.mark.django_db
NAMES = ("Sở A", "Sở B", "Sở C", "Sở D", "Sở E", "Sở F")


def catalogue():
    """Flags of province and Government, a certificate, and a title that stands before it."""
    government = AwardKindFactory(
        code="co-chinh-phu",
        name="Cờ thi đua của Chính phủ",
        is_flag=True,
        is_national=True,
        order=0,
    )
    title = AwardKindFactory(
        code="tap-the-xuat-sac", name="Tập thể lao động xuất sắc", is_title=True, order=1
    )
    return {"province": flag(), "government": government, "title": title, "paper": certificate()}


@pytest.fixture
def conference(client):
    year = named_year(NAMES)
    Regulation.objects.update_or_create(bloc_year=year, defaults={"flags": 1})
    made = conference_of(year, counting_team="Bà Lê Thị H – Tổ trưởng")
    add_agenda(made, ("Bình xét", "", "award"))
    client.force_login(editor_of(year.head))
    return made


def page(conference):
    return reverse("conferences:ballot_edit", args=(conference.bloc_year_id, "award"))


def enter(client, conference, lines):
    """Type `lines` = (line of the page, code of the award, votes for) through the page."""
    shown = client.get(page(conference))
    sent = {"method": "secret", "issued": 6, "returned": 6, "valid": 6, "invalid": 0}
    sent |= {"seen": shown.context["cells"]["seen"].value, "decision": ""}
    for key, code, votes_for in lines:
        sent |= {f"{key}-award": code, f"{key}-votes_for": votes_for}
    return client.post(page(conference), sent)


def key_of(conference, place, line=1):
    unit = units_of(conference)[place].pk
    return f"u{unit}" if line == 1 else f"u{unit}x{line}"


def fresh(conference):
    return Conference.objects.for_page().get(pk=conference.pk)


def both_flags(client, conference, kinds):
    """B15: C has 6 of 6 for the province's flag and 5 of 6 for the Government's."""
    first = (key_of(conference, 2), kinds["province"].code, 6)
    assert enter(client, conference, [first]).status_code == 302
    second = (key_of(conference, 2, 2), kinds["government"].code, 5)
    assert enter(client, conference, [first, second]).status_code == 302


def stored():
    lines = BallotLine.objects.order_by("pk").values_list(
        "unit__name", "award_kind__name", "votes_for", "votes_against", "is_chosen"
    )
    return list(lines)


def test_one_unit_stands_for_both_flags_each_with_its_count(client, conference):
    kinds = catalogue()
    both_flags(client, conference, kinds)
    province, government = kinds["province"].name, kinds["government"].name
    assert stored() == [
        ("Sở C", province, 6, 0, True),
        ("Sở C", government, 5, 1, True),
    ]
    rows = under_heads(tables_of(client.get(conference.get_absolute_url()))[1])
    assert [(row["Nội dung"], row["Đồng ý"], row["Kết quả"]) for row in rows] == [
        (province, "06/06", "Đạt"),
        (government, "05/06", "Đạt"),
    ]
    choices = [value for value, _ in client.get(page(conference)).context["awards"]]
    assert choices == ["", "co-chinh-phu", *sorted_codes(kinds)]


def sorted_codes(kinds):
    """The rest of the catalogue in its order."""
    rest = [kind for name, kind in kinds.items() if name != "government"]
    return [kind.code for kind in sorted(rest, key=lambda kind: (kind.order, kind.pk))]


def test_minutes_counting_minutes_and_proposal_follow(client, conference):
    kinds = catalogue()
    both_flags(client, conference, kinds)
    province, government = kinds["province"].name, kinds["government"].name
    (section,) = minutes_of(fresh(conference)).sections
    assert [(row.name, row.subject, row.votes_for, row.rate) for row in section.votes] == [
        ("Sở C", province, "06/06", "100,0"),
        ("Sở C", government, "05/06", "83,3"),
    ]
    said = (
        f"Hội nghị thống nhất đề nghị tặng {province} cho 01 đơn vị: Sở C.",
        f"Hội nghị thống nhất đề nghị tặng {government} cho 01 đơn vị: Sở C.",
    )
    assert section.closing == said
    paper = counting_minutes_of(fresh(conference), Ballot.objects.get())
    assert paper.conclusions == said
    year = conference.bloc_year
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.RANKED)
    proposal = start_proposal(year, actor=editor_of(year.head))
    groups = submission_paper(proposal).groups
    assert [(group.award, [(row.name, row.votes) for row in group.rows]) for group in groups] == [
        (government, [("Sở C", "05/06")]),
        (province, [("Sở C", "06/06")]),
    ]


def test_a_title_is_never_counted_or_drafted_as_a_certificate(client, conference):
    kinds = catalogue()
    lines = [
        (key_of(conference, 0), kinds["province"].code, 6),
        (key_of(conference, 1), kinds["title"].code, 6),
        (key_of(conference, 3), kinds["paper"].code, 5),
    ]
    enter(client, conference, lines)
    year = conference.bloc_year
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.RANKED)
    proposal = start_proposal(year, actor=editor_of(year.head))
    items = list(proposal.items.select_related("award").order_by("pk"))
    assert [item.award.code for item in items] == [code for _, code, _ in lines]
    counted = proposed_of(items)
    assert (counted.flags, counted.certificates) == (1, 1)


def test_three_questions_on_one_unit_and_the_same_one_only_once(client, conference):
    kinds = catalogue()
    both_flags(client, conference, kinds)
    typed = [
        (key_of(conference, 2), kinds["province"].code, 6),
        (key_of(conference, 2, 2), kinds["government"].code, 5),
        (key_of(conference, 2, 3), kinds["title"].code, 4),
    ]
    assert enter(client, conference, typed).status_code == 302
    assert [line[2] for line in stored()] == [6, 5, 4]
    again = [*typed[:2], (key_of(conference, 2, 3), kinds["government"].code, 4)]
    answer = enter(client, conference, again)
    (row,) = [row for row in answer.context["rows"] if row["faults"]]
    assert answer.status_code == 422
    assert (row["name"], [line[2] for line in stored()]) == ("Sở C", [6, 5, 4])


def test_the_flag_is_scarce_and_the_flag_of_the_government_is_not(client, conference):
    """Two are equal on the one flag of the province; both may have that of the Government."""
    kinds = catalogue()
    flags = [(key_of(conference, place), kinds["province"].code, 5) for place in (0, 1)]
    enter(client, conference, flags)
    more = [(key_of(conference, place, 2), kinds["government"].code, 4) for place in (0, 1)]
    enter(client, conference, [*flags, *more])
    chosen = [(unit, kind) for unit, kind, _, _, is_chosen in stored() if is_chosen]
    assert chosen == [(f"Sở {letter}", kinds["government"].name) for letter in "AB"]


def test_an_award_that_is_out_of_use_is_not_voted_on(client, conference):
    kinds = catalogue()
    kinds["title"].is_active = False
    kinds["title"].save()
    answer = enter(client, conference, [(key_of(conference, 0), "tap-the-xuat-sac", 6)])
    assert (answer.status_code, stored()) == (422, [])
