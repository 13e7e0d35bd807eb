"""The order in which units lead their bloc: stated on its page, a hint where a head is chosen."""

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear
from tests.cases import case
from tests.factories.conferences import conference_of
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.real_cases import enter, plan, words_of
from tests.page_forms import save, seen_on
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
ARMY = case("29")
# The source says that units follow each other, and names no order: that of its list stands for it.
ORDER = ARMY["members"]
BASIS = "Quyết định thành lập Khối thi đua số 3 (thứ tự minh họa theo danh sách)"
HINT = "Đây là gợi ý; chọn đơn vị khác vẫn được."
LISTED = f"Theo thứ tự luân phiên nêu tại {BASIS}: {'; '.join(ORDER)}"


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def year(office):
    return enter(office, ARMY)


def unit(name):
    return Unit.objects.get(name=name)


def state(office, turns, basis=BASIS):
    """The office types these turns by the name of the unit."""
    url = reverse("units:bloc_rotation", args=(Bloc.objects.get().pk,))
    typed = {f"turn-{unit(name).pk}": str(turn) for name, turn in turns.items()}
    return save(office, url, {"rotation_basis": basis} | typed)


def state_all(office):
    turns = dict(zip(ORDER, range(1, len(ORDER) + 1), strict=True))
    assert state(office, turns).status_code == 302


def hint_for_next_head(client, year):
    url = reverse("conferences:next_heads_edit", args=(year.pk,))
    return client.get(url).context["form"].fields["next_head"].help_text


def test_the_order_stands_on_the_page_of_the_bloc_with_its_basis(office, year):
    bloc = year.bloc
    assert "Chưa ghi; khối, cụm bầu" in words_of(office, bloc.get_absolute_url())
    state_all(office)
    shown = office.get(bloc.get_absolute_url()).context["turns"]
    assert [(row.turn, row.unit.name) for row in shown] == list(enumerate(ORDER, start=1))
    assert f"Theo {BASIS}." in words_of(office, bloc.get_absolute_url())
    changes = ActivityEntry.objects.about(bloc).first().changes
    assert {row["field"]: (row["before"], row["after"]) for row in changes} == {
        "theo văn bản": ("", BASIS),
        "thứ tự luân phiên": (
            "",
            "; ".join(f"{turn}. {name}" for turn, name in enumerate(ORDER, start=1)),
        ),
    }


def test_case_29_the_conference_is_told_whose_turn_it_is_and_may_choose_another(office, year):
    """Lữ đoàn 368 leads in 2024 by the source, so Lữ đoàn 299 follows; the bloc takes 164."""
    assert ARMY["next_leadership"]["method"] == "luân phiên giữa các đơn vị trong khối"
    state_all(office)
    conference = conference_of(year, state=ConferenceState.OPEN)
    office.force_login(editor_of(year.head))
    hint = f"{LISTED}. Sau Lữ đoàn 368 đến lượt Lữ đoàn 299. {HINT}"
    assert hint_for_next_head(office, year) == hint
    assert hint in words_of(office, reverse("conferences:next_heads_edit", args=(year.pk,)))
    ballot = reverse("conferences:ballot_edit", args=(year.pk, "head"))
    assert (office.get(ballot).context["rotation"], hint in words_of(office, ballot)) == (
        hint,
        True,
    )
    deputies = reverse("conferences:ballot_edit", args=(year.pk, "deputy"))
    assert office.get(deputies).context["rotation"] == ""
    url = reverse("conferences:next_heads_edit", args=(year.pk,))
    chosen = {"next_head": unit("Lữ đoàn 164").pk, "next_head_basis": "bầu chọn"}
    assert office.post(url, chosen | seen_on(office, url)).status_code == 302
    assert Conference.objects.get(pk=conference.pk).next_head.name == "Lữ đoàn 164"


@pytest.mark.parametrize(
    ("head", "following"),
    [
        ("Trung đoàn 140", "Lữ đoàn 368"),
        ("Lữ đoàn 203", "Lữ đoàn 164"),
    ],
)
def test_the_turn_goes_round(office, year, head, following):
    state_all(office)
    BlocYear.objects.update(head=unit(head))
    conference_of(BlocYear.objects.get(), state=ConferenceState.OPEN)
    office.force_login(editor_of(unit(head)))
    said = f"{LISTED}. Sau {head} đến lượt {following}. {HINT}"
    assert hint_for_next_head(office, year) == said


def test_a_head_outside_the_order_and_a_bloc_without_one(office, year):
    state(office, {"Lữ đoàn 299": 2, "Lữ đoàn 241": 1})
    conference_of(year, state=ConferenceState.OPEN)
    office.force_login(editor_of(year.head))
    assert hint_for_next_head(office, year) == (
        f"Theo thứ tự luân phiên nêu tại {BASIS}: Lữ đoàn 241; Lữ đoàn 299. Lữ đoàn 368 "
        f"không có trong thứ tự này. {HINT}"
    )
    office.force_login(official(SeatRole.OFFICE))
    assert state(office, {}).status_code == 302
    bloc = Bloc.objects.get()
    assert (bloc.rotation_basis, bloc.memberships.exclude(turn=None).count()) == ("", 0)
    office.force_login(editor_of(year.head))
    assert hint_for_next_head(office, year) == ""


def test_the_office_is_told_whose_turn_it_is_in_the_year_that_follows(office, year):
    state_all(office)
    after = plan(office, year.bloc, ARMY["next_leadership"]["year"])
    url = reverse("years:year_edit", args=(after.pk,))
    told = office.get(url).context["form"].fields["head"].help_text
    assert told == f"{LISTED}. Sau Lữ đoàn 368 đến lượt Lữ đoàn 299. {HINT}"
    first = reverse("years:year_edit", args=(year.pk,))
    told = office.get(first).context["form"].fields["head"].help_text
    assert told == f"{LISTED}. Đến lượt Lữ đoàn 368. {HINT}"


def test_a_successor_takes_the_turn_of_the_unit_before(office, year):
    """From outside the bloc it stands in the turn; a member that had its own keeps that one."""
    state_all(office)
    new = UnitFactory(name="Lữ đoàn 500")
    for old, successor in (("Lữ đoàn 299", new), ("Lữ đoàn 241", unit("Lữ đoàn 203"))):
        data = {"successor": successor.pk, "on": "01/07/2024", "decision": "QĐ 9"}
        data["moves_memberships"] = "on"
        url = reverse("units:unit_succession", args=(unit(old).pk,))
        confirmed = office.post(url, data).context["confirmed"]
        assert office.post(url, data | {"confirmed": confirmed}).status_code == 302
    shown = office.get(year.bloc.get_absolute_url()).context["turns"]
    assert [(row.turn, row.unit.name) for row in shown] == [
        (1, "Lữ đoàn 368"),
        (2, "Lữ đoàn 500"),
        (4, "Lữ đoàn 203"),
        (5, "Lữ đoàn 164"),
        (6, "Lữ đoàn 673"),
        (7, "Trung đoàn 140"),
    ]


@pytest.mark.parametrize(
    ("turns", "basis", "faults"),
    [
        (
            {"Lữ đoàn 368": 1, "Lữ đoàn 299": 1, "Lữ đoàn 241": 2},
            BASIS,
            ["Lượt 1 ghi cho hai đơn vị; mỗi đơn vị một lượt."] * 2,
        ),
        (
            {"Lữ đoàn 368": 1},
            " ",
            [
                "Vui lòng ghi văn bản quy định thứ tự luân phiên: loại, số, ngày, cơ quan lập.",
            ],
        ),
    ],
)
def test_an_order_that_cannot_be_is_refused_beside_what_was_typed(
    office, year, turns, basis, faults
):
    answer = state(office, turns, basis)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert [sentence for found in errors.values() for sentence in found] == faults
    assert Bloc.objects.get().memberships.exclude(turn=None).count() == 0


def test_only_the_office_states_the_order(client, office, year):
    url = reverse("units:bloc_rotation", args=(year.bloc.pk,))
    client.force_login(leader_of(year.head))
    assert client.get(url).status_code == 403
    assert "Ghi thứ tự luân phiên" not in words_of(client, year.bloc.get_absolute_url())
