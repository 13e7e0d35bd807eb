"""Lines of a score grid with the HTML that a template would write too slowly, and its last line."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from blocs.reports.views.grid.boxes import Box
from blocs.reports.views.grid.parts import joined, written

GROUP_HEAD = '<th class="sheet-no" scope="row">{}</th><th class="sheet-name" scope="row">{}{}</th>'
LEAF_HEAD = '<td class="sheet-no">{}</td><th class="sheet-name" scope="row">{}{}{}{}</th>'
HINT = '<span class="sheet-hint">{}</span>'
# How a leaf is scored, behind a question mark; its row in focus shows it (sheet-grid.js).
HOW = (
    ' <details class="sheet-how"><summary tabindex="-1">?<span class="visually-hidden"> Cách chấm'
    '</span></summary><span class="sheet-hint">{}</span></details>'
)
AGREED = '<span class="sheet-hint sheet-agreed">Theo giao ước: {}</span>'
NOT_AGREED = '<span class="sheet-hint diff--down">Khác giao ước: giao ước ghi {}</span>'
BESIDE = '<div class="sheet-beside">{}{}</div>'
TOKEN = '<input type="hidden" name="{}" value="{}">'
CONFLICT = '<span class="sheet-error sheet-error--wide">{}</span>'


@dataclass(frozen=True)
class File:
    """A file of evidence as a link."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of a sheet to read; what is not known is an empty text, 0 is «0,00»."""

    is_group: bool
    anchor: str
    number: str
    name: str
    maximum: str
    own: str = ""
    pending: str = ""
    given: str = ""
    beside: str = ""
    difference: str = ""
    tone: str = "same"
    answer: str = ""
    note: str = ""
    reason: str = ""
    rule: str = ""
    files: tuple[File, ...] = ()
    lacks_file: bool = False
    # A sum that lacks a leaf, said where the sheet is read.
    lacks_own: bool = False
    lacks_given: bool = False
    # Only on pages that are filled in; asked: it may not stay empty, open: it is empty.
    is_asked: bool = False
    is_open: bool = False
    pk: int = 0
    token_name: str = ""
    token: str = ""
    target: Box | None = None
    fixed_target: str = ""
    left_out: Box | None = None
    boxes: tuple[Box, ...] = ()
    text: Box | None = None
    conflict: str = ""
    is_changed: bool = False
    agreed: str = ""
    is_not_agreed: bool = False
    # What other appraisers gave, as far as the person may see it.
    others: str = ""

    @property
    def head(self) -> SafeString:
        """Number and name, the two cells that stay in view; they carry the token of the row."""
        if self.is_group:
            limit = written(HINT, self.rule) if self.rule else ""
            return written(GROUP_HEAD, self.number, self.name, limit)
        rule = written(HOW, self.rule) if self.token and self.rule else ""
        token = written(TOKEN, self.token_name, self.token) if self.token else ""
        conflict = written(CONFLICT, self.conflict) if self.conflict else ""
        return written(LEAF_HEAD, self.number, self.name, rule, token, conflict)

    @property
    def target_html(self) -> SafeString:
        """The target to be typed or the one set for everybody, and what the agreement says."""
        shown = self.target.html if self.target else written("{}", self.fixed_target)
        return shown + self.agreed_html if self.agreed else shown

    @property
    def agreed_html(self) -> SafeString:
        """The target of the year's agreement; a row that was saved with another one says so."""
        return written(NOT_AGREED if self.is_not_agreed else AGREED, self.agreed)

    @property
    def boxes_html(self) -> SafeString:
        """The inputs of the answer, and the box to leave the row out."""
        shown = joined(box.html for box in self.boxes)
        return written(BESIDE, shown, self.left_out.html) if self.left_out else shown

    @property
    def file_words(self) -> str:
        """What the button of the row says that leads to its files."""
        if self.files:
            return "Thêm, gỡ tệp"
        return "Thêm tệp (bắt buộc)" if self.lacks_file else "Thêm tệp"


@dataclass(frozen=True)
class Foot:
    """The last line of a sheet and the sentences under it."""

    maximum: str
    own: str
    given: str
    difference: str
    tone: str
    notes: tuple[str, ...]
    lacks_own: bool = False
    lacks_given: bool = False
