"""B28: a unit dissolved, held or excluded is proposed with a reason of its own line only."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.awards import certificate, flag
from tests.factories.grounds import GROUNDS
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import seen_on

pytestmark = pytest.mark.django_db
GONE = (
    "B: thôi hoạt động từ 01/07/2026. Chỉ đơn vị đang hoạt động, tham gia đến khi bình xét và được "
    "xếp hạng mới được đề nghị khen thưởng."
)
HELD = "B: Đang bị thanh tra. Đơn vị chưa được xét khen thưởng cho đến khi có kết luận."
ASKED = "Muốn đề nghị, hãy ghi lý do ở dòng của đơn vị; nếu không thì bỏ dòng."
WHY = "Thành tích đạt trước ngày sáp nhập; theo Quyết định số 12"


@pytest.fixture
def year():
    flag(), certificate()
    year = placed_year({"A": "90", "B": "80", "C": "70"})
    table = year.tables.get()
    table.settings = {"disqualifiers": GROUNDS}
    table.save()
    return year


def url(year, name, *args):
    return reverse(f"proposals:{name}", args=(year.pk, *args))


def gone(year):
    Unit.objects.filter(name="B").update(dissolved_on=dt.date(2026, 7, 1))


def held(year):
    unit = year.members.get(unit__name="B").unit
    year.grounds.create(unit=unit, code="held", basis="KL 5", found_on=dt.date(2027, 1, 5))


def drafted(client, year, change):
    """A draft with a line for B, and what was found about B later; its quota is explained."""
    client.force_login(editor_of(year.head))
    client.post(url(year, "proposal_start"))
    proposal = Proposal.objects.get()
    assert proposal.items.filter(unit__name="B").count() == 1
    if change:
        change(year)
        settled = url(year, "proposal_basis")
        client.post(settled, seen_on(client, settled) | {"way": "keep", "reason": "Đã xem."})
    Proposal.objects.update(dated_on=dt.date(2027, 3, 1), quota_reason="Khối có ba đơn vị tốt.")
    return proposal


def send(client, year):
    client.force_login(leader_of(year.head))
    answer = client.post(url(year, "proposal_move", "submit"))
    if answer.status_code == 302:
        return []
    return answer.context["obstacles"] or list(map(str, answer.context["messages"]))


def explain(client, year):
    """The secretary types the reason into the line of B; the other lines stay."""
    client.force_login(editor_of(year.head))
    edit = url(year, "proposal_edit")
    form = client.get(edit).context
    typed = seen_on(client, edit) | {"number": "7", "dated_on": "01/03/2027"}
    typed |= {"dong-TOTAL_FORMS": str(len(form["rows"])), "dong-INITIAL_FORMS": "0"}
    for place, item in enumerate(Proposal.objects.get().items.order_by("award__order", "pk")):
        typed |= {f"dong-{place}-award": item.award_id, f"dong-{place}-unit": item.unit_id}
        typed[f"dong-{place}-warned_reason"] = WHY if item.unit.name == "B" else ""
    typed["quota_reason"] = "Khối có ba đơn vị tốt."
    assert client.post(edit, typed).status_code == 302


@pytest.mark.parametrize(("change", "words"), ((gone, GONE), (held, HELD)))
def test_a_warned_line_is_sent_with_its_own_reason_only(client, year, change, words):
    proposal = drafted(client, year, change)
    assert send(client, year) == [f"{words} {ASKED}"]
    explain(client, year)
    line = proposal.items.get(unit__name="B")
    assert line.warned_reason == WHY
    assert send(client, year) == []
    paper = submission_paper(Proposal.objects.get())
    printed = [text for part in paper.parts for text in part.paragraphs if "vẫn đề nghị" in text]
    assert [text.partition(" ")[2] for text in printed] == [
        f"{words} Khối vẫn đề nghị, lý do: {WHY}."
    ]
    client.force_login(official(SeatRole.OFFICE))
    facts = client.get(reverse("board:item_detail", args=(line.pk,))).context["facts"]
    assert [pair for pair in facts if pair[0] in ("Cảnh báo", "Lý do khối vẫn đề nghị")] == [
        ("Cảnh báo", words),
        ("Lý do khối vẫn đề nghị", WHY),
    ]


def test_a_line_without_a_warning_needs_no_reason(client, year):
    drafted(client, year, None)
    assert send(client, year) == []
