"""Tables of data and grids without lines, as Word wants them: every row with all its columns."""

from collections.abc import Iterator

from thidua.papers.word.measures import mm, points
from thidua.papers.word.parts import Around, WordCell, WordRow, WordTable
from thidua.papers.word.styles import SIDES

GROUPS = {"table-row-group", "table-header-group"}
# Beside the widest text of a column that is as wide as its text.
ROOM = 2.0


class Tables:
    """Reads tables for a Flow, which reads what is in their cells."""

    def __init__(self, flow):
        self.flow = flow

    def table(self, element, style, around) -> WordTable:
        """The table with the widths its first row or its columns say."""
        is_data = element.local_name == "table"
        fits = style.get("table-layout") == "auto"
        rows: list[WordRow] = []
        said: list[float] = self.columns(element, style, around) if is_data else []
        self.add_rows(rows, said, element, style, around)
        fill_up(rows)
        count = max(sum(cell.columns for cell in row.cells) for row in rows)
        widths = fitted(rows) if fits else shared(said[:count], count, around.width)
        above, below = (points(style.get(f"margin-{side}", "0")) for side in ("top", "bottom"))
        return WordTable(widths, rows, is_data, fits, above, below)

    def columns(self, element, style, around) -> list[float]:
        """Widths said by the columns of a table; 0 where one takes a share of the rest."""
        return [
            mm(self.flow.sheet.style_of(column, style)[0].get("width", "0"), around.width)
            for group in element.iter_children()
            if group.local_name == "colgroup"
            for column in group.iter_children()
        ]

    def add_rows(self, rows, said, element, style, around) -> None:
        """The rows of a table or of a group of rows, with what is held together."""
        for child in element.iter_children():
            inner, _ = self.flow.sheet.style_of(child, style)
            if inner["display"] in GROUPS:
                rows.extend(self.group(child, inner, said, around))
            elif inner["display"] == "table-row":
                if rows and inner.get("break-before") == "avoid":
                    rows[-1].keep_next()
                rows.append(self.row(child, inner, said, around))
                if inner.get("break-after") == "avoid":
                    rows[-1].keep_next()

    def group(self, element, style, said, around) -> list[WordRow]:
        """The rows of a head, which stay with the first below, or of a group that is not split."""
        rows: list[WordRow] = []
        self.add_rows(rows, said, element, style, around)
        is_head = element.local_name == "thead"
        for row in rows:
            row.is_head = is_head
        if is_head or style.get("break-inside") == "avoid":
            for row in rows if is_head else rows[:-1]:
                row.keep_next()
        return rows

    def row(self, element, style, said, around) -> WordRow:
        cells, is_first = [], not said
        children = list(element.iter_children())
        for child in children:
            inner, _ = self.flow.sheet.style_of(child, style)
            width = mm(inner.get("width", "0"), around.width)
            if is_first:
                said.append(width)
            cells.append(self.cell(child, inner, around.width / len(children), width))
        return WordRow(cells)

    def cell(self, element, style, share, width) -> WordCell:
        padding = tuple(mm(style.get(f"padding-{side}", "0")) for side in SIDES)
        inner = (width or share) - padding[1] - padding[3]
        attributes = element.etree_element.attrib
        return WordCell(
            self.flow.children(element, Around(style, inner)),
            columns=int(attributes.get("colspan", 1)),
            rows=int(attributes.get("rowspan", 1)),
            padding=padding,
            align_vertically="center" if style.get("vertical-align") == "middle" else "top",
        )


def fill_up(rows: list[WordRow]) -> None:
    """Give each row a cell for each column: where one above goes on, and where a grid ends."""
    open_cells: dict[int, tuple[int, int]] = {}
    for row in rows:
        row.cells, open_cells = continued(row.cells, open_cells)
    count = max(sum(cell.columns for cell in row.cells) for row in rows)
    for row in rows:
        if missing := count - sum(cell.columns for cell in row.cells):
            row.cells.append(WordCell([], columns=missing))


def continued(
    cells: list[WordCell], open_cells: dict[int, tuple[int, int]]
) -> tuple[list[WordCell], dict[int, tuple[int, int]]]:
    """(cells of a row with those that go on from above, what goes on below them)."""
    found: list[WordCell] = []
    below: dict[int, tuple[int, int]] = {}
    column = 0
    waiting: Iterator[WordCell] = iter(cells)
    while True:
        if column in open_cells:
            rows, columns = open_cells.pop(column)
            cell = WordCell([], columns=columns, rows=rows, is_continued=True)
        elif (cell := next(waiting, None)) is None:
            if not open_cells:
                return found, below
            column = min(open_cells)
            continue
        if cell.rows > 1:
            below[column] = (cell.rows - 1, cell.columns)
        found.append(cell)
        column += cell.columns


def shared(said: list[float], count: int, whole: float) -> list[float]:
    """A width for each column: those said, and equal shares of the rest."""
    widths = [*said, *[0.0] * (count - len(said))]
    free = [place for place, width in enumerate(widths) if not width]
    rest = whole - sum(widths)
    for place in free:
        widths[place] = rest / len(free)
    return widths


def fitted(rows: list[WordRow]) -> list[float]:
    """Columns as wide as their widest text."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return [max(wide(cell) for cell in column) for column in columns]


def wide(cell: WordCell) -> float:
    """Millimetres that a cell takes with each of its paragraphs on one line."""
    lines = (line.width for block in cell.blocks for line in block.paragraphs)
    return cell.padding[1] + cell.padding[3] + ROOM + max(lines, default=0)
