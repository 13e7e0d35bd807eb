"""The lines of a year's newest tables, as far as the regulation of the year names them."""

from collections.abc import Mapping, Sequence

from blocs.scoring.totals.tables import Node, section_names
from blocs.years.models.years import BlocYear


def line_paths(bloc_year: BlocYear) -> tuple[str, ...]:
    """Paths of groups and leaves in the order of the tables; none while the year has no table.

    A line that only some groups of units have is one of them, once.
    """
    return tuple(dict.fromkeys(path for rows in line_rows(bloc_year) for path in _paths(rows)))


def _paths(rows: dict) -> list[str]:
    def path(row) -> str:
        above = rows.get(row.parent_id)
        return f"{path(above)}/{row.code}" if above else row.code

    return [path(row) for row in rows.values()]


def named_sections(bloc_year: BlocYear) -> dict[str, str]:
    """«mục III “Cải cách hành chính”» of each group and top line of the table, by its path.

    Where the tables of several groups of units call a section differently it has no name.
    """
    return common_names([section_names(_nodes(rows)) for rows in line_rows(bloc_year)])


def common_names(tables: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The names that every table that has the path gives it."""
    found: dict[str, set[str]] = {}
    for names in tables:
        for path, words in names.items():
            found.setdefault(path, set()).add(words)
    return {path: words.pop() for path, words in found.items() if len(words) == 1}


def _nodes(rows: dict, parent: int | None = None) -> tuple[Node, ...]:
    return tuple(
        Node(row.code, row.name, row.kind, label=row.label, children=_nodes(rows, row.pk))
        for row in rows.values()
        if row.parent_id == parent
    )


def line_rows(bloc_year: BlocYear) -> list[dict]:
    """The lines of the newest table of each group of units by their key, in their order.

    None while there is no table; a query for each group.
    """
    tables = bloc_year.tables.order_by("-version") if bloc_year.pk else ()
    newest: dict = {}
    for table in tables:
        newest.setdefault(table.group_id, table)
    return [
        {row.pk: row for row in table.criteria.order_by("order", "pk")} for table in newest.values()
    ]
