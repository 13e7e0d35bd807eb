"""Bảng tổng hợp điểm: all units of a bloc on one turned sheet."""

from dataclasses import dataclass
from typing import ClassVar

from blocs.ranking.documents.ranking_notes import beside_notes, change_notes, out_notes
from blocs.ranking.documents.seal_words import seal_notes
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking
from blocs.scoring.totals.tables import Node
from blocs.scoring.totals.totals import part_points
from blocs.sheet_files.documents import whole_text
from blocs.states import ConferenceState
from blocs.units.models.seats import leader_names
from blocs.years.documents import bloc_letterhead
from blocs.years.models import BlocYear
from blocs.years.models.leaderships import year_leaders
from thidua.common.vietnamese.dates import long_date, moment_words
from thidua.common.vietnamese.numbers import format_trimmed, points_text
from thidua.papers.papers import PrintedPaper, Signer

TOTAL = "Tổng điểm là tổng điểm thẩm định của các nội dung, cộng điểm thưởng, trừ điểm trừ."
ILLUSTRATIVE = "Số liệu minh họa."
SEALED_AGAIN = "(Kết quả chốt lại lần {} lúc {}, khác biên bản ở phần ghi dưới bảng)"
PROVISIONAL = "(Dự thảo: điểm chưa được hội nghị tổng kết thống nhất)"
# What fits: A4 turned in normal and in small print, then A3 turned in normal print.
GROUPS_ON_A4 = 7
GROUPS_ON_A4_SMALL = 10
GROUPS_ON_A3 = 12


@dataclass(frozen=True)
class SummaryCell:
    """Points of one unit in one group: self-scored and appraised."""

    self_points: str
    points: str


@dataclass(frozen=True)
class SummaryRow:
    """One unit; as many cells as the table has groups.

    Own total, `maximum` and `share` in percent where percents are compared; `group` of units where
    they have tables of their groups.
    """

    number: str
    unit: str
    cells: tuple[SummaryCell, ...]
    total: str
    rank: str
    class_label: str = ""
    group: str = ""
    own: str = ""
    maximum: str = ""
    share: str = ""


@dataclass(frozen=True, kw_only=True)
class RankingTable(PrintedPaper):
    """`groups` are the headings of the columns, for example “Cải cách hành chính (150)”."""

    template: ClassVar[str] = "documents/ranking_table.html"
    version: ClassVar[str] = "5"

    heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]

    @property
    def group_columns(self) -> str:
        return str(2 * len(self.groups))

    @property
    def has_shares(self) -> bool:
        """Units have different maxima: each row tells own total, maximum and percent."""
        return any(row.share for row in self.rows)

    @property
    def has_groups(self) -> bool:
        """The maxima are those of the tables of groups: each row names its group."""
        return any(row.group for row in self.rows)

    @property
    def has_classes(self) -> bool:
        """Whether the regulation classifies the units."""
        return any(row.class_label for row in self.rows)

    @property
    def head_rows(self) -> str:
        """A table of points has a head of three rows; without one there is nothing to divide."""
        return "3" if self.groups else "1"

    @property
    def needs_a3(self) -> bool:
        return len(self.groups) > GROUPS_ON_A4_SMALL

    @property
    def needs_small_print(self) -> bool:
        count = len(self.groups)
        return count > (GROUPS_ON_A3 if self.needs_a3 else GROUPS_ON_A4)


def ranking_table_paper(ranking: Ranking) -> RankingTable:
    """Bảng tổng hợp điểm of a bloc year, best unit first; units without a place come last."""
    year, bloc = ranking.bloc_year, ranking.bloc_year.bloc
    rows = [summary_row(number, row, ranking) for number, row in enumerate(ranking.rows, start=1)]
    empty = tuple(SummaryCell("", "") for _ in ranking.sections)
    rows += [
        SummaryRow(str(number), left.unit.name, empty, "", "")
        for number, left in enumerate(ranking.out, start=len(rows) + 1)
    ]
    return RankingTable(
        title=f"Bảng tổng hợp điểm thi đua {year.words} của {bloc.name}",
        letterhead=bloc_letterhead(bloc),
        heading=f"BẢNG TỔNG HỢP ĐIỂM THI ĐUA {year.words.upper()}",
        attached_lines=attached_lines(ranking),
        groups=tuple(
            section_heading(node, by_percent=ranking.rules.by_percent) for node in ranking.sections
        ),
        rows=tuple(rows),
        notes=summary_notes(ranking),
        signers=summary_signers(year),
    )


def summary_row(number: int, row: RankedUnit, ranking: Ranking) -> SummaryRow:
    places, own = ranking.point_decimals, row.own_sums
    cells = tuple(
        SummaryCell(
            whole_text(own.part(node), places),
            points_text(part_points(row.given, node), places),
        )
        for node in ranking.sections
    )
    total = ranking.printed_totals[row.unit.pk]
    place = str(row.placed.place)
    return SummaryRow(
        str(number),
        row.unit.name,
        cells,
        total,
        place,
        row.judged.class_label,
        **share_cells(row, ranking),
    )


def share_cells(row: RankedUnit, ranking: Ranking) -> dict[str, str]:
    """What the row of a unit tells where percents of different maxima are compared."""
    if not ranking.by_percent:
        return {}
    return {
        "group": ranking.group_name(row) if ranking.rules.by_percent else "",
        "own": whole_text(row.own_sums.total, ranking.point_decimals),
        "maximum": ranking.printed_maxima[row.unit.pk],
        "share": ranking.printed_shares[row.unit.pk],
    }


def section_heading(node: Node, *, by_percent: bool = False) -> str:
    """«Cải cách hành chính (150)»; bonus and deduction may have no ceiling.

    Where the same section has another maximum in the table of another group it has none.
    """
    if by_percent or not node.max_points:
        return node.name
    return f"{node.name} ({format_trimmed(node.max_points, 4)})"


def attached_lines(ranking: Ranking) -> tuple[str, ...]:
    """What the table is enclosed with, and that it was sealed anew since; before the conference
    it says that it is a draft."""
    conference = getattr(ranking.bloc_year, "conference", None)
    if not ranking.is_agreed or conference is None:
        return (PROVISIONAL,)
    number = f" số {conference.minutes_number}" if conference.minutes_number else ""
    day = long_date(conference.starts_at)
    first = f"(Kèm theo Biên bản{number} {day} của {ranking.bloc_year.bloc.name})"
    again = [SEALED_AGAIN.format(one.number, moment_words(one.sealed_at)) for one in ranking.seals]
    return (first, *again[1:][-1:])


def summary_notes(ranking: Ranking) -> tuple[str, ...]:
    """How the totals are made, how equal ones are ranked, and who has no place and why."""
    notes = [f"{TOTAL} {ranking.printed_rule}"]
    if ranking.class_rule:
        notes.append(ranking.class_rule)
    if ranking.open_ties:
        notes.append(f"Hội nghị quyết định thứ hạng giữa: {'; '.join(ranking.open_ties)}.")
    return (
        *notes,
        *beside_notes(ranking),
        *out_notes(ranking),
        *change_notes(ranking),
        *seal_notes(ranking),
        *illustrative(ranking.bloc_year),
    )


def illustrative(year: BlocYear) -> tuple[str, ...]:
    return (ILLUSTRATIVE,) if year.is_illustrative else ()


def summary_signers(year: BlocYear) -> tuple[Signer, ...]:
    """The secretary, the deputies and the head of the bloc, from left to right."""
    conference = getattr(year, "conference", None)
    held = conference and conference.state != ConferenceState.PREPARED
    secretary = conference.secretary_name if held else ""
    word, led = year.bloc.word.upper(), year_leaders(year, year.judged_on)
    deputies = [unit for unit in (led.second_deputy, led.deputy) if unit]
    names = leader_names(filter(None, (*deputies, led.head)), year.judged_on)
    head = f"PHỤ TRÁCH {word}" if led.is_acting else f"{word} TRƯỞNG"
    return (
        Signer(("THƯ KÝ",), secretary),
        *(Signer((f"{word} PHÓ",), names[unit.pk]) for unit in deputies),
        Signer((head,), names[led.head.pk] if led.head else ""),
    )
