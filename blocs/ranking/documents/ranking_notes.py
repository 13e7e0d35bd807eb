"""What is printed below a ranking: points outside the table, units without place or award."""

from collections.abc import Iterable

from blocs.ranking.models.ranked_units import LeftOut
from blocs.ranking.models.rankings import Ranking
from blocs.scoring import Adjustment
from blocs.years.models.changes import change_sentences
from thidua.common.vietnamese.numbers import format_trimmed

DECIMALS = 4
DECIDED_NOTE = "Hội nghị quyết định thứ hạng của các đơn vị bằng nhau"


def beside_notes(ranking: Ranking) -> tuple[str, ...]:
    """What stands beside the points, a sentence each: cut groups, parts of the year, held units."""
    found = (*notes_of_points(ranking), *notes_of_verdicts(ranking))
    return tuple(f"{words}: {'; '.join(rows)}." for words, rows in found if rows)


def notes_of_points(ranking: Ranking) -> tuple[tuple[str, list[str]], ...]:
    """How points came about, and how equal ones are put in order: words, and a line each."""
    return (
        ("Nhóm được tính theo giới hạn", [
            f"{row.unit.name}: {note.rstrip('.')}"
            for row in ranking.rows
            for note in row.given.cut_notes
        ]),
        ("Tiêu chí để trống, tính 0 điểm theo quy định của năm", [
            f"{row.unit.name}: {', '.join(one.label for one in zeros)}"
            for row in ranking.rows
            if (zeros := row.sheet.left_empty("appraised_points"))
        ]),
        ("Điểm ngoài bảng chấm điểm", [
            f"{row.unit.name}: {adjustment_words(row.adjustments)}"
            for row in ranking.rows
            if row.adjustments
        ]),
        ("Đơn vị tham gia không trọn năm", [
            f"{row.unit.name} {words}"
            for row in ranking.rows
            if (words := ranking.compared_words(row))
        ]),
        (f"Bằng {'tỷ lệ đạt' if ranking.by_percent else 'tổng điểm'}, xếp theo", [
            f"{row.unit.name} ({words})"
            for row in ranking.rows
            if (words := ranking.tie_figure(row))
        ]),
        (DECIDED_NOTE, list(ranking.decided_words)),
    )  # fmt: skip


def notes_of_verdicts(ranking: Ranking) -> tuple[tuple[str, list[str]], ...]:
    """Who is held, without a flag, in another class, or in none yet: words, and a line each."""
    return (
        ("Chưa xét khen, chờ kết luận", [
            f"{row.unit.name} ({', '.join(row.eligibility.reasons)})" for row in ranking.held
        ]),
        ("Không xét Cờ thi đua", [
            row.unit.name for row in ranking.rows if row.eligibility.is_without_flag
        ]),
        ("Xếp loại được điều chỉnh", [
            f"{row.unit.name}: {row.judged.class_note.rstrip('.')}"
            for row in ranking.rows
            if row.judged.class_note
        ]),
        ("Chưa xác định mức xếp loại", [name for name, _ in ranking.questions]),
    )  # fmt: skip


def adjustment_words(adjustments: Iterable[Adjustment]) -> str:
    """«−1 (Chậm 2 ngày làm việc: trừ 1 điểm)»."""
    return ", ".join(
        f"{format_trimmed(item.points, DECIMALS)} ({item.name.rstrip('.')})" for item in adjustments
    )


def out_notes(ranking: Ranking) -> tuple[str, ...]:
    """Units that have no place at all, then those that have none yet, each with the reason."""
    final = [left for left in ranking.out if left.is_final]
    waiting = [left for left in ranking.out if not left.is_final]
    found = (("Không xếp hạng", final), ("Chưa xếp hạng", waiting))
    return tuple(f"{words}: {out_list(rows)}." for words, rows in found if rows)


def change_notes(ranking: Ranking) -> tuple[str, ...]:
    """Who came and who left in the year: their lines are short, or not there at all."""
    found = change_sentences(ranking.bloc_year, ranking.bloc_year.judged_on)
    return (f"Thay đổi thành phần trong năm: {'; '.join(found)}.",) if found else ()


def out_list(rows: Iterable[LeftOut]) -> str:
    return "; ".join(f"{left.unit.name} ({reason_words(left.reason)})" for left in rows)


def reason_words(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}".rstrip(".")
