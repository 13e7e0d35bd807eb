"""One fact on many papers and pages: each says the same figure."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.proposals.documents.submission import submission_paper
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.models import Conference
from blocs.ranking.documents.ranking_table import ranking_table_paper
from blocs.ranking.documents.ranking_workbook import ranking_workbook
from blocs.ranking.documents.score_leaves import score_leaves_paper
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from blocs.states import ConferenceState, ReportState, SeatRole, YearState
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.conferences import conference_of, count
from tests.factories.people import official
from tests.papers.reading import as_printed, lines_of, tables_of, under_heads

pytestmark = pytest.mark.django_db
# A Thursday; three working days later it is Tuesday.
DUE = dt.date(2026, 12, 10)
THREE_LATE = dt.datetime(2026, 12, 15, 9, tzinfo=dt.UTC)
IN_TIME = dt.datetime(2026, 12, 10, 2, tzinfo=dt.UTC)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def late_year():
    """Three units with 36 points on their sheets; the head's came three working days late."""
    year = year_with_members(3, report_due=DUE, state=YearState.RANKED)
    regulate(year, late_per_day=Decimal("0.5"))
    table = small_table(year)
    for member, points in zip(year.members.order_by("order"), (9, 5, 4), strict=True):
        sent = THREE_LATE if member.unit_id == year.head_id else IN_TIME
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.AGREED,
            first_submitted_at=sent,
            submitted_at=sent,
            self_total=Decimal(points * 4),
            appraised_total=Decimal(points * 4),
        )
        fill(report, Decimal(points), Decimal(points))
        report.scores.filter(criterion__code="IV").delete()
    return year


def submitted(year):
    """The line of the head in the submission."""
    proposal = ProposalFactory(bloc_year=year, received=True)
    ProposalItemFactory(proposal=proposal, unit=year.head)
    return submission_paper(proposal).groups[0].rows[0]


def on_papers(year):
    """The points of the late unit on every paper."""
    ranking, report = ranking_of(year), year.reports.get(unit=year.head)
    (summary,) = [
        row.total for row in ranking_table_paper(ranking).rows if row.unit == year.head.name
    ]
    leaves = score_leaves_paper(ranking).blocks[0]
    (total,) = [line for line in leaves.lines if line.name == "Tổng điểm"]
    sheet = score_sheet_paper(Report.objects.for_page().get(pk=report.pk), shows_appraisal=True)
    (note,) = [note for note in sheet.notes if note.startswith("Điểm ngoài bảng")]
    conference = conference_of(year)
    (minutes,) = [row for part in minutes_of(conference).sections for row in part.ranking][:1]
    submission = submitted(year)
    return {
        "summary": summary,
        "leaves": total.cells[leaves.units.index(year.head.short_name)].points,
        "sheet": note.rsplit(" ", 1)[1].rstrip("."),
        "minutes": minutes.points,
        "submission": submission.points,
    }


def in_workbooks(year, client):
    """The points of the late unit in the files of the bloc."""
    name, short = year.head.name, year.head.short_name
    content = ranking_workbook(ranking_of(year))
    (total,) = [line for line in lines_of(content, "Tổng hợp", "Hạng") if line["Đơn vị"] == name]
    leaves = {
        line["Nội dung, tiêu chí"]: line[f"{short} – thẩm định"]
        for line in lines_of(content, "Chi tiết", "TT")
    }
    answer = client.get(reverse("ranking:bloc_workbook", args=(year.pk,)))
    (bloc,) = [
        line for line in lines_of(answer.content, "Tổng hợp", "STT") if line["Đơn vị"] == name
    ]
    return {
        "ranking workbook": as_printed(total["Tổng điểm"]),
        "ranking workbook, leaves": as_printed(leaves["Tổng điểm"]),
        "its lines together": as_printed(
            leaves["Nhiệm vụ chính trị"]
            + leaves["Phong trào thi đua"]
            + leaves["Điểm thưởng sáng kiến"]
            + leaves["Điểm ngoài bảng"]
        ),
        "bloc workbook": as_printed(bloc["Tổng điểm xếp hạng"]),
    }


def on_pages(year, client):
    """The points of the late unit on the pages."""
    (ranking, *_) = tables_of(client.get(reverse("ranking:ranking", args=(year.pk,))))
    place = under_heads(ranking)[0]
    item = year.proposal.items.get()
    facts = dict(client.get(item.get_absolute_url()).context["facts"])
    proof = json.dumps(ranking_proof(ranking_of(year), timezone.now()))
    answer = client.post(
        reverse("ranking:proof_check"),
        {"file": SimpleUploadedFile("kiem-chung.json", proof.encode())},
    )
    return {
        "ranking page": place["Tổng điểm"],
        "award item": facts["Điểm xếp hạng"],
        "proof": answer.context["found"][0]["total"],
    }


def test_points_of_a_late_unit_are_the_same_everywhere(office):
    year = late_year()
    told = on_papers(year) | in_workbooks(year, office) | on_pages(year, office)
    assert {where: text for where, text in told.items() if text != "34,50"} == {}


def voted_year(members, votes, **presence):
    """A ranked year whose conference voted on the head alone, the base being all members."""
    year = year_with_members(members, state=YearState.RANKED)
    regulate(year, vote_base="all_members")
    conference = conference_of(year, **presence)
    came = conference.attendances.filter(is_present=True).count()
    against = came - votes
    figures = {"issued": came, "returned": came, "valid": came}
    count(conference, "award", [(0, votes, against, "certificate")], **figures)
    Conference.objects.update(state=ConferenceState.COUNTED)
    return year


def votes_told(year, client):
    """The votes and their rate in every place."""
    conference = Conference.objects.for_page().get(bloc_year=year)
    (minutes,) = [row for part in minutes_of(conference).sections for row in part.votes]
    (counting,) = counting_minutes_of(conference, conference.counts[0]).votes
    page = tables_of(client.get(conference.get_absolute_url()))
    (shown,) = [row for table in page if "Tỷ lệ (%)" in table[0] for row in under_heads(table)]
    submission = submitted(year)
    return {
        "minutes": (minutes.votes_for, minutes.rate),
        "counting minutes": (counting.votes_for, counting.rate),
        "conference page": (shown["Đồng ý"], shown["Tỷ lệ (%)"]),
        "submission": (submission.votes, submission.rate.strip("(%)")),
    }


@pytest.mark.parametrize(
    ("members", "came", "votes", "expected"),
    (
        (3, 2, 2, ("02/03", "66,7")),
        (16, 16, 1, ("01/16", "6,3")),
        (3, 3, 3, ("03/03", "100,0")),
    ),
)
def test_votes_and_their_rate_are_the_same_everywhere(office, members, came, votes, expected):
    told = votes_told(voted_year(members, votes, present=came), office)
    assert {where: text for where, text in told.items() if text != expected} == {}
