"""Score sheets as Excel forms: what a unit fills in at home."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from blocs.reports.domain.whole_sums import (
    NOT_APPRAISED,
    NOT_SCORED,
    NOT_SENT,
    NOT_WHOLE,
    groups_above,
)
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Entry, rule_words, walk
from blocs.scoring.totals.group_limits import limit_words
from blocs.scoring.totals.totals import COUNTED_ZERO
from blocs.sheet_files.domain.sheet_cells import (
    FORM,
    HIDDEN,
    INPUTS,
    AnswerLine,
    Code,
    answer_lines,
    answer_stamp,
)
from blocs.states import COUNCIL_STATES, SENT_STATES
from thidua.common.vietnamese.numbers import format_decimal
from thidua.common.vietnamese.text import fold
from thidua.workbooks import LISTS, Column, Value, WorkbookRow, WorkbookSheet, write_workbook

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
HOW_TO = (
    "Chỉ nhập vào ô nền vàng; ngày viết như 05/12/2026. Điểm do phần mềm tính lại khi nhập tệp; "
    "đừng xóa dòng, cột."
)
ILLUSTRATIVE = "Số liệu minh họa."
SHEET_NAME, SUMMARY_NAME, ABOUT_NAME = "Bảng điểm", "Tổng hợp", "thong-tin-mau"
ABOUT = ("trang", "mau", "khoi", "nam", "don_vi", "bao_cao", "phien_ban_bang", "ma_bang")
FROZEN = 2
READ = (
    (Code.NUMBER, "TT", 7, "text"),
    (Code.NAME, "Nội dung tiêu chí", 48, "text"),
    (Code.RULE, "Cách chấm", 34, "text"),
    (Code.MAXIMUM, "Điểm tối đa", 9, "number"),
    (Code.MEASURE, "Đơn vị tính", 11, "text"),
)
TYPED = (
    (Code.TARGET, "Chỉ tiêu", 12, "number"),
    (Code.VALUE, "Kết quả, điểm", 14, "number"),
    (Code.CHOICE, "Mức, đạt hay không", 20, "text"),
    (Code.LEFT_OUT, "Không giao (x)", 9, "text"),
    (Code.NOTE, "Thuyết minh", 44, "text"),
)
OWN = ((Code.OWN, "Điểm tự chấm", 10, "number"),)
GIVEN = (
    (Code.GIVEN, "Điểm thẩm định", 10, "number"),
    (Code.REASON, "Lý do điều chỉnh", 34, "text"),
)
# What no name of a sheet may hold, and how long it may be.
# Beyond U+FFFF a letter counts twice where Excel counts.
FORBIDDEN, LONGEST_NAME = re.compile("[][:*?/\\\\'\U00010000-\U0010ffff]"), 31


def report_workbook(sheet: Sheet, *, shows_given: bool, is_blank: bool = False) -> bytes:
    """The form of one unit: as it stands now, or empty where it is to be filled in afresh."""
    page = sheet_page(sheet, SHEET_NAME, shows_given=shows_given, is_blank=is_blank)
    return write_workbook([page, about_page([(SHEET_NAME, sheet.report)])])


def report_file_name(report: Report) -> str:
    """«BangDiem_SoXayDung_2026.xlsx»: letters that every mail and disk can keep."""
    return file_name(report.unit.short_name, report.bloc_year.span)


def file_name(name: str, year: str) -> str:
    """Words of the name without accents, each with a capital."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    return f"BangDiem_{''.join(word.capitalize() for word in words)}_{year.replace('–', '-')}.xlsx"


def draft_words(sheet: Sheet, *, shows_given: bool) -> str:
    """What a paper of the sheet says of itself before it is final; empty once it is."""
    state = sheet.report.state
    if state not in SENT_STATES:
        return NOT_SENT
    if shows_given:
        is_final = state in COUNCIL_STATES and not sheet.open_paths("appraised_points")
        return "" if is_final else NOT_APPRAISED
    return NOT_SCORED if sheet.open_paths("self_points") else ""


def sheet_page(
    sheet: Sheet, name: str, *, shows_given: bool, is_blank: bool = False
) -> WorkbookSheet:
    codes = _codes(shows_given)
    return WorkbookSheet(
        name=name,
        columns=_columns(shows_given),
        rows=_rows(sheet, codes, is_blank),
        title_lines=_titles(sheet.report, draft_words(sheet, shows_given=shows_given)),
        frozen_columns=FROZEN,
        is_locked=True,
    )


def about_page(pages: Iterable[tuple[str, Report]]) -> WorkbookSheet:
    """The hidden sheet that says of which report, and of which table, each form is."""
    rows = [
        WorkbookRow(
            [
                name,
                FORM,
                report.bloc_year.bloc.code,
                report.bloc_year.span,
                report.unit.code,
                report.pk,
                report.table.version,
                report.table.fingerprint,
            ]
        )
        for name, report in pages
    ]
    return WorkbookSheet(ABOUT_NAME, [Column(title) for title in ABOUT], rows, is_hidden=True)


def _titles(report: Report, draft: str) -> tuple[str, ...]:
    year, table = report.bloc_year, report.table
    mark = f" ({draft.upper()})" if draft else ""
    lines = (
        *MOTTO,
        f"BẢNG TỰ CHẤM ĐIỂM THI ĐUA {year.words.upper()}{mark}",
        f"{report.unit.name} – {year.bloc.name}",
        f"{table.title} (phiên bản {table.version})",
        HOW_TO,
    )
    return (*lines, ILLUSTRATIVE) if year.is_illustrative else lines


def _shown(shows_given: bool) -> tuple:
    return (*READ, *TYPED, *OWN, *(GIVEN if shows_given else ()))


def _codes(shows_given: bool) -> tuple[Code, ...]:
    return (*(code for code, *_ in _shown(shows_given)), *HIDDEN)


def _columns(shows_given: bool) -> list[Column]:
    shown = [
        Column(title, width, kind=kind, is_input=code in INPUTS, code=str(code))
        for code, title, width, kind in _shown(shows_given)
    ]
    return [*shown, *(Column("", is_hidden=True, code=str(code)) for code in HIDDEN)]


def _rows(sheet: Sheet, codes: tuple[Code, ...], is_blank: bool) -> Iterator[WorkbookRow]:
    rows = {row.path: row for row in sheet.rows}
    places = {code: place for place, code in enumerate(codes)}
    limits = {path: limit_words(node) for path, node in walk(sheet.tree.nodes)}
    sums = {} if is_blank else _group_sums(sheet, codes)
    zeros = set() if is_blank else {row.path for row in sheet.left_empty()}
    for path, node in sheet.tree.rows.items():
        if path in rows:
            yield from _leaf_rows(rows[path], places, is_blank, path in zeros)
            continue
        known = {
            Code.NUMBER: sheet.tree.printed[path],
            Code.NAME: node.name,
            Code.RULE: limits[path] or None,
            Code.MAXIMUM: node.max_points or None,
            **sums.get(path, {}),
        }
        yield WorkbookRow([known.get(code) for code in codes], look="group")
    yield _total_row(sheet, codes, is_blank)


def _group_sums(sheet: Sheet, codes: Collection[Code]) -> dict[str, dict[Code, Value]]:
    """What is counted of each group once somebody gave points, and what a limit cut."""
    columns = ((Code.OWN, Code.NOTE, "self_points"), (Code.GIVEN, Code.REASON, "appraised_points"))
    found: dict[str, dict[Code, Value]] = {}
    for points, words, column in columns:
        if points not in codes:
            continue
        sums = sheet.whole_sums(column)
        scored = [row.path for row in sheet.rows if getattr(row.score, column, None) is not None]
        for path in groups_above(scored) - {""}:
            counted = sums.group(path)
            cut = None if counted is None else sums.counted.cuts.get(path)
            told = NOT_WHOLE if counted is None else counted
            found.setdefault(path, {}).update({points: told, words: cut})
    return found


def _leaf_rows(
    row: SheetRow, places: dict[Code, int], is_blank: bool, is_zero: bool
) -> Iterator[WorkbookRow]:
    """A leaf and, under it, the facts its rule asks for; one that counts 0 by the rule says so."""
    node, score = row.criterion, None if is_blank else row.score
    entry, note = (Entry(), "") if is_blank else (row.entry, score.note if score else "")
    first, *facts = answer_lines(node.kind, node.rule, entry, note)
    known = {
        Code.NUMBER: row.outline,
        Code.NAME: node.name,
        Code.RULE: rule_words(node.kind, node.rule, node.max_points, node.measure),
        Code.MAXIMUM: node.max_points or None,
        Code.MEASURE: node.measure,
        Code.OWN: COUNTED_ZERO if is_zero else score.self_points if score else None,
        Code.GIVEN: score.appraised_points if score else None,
        Code.REASON: (score.appraisal_reason or None) if score else None,
        Code.PATH: row.path,
        Code.MARK: answer_stamp(entry, note),
        Code.REVISION: row.score.revision if row.score else 0,
    }
    yield _row(first, known, places)
    for line in facts:
        asked = line.fact
        about = {Code.NAME: f"– {asked.label}", Code.MEASURE: asked.unit}
        yield _row(line, about | {Code.PATH: row.path, Code.FACT: asked.key}, places)


def _row(line: AnswerLine, known: dict, places: dict[Code, int]) -> WorkbookRow:
    values = known | line.values
    return WorkbookRow(
        [values.get(code) for code in places],
        inputs=frozenset(places[code] for code in line.values),
        choices={places[Code.CHOICE]: line.choices} if line.choices else {},
    )


def _total_row(sheet: Sheet, codes: tuple[Code, ...], is_blank: bool) -> WorkbookRow:
    report = sheet.report
    known: dict[Code, str | Decimal | None] = {
        Code.NAME: "Tổng cộng",
        Code.MAXIMUM: report.table.total_max,
    }
    if not is_blank:
        known[Code.OWN] = stored_or_open(sheet, "self_points", report.self_total)
        known[Code.GIVEN] = stored_or_open(sheet, "appraised_points", report.appraised_total)
    return WorkbookRow([known.get(code) for code in codes], look="total")


def stored_or_open(sheet: Sheet, column: str, total: Decimal | None) -> Decimal | str | None:
    """The stored total of a column of points; a word instead while a leaf has none."""
    return NOT_WHOLE if total is not None and sheet.open_paths(column) else total


def whole_text(points: Decimal | None, places: int) -> str:
    """A sum as printed; what is not complete says so instead of what is there."""
    return NOT_WHOLE if points is None else format_decimal(points, places)


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names Excel accepts, each once: at most 31 letters, none of []:*?/\\'."""
    taken, names = {name.lower() for name in (SUMMARY_NAME, ABOUT_NAME, LISTS)}, []
    for name in wanted:
        plain = FORBIDDEN.sub(" ", name).strip() or "Đơn vị"
        chosen, number = plain[:LONGEST_NAME], 1
        while chosen.lower() in taken:
            number += 1
            tail = f" ({number})"
            chosen = plain[: LONGEST_NAME - len(tail)] + tail
        taken.add(chosen.lower())
        names.append(chosen)
    return names
