"""The scoring regulation of a year in sentences."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from blocs.scoring import ROUND_MODES, Counted, LateRule, RoundShare
from blocs.scoring.terms.numbers import show
from blocs.scoring.totals.rounds import LEVEL_MODES, WEIGHTED
from thidua.common.deadlines import Deadline
from thidua.common.vietnamese.dates import short_date

BLIND = "Chưa chấm xong thì không xem điểm của người khác."
SEEING = "Người chấm xem được điểm của người khác khi đang chấm."


def late_sentences(rule: LateRule | None, deadline: Deadline | None) -> tuple[str, ...]:
    """What late papers cost, sentence by sentence; nothing where the year has no due day."""
    if rule is None or deadline is None:
        return ()
    kind = "ngày làm việc" if rule.in_working_days else "ngày"
    counted = "lần nộp đầu" if rule.counts is Counted.FIRST else "lần nộp cuối"
    until = deadline.words.removeprefix("hết ")
    found = [f"Báo cáo nộp sau {until} ({counted}) là nộp chậm."]
    if deadline.hour:
        found.append(f"Nộp sau giờ ấy của một ngày thì tính là nộp {kind} kế tiếp.")
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
        found.append(f"Nộp sau ngày {short_date(rule.last_on)} thì không xét.")
    return tuple(found)


def appraisal_sentences(
    mode: str,
    *,
    scorers: int,
    is_shared: bool,
    rounds: int,
    round_mode: str,
    shares: Sequence[RoundShare],
    level_mode: str,
    is_blind: bool,
    appeal_days: int | None,
    deviation_share: Decimal,
) -> Iterable[str]:
    """Who appraises and how several marks become one; `mode` in words, `scorers` 0 if unstated.

    `is_shared`: several units mark one sheet, as pairs or as a group.
    """
    yield f"Cách thẩm định: {mode}."
    if scorers:
        yield f"Mỗi bảng điểm do {scorers:02d} đơn vị chấm, không đơn vị nào tự chấm cho mình."
    if is_shared or rounds > 1:
        parts = f": {' + '.join(map(str, shares))}" if round_mode == WEIGHTED else ""
        yield f"Chấm {rounds:02d} vòng. {ROUND_MODES[round_mode]}{parts}."
    if level_mode:
        yield f"Tiêu chí chấm theo mức: {LEVEL_MODES[level_mode].lower()}."
    if is_shared:
        yield BLIND if is_blind else SEEING
    yield (
        f"Điểm chênh quá {show(deviation_share)}% điểm tối đa của tiêu chí (so với tự chấm, năm "
        "trước, trung vị các đơn vị) thì được đánh dấu để xem lại."
    )
    if not appeal_days:
        yield "Không nhận kiến nghị về điểm thẩm định."
    else:
        yield (
            f"Đơn vị kiến nghị về điểm thẩm định trong {appeal_days:02d} ngày làm việc kể từ khi "
            "có điểm."
        )
