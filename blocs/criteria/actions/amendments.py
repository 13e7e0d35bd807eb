"""Numbered amendments of a published table: begun by the bloc, taken note of by each person."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from blocs.criteria.actions.tables import columns_of, new_draft, store_nodes
from blocs.criteria.models.criteria import AmendmentReading, ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.states import TableState
from thidua.common.activity import record
from thidua.common.permissions import require

NOT_IN_FORCE = "Chỉ sửa đổi được bảng chấm điểm đang áp dụng."


@transaction.atomic
def start_amendment(table: ScoringTable, *, actor, reason: str, basis: str = "") -> ScoringTable:
    """Begin the next amendment as a draft with all lines and rules of the table in force.

    `reason` is told to the units, `basis` names the paper it rests on. A draft that was written as
    a whole new version becomes the amendment itself. Refused for any other table, and while
    another draft of the year is being written.
    """
    require(actor, "criteria.draft_table", table)
    table = ScoringTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if not reason.strip():
        raise ValidationError({"reason": "Vui lòng nêu lý do sửa đổi."})
    if table.state == TableState.DRAFT and table.amends_id is None:
        return turn_into_amendment(table, actor, reason.strip(), basis.strip())
    if table.state != TableState.PUBLISHED:
        raise ValidationError(NOT_IN_FORCE)
    source = table_value(table)
    amendment = new_draft(
        table.bloc_year,
        group=table.group,
        amends=table,
        amendment=next_amendment(table),
        amendment_reason=reason.strip(),
        amendment_basis=basis.strip(),
        **columns_of(source, table.title),
    )
    store_nodes(amendment, source.nodes)
    record(
        actor,
        "criteria.start_amendment",
        amendment,
        label=f"Lập bản sửa đổi lần {amendment.amendment}",
        note=reason.strip(),
    )
    return amendment


def turn_into_amendment(draft: ScoringTable, actor, reason: str, basis: str) -> ScoringTable:
    """The draft keeps its lines and amends the version in force from now on."""
    earlier = draft.earlier
    if earlier is None:
        raise ValidationError("Năm này chưa có bảng đang áp dụng để sửa đổi. Hãy ban hành dự thảo.")
    draft.amends, draft.amendment = earlier, next_amendment(draft)
    draft.amendment_reason, draft.amendment_basis = reason, basis
    draft.full_clean()
    draft.save()
    label = f"Chuyển dự thảo thành bản sửa đổi lần {draft.amendment}"
    record(actor, "criteria.start_amendment", draft, label=label, note=reason)
    return draft


def next_amendment(table: ScoringTable) -> int:
    """The number of the next amendment of the table of these units in their year."""
    return (table.sisters.aggregate(last=Max("amendment"))["last"] or 0) + 1


@transaction.atomic
def read_amendment(table: ScoringTable, *, actor) -> ScoringTable:
    """The person has taken note of what changed; the home page no longer tells of it."""
    require(actor, "years.take_note", table)
    if not table.amendment or table.state == TableState.DRAFT:
        raise ValidationError("Bảng này không phải là bản sửa đổi đã ban hành.")
    _, is_new = AmendmentReading.objects.get_or_create(table=table, user=actor)
    if is_new:
        record(actor, "criteria.read_amendment", table, label="Đã xem nội dung sửa đổi")
    return table
