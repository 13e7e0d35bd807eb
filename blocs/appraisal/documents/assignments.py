"""Bảng phân công chấm điểm: who marks whose sheet, as an annex of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from blocs.states import AppraisalMode
from blocs.years.documents import bloc_letterhead, leader_signer
from blocs.years.models import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.papers import PrintedPaper, Signer

MARK = "x"
OWN = "–"
NOTES = {
    AppraisalMode.PAIRS: (
        "Số ở đầu cột là số thứ tự của đơn vị chấm; dấu “x” là được phân công chấm. Không đơn vị "
        "nào chấm bảng điểm của mình; mỗi bảng điểm do {count} đơn vị chấm."
    ),
    AppraisalMode.GROUP: (
        "Số ở đầu cột là số thứ tự của đơn vị chấm; dấu “x” là được phân công chấm. Đơn vị trong "
        "tổ thẩm định không chấm bảng điểm của mình."
    ),
    AppraisalMode.BODIES: "Mỗi cơ quan chấm các tiêu chí được giao, trừ bảng điểm của mình.",
    AppraisalMode.HEAD: "Khối trưởng thẩm định; bảng điểm của khối trưởng do khối phó thẩm định.",
}


@dataclass(frozen=True)
class AssignmentLine:
    """The sheet of one unit: a sign for every unit, or the names of its appraisers."""

    number: str
    unit: str
    signs: tuple[str, ...]
    scorers: str


@dataclass(frozen=True, kw_only=True)
class AssignmentsPaper(PrintedPaper):
    template: ClassVar[str] = "documents/assignments.html"
    version: ClassVar[str] = "1"

    heading: str
    subject: str
    numbers: tuple[str, ...]
    lines: tuple[AssignmentLine, ...]
    loads: tuple[str, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]


def assignments_paper(
    year: BlocYear, mode: AppraisalMode, rows: Sequence[Any], count: str
) -> AssignmentsPaper:
    """The table of one bloc year; `rows` are those of its page, `count` the scorers of a sheet."""
    is_matrix = mode in (AppraisalMode.PAIRS, AppraisalMode.GROUP)
    subject = f"Phân công chấm điểm thi đua {year.words}"
    day = year.named_on
    loads = [sum(row.cells[place].is_on for row in rows) for place in range(len(rows))]
    return AssignmentsPaper(
        title=f"{subject} của {year.bloc.name}",
        letterhead=bloc_letterhead(year.bloc),
        heading="BẢNG PHÂN CÔNG",
        subject=subject,
        numbers=tuple(str(row.number) for row in rows) if is_matrix else (),
        lines=tuple(
            AssignmentLine(
                str(row.number),
                row.unit,
                tuple(sign(cell) for cell in row.cells) if is_matrix else (),
                "; ".join(row.scorers),
            )
            for row in rows
        ),
        loads=tuple(map(str, loads)) if is_matrix else (),
        notes=(in_words_of(year.bloc.word, NOTES[mode].format(count=count)),),
        signers=(leader_signer(year, day),),
    )


def sign(cell: Any) -> str:
    """What stands in one cell of the matrix."""
    if cell.is_own:
        return OWN
    return MARK if cell.is_on else ""
