"""What bloc and province do with the lines of a draft scoring table."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from blocs.criteria.actions.tables import draft_of
from blocs.criteria.models.criteria import Criterion, ScoringTable
from blocs.scoring import GROUP, KINDS, Leaf, check_leaf, kind_words, rule_words
from blocs.scoring.kinds.kinds import is_ordinary
from blocs.scoring.terms.group_rules import group_faults
from blocs.scoring.totals.labels import code_for, own_code
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, said, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

UP, DOWN = "up", "down"
FACTS = ("code", "name", "max_points", "measure", "needs_evidence")


@transaction.atomic
def add_criterion(
    table: ScoringTable,
    *,
    actor,
    parent: Criterion | None,
    kind: str,
    data: Mapping,
    after: Criterion | None = None,
) -> Criterion:
    """Add a line at the end of a group, or of the table where `parent` is None.

    `after` is the neighbour below which it is to stand instead. `data` holds code, name,
    max_points, measure, needs_evidence and rule.
    """
    require(actor, "criteria.draft_table", table)
    table = draft_of(table)
    if kind != GROUP and kind not in KINDS:
        raise ValidationError("Phần mềm không có cách chấm này.")
    if parent and (parent.table_id != table.pk or not parent.is_group):
        raise ValidationError("Chỉ thêm được tiêu chí vào một nhóm của bảng này.")
    last = siblings_of(table, parent).aggregate(last=Max("order"))["last"] or 0
    row = Criterion(table=table, parent=parent, kind=kind, order=last + 1)
    put_fields(row, data)
    require_for_rule(actor, row)
    save_checked(row)
    if after:
        rows = [other for other in siblings_of(table, parent) if other.pk != row.pk]
        place = next((n for n, other in enumerate(rows, 1) if other.pk == after.pk), len(rows))
        number([*rows[:place], row, *rows[place:]])
    record(actor, "criteria.add_criterion", table, label="Thêm tiêu chí", note=str(row))
    return row


@transaction.atomic
def edit_criterion(
    criterion: Criterion,
    *,
    actor,
    data: Mapping,
    kind: str | None = None,
    seen: str | None = None,
) -> Criterion:
    """Set the fields of a line; `kind` where the way of scoring changes too."""
    require(actor, "criteria.draft_table", criterion.table)
    table = draft_of(criterion.table)
    row = table.criteria.select_for_update(of=("self",)).get(pk=criterion.pk)
    before, stored = (row.kind, row.rule), criterion_words(row)
    changes = put_fields(row, data if kind is None else {**data, "kind": kind})
    if not changes:
        return row
    typed, names = criterion_words(row), {"kind": "Cách chấm", "rule": "Quy tắc"}
    # Two rules may read alike: the data tells them apart, but nobody is shown it.
    del typed["data"]
    action = "criteria.edit_criterion"
    refuse_overtaken(table, action, seen=seen, stored=stored, typed=typed, names=names)
    if before != (row.kind, row.rule):
        require_for_rule(actor, row)
    if not row.is_group and row.children.exists():
        raise ValidationError("Nhóm còn tiêu chí con thì không đổi thành tiêu chí được chấm điểm.")
    save_checked(row)
    record(actor, action, table, label="Sửa tiêu chí", note=str(row), changes=changes)
    return row


def criterion_words(row: Criterion) -> dict[str, str]:
    """A line in words; `data` is its rule as it is stored."""
    return all_words(row, FACTS) | {
        "code": row.issued,
        "kind": kind_words(row.kind),
        "rule": rule_words(row.kind, row.rule, row.max_points, row.measure),
        "data": said(row.rule),
    }


def put_fields(row: Criterion, data: Mapping) -> list[dict]:
    """Set the fields of a line and return what changed; its code follows from how it is issued."""
    rest = {name: value for name, value in data.items() if name != "code"}
    changes = set_fields(row, rest)
    if "code" not in data or (row.pk and data["code"] == row.issued):
        return changes
    before, issued = row.issued if row.pk else "", data["code"]
    others = siblings_of(row.table, row.parent).exclude(pk=row.pk)
    same = [other for other in others if other.issued == issued]
    used = [other.code for other in others]
    row.code, row.label = code_for(issued, row.name, used, is_single=not same)
    # A neighbour whose code this was is printed as issued from now on, as is this line.
    others.filter(pk__in=[other.pk for other in same], label=None).update(label=issued)
    return [*change_of("mã", before, issued), *changes]


def require_for_rule(actor, row: Criterion) -> None:
    """Rules beyond the ordinary ones are written as data, by the office alone."""
    if not (row.is_group or is_ordinary(row.kind, row.rule)):
        require(actor, "criteria.publish_table", row.table)


def save_checked(row: Criterion) -> None:
    """Save a line that can be scored."""
    leaf = Leaf(row.code, row.kind, row.max_points, row.rule)
    if sentences := group_faults(row.rule) if row.is_group else check_leaf(leaf):
        raise ValidationError({"rule": sentences})
    row.full_clean(exclude=("rule",))
    row.save()


def siblings_of(table: ScoringTable, parent: Criterion | None) -> QuerySet:
    """The lines directly under `parent`, in their order."""
    return Criterion.objects.filter(table=table, parent=parent).order_by("order", "pk")


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor) -> ScoringTable:
    """Take a line out of the draft, with everything below it."""
    require(actor, "criteria.draft_table", criterion.table)
    table = draft_of(criterion.table)
    label = "Xóa nhóm tiêu chí" if criterion.is_group else "Xóa tiêu chí"
    record(actor, "criteria.remove_criterion", table, label=label, note=str(criterion))
    criterion.delete()
    return table


@transaction.atomic
def move_criterion(criterion: Criterion, *, actor, direction: str) -> Criterion:
    """Change places with the neighbour above (up) or below (down); at the end nothing happens."""
    require(actor, "criteria.draft_table", criterion.table)
    table = draft_of(criterion.table)
    if direction not in (UP, DOWN):
        raise ValidationError("Vui lòng chọn chuyển lên hoặc chuyển xuống.")
    rows = list(siblings_of(table, criterion.parent))
    place = [row.pk for row in rows].index(criterion.pk)
    other = place + (1 if direction == DOWN else -1)
    if not 0 <= other < len(rows):
        return criterion
    rows[place], rows[other] = rows[other], rows[place]
    number(rows)
    words = "Chuyển tiêu chí lên" if direction == UP else "Chuyển tiêu chí xuống"
    record(actor, "criteria.move_criterion", table, label=words, note=str(criterion))
    return rows[other]


def number(rows: list[Criterion]) -> None:
    """Write the order of neighbours as they stand in the list."""
    for order, row in enumerate(rows, start=1):
        row.order = order
    Criterion.objects.bulk_update(rows, ["order"])


@transaction.atomic
def place_criterion(
    criterion: Criterion,
    *,
    actor,
    parent: Criterion | None,
    before: Criterion | None = None,
) -> Criterion:
    """Put a line, with all below it, into a group (None: the top) before a neighbour or last.

    Where its code is taken there, it gets the next free number. Refused inside itself.
    """
    require(actor, "criteria.draft_table", criterion.table)
    table = draft_of(criterion.table)
    rows = {row.pk: row for row in table.criteria.select_for_update(of=("self",))}
    row, group = rows[criterion.pk], rows.get(parent.pk) if parent else None
    if parent and (group is None or not group.is_group):
        raise ValidationError("Chỉ chuyển được vào một nhóm của bảng này.")
    if group and row.pk in _line_of(rows, group):
        raise ValidationError("Không chuyển được một nhóm vào trong chính nó.")
    others = [other for other in siblings_of(table, group) if other.pk != row.pk]
    used = [other.code for other in others]
    is_labelled = row.label is not None and row.code in used
    code = own_code(row.issued, row.name, used) if is_labelled else free_code(row.code, used)
    changes = set_fields(row, {"code": code})
    row.parent = group
    row.save()
    place = next((n for n, other in enumerate(others) if before and other.pk == before.pk), None)
    place = len(others) if place is None else place
    number([*others[:place], row, *others[place:]])
    where = f"Chuyển vào “{group.name}”" if group else "Chuyển ra ngoài cùng"
    record(
        actor,
        "criteria.place_criterion",
        table,
        label="Chuyển chỗ tiêu chí",
        note=f"{row}. {where}.",
        changes=changes,
    )
    return row


def _line_of(rows: Mapping[int, Criterion], row: Criterion) -> set[int]:
    """The line itself and every group above it."""
    found = {row.pk}
    while row.parent_id:
        row = rows[row.parent_id]
        found.add(row.pk)
    return found


def free_code(code: str, used: list[str]) -> str:
    """The code where it is free among its neighbours, else the next number or letter of them."""
    if code not in used:
        return code
    return next(str(n) for n in range(len(used) + 1, 2 * len(used) + 3) if str(n) not in used)


@transaction.atomic
def set_maxima(table: ScoringTable, *, actor, points: Mapping[int, Decimal]) -> ScoringTable:
    """Set the maxima of several lines at once, by their ids, as the tree page sends them.

    Lines of other tables are refused; a rule that no longer fits is told by the check list.
    """
    require(actor, "criteria.draft_table", table)
    table = draft_of(table)
    rows = {row.pk: row for row in table.criteria.select_for_update(of=("self",))}
    if not points.keys() <= rows.keys():
        raise ValidationError("Có tiêu chí đã bị xóa hoặc không thuộc bảng này. Hãy tải lại trang.")
    changes = []
    for pk, value in points.items():
        row = rows[pk]
        if value < 0:
            raise ValidationError(f"Mục {row}: điểm tối đa không được âm.")
        if row.max_points != value:
            told = {"before": said(row.max_points), "after": said(value)}
            changes.append({"field": f"điểm tối đa {row}", **told})
            row.max_points = value
    if changes:
        Criterion.objects.bulk_update(rows.values(), ["max_points"])
        record(actor, "criteria.set_maxima", table, label="Sửa điểm tối đa", changes=changes)
    return table
