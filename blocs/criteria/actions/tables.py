"""What bloc and province do with a scoring table as a whole."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from blocs.criteria.models.criteria import Criterion, ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.criteria.models.table_files import (
    EVIDENCE,
    OWN_COLUMNS,
    disqualifiers_of,
    fingerprint_of,
    settings_of,
    table_file,
    table_value,
)
from blocs.criteria.models.tree import rules_of
from blocs.criteria.workflows import TABLE, changes_of, only_words, year_still_counts
from blocs.scoring import TableRules, summing_words
from blocs.scoring.totals.labels import keyed
from blocs.scoring.totals.tables import Node, Table
from blocs.states import TableState
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.registry import Registry
from thidua.common.stamps import refuse_overtaken
from thidua.common.workflow import perform

COMMENT = "criteria.comment_table"
OTHER_YEAR = "Nhóm đơn vị này thuộc năm thi đua khác."
FACTS = ("title", *OWN_COLUMNS)
# What takes over from the version before when an amendment is published: reports hang on a table.
CARRIERS: Registry[Callable] = Registry()


@transaction.atomic
def start_table(
    bloc_year: BlocYear,
    *,
    actor,
    title: str,
    total_max: Decimal,
    group: UnitGroup | None = None,
) -> ScoringTable:
    """Begin an empty draft for a group of units, or for all units that have none.

    Refused while another draft for the same units is being written.
    """
    require(actor, "criteria.draft_table", bloc_year)
    table = new_draft(bloc_year, group=group, title=title, total_max=total_max)
    record(actor, "criteria.start_table", table, label="Lập dự thảo bảng chấm điểm")
    return table


@transaction.atomic
def copy_table(
    bloc_year: BlocYear,
    *,
    actor,
    source: ScoringTable,
    title: str = "",
    group: UnitGroup | None = None,
) -> ScoringTable:
    """Begin a draft with the lines and rules of a table that the actor may see."""
    require(actor, "criteria.draft_table", bloc_year)
    require(actor, "criteria.view_table", source)
    table = from_table(bloc_year, table_value(source), title=title or source.title, group=group)
    record(
        actor,
        "criteria.start_table",
        table,
        label="Lập dự thảo bảng chấm điểm",
        note=f"Chép từ {source}, phiên bản {source.version}.",
    )
    return table


@transaction.atomic
def import_table(
    bloc_year: BlocYear,
    *,
    actor,
    source: Table,
    title: str = "",
    group: UnitGroup | None = None,
) -> ScoringTable:
    """Begin a draft from a file of criteria-table/1; what it lacks is told by the check list.

    Lines that could not be stored (too long, one code twice) are refused, all in one go.
    """
    require(actor, "criteria.draft_table", bloc_year)
    table = from_table(bloc_year, source, title=title or source.title, group=group)
    record(
        actor,
        "criteria.start_table",
        table,
        label="Lập dự thảo bảng chấm điểm",
        note="Nhập từ tệp dữ liệu.",
    )
    return table


@transaction.atomic
def refill_table(table: ScoringTable, *, actor, source: Table, title: str = "") -> ScoringTable:
    """Replace every line and rule of a draft by those of a file, all or nothing."""
    require(actor, "criteria.draft_table", table)
    table = draft_of(table)
    table.criteria.all().delete()
    for name, value in columns_of(source, title or table.title).items():
        setattr(table, name, value)
    table.full_clean()
    table.save()
    store_nodes(table, source.nodes)
    record(
        actor,
        "criteria.refill_table",
        table,
        label="Nhập lại dự thảo từ tệp",
        note=f"Thay toàn bộ nội dung bằng tệp có {len(source.nodes):02d} phần.",
    )
    return table


def new_draft(
    bloc_year: BlocYear,
    *,
    title: str,
    total_max: Decimal,
    group: UnitGroup | None = None,
    **more: object,
) -> ScoringTable:
    """The next version of the table of these units, empty."""
    year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if group and group.bloc_year_id != year.pk:
        raise ValidationError(OTHER_YEAR)
    table = ScoringTable(bloc_year=year, group=group, title=title, total_max=total_max, **more)
    if draft := table.sisters.filter(state=TableState.DRAFT).first():
        raise ValidationError(
            f"{f'Nhóm “{group}”' if group else 'Năm này'} đã có dự thảo phiên bản {draft.version}. "
            "Vui lòng sửa tiếp dự thảo đó."
        )
    table.version = (table.sisters.aggregate(last=Max("version"))["last"] or 0) + 1
    if reasons := year_still_counts(table):
        raise ValidationError(reasons)
    table.full_clean()
    table.save()
    return table


def from_table(
    bloc_year: BlocYear, source: Table, *, title: str, group: UnitGroup | None = None
) -> ScoringTable:
    """A draft with the tree and the rules of `source`."""
    table = new_draft(bloc_year, group=group, **columns_of(source, title))
    store_nodes(table, source.nodes)
    return table


def columns_of(source: Table, title: str) -> dict[str, object]:
    """The columns of a table that say what `source` says beside its tree."""
    stated = sum((node.max_points or 0 for node in source.nodes if not node.is_extra), 0)
    rules = source.rules
    return {
        "title": title or "Bảng chấm điểm thi đua",
        "total_max": stated if rules.total_max is None else rules.total_max,
        "bonus_cap": rules.bonus_cap,
        "settings": settings_of(rules, source.disqualifiers),
    }


def store_nodes(table: ScoringTable, nodes: Sequence[Node]) -> None:
    """Write the tree level by level, so that its depth and not its size costs queries."""
    level: list[tuple[Criterion | None, Sequence[Node]]] = [(None, nodes)]
    while level:
        rows, below = [], []
        for parent, children in level:
            for order, node in enumerate(keyed(children), start=1):
                row = criterion_of(table, parent, node, order)
                rows.append(row)
                below.append((row, node.children))
        Criterion.objects.bulk_create(rows)
        level = [(row, children) for row, children in below if children]


def criterion_of(
    table: ScoringTable, parent: Criterion | None, node: Node, order: int
) -> Criterion:
    """The row of one node; its parent may not be saved yet. ValidationError names the line."""
    row = unchecked_criterion(table, parent, node, order)
    if faults := line_faults(row):
        sentences = "; ".join(sentence for found in faults.values() for sentence in found)
        raise ValidationError(f"Mục {node.issued} “{node.name}”: {sentences}")
    return row


def unchecked_criterion(
    table: ScoringTable, parent: Criterion | None, node: Node, order: int
) -> Criterion:
    """The row of one node as it stands, whether it can be stored or not."""
    rule = {key: value for key, value in node.rule.items() if key != EVIDENCE}
    return Criterion(
        table=table,
        parent=parent,
        order=order,
        code=node.code,
        label=node.label,
        name=node.name,
        kind=node.kind,
        max_points=node.max_points or 0,
        measure=node.measure,
        rule=rule,
        needs_evidence=bool(node.rule.get(EVIDENCE)),
    )


def line_faults(row: Criterion) -> dict[str, list[str]]:
    """Why a line cannot be stored, by field of the line; empty where it can."""
    try:
        # A draft may have lines without a name; the check list tells of them.
        row.clean_fields(exclude=["table", "parent"] + ([] if row.name else ["name"]))
    except ValidationError as error:
        return error.message_dict
    return {"max_points": ["điểm tối đa không được âm."]} if row.max_points < 0 else {}


def draft_of(table: ScoringTable) -> ScoringTable:
    """The table locked for a change; refused when it is not a draft any more."""
    table = ScoringTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if table.state != TableState.DRAFT:
        raise ValidationError(frozen_sentence(table))
    if reasons := year_still_counts(table):
        raise ValidationError(reasons)
    return table


def frozen_sentence(table: ScoringTable) -> str:
    """Why a published version cannot be changed, and what to do instead."""
    return (
        f"Bảng chấm điểm phiên bản {table.version} đã ban hành, không sửa được. "
        "Muốn thay đổi, hãy lập phiên bản mới."
    )


@transaction.atomic
def edit_table(
    table: ScoringTable, *, actor, data: Mapping, rules: TableRules, seen: str | None = None
) -> ScoringTable:
    """Set title, total and bonus cap from `data` and the summing rules from `rules`."""
    require(actor, "criteria.draft_table", table)
    table = draft_of(table)
    stored, settings = table_words(table), settings_of(rules, disqualifiers_of(table))
    changes = set_fields(table, {name: data[name] for name in FACTS})
    is_same, table.settings = table.settings == settings, settings
    typed, action = table_words(table), "criteria.edit_table"
    if not is_same:
        changes += change_of("quy tắc tính", stored["rules"], typed["rules"])
    if not changes:
        return table
    names = {"rules": "Quy tắc tính"}
    refuse_overtaken(table, action, seen=seen, stored=stored, typed=typed, names=names)
    table.full_clean()
    table.save()
    record(actor, action, table, label="Sửa thông tin chung của bảng", changes=changes)
    return table


def table_words(table: ScoringTable) -> dict[str, str]:
    """The common facts of a table in words, its summing rules as one value."""
    return all_words(table, FACTS) | {"rules": " ".join(summing_words(rules_of(table)))}


@transaction.atomic
def publish_table(table: ScoringTable, *, actor) -> ScoringTable:
    """Freeze the draft under its fingerprint; the version in force before it gives way.

    Refused with every reason of the check list, also when a report already uses the version in
    force: sheets are scored by the table they were begun with. Only an amendment carries them over.
    """
    require(actor, "criteria.publish_table", table)
    table = ScoringTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if table.state != TableState.DRAFT:
        raise ValidationError(frozen_sentence(table))
    if reasons := TABLE["publish"].obstacles(table):
        raise ValidationError(reasons)
    changes = changes_of(table)
    if earlier := table.earlier:
        if table.amends_id == earlier.pk:
            for carry in CARRIERS:
                carry(earlier, table, actor=actor, keeps_points=only_words(changes))
        perform(TABLE, "supersede", earlier, actor=actor)
    fingerprint = fingerprint_of(table_file(table))
    return perform(TABLE, "publish", table, actor=actor, fingerprint=fingerprint, changes=changes)


@transaction.atomic
def comment_table(table: ScoringTable, *, actor, text: str) -> ScoringTable:
    """Keep what a member says about the draft; comments stand in the log book of the table."""
    require(actor, COMMENT, table)
    if table.state != TableState.DRAFT:
        raise ValidationError("Bảng chấm điểm đã ban hành, không nhận góp ý nữa.")
    if not text.strip():
        raise ValidationError("Vui lòng ghi nội dung góp ý.")
    record(actor, COMMENT, table, label="Góp ý", note=text.strip())
    return table
