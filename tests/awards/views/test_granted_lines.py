"""What a decision grants stays: no page, no statement takes it away but a later decision."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from awards.decisions.enums import DecisionState
from awards.decisions.granted_lines import KEPT
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import ProposalItem
from blocs.states import SeatRole
from tests.factories.awards import (
    DecisionFactory,
    ProposalFactory,
    ProposalItemFactory,
    certificate,
    flag,
    government_flag,
)
from tests.factories.people import editor_of, official
from tests.page_forms import save
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
SIGNED = {"state": DecisionState.SIGNED, "signed_on": dt.date(2027, 1, 20)}


@pytest.fixture
def granted():
    decision = DecisionFactory(number="10/QĐ-UBND", **SIGNED)
    return ProposalItemFactory(
        proposal=ProposalFactory(received=True), state=ItemState.GRANTED, decision=decision
    )


def refuses(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_the_database_keeps_a_granted_line(granted):
    rows = ProposalItem.objects.filter(pk=granted.pk)
    other = granted.proposal.bloc_year.deputy
    refuses(rows.delete)
    refuses(granted.proposal.items.all().delete)
    for values in (
        {"decision": None, "state": ItemState.ELIGIBLE},
        {"unit": other},
        {"award": certificate()},
        {"merit": "Khác"},
        {"warned_reason": "Khối vẫn đề nghị."},
        {"reason": "Theo Kết luận số 5."},
        {"forwarded_number": "15/TTr-UBND"},
        {"forwarded_on": dt.date(2027, 1, 5)},
        {"state": ItemState.REFUSED, "reason": "Nhầm."},
        {"decision": DecisionFactory()},
        {"decision": DecisionFactory(number="9/QĐ", **SIGNED | {"signed_on": dt.date(2027, 1, 1)})},
    ):
        refuses(lambda values=values: rows.update(**values))
    # Nothing differs, so that nothing is written.
    granted.save()
    granted.refresh_from_db()
    assert (granted.unit, granted.decision.number) == (
        granted.proposal.bloc_year.head,
        "10/QĐ-UBND",
    )


def test_the_database_keeps_what_went_to_the_state(granted):
    facts = {"forwarded_number": "15/TTr-UBND", "forwarded_on": dt.date(2027, 1, 5)}
    item = ProposalItemFactory(
        proposal=granted.proposal, award=government_flag(), state=ItemState.FORWARDED, **facts
    )
    rows = ProposalItem.objects.filter(pk=item.pk)
    refuses(rows.delete)
    for values in (
        {"state": ItemState.ELIGIBLE},
        {"state": ItemState.GRANTED, "decision": granted.decision},
        {"decision": granted.decision},
        {"unit": granted.proposal.bloc_year.deputy},
        {"award": certificate()},
        {"merit": "Khác"},
        {"reason": "Nhầm."},
        {"forwarded_number": "16/TTr-UBND"},
        {"forwarded_on": dt.date(2027, 1, 6)},
    ):
        refuses(lambda values=values: rows.update(**values))
    # Nothing differs, so that nothing is written.
    rows.get().save()
    assert rows.values("state", *facts).get() == {"state": ItemState.FORWARDED} | facts


def test_the_rule_knows_every_column_of_a_line():
    columns = {field.column for field in ProposalItem._meta.concrete_fields}
    assert columns - set(KEPT) == {"id"}


def test_a_later_decision_takes_a_granted_line_over(granted):
    later = DecisionFactory(number="31/QĐ-UBND", **SIGNED | {"signed_on": dt.date(2027, 2, 3)})
    rows = ProposalItem.objects.filter(pk=granted.pk)
    rows.update(decision=later, merit="Đính chính theo Quyết định số 31/QĐ-UBND")
    assert rows.get().decision == later


def test_a_line_that_is_not_granted_is_free(granted):
    free = ProposalItemFactory(
        proposal=granted.proposal, award=certificate(), state=ItemState.ELIGIBLE
    )
    ProposalItem.objects.filter(pk=free.pk).update(merit="Sửa")
    free.delete()
    assert list(granted.proposal.items.all()) == [granted]


@pytest.mark.parametrize("state", [DecisionState.DRAFT, DecisionState.SIGNED])
def test_a_proposal_with_a_line_in_a_decision_does_not_go_back(client, state):
    facts = SIGNED | {"number": "10/QĐ-UBND"} if state == DecisionState.SIGNED else {}
    decision = DecisionFactory(**facts)
    item = ProposalItemFactory(
        proposal=ProposalFactory(received=True), state=ItemState.ELIGIBLE, decision=decision
    )
    client.force_login(official(SeatRole.OFFICE))
    move = reverse("proposals:proposal_move", args=(item.proposal.bloc_year_id, "return"))
    answer = client.post(move, {"note": "Sửa tên."})
    assert (answer.status_code, answer.context["obstacles"]) == (
        422,
        [
            f"Dòng “{item}” đang nằm trong “{decision}”. Cơ quan thường trực bỏ dòng khỏi dự "
            "thảo, hoặc bỏ dự thảo quyết định, trước; dòng của quyết định đã ký chỉ thay đổi bằng "
            "quyết định sau."
        ],
    )


def typed_rows(items, **header):
    """The form of a proposal with these lines (award, unit, merit)."""
    fields = {"dong-TOTAL_FORMS": len(items), "dong-INITIAL_FORMS": len(items)} | header
    for place, (award, unit, merit) in enumerate(items):
        fields |= {
            f"dong-{place}-award": award.pk,
            f"dong-{place}-unit": unit.pk,
            f"dong-{place}-merit": merit,
        }
    return {"number": "07/TTr", "dated_on": "08/12/2026"} | fields


@pytest.fixture
def returned(client):
    """A proposal that came back with the verdicts of the office."""
    proposal = ProposalFactory(state=ProposalState.RETURNED)
    year = proposal.bloc_year
    units = [member.unit for member in year.members.order_by("order")]
    verdicts = (
        (flag(), ItemState.ELIGIBLE, ""),
        (certificate(), ItemState.SUSPENDED, "Đang thanh tra."),
        (certificate(), ItemState.REFUSED, "Không đạt."),
    )
    items = [
        ProposalItemFactory(proposal=proposal, award=award, unit=unit, state=state, reason=reason)
        for unit, (award, state, reason) in zip(units[:3], verdicts, strict=True)
    ]
    client.force_login(editor_of(year.head))
    return proposal, items, units


def edit(client, proposal, rows, **header):
    address = reverse("proposals:proposal_edit", args=(proposal.bloc_year_id,))
    return save(client, address, typed_rows(rows, **header))


def verdicts(proposal):
    rows = proposal.items.order_by("pk").values_list("pk", "state", "reason", "merit")
    return list(rows)


def test_editing_changes_only_what_was_changed(client, returned):
    proposal, items, units = returned
    rows = [(item.award, item.unit, "") for item in items]
    before = verdicts(proposal)
    assert edit(client, proposal, rows, summary="Nhận xét mới").status_code == 302
    assert verdicts(proposal) == before
    added = [*rows[::-1], (certificate(), units[3], "Mới")]
    assert edit(client, proposal, added, summary="Nhận xét mới").status_code == 302
    assert verdicts(proposal)[:3] == before
    assert verdicts(proposal)[3][1:] == (ItemState.PROPOSED, "", "Mới")
    newest = ActivityEntry.objects.about(proposal).first()
    assert [row["field"] for row in newest.changes] == ["các dòng đề nghị"]


@pytest.mark.parametrize(("place", "state"), [(1, "Chưa xét"), (2, "Không được tặng")])
def test_a_line_with_a_verdict_against_it_is_not_taken_away(client, returned, place, state):
    proposal, items, units = returned
    rows = [(item.award, item.unit, "") for item in items]
    before = verdicts(proposal)
    answer = edit(client, proposal, [row for at, row in enumerate(rows) if at != place])
    assert (answer.status_code, verdicts(proposal)) == (422, before)
    assert answer.context["form"].non_field_errors() == [
        f"Dòng “{items[place]}” đã được cơ quan thường trực kết luận “{state}” nên không bỏ được; "
        "kết luận ấy đi cùng dòng. Muốn xét lại, đề nghị cơ quan thường trực."
    ]
    # Another unit in its place is another line.
    rows[place] = (items[place].award, units[3], "")
    assert edit(client, proposal, rows).status_code == 422


def test_a_line_in_a_draft_is_neither_taken_away_nor_written(client, returned):
    proposal, items, _ = returned
    ProposalItem.objects.filter(pk=items[0].pk).update(decision=DecisionFactory())
    rows = [(item.award, item.unit, "") for item in items]
    before = verdicts(proposal)
    assert edit(client, proposal, rows[1:]).status_code == 422
    assert edit(client, proposal, [(rows[0][0], rows[0][1], "Khác"), *rows[1:]]).status_code == 422
    assert verdicts(proposal) == before
