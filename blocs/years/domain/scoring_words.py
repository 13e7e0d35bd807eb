"""The scoring regulation of a year in sentences, and its classes as rows that people fill in."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from blocs.scoring import ROUND_MODES, ClassBand, Counted, LateRule
from blocs.scoring.ranking.classification import MEASURES
from blocs.scoring.terms.numbers import read_decimal, show
from blocs.scoring.terms.parameters import plain

# The conditions a person fills in as one number: column, figure, comparison.
COLUMNS = (
    ("total", "total", ">="),
    ("percent", "percent", ">="),
    ("work", "work", ">="),
    ("deduction", "deduction", "<="),
)
COMPARED = {
    ">=": "từ {} trở lên",
    ">": "trên {}",
    "<=": "không quá {}",
    "<": "dưới {}",
    "=": "bằng {}",
    "!=": "khác {}",
}


def band_row(band: Mapping[str, Any]) -> tuple[dict[str, Decimal | None], list[list[Any]]]:
    """A stored class as the numbers of its columns, and the conditions no column can show."""
    numbers: dict[str, Decimal | None] = {column: None for column, _, _ in COLUMNS}
    others = []
    for condition in band.get("if") or ():
        column = next(
            (
                name
                for name, figure, comparison in COLUMNS
                if list(condition[:2]) == [figure, comparison] and numbers[name] is None
            ),
            None,
        )
        value = None if isinstance(condition[2], list | tuple) else read_decimal(condition[2])
        if column is None or value is None:
            others.append(list(condition))
        else:
            numbers[column] = value
    return numbers, others


def band_of(
    label: str, numbers: Mapping[str, Decimal | None], others: Iterable[Sequence[Any]]
) -> dict[str, Any]:
    """A class as it is stored: [figure, comparison, decimal text] for every filled column."""
    conditions = [
        [figure, comparison, plain(number)]
        for column, figure, comparison in COLUMNS
        if (number := numbers.get(column)) is not None
    ]
    return {"label": label, "if": [*conditions, *map(list, others)]}


def band_sentence(band: ClassBand) -> str:
    """One class in words: “Tốt: tổng điểm từ 90 trở lên, điểm trừ không quá 5.”"""
    if not band.conditions:
        return f"{band.label}: các trường hợp còn lại."
    return f"{band.label}: {', '.join(condition_words(one) for one in band.conditions)}."


def condition_words(condition: Sequence[Any]) -> str:
    """One condition of a class in words; a multiple of another figure is told as such."""
    figure, comparison, raw = condition
    if isinstance(raw, list | tuple):
        value = f"{show(Decimal(raw[0]))} lần {MEASURES[raw[1]]}"
    else:
        value = show(Decimal(str(raw)))
    if figure == "percent":
        value = f"{value}%"
    return f"{MEASURES[figure]} {COMPARED[comparison].format(value)}"


def late_sentences(rule: LateRule | None) -> tuple[str, ...]:
    """What late papers cost, sentence by sentence; nothing where the year has no due day."""
    if rule is None:
        return ()
    kind = "ngày làm việc" if rule.in_working_days else "ngày"
    counted = "lần nộp đầu" if rule.counts is Counted.FIRST else "lần nộp cuối"
    found = [f"Báo cáo nộp sau ngày {rule.due_on:%d/%m/%Y} ({counted}) là nộp chậm."]
    if rule.grace_days:
        start = "hết thời gian này" if rule.is_counted_after_grace else "hạn nộp"
        found.append(
            f"Chậm đến {rule.grace_days:02d} {kind} không trừ điểm; quá số đó, tính từ {start}."
        )
    if rule.fixed:
        found.append(f"Nộp chậm trừ {show(rule.fixed)} điểm.")
    if rule.per_day:
        found.append(f"Mỗi {kind} chậm trừ {show(rule.per_day)} điểm.")
    if rule.cap and (rule.fixed or rule.per_day):
        found.append(f"Trừ nộp chậm tối đa {show(rule.cap)} điểm.")
    if not (rule.fixed or rule.per_day):
        found.append("Nộp chậm không trừ điểm.")
    if rule.last_on:
        found.append(f"Nộp sau ngày {rule.last_on:%d/%m/%Y} thì không xét.")
    return tuple(found)


def appraisal_sentences(
    mode: str,
    *,
    scorers: int,
    rounds: int,
    round_mode: str,
    is_blind: bool,
    appeal_days: int | None,
) -> Iterable[str]:
    """Who appraises and how several marks become one; `mode` in words, `scorers` 0 if unstated."""
    yield f"Cách thẩm định: {mode}."
    if scorers:
        yield f"Mỗi bảng điểm do {scorers:02d} đơn vị chấm, không đơn vị nào tự chấm cho mình."
    if scorers or rounds > 1:
        yield f"Chấm {rounds:02d} vòng. {ROUND_MODES[round_mode]}."
    if scorers and is_blind:
        yield "Chưa chấm xong thì không xem điểm của người khác."
    if appeal_days is None:
        yield "Không nhận kiến nghị về điểm thẩm định."
    else:
        yield (
            f"Đơn vị kiến nghị về điểm thẩm định trong {appeal_days:02d} ngày làm việc kể từ khi "
            "có điểm."
        )
