"""What a sheet still lacks before it can go on, each leaf as a link to where it is filled in."""

from dataclasses import dataclass

from django.urls import reverse

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE
from blocs.reports.models.sheets import sheet_of

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
    if move == "submit" and report.state in WRITABLE:
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
