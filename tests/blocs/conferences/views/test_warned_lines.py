"""B28: a vote on a unit dissolved, set aside, held or excluded warns, and needs a reason."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.conferences.actions.conferences import choose_next_heads
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Ballot, Conference
from blocs.conferences.workflows import CONFERENCE
from blocs.ranking.models import Ground
from blocs.states import MemberChangeKind as K
from blocs.states import YearState
from tests.factories.blocs import small_table
from tests.factories.changes import JULY_1, SEPTEMBER_1, change_members
from tests.factories.conferences import add_agenda, conference_of, count, named_year, units_of
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of

pytestmark = pytest.mark.django_db
NAMES = ("Sở A", "Sở B", "Sở C", "Sở D", "Sở E", "Sở F")
A, B, C, D, E, F = range(6)
MEETS = dt.datetime(2026, 11, 29, 1, tzinfo=dt.UTC)
ABSENT = (
    "Chỉ đơn vị đang hoạt động, tham gia đến khi bình xét và được xếp hạng mới được đề nghị khen "
    "thưởng."
)
ASK = "Hội nghị vẫn đưa ra bỏ phiếu thì ghi lý do ở dòng này; lý do được in trong biên bản."
GONE = f"Sở F: thôi hoạt động từ 01/07/2026. {ABSENT}"
WHY = "Khen thành tích đến ngày sáp nhập theo Công văn số 5/BTĐKT."


@pytest.fixture(autouse=True)
def end_of_november():
    with time_machine.travel("2026-11-29T09:00:00Z"):
        yield


@pytest.fixture
def conference(client):
    year = named_year(NAMES, year=2026, state=YearState.CLOSING)
    small_table(year, settings={"disqualifiers": GROUNDS})
    gone = units_of(conference_of(year, starts_at=MEETS))[F]
    gone.dissolved_on = JULY_1
    gone.save()
    year.conference.attendances.filter(unit=gone).update(is_present=False)
    client.force_login(editor_of(year.head))
    return Conference.objects.get()


def found(conference, place, code):
    return Ground.objects.create(
        bloc_year=conference.bloc_year,
        unit=units_of(conference)[place],
        code=code,
        basis="Kết luận số 3/KL-TTr.",
        found_on=SEPTEMBER_1,
    )


def page(conference, kind="award"):
    return reverse("conferences:ballot_edit", args=(conference.bloc_year_id, kind))


def typed(client, conference, lines, kind="award"):
    """Type (place, award, votes for, reason) through the page of the count."""
    sent = {"method": "secret", "issued": 5, "returned": 5, "valid": 5, "invalid": 0}
    seen = client.get(page(conference, kind)).context["cells"]["seen"].value
    sent |= {"seen": seen, "decision": ""}
    for place, award, votes_for, reason in lines:
        key = f"u{units_of(conference)[place].pk}"
        sent |= {f"{key}-award": award, f"{key}-votes_for": votes_for, f"{key}-reason": reason}
    return client.post(page(conference, kind), sent)


def faults(answer):
    return [fault for row in answer.context["rows"] for fault in row["faults"]]


def test_the_page_warns_beside_each_unit_with_the_rule(client, conference):
    change_members(conference.bloc_year, units_of(conference)[D], K.NOT_CONSIDERED, SEPTEMBER_1)
    found(conference, B, "held")
    found(conference, C, "out")
    found(conference, E, "cap")
    rows = client.get(page(conference)).context["rows"]
    assert {row["name"]: row["warnings"] for row in rows} == {
        "Sở A": (),
        "Sở B": (
            "Sở B: Đang bị thanh tra. Đơn vị chưa được xét khen thưởng cho đến khi có kết luận.",
        ),
        "Sở C": ("Sở C: Có vụ việc tham nhũng. Đơn vị không được xét khen thưởng.",),
        "Sở D": (f"Sở D: không xét năm nay, từ 01/09/2026. {ABSENT}",),
        "Sở E": (
            "Sở E: Không đạt thu ngân sách. Không được đề nghị Cờ thi đua; chỉ đến Bằng khen.",
        ),
        "Sở F": (GONE,),
    }


def test_a_merged_unit_is_voted_on_with_a_reason_that_the_minutes_print(client, conference):
    """The small input of B28: F has 4 of 5 votes for a certificate."""
    answer = typed(client, conference, [(F, "certificate", 4, "")])
    assert (answer.status_code, faults(answer)) == (422, [f"{GONE} {ASK}"])
    assert answer.context["rows"][F]["cells"]["votes_for"].value == "4"
    assert Ballot.objects.count() == 0
    assert typed(client, conference, [(F, "certificate", 4, WHY)]).status_code == 302
    told = f"{GONE} Hội nghị vẫn đưa ra bỏ phiếu, lý do: {WHY}"
    stored = Conference.objects.for_page().get()
    add_agenda(stored, ("Bình xét", "", "award"))
    stored = Conference.objects.for_page().get()
    assert minutes_of(stored).sections[0].closing[0] == told
    assert counting_minutes_of(stored, stored.counts[0]).conclusions[0] == told
    shown = client.get(stored.get_absolute_url()).context["ballots"][0]["count"]
    assert shown["others"][0] == told
    cells = client.get(page(conference)).context["rows"][F]["cells"]
    assert cells["reason"].value == WHY


@pytest.mark.parametrize(
    ("place", "code", "award", "words"),
    (
        (B, "held", "certificate", "Đơn vị chưa được xét khen thưởng cho đến khi có kết luận."),
        (C, "out", "certificate", "Đơn vị không được xét khen thưởng."),
        (E, "cap", "flag", "Không được đề nghị Cờ thi đua; chỉ đến Bằng khen."),
    ),
)
def test_a_held_or_excluded_unit_needs_a_reason_of_its_own(
    client, conference, place, code, award, words
):
    found(conference, place, code)
    answer = typed(client, conference, [(A, "flag", 5, ""), (place, award, 3, "")])
    (fault,) = faults(answer)
    assert fault.endswith(f"{words} {ASK}")
    assert typed(client, conference, [(place, award, 3, "Đã có kết luận.")]).status_code == 302


def test_what_is_left_open_by_a_ground_is_voted_on_without_a_reason(client, conference):
    found(conference, E, "cap")
    assert typed(client, conference, [(E, "certificate", 5, "")]).status_code == 302


def test_no_reason_makes_an_impossible_count_possible(client, conference):
    answer = typed(client, conference, [(F, "certificate", 6, WHY)])
    assert answer.status_code == 422
    assert answer.context["rows"][F]["cells"]["reason"].value == WHY


def test_a_ground_found_after_the_count_holds_the_confirmation(client, conference):
    count(conference, "award", [(B, 5, 0, "certificate")], issued=5, returned=5, valid=5)
    Conference.objects.update(next_head_basis="do tỉnh giao")
    found(conference, B, "held")
    stored = Conference.objects.for_page().get()
    assert CONFERENCE["confirm"].obstacles(stored) == [
        "Phiếu suy tôn, đề nghị khen thưởng: Sở B: Đang bị thanh tra. Đơn vị chưa được xét khen "
        "thưởng cho đến khi có kết luận. Thư ký ghi lý do vẫn bỏ phiếu ở trang kiểm phiếu, hoặc "
        "bỏ dòng của đơn vị này."
    ]


def test_a_dissolved_unit_heads_no_next_year_without_a_reason(client, conference):
    words = (
        "Sở F: thôi hoạt động từ 01/07/2026. Đơn vị không còn thì không giữ nhiệm vụ đứng đầu năm "
        "sau được."
    )
    answer = typed(client, conference, [(F, "", 5, "")], kind="head")
    assert faults(answer) == [f"{words} {ASK}"]
    url = reverse("conferences:next_heads_edit", args=(conference.bloc_year_id,))
    offered = client.get(url).context["form"].fields["next_head"].queryset
    assert [unit.name for unit in offered] == [*NAMES[:F]]
    with pytest.raises(ValidationError) as refused:
        choose_next_heads(
            conference,
            next_head=units_of(conference)[F],
            next_deputy=None,
            next_head_basis="luân phiên",
            actor=leader_of(conference.bloc_year.head),
        )
    assert refused.value.message_dict == {"next_head": [words]}


def test_a_unit_set_aside_this_year_may_head_the_next(client, conference):
    change_members(conference.bloc_year, units_of(conference)[D], K.NOT_CONSIDERED, SEPTEMBER_1)
    assert typed(client, conference, [(D, "", 5, "")], kind="head").status_code == 302
