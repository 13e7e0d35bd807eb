"""Phụ lục so sánh quy định: what changed from one year to the next, as an annex of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from blocs.criteria.domain.table_changes import Change
from blocs.years.documents import bloc_letterhead
from blocs.years.models import BlocYear
from thidua.papers.papers import PrintedPaper

NO_CHANGES = "Quy định và bảng chấm điểm không thay đổi."
NO_OTHER = "Chưa có năm trước để so sánh."


@dataclass(frozen=True)
class ChangeLine:
    """One changed value with its number in the annex."""

    number: str
    where: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class RuleChangesPaper(PrintedPaper):
    template: ClassVar[str] = "documents/rule_changes.html"
    version: ClassVar[str] = "1"

    heading: str
    subject: str
    columns: tuple[str, ...]
    lines: tuple[ChangeLine, ...]
    notes: tuple[str, ...]


def rule_changes_paper(
    year: BlocYear, other: BlocYear | None, changes: Sequence[Change]
) -> RuleChangesPaper:
    """The annex of one bloc year; without changes it says so."""
    bloc, before = year.bloc, other.words if other else "năm trước"
    subject = f"Thay đổi của quy định, bảng chấm điểm {year.words} so với {before}"
    return RuleChangesPaper(
        title=f"{subject} của {bloc.name}",
        letterhead=bloc_letterhead(bloc),
        heading="PHỤ LỤC",
        subject=subject,
        columns=("TT", "Mục", "Thay đổi", before[0].upper() + before[1:], f"{year.title_words}"),
        lines=tuple(
            ChangeLine(str(number), one.where, one.what, one.before, one.after)
            for number, one in enumerate(changes, start=1)
        ),
        notes=() if changes else (NO_CHANGES if other else NO_OTHER,),
    )
