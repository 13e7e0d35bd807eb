"""Proof of notice: when people of the unit first opened what was returned or appraised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from blocs.reports.models.reports import Report
from blocs.states import COUNCIL_STATES, ReportState
from blocs.units.models.seats import standing_of
from thidua.accounts.models import User
from thidua.common.log_book.models import LogLine
from thidua.common.log_book.openings import NOTICE, note_opening
from thidua.common.permissions import require
from thidua.common.vietnamese.dates import moment_words


@dataclass(frozen=True)
class News:
    """What the unit has to take note of, and since when it is there to be read."""

    label: str
    since: datetime


def news_of(report: Report) -> News | None:
    """The return, or the appraised points; None while the unit waits for nothing."""
    if report.state == ReportState.RETURNED and report.returned_at:
        return News("Nhận báo cáo bị trả lại", report.returned_at)
    if report.state in COUNCIL_STATES and report.appraised_at:
        return News("Nhận điểm thẩm định", report.appraised_at)
    return None


def note_notice(report: Report, *, actor: User, known: Iterable[LogLine] = ()) -> bool:
    """Write into the log book that somebody of the unit has the news before them, once a person.

    Whoever looks as another is not addressed. `known` and the answer are those of `note_opening`.
    """
    news = news_of(report)
    is_looking = getattr(actor, "seen_by", None) is not None
    if news is None or is_looking or report.unit_id not in standing_of(actor).units:
        return False
    return note_opening(actor, NOTICE, report, label=news.label, known=known, since=news.since)


def note_corrections(report: Report, *, actor: User) -> bool:
    """The same for the sheet of corrections, which lies before whoever answers them."""
    require(actor, "reports.edit_report", report)
    return note_notice(report, actor=actor)


def notice_fact(report: Report, openings: Iterable[LogLine]) -> tuple[str, str] | None:
    """Label and words: who of the unit opened the news first and when, or that nobody has."""
    news = news_of(report)
    if news is None:
        return None
    told = [
        row
        for row in openings
        if (row.action, row.label) == (NOTICE, news.label) and row.at >= news.since
    ]
    read = [f"{moment_words(row.at)} {row.actor_name}" for row in sorted(told, key=lambda r: r.at)]
    since = f"từ {moment_words(news.since)}"
    return news.label, "; ".join(read) or f"đơn vị chưa mở xem ({since})"
