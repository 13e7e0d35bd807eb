"""The lines of a year's newest table, as far as the regulation of the year names them."""

from blocs.scoring.totals.tables import Node, section_names
from blocs.years.models.years import BlocYear


def line_paths(bloc_year: BlocYear) -> tuple[str, ...]:
    """Paths of groups and leaves in the order of the table; none while the year has no table."""
    rows = line_rows(bloc_year)

    def path(row) -> str:
        above = rows.get(row.parent_id)
        return f"{path(above)}/{row.code}" if above else row.code

    return tuple(map(path, rows.values()))


def named_sections(bloc_year: BlocYear) -> dict[str, str]:
    """«mục III “Cải cách hành chính”» of each group and top line of the table, by its path."""
    rows = line_rows(bloc_year).values()

    def below(parent: int | None) -> tuple[Node, ...]:
        return tuple(
            Node(row.code, row.name, row.kind, label=row.label, children=below(row.pk))
            for row in rows
            if row.parent_id == parent
        )

    return section_names(below(None))


def line_rows(bloc_year: BlocYear) -> dict:
    """The lines of the newest table by their key, in its order; none while there is no table."""
    table = bloc_year.tables.order_by("-version").first() if bloc_year.pk else None
    return {row.pk: row for row in table.criteria.order_by("order", "pk")} if table else {}
