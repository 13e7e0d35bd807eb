"""A bloc of eight in which much is hidden, and everything that one person can get of it.

Two worlds that differ only in what a person may not see must give that person the same pages,
files and orders, letter by letter: then no arithmetic over them computes any of it, however clever.
"""

import io
import re
import zipfile
from contextlib import contextmanager
from decimal import Decimal
from html import unescape

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.test import Client
from django.urls import reverse

from awards.decisions.models import Decision
from blocs.appraisal.models import Mark
from blocs.conferences.models import Ballot, BallotLine
from blocs.reports.models import Assignment, Report, Score
from blocs.states import (
    COUNCIL_STATES,
    BallotKind,
    ConferenceState,
    ReportState,
    SeatRole,
    YearState,
)
from blocs.units.models.seats import standing_of
from tests.factories.appraisals import assigned
from tests.factories.blocs import (
    ReportFactory,
    fill,
    regulate,
    small_table,
    year_with_members,
)
from tests.factories.conferences import conference_of
from tests.factories.people import SeatFactory, UserFactory, official
from tests.factories.tokens import program_of
from tests.house.objects import NOON, Side
from tests.house.visits import every_visit
from tests.house.walk import pages
from thidua.accounts.models import User
from thidua.api.described.resources import ENDPOINTS
from thidua.common.activity import record

D = Decimal
TOKENS = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|csrfToken[^"]*"[^"]*"|name="n\d+-mark" value="[^"]*"'
)
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
STARTS = ("/", "/bao-cao/", "/nhat-ky/", "/nhat-ky/excel/", reverse("decisions:public_list"))
# Pages of the own account draw secrets anew and end the walk, the machine's tell its free space.
LEFT_OUT = ("/tai-khoan/", "/van-hanh/", "/static/")
LEAF = "Hoàn thành nhiệm vụ được giao"


def person_of(*units):
    """One person on every chair of these units: what they see is more than each chair sees."""
    person = UserFactory()
    for unit in units:
        for role in (SeatRole.EDITOR, SeatRole.LEADER):
            SeatFactory(user=person, unit=unit, role=role)
    return person


def province(*roles):
    person = official(roles[0])
    for role in roles[1:]:
        SeatFactory(user=person, unit=None, role=role)
    return person


class World:
    """Eight units in a ring, each sheet marked by the next two; `state` is where the year stands.

    In `marking` the last unit still drafts, the first sheets are marked by one unit or by both, and
    the head has begun to appraise one by hand; in `agreed` points are agreed and a vote counted.
    """

    def __init__(self, state):
        is_agreed = state == "agreed"
        self.writer = UserFactory()
        self.year = year_with_members(8, state=YearState.CLOSING)
        regulate(self.year, appraisal_mode="pairs")
        self.table = small_table(self.year)
        self.units = [member.unit for member in self.year.members.order_by("order", "pk")]
        self.leaf = self.table.criteria.get(name=LEAF)
        self.reports = [self.report(place, is_agreed) for place in range(8)]
        self.assignments = [one for place in range(8) for one in self.marked(place, is_agreed)]
        self.conference = conference_of(self.year, state=ConferenceState.OPEN)
        self.ballot = self.counted() if is_agreed else None
        another = year_with_members(3)
        self.people = {
            "member": person_of(self.units[4]),
            "head": person_of(self.year.head),
            "deputy": person_of(self.year.deputy),
            "office": province(SeatRole.OFFICE),
            "council": province(SeatRole.COUNCIL, SeatRole.CHAIR),
            "sysadmin": province(SeatRole.SYSADMIN),
            "stranger": person_of(another.head),
            # The province's office, for the other bloc alone.
            "bloc_office": official(SeatRole.OFFICE, sees_only=[another.bloc_id]),
        }
        # Made once: a later one would have another number on the page of all tokens.
        self.programs = {person.pk: program_of(person) for person in self.people.values()}

    def report(self, place, is_agreed):
        state = ReportState.AGREED if is_agreed else ReportState.SUBMITTED
        state = ReportState.DRAFT if place == 7 and not is_agreed else state
        sent = None if state == ReportState.DRAFT else NOON
        report = ReportFactory(
            bloc_year=self.year,
            unit=self.units[place],
            table=self.table,
            state=state,
            submitted_at=sent,
            first_submitted_at=sent,
            self_total=D(40) + place if sent else None,
            appraised_at=NOON if is_agreed else None,
            appraised_total=D(38) + place if is_agreed else None,
        )
        fill(report, D(8) + D(place) / 10, D(7) + D(place) / 10 if is_agreed else None)
        report.scores.filter(criterion__code="IV").delete()
        if place == 2 and not is_agreed:
            self.score(report).update(appraised_points=D(6), appraisal_reason="Thiếu minh chứng.")
        return report

    def marked(self, place, is_agreed):
        """The next two units mark it; for sheet 0 both are done, for 1 and 4 one of them."""
        report = self.reports[place]
        if report.state == ReportState.DRAFT:
            return []
        found = assigned(report, self.units[(place + 1) % 8], self.units[(place + 2) % 8])
        done = 2 if is_agreed or place == 0 else (1 if place in (1, 4) else 0)
        for number, one in enumerate(found):
            for criterion in self.table.criteria.exclude(kind__in=("group", "deduction")):
                Mark.objects.create(
                    assignment=one,
                    criterion=criterion,
                    points=D(7) + D(place) / 10 + (D(1) / 2 if number else -D(1) / 2),
                    reason="Đối chiếu.",
                    saved_by=self.writer,
                    saved_at=NOON,
                )
            if number < done:
                Assignment.objects.filter(pk=one.pk).update(done_at=NOON)
        return found

    def counted(self):
        facts = {"issued": 8, "returned": 8, "valid": 8, "kind": BallotKind.AWARD}
        ballot = Ballot.objects.create(conference=self.conference, **facts)
        for unit, votes in zip(self.units[:3], (7, 6, 5), strict=True):
            BallotLine.objects.create(
                ballot=ballot, unit=unit, votes_for=votes, votes_against=8 - votes, award="flag"
            )
        return ballot

    def tell(self):
        """The log book tells of every score and mark as it stands now."""
        for report in self.reports:
            self.tell_of(report, "reports.save_scores", self.score(report).get().self_points)
        for mark in Mark.objects.filter(criterion=self.leaf).select_related("assignment"):
            self.tell_of(mark.assignment, "appraisal.save_marks", mark.points)

    def tell_of(self, obj, action, points):
        changes = [{"field": "điểm", "before": None, "after": points}]
        record(self.writer, action, obj, label="Lưu điểm: I.1", changes=changes)

    def score(self, report):
        return Score.objects.filter(report=report, criterion=self.leaf)

    def change_hidden(self, person):
        """Make every mark, score and vote that the person may not see another one; their names.

        What follows openly from hidden marks, the agreed points, stays: the marks of a sheet move
        against each other. Thus a mark whose sheet has a single hidden one would show.
        """
        person = User.objects.get(pk=person.pk) if person else AnonymousUser()
        changed = []
        for place, report in enumerate(self.reports):
            report = Report.objects.for_page().get(pk=report.pk)
            sees = person.has_perm("reports.view_report", report)
            if not sees:
                changed.append(f"self {place}")
                self.score(report).update(self_points=D(3) + place, value=D(3) + place)
                Report.objects.filter(pk=report.pk, self_total__isnull=False).update(
                    self_total=D(20) + place
                )
            given = report.state in COUNCIL_STATES or person.has_perm(
                "reports.prepare_appraisal", report
            )
            if not (sees and given) and self.score(report).get().appraised_points is not None:
                changed.append(f"given {place}")
                self.score(report).update(appraised_points=D(2) + D(place) / 10)
                Report.objects.filter(pk=report.pk, appraised_total__isnull=False).update(
                    appraised_total=D(10) + place
                )
            changed += self.change_marks(place, report, person)
        if self.ballot and not person.has_perm("conferences.view_conference", self.conference):
            changed.append("votes")
            for line in self.ballot.lines.all():
                line.votes_for, line.votes_against = line.votes_against, line.votes_for
                line.save()
        return changed

    def change_marks(self, place, report, person):
        assignments = list(report.assignments.all())
        hidden = [one for one in assignments if not sees_mark(person, report, one, assignments)]
        for sign, one in zip((1, -1), hidden, strict=False):
            for mark in Mark.objects.filter(assignment=one):
                mark.points += sign * (D(1) + D(place) / 10)
                mark.save()
        return [f"mark {place} by {one.unit_id}" for one in hidden]

    def side(self):
        """The objects whose pages are walked: the own sheet, the head's, a rival's, the draft."""
        year, units = self.year, self.units
        side = Side(year.bloc, units[0], units[1], units[4], self.people["head"])
        chosen = [self.reports[place] for place in (0, 2, 4, 7)]
        marked = [one for one in self.assignments if one.report in chosen]
        for obj in (year, year.bloc, self.table, units[4], *chosen, *marked):
            side.keep(obj)
        return side


def sees_mark(person, report, one, assignments):
    """The rule of a blind year, said here a second time: the pages must not ask themselves."""
    units = standing_of(person).units
    if one.unit_id in units:
        return True
    if report.unit_id in units:
        return report.state in COUNCIL_STATES
    if not person.has_perm("appraisal.view_marks", report):
        return False
    own = [each for each in assignments if each.unit_id in units]
    if own:
        return bool(one.done_at) and all(each.done_at for each in own)
    return all(each.done_at for each in assignments)


def everything(world, person, *, is_thorough=False):
    """All that the person gets, by address: pages as they are, papers as HTML, files as XML.

    What the pages link to, one after the other from the home page on; a thorough walk also asks
    for every address of the product about the sheets and markings of this bloc.
    """
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    waiting = [*STARTS, *(every_address(world) if is_thorough else ())]
    found = {}
    while waiting:
        url = waiting.pop()
        if url in found or url.startswith(LEFT_OUT):
            continue
        answer = client.get(url)
        found[url] = f"{answer.status_code} {answer.get('Location', '')}\n{text_of(answer)}"
        waiting += [unescape(link) for link in LINK.findall(found[url])]
    return found | read_by_program(world, person)


def read_by_program(world, person):
    """The same person's token at every address for programs, tags of the answers too."""
    if person is None:
        return {}
    program, decisions = world.programs[person.pk], Decision.objects.values_list("pk", flat=True)
    numbers = {"/decisions/{id}": decisions, "/decisions/{id}/lines": decisions}
    numbers |= {"/units/{id}": [world.units[4].pk], "/blocs/{id}": [world.year.bloc_id]}
    found = {}
    for endpoint in ENDPOINTS:
        for number in numbers.get(endpoint.path, [world.year.pk]):
            url = f"/api/v1{endpoint.path.replace('{id}', str(number))}"
            answer = program.get(url)
            found[url] = f"{answer.status_code} {answer.get('ETag', '')}\n{text_of(answer)}"
    return found


def every_address(world):
    side = world.side()
    for page in pages():
        try:
            yield from [visit.url for visit in every_visit(page, side)]
        except (LookupError, AttributeError, ObjectDoesNotExist):
            continue  # the page is about something that this bloc does not have


def text_of(answer):
    """What a person can read in an answer; tokens and the hour of a file tell nothing."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = [name for name in file.namelist() if not name.startswith("docProps")]
            return "\n".join(file.read(name).decode(errors="replace") for name in sorted(names))
    return TOKENS.sub("", content.decode(errors="replace"))


@contextmanager
def undone():
    """What happens inside is taken back: the next world begins where this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_html(html, **kwargs):
    """Stands for the printer: the paper as it is handed over, every word of it."""
    return html.encode()
