"""Giấy xác nhận đã nộp: who sent in what, when, with which files, and what comes next."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from blocs.reports.models import Evidence, Report
from blocs.reports.models.submission_days import copy_words, sent_words
from blocs.reports.models.versions import SheetVersion
from blocs.reports.workflows import REPORT
from blocs.states import ReportState, VersionKind
from blocs.years.documents import bloc_letterhead, place_date
from blocs.years.models.regulation import decimals_of
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import day_in_vietnam, moment_words
from thidua.common.vietnamese.numbers import points_text, size_words, two_digits
from thidua.papers.papers import PrintedPaper, break_lines

WIDTH = 56
LATER = "Sau bản này đơn vị đã nộp lại: phiên bản {number}, lúc {when}."
BACK = "Báo cáo đã được thu hồi hoặc trả lại sau khi nộp bản này, hiện chưa nộp lại."


@dataclass(frozen=True)
class SentFile:
    """One file of the sending: the leaves it proves, its name, size and fingerprint."""

    number: str
    leaves: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Receipt(PrintedPaper):
    """Drawn from a frozen version alone, so that it says the same whenever it is fetched."""

    template: ClassVar[str] = "documents/receipt.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    files: tuple[SentFile, ...]
    next_step: str
    notes: tuple[str, ...]


def receipt_of(version: SheetVersion, report: Report) -> Receipt:
    """The receipt of one sending of the report, whose year is loaded."""
    year, unit = report.bloc_year, report.unit
    files = tuple(sent_files(version, report))
    subject = f"Báo cáo và bảng tự chấm điểm {year.words} của {unit.name}"
    return Receipt(
        title=f"Giấy xác nhận đã nộp, phiên bản {version.number} – {unit.short_name}",
        letterhead=bloc_letterhead(
            year.bloc, place_date=place_date(day_in_vietnam(version.taken_at))
        ),
        subject_lines=break_lines(subject, WIDTH),
        facts=(
            ("Đơn vị nộp", unit.name),
            ("Người nộp", str(version.taken_by)),
            ("Nộp lúc", sent_words(version.taken_at)),
            *(("Nộp theo", words) for words in [paper_words(version, report)] if words),
            ("Phiên bản", str(version.number)),
            ("Tổng điểm tự chấm", points_text(version.self_total, decimals_of(year))),
            ("Số tiêu chí", two_digits(len(version.rows))),
            ("Tệp minh chứng", two_digits(len(files)) if files else "không có"),
            ("Mã băm bảng điểm", version.fingerprint),
            ("Mã xác nhận", receipt_code(version)),
        ),
        files=files,
        next_step=next_step(report),
        notes=tuple(notes_of(version, report)),
    )


def paper_words(version: SheetVersion, report: Report) -> str:
    """The paper signed by hand under which this version, the last one sent, was recorded."""
    is_last = report.copy_id and version.number == last_sent(report).number
    return copy_words(report) if is_last else ""


def last_sent(report: Report) -> SheetVersion | None:
    """The version of the last sending, whatever became of it; None before the first."""
    return report.versions.filter(kind=VersionKind.SUBMITTED).order_by("-number").first()


def sent_files(version: SheetVersion, report: Report) -> Iterator[SentFile]:
    """Each file once, in the order of the table, with all leaves that it proves.

    A file is known by its fingerprint; of one that the unit has deleted since no size is told.
    """
    leaves: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in version.rows:
        for file in row["files"]:
            leaves.setdefault(file["sha256"], []).append(row["label"])
            names.setdefault(file["sha256"], file["name"])
    kept = Evidence.objects.filter(unit=report.unit_id, sha256__in=leaves)
    sizes = dict(kept.values_list("sha256", "size"))
    for number, (sha256, labels) in enumerate(leaves.items(), start=1):
        size = size_words(sizes[sha256]) if sha256 in sizes else "–"
        yield SentFile(str(number), ", ".join(labels), names[sha256], size, sha256)


def receipt_code(version: SheetVersion) -> str:
    """What tells this sending from every other, of the same figures too."""
    told = [
        version.report_id,
        version.number,
        version.taken_at.isoformat(),
        version.taken_by_id,
        version.fingerprint,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def next_step(report: Report) -> str:
    """Who goes on with what was sent, and by when."""
    due = report.bloc_year.deadline("appraisal_due")
    words = in_words_of(report.bloc_year.bloc.word, REPORT.ways[ReportState.SUBMITTED])
    return f"{words} Hạn thẩm định: {due.words if due else 'chưa đặt'}."


def notes_of(version: SheetVersion, report: Report) -> Iterator[str]:
    """What happened to this sending since; nothing while it is the one that counts."""
    last = last_sent(report)
    if last and last.number != version.number:
        yield LATER.format(number=last.number, when=moment_words(last.taken_at))
    if report.state in (ReportState.DRAFT, ReportState.RETURNED):
        yield BACK
