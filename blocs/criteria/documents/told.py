"""The scoring tables in force and what changed since the year before, wherever they are told."""

from collections.abc import Iterator

from django.urls import reverse

from blocs.criteria.domain.table_cells import kind_labels
from blocs.criteria.models.regulation_changes import regulation_changes
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.criteria.models.tree import tree_of
from blocs.scoring import GROUP, kind_words, rule_words
from blocs.scoring.totals.group_limits import limit_words
from blocs.scoring.totals.tables import Node, walk
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.numbers import format_trimmed
from thidua.papers.told import TELLERS, Artefact, Fact, ToldRow

EXACT = 4


@TELLERS.add
def tables_told(year: BlocYear) -> Iterator[Artefact]:
    """Every line of each table in force with its maximum: on its page and in both its files."""
    for table in tables_in_force(year).tables:
        nodes = [node for _, node in walk(tree_of(table).nodes)]
        whose = f"{table.title}, {table.version_words}"
        page = tuple(ToldRow(node.name, (rule_of(node), maximum_of(node))) for node in nodes)
        yield Artefact(f"trang “{whose}”", table.get_absolute_url(), page)
        book = tuple(
            ToldRow(node.name, (*measure_of(node), kind_of(node), *known_maximum(node)))
            for node in nodes
        )
        url = reverse("criteria:table_workbook", args=(table.pk,))
        yield Artefact(f"“{whose}” (Excel)", url, book)
        data = tuple(ToldRow(node.name, known) for node in nodes if (known := known_maximum(node)))
        url = reverse("criteria:table_json", args=(table.pk,))
        yield Artefact(f"“{whose}” (JSON)", url, data)


def rule_of(node: Node) -> Fact:
    """The way of scoring and the rule in words; of a group what is counted of its sum."""
    if node.is_group:
        return Fact("cách chấm", limit_words(node))
    rule = rule_words(node.kind, node.rule, node.max_points, node.measure)
    return Fact("cách chấm", f"{kind_words(node.kind)} {rule}".strip())


def maximum_of(node: Node) -> Fact:
    """As it is printed: nothing where bonus or deduction has no ceiling of its own."""
    return next(iter(known_maximum(node)), Fact("điểm tối đa", ""))


def known_maximum(node: Node) -> tuple[Fact, ...]:
    """In files, where an empty cell is no cell."""
    if node.is_extra and not node.max_points:
        return ()
    return (Fact("điểm tối đa", format_trimmed(node.max_points or 0, EXACT)),)


def measure_of(node: Node) -> tuple[Fact, ...]:
    return (Fact("đơn vị tính", node.measure),) if node.measure else ()


def kind_of(node: Node) -> Fact:
    return Fact("cách chấm", kind_labels()[GROUP if node.is_group else node.kind])


@TELLERS.add
def rule_changes_told(year: BlocYear) -> Iterator[Artefact]:
    """Old and new value of each rule that differs from the year before, on page and annex."""
    earlier = BlocYear.objects.filter(bloc=year.bloc_id, year__lt=year.year).order_by("-year")
    other = earlier.select_related("bloc", "regulation").first()
    if other is None:
        return
    rows = tuple(
        ToldRow(
            change.where,
            (
                Fact("thay đổi", change.what),
                Fact("trước", change.before),
                Fact("nay", change.after),
            ),
        )
        for change in regulation_changes(other, year)
    )
    if rows:
        url = reverse("criteria:rule_changes", args=(year.pk,))
        yield Artefact("trang so sánh quy định", url, rows)
        url = reverse("criteria:rule_changes_paper", args=(year.pk,))
        yield Artefact("phụ lục so sánh quy định (PDF)", url, rows)
