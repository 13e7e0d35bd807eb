"""What a sheet still lacks before it can go on, each leaf as a link to where it is filled in."""

from dataclasses import dataclass

from django.urls import reverse

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE
from blocs.reports.models.sheets import sheet_of
from blocs.years.models.regulation import decimals_of
from thidua.common.vietnamese.numbers import format_trimmed, points_text, size_words, two_digits

NOT_SCORED = "chưa tự chấm"
NO_FILE = "chưa có minh chứng"
NOT_GIVEN = "chưa có điểm thẩm định"


@dataclass(frozen=True)
class Lack:
    """A leaf that holds a move up: its number and name, what it lacks, where it is filled in."""

    label: str
    name: str
    words: str
    url: str


def gaps_before(move, report, user) -> list[Lack]:
    """The gaps that hold `move` up, in the order of the table; none for other moves."""
    if move in ("submit", "put_up") and report.state in WRITABLE:
        return gaps_to_submit(report, user)
    if move == "appraise" and report.state in APPRAISABLE:
        page = page_for(report, user, "reports.prepare_appraisal", "reports:appraisal_edit")
        return [gap_of(row, NOT_GIVEN, page) for row in sheet_of(report).not_appraised()]
    return []


def gaps_to_submit(report, user):
    sheet = sheet_of(report)
    page = page_for(report, user, "reports.edit_report", "reports:sheet_edit")
    unscored = {row.path for row in sheet.missing()}
    unproved = {row.path for row in sheet.without_evidence()}
    return [
        gap_of(row, NOT_SCORED if row.path in unscored else NO_FILE, page)
        for row in sheet.rows
        if row.path in unscored | unproved
    ]


def gap_of(row, words, page):
    return Lack(row.label, row.criterion.name, words, f"{page}#tc-{row.criterion.pk}")


def page_for(report, user, right, name):
    """The page to fill in, for who may; the others read the same line in the report."""
    if user.has_perm(right, report):
        return reverse(name, args=(report.pk,))
    return report.get_absolute_url()


def gaps_now(report, user) -> list[Lack]:
    """The gaps that whoever works on the report now has to close."""
    if any(user.has_perm(f"reports.{right}", report) for right in ("edit_report", "submit_report")):
        return gaps_before("submit", report, user)
    if not user.has_perm("reports.prepare_appraisal", report):
        return []
    given = any(
        row.score and row.score.appraised_points is not None for row in sheet_of(report).rows
    )
    # A sheet that has just come in lacks nothing: its appraisal has not begun.
    return gaps_before("appraise", report, user) if given else []


def sending_facts(report) -> list[tuple[str, str]]:
    """What is about to be sent in, repeated before the last click: total, leaves, files."""
    sheet = sheet_of(report)
    own, decimals = sheet.self_total(), decimals_of(report.bloc_year)
    maximum = format_trimmed(report.table.total_max)
    files = {file.sha256: file.size for row in sheet.rows for file in row.files}
    missing, unproved = len(sheet.missing()), len(sheet.without_evidence())
    filled = f"{len(sheet.rows) - missing}/{len(sheet.rows)}"
    told = (
        f"{two_digits(len(files))} tệp, {size_words(sum(files.values()))}" if files else "không có"
    )
    lacks = [
        *([f"{two_digits(missing)} tiêu chí {NOT_SCORED}"] if missing else ()),
        *([f"{two_digits(unproved)} tiêu chí {NO_FILE}"] if unproved else ()),
    ]
    return [
        ("Tổng điểm tự chấm", f"{points_text(own.total, decimals)} / {maximum}"),
        ("Tiêu chí đã chấm", filled),
        ("Tệp minh chứng", told),
        ("Còn thiếu", "; ".join(lacks) or "không thiếu gì"),
    ]
