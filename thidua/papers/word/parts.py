"""What a paper in Word is made of; lengths in millimetres, spaces above and below in points."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from thidua.papers.word.measures import width_of
from thidua.papers.word.styles import SheetSize, Style


@dataclass(frozen=True)
class Around:
    """Where a block stands: the style it inherits from and the width it has."""

    style: Style
    width: float


@dataclass
class Run:
    """A piece of text in one face."""

    text: str
    size: float
    is_bold: bool
    is_italic: bool

    @property
    def width(self) -> float:
        return width_of(self.text, self.size, is_bold=self.is_bold, is_italic=self.is_italic)


@dataclass
class Paragraph:
    """A paragraph; `height` makes an empty one exactly so high, `edges` are its ruled sides."""

    runs: list[Run]
    align: str = "left"
    first_line: float = 0
    left: float = 0
    right: float = 0
    above: float = 0
    below: float = 0
    line: float = 1
    height: float = 0
    level: int = 0
    edges: tuple[str, ...] = ()
    keeps_next: bool = False
    keeps_lines: bool = False

    @property
    def width(self) -> float:
        return sum(run.width for run in self.runs)

    @property
    def paragraphs(self) -> Iterator["Paragraph"]:
        yield self


@dataclass
class WordCell:
    """A cell of a table; `above` and so on are the room inside it, in millimetres."""

    blocks: list["Block"]
    columns: int = 1
    rows: int = 1
    padding: tuple[float, float, float, float] = (0, 0, 0, 0)
    is_continued: bool = False
    align_vertically: str = "top"


@dataclass
class WordRow:
    """A row; one of the head comes again on every page."""

    cells: list[WordCell]
    is_head: bool = False

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for cell in self.cells:
            for block in cell.blocks:
                yield from block.paragraphs

    def keep_next(self) -> None:
        for paragraph in self.paragraphs:
            paragraph.keeps_next = True


@dataclass
class WordTable:
    """A table of data with borders, or a grid without them."""

    widths: list[float]
    rows: list[WordRow]
    is_ruled: bool = False
    is_centred: bool = False
    above: float = 0
    below: float = 0

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            yield from row.paragraphs


Block = Paragraph | WordTable


@dataclass
class WordPart:
    """What stands on sheets of one size; page numbers of an annex begin again."""

    size: SheetSize
    blocks: list[Block]
    numbers_anew: bool = False


@dataclass
class WordPaper:
    """A whole paper."""

    title: str
    parts: list[WordPart] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """All words in the order they are read."""
        text = (
            "".join(run.text for run in paragraph.runs)
            for part in self.parts
            for block in part.blocks
            for paragraph in block.paragraphs
        )
        return " ".join(text).split()


def keep_with_next(block: Block) -> None:
    """Hold the block on the page of what follows it; of a table its last row."""
    if isinstance(block, WordTable):
        block.rows[-1].keep_next()
    else:
        block.keeps_next = True


def keep_together(blocks: list[Block]) -> None:
    """Hold the blocks on one page."""
    for place, block in enumerate(blocks, start=1):
        is_last = place == len(blocks)
        if isinstance(block, WordTable):
            for row in block.rows[:-1] if is_last else block.rows:
                row.keep_next()
        else:
            block.keeps_lines = True
            block.keeps_next = block.keeps_next or not is_last
