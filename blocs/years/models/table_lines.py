"""The lines of a year's newest table, as far as the regulation of the year names them."""

from blocs.years.models.years import BlocYear


def line_paths(bloc_year: BlocYear) -> tuple[str, ...]:
    """Paths of groups and leaves in the order of the table; none while the year has no table."""
    table = bloc_year.tables.order_by("-version").first() if bloc_year.pk else None
    if table is None:
        return ()
    rows = {row.pk: row for row in table.criteria.order_by("order", "pk")}

    def path(row) -> str:
        above = rows.get(row.parent_id)
        return f"{path(above)}/{row.code}" if above else row.code

    return tuple(map(path, rows.values()))
