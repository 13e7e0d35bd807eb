"""What must be known of given points beside their number: off the scale, or agreed beyond it."""

from decimal import Decimal

from blocs.reports.domain.sheet_rows import OFF_SCALE, is_agreed_beyond
from blocs.reports.models.sheet_row import SheetRow
from blocs.scoring import Points
from blocs.scoring.terms.numbers import show


def beside_words(row: SheetRow, points: Decimal | None) -> str:
    """«ngoài bảng quy đổi», or what the rule gives and the conference agreed; else empty."""
    if points is not None and row.is_off_scale(points):
        return OFF_SCALE.lower()
    return agreed_words(row, points)


def agreed_words(row: SheetRow, points: Decimal | None) -> str:
    """What the rule gives beside what was agreed beyond it; empty where nothing was."""
    reason = row.score.appraisal_reason if row.score else ""
    if points is None or not is_agreed_beyond(row.leaf, points, reason):
        return ""
    outcome = row.outcome
    by_rule = show(outcome.points) if isinstance(outcome, Points) else "chưa tính được"
    return f"theo quy định {by_rule}; hội nghị thống nhất {show(points)}"
