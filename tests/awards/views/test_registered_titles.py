"""Case 24: titles registered when the agreement is signed stand beside the proposal of December."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from awards.proposals.models import Proposal
from blocs.states import SeatRole, YearState
from blocs.years.models import BlocYear, Registration
from tests.cases import case
from tests.factories.awards import certificate, flag
from tests.factories.blocs import regulate
from tests.factories.people import editor_of, leader_of, official
from tests.factories.real_cases import enter, words_of
from tests.page_forms import save, seen_on
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
FACTS = case("24")
# The source says that titles were registered, not which: these stand for them.
WISHES = {
    "huyện Đức Trọng": "Cờ thi đua của UBND tỉnh\nTập thể lao động xuất sắc",
    "huyện Di Linh": "Bằng khen của Chủ tịch UBND tỉnh",
    "thành phố Đà Lạt": "Tập thể lao động xuất sắc",
}
SIGNED_ON = FACTS["event"]["date"]


def register(unit, year, titles):
    """The unit's secretary writes, its leader signs, on the day of the agreement."""
    client = Client()
    client.force_login(editor_of(unit))
    client.post(reverse("registrations:registration_start", args=(year.pk,)), {"unit": unit.pk})
    made = Registration.objects.get(bloc_year=year, unit=unit)
    url = reverse("registrations:registration_edit", args=(made.pk,))
    assert save(client, url, {"titles": titles, "content": "Chỉ tiêu"}).status_code == 302
    client.force_login(leader_of(unit))
    client.post(reverse("registrations:registration_move", args=(made.pk, "sign")))


@pytest.fixture
def year(client):
    """The cluster as published; three of its four units have registered on 15/04/2021."""
    client.force_login(official(SeatRole.OFFICE))
    found = enter(client, FACTS)
    units = {row.unit.name: row.unit for row in found.members.select_related("unit")}
    head = units[FACTS["members"][0]]
    BlocYear.objects.filter(pk=found.pk).update(head=head, state=YearState.OPEN)
    regulate(found, flags=1)
    with time_machine.travel(f"{SIGNED_ON}T07:00:00Z"):
        for name, titles in WISHES.items():
            register(units[name], found, titles)
    return BlocYear.objects.get(pk=found.pk)


def propose(client, year, lines):
    """The proposal with these (award, name of the unit), typed by the head's secretary."""
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.RANKED)
    client.force_login(editor_of(year.head))
    client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    url = reverse("proposals:proposal_edit", args=(year.pk,))
    typed = {"dong-TOTAL_FORMS": str(len(lines)), "dong-INITIAL_FORMS": "0", "number": "1"}
    for place, (kind, name) in enumerate(lines):
        unit = year.members.get(unit__name=name).unit_id
        typed |= {f"dong-{place}-award": kind.pk, f"dong-{place}-unit": unit}
    client.post(url, seen_on(client, url) | typed)
    assert Proposal.objects.get().items.count() == len(lines)


def registered(client, year):
    page = client.get(reverse("proposals:proposal_detail", args=(year.pk,)))
    rows = page.context["registered"]
    return [(row["unit"].name, row["titles"], row["proposed"]) for row in rows]


def test_titles_are_kept_from_april_and_compared_in_december(client, year):
    stored = Registration.objects.order_by("unit__name").values_list("signed_at__date", "state")
    assert [(f"{day}", state) for day, state in stored] == [(SIGNED_ON, "signed")] * 3
    propose(
        client,
        year,
        [(flag(), "huyện Đức Trọng"), (certificate(), "thành phố Bảo Lộc")],
    )
    assert registered(client, year) == [
        ("huyện Di Linh", "Bằng khen của Chủ tịch UBND tỉnh", "chưa đề nghị"),
        (
            "huyện Đức Trọng",
            "Cờ thi đua của UBND tỉnh; Tập thể lao động xuất sắc",
            "Cờ thi đua của UBND tỉnh",
        ),
        ("thành phố Đà Lạt", "Tập thể lao động xuất sắc", "chưa đề nghị"),
    ]
    page = words_of(client, reverse("proposals:proposal_detail", args=(year.pk,)))
    assert page.count("Đối chiếu với danh hiệu đã đăng ký") == 1
    _, found = check(year)
    assert [difference.sentence for difference in found] == []


def test_what_was_signed_is_not_written_again_after_the_year(client, year):
    propose(client, year, [(flag(), "huyện Đức Trọng")])
    made = Registration.objects.get(unit__name="huyện Di Linh")
    client.force_login(editor_of(made.unit))
    url = reverse("registrations:registration_edit", args=(made.pk,))
    client.post(url, {"titles": "Cờ thi đua của Chính phủ", "content": "Chỉ tiêu"})
    client.force_login(leader_of(made.unit))
    client.post(
        reverse("registrations:registration_move", args=(made.pk, "withdraw")), {"note": "nhầm"}
    )
    made.refresh_from_db()
    assert (made.titles, made.state) == (WISHES["huyện Di Linh"], "signed")


def test_a_member_compares_its_own_titles_only(client, year):
    propose(client, year, [(flag(), "huyện Đức Trọng")])
    unit = year.members.get(unit__name="thành phố Đà Lạt").unit
    Proposal.objects.update(state="submitted", submitted_at="2021-12-20T03:00:00Z")
    client.force_login(editor_of(unit))
    assert registered(client, year) == [
        ("thành phố Đà Lạt", "Tập thể lao động xuất sắc", "chưa đề nghị")
    ]


def test_drafts_are_not_compared(client, year):
    Registration.objects.filter(unit__name="huyện Di Linh").update(state="draft", signed_at=None)
    propose(client, year, [(flag(), "huyện Đức Trọng")])
    assert [name for name, _, _ in registered(client, year)] == [
        "huyện Đức Trọng",
        "thành phố Đà Lạt",
    ]
