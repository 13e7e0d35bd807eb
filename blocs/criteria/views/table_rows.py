"""A scoring table as rows of finished words, ready for a thin template."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from blocs.criteria.actions.tables import COMMENT
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import Tree
from blocs.criteria.workflows import TABLE
from blocs.scoring import kind_words, rule_words
from blocs.scoring.terms.group_rules import group_faults, group_rule
from blocs.scoring.totals.group_limits import limit_words
from blocs.scoring.totals.tables import UNLIMITED, Node, outline, sum_of_maxima, walk
from thidua.common.log_book.models import lines_about
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import format_input, format_trimmed
from thidua.common.vietnamese.text import fold, words

DECIMALS = 4
UNNAMED = "(chưa có tên)"
LOG_LINES = 200
SHOWN_LINES = 30


@dataclass(frozen=True)
class TreeRow:
    """One line of the table; `sums` is what its children add up to, `gap` how far that is off."""

    pk: int
    above: int | str
    level: int
    number: str
    code: str
    name: str
    kind: str
    rule: str
    maximum: str
    typed: str
    sums: str
    gap: str
    measure: str
    faults: tuple[str, ...]
    is_group: bool
    is_extra: bool
    needs_evidence: bool
    is_first: bool
    is_last: bool
    edit_url: str
    move_url: str
    place_url: str
    add_url: str
    below_url: str


@dataclass(frozen=True)
class TreeFoot:
    """The last line: the total of the table beside the sum of its parts."""

    maximum: str
    typed: str
    sums: str
    gap: str


def tree_rows(table: ScoringTable, tree: Tree, faults=()) -> list[TreeRow]:
    """Every line of the table, top down; `faults` (TableFault) are said at their lines."""
    by_path: dict[str, list[str]] = {}
    for fault in faults:
        by_path.setdefault(fault.path, []).append(without_place(fault.sentence))
    return list(_rows(table, tree, tree.nodes, "", by_path))


def without_place(sentence: str) -> str:
    """The reason alone, where the line it is about stands beside it."""
    place, _, reason = sentence.partition(": ")
    return f"{reason[:1].upper()}{reason[1:]}" if reason else place


def _rows(table, tree, nodes, above, faults):
    for place, node in enumerate(nodes):
        path = f"{above}/{node.code}" if above else node.code
        ends = (place == 0, place == len(nodes) - 1)
        yield _row(table, tree, path, node, ends, tuple(faults.get(path, ())))
        yield from _rows(table, tree, node.children, path, faults)


def _row(table, tree, path, node, ends, faults):
    row = tree.rows[path]
    sums, gap = sums_of_group(node)
    add_url = reverse("criteria:criterion_new", args=(table.pk,))
    above = row.parent_id or ""
    return TreeRow(
        pk=row.pk,
        above=above,
        level=min(path.count("/"), 5),
        number=tree.printed[path],
        code=node.issued,
        name=node.name or UNNAMED,
        kind="" if node.is_group else kind_words(node.kind),
        rule=rule_of(node),
        maximum=maximum_words(node),
        typed="" if node.is_extra else format_input(row.max_points),
        sums=sums,
        gap=gap,
        measure=node.measure,
        faults=faults,
        is_group=node.is_group,
        is_extra=node.is_extra,
        needs_evidence=row.needs_evidence,
        is_first=ends[0],
        is_last=ends[1],
        edit_url=reverse("criteria:criterion_edit", args=(row.pk,)),
        move_url=reverse("criteria:criterion_move", args=(row.pk,)),
        place_url=reverse("criteria:criterion_place", args=(row.pk,)),
        add_url=f"{add_url}?cha={row.pk}",
        below_url=f"{add_url}?cha={above}&sau={row.pk}",
    )


def found_rows(rows: list[TreeRow], query: str) -> list[TreeRow]:
    """The lines that hold every word of `query` (accents do not count), with the groups above."""
    wanted = words(query)
    if not wanted:
        return rows
    by_pk = {row.pk: row for row in rows}
    kept = set()
    for row in rows:
        text = fold(f"{row.number} {row.code} {row.name} {row.kind} {row.rule}")
        if all(word in text for word in wanted):
            while row and row.pk not in kept:
                kept.add(row.pk)
                row = by_pk.get(row.above)
    return [row for row in rows if row.pk in kept]


@dataclass(frozen=True)
class PlainRow:
    """One line of a table that is not stored yet; `issued` where it is printed otherwise."""

    level: int
    number: str
    issued: str
    name: str
    kind: str
    rule: str
    maximum: str
    gap: str
    is_group: bool


def plain_rows(nodes) -> list[PlainRow]:
    """Every line of a tree read from a file, top down."""
    numbers = outline(nodes)
    return [
        PlainRow(
            level=min(path.count("/"), 5),
            number=numbers[path],
            issued=node.label or "",
            name=node.name or UNNAMED,
            kind="" if node.is_group else kind_words(node.kind),
            rule=rule_of(node),
            maximum=maximum_words(node),
            gap=sums_of_group(node)[1],
            is_group=node.is_group,
        )
        for path, node in walk(nodes)
    ]


def rule_of(node: Node) -> str:
    """How a leaf is scored; what is counted of the sum of a group."""
    if node.is_group:
        return limit_words(node)
    return rule_words(node.kind, node.rule, node.max_points, node.measure)


def sums_of_group(node: Node) -> tuple[str, str]:
    """Sum and gap of a group of work; bonus and deduction lie outside the sums."""
    if not node.is_group or node.is_extra or group_faults(node.rule):
        return "", ""
    return sum_words(node.children, node.max_points, group_rule(node.rule))


def maximum_words(node: Node) -> str:
    """The points of a line; nothing where bonus or deduction has no ceiling of its own."""
    if node.is_extra and not node.max_points:
        return ""
    return format_trimmed(node.max_points or 0, DECIMALS)


def sum_words(nodes, expected: Decimal | None, limits=UNLIMITED) -> tuple[str, str]:
    """The sum of the counted lines, and its difference from what is expected (empty: none)."""
    found = sum_of_maxima(nodes, limits)
    gap = found - (expected or Decimal(0))
    return format_trimmed(found, DECIMALS), difference_words(gap)


def difference_words(gap: Decimal) -> str:
    """«thừa 5» or «thiếu 2,5»; nothing where the sum is right."""
    if not gap:
        return ""
    return f"{'thừa' if gap > 0 else 'thiếu'} {format_trimmed(abs(gap), DECIMALS)}"


def tree_foot(table: ScoringTable, tree: Tree) -> TreeFoot:
    sums, gap = sum_words(tree.nodes, table.total_max)
    total = table.total_max
    return TreeFoot(format_trimmed(total, DECIMALS), format_input(total), sums, gap)


def table_facts(table, tree):
    """What the table is, in pairs."""
    facts = [
        *([("Áp dụng cho", table.group_words)] if table.group_id else []),
        ("Phiên bản", table.version),
        ("Tổng điểm tối đa", format_trimmed(table.total_max, 4)),
        ("Số tiêu chí được chấm", f"{len(tree.leaves()):02d}"),
    ]
    if table.amendment:
        facts.append(("Sửa đổi", f"lần {table.amendment}"))
        facts.append(("Lý do sửa đổi", table.amendment_reason))
    if table.amendment_basis:
        facts.append(("Căn cứ sửa đổi", table.amendment_basis))
    if table.published_at:
        facts.append(("Ban hành lúc", moment_words(table.published_at)))
        facts.append(("Mã kiểm tra (SHA-256)", f"{table.fingerprint[:16]}…"))
    return facts


def log_of(table):
    """Comments apart from the rest of the log book, in one query."""
    found = lines_about(table)[:LOG_LINES]
    comments = [entry for entry in found if entry.action == COMMENT]
    labels = dict(TABLE.states.choices)
    entries = [
        {
            "at": entry.at,
            "actor_name": entry.actor_name,
            "label": entry.label,
            "note": entry.note,
            "from_label": labels.get(entry.from_state, ""),
            "to_label": labels.get(entry.to_state, ""),
        }
        for entry in found
        if entry.action != COMMENT
    ]
    return {"comments": comments, "entries": entries[:SHOWN_LINES]}
