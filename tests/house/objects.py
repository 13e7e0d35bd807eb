"""One bloc with eleven years, so that every kind of object exists there in every state."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle

from django.core.files.base import ContentFile
from django.utils import timezone

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from awards.board.models import Opinion
from awards.decisions.models import Decision
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.appraisal.models import Appeal, Mark
from blocs.conferences.models import AgendaItem, Attendance, Ballot, BallotLine, Conference
from blocs.criteria.models import ScoringTable
from blocs.legal.models import LegalDocument
from blocs.ranking.models import Ground
from blocs.ranking.models.proofs import seal_ranking
from blocs.reports.models import Assignment, Correction, Evidence, Report, SheetVersion
from blocs.reports.models.sheets import read_sheet
from blocs.reports.models.versions import frozen_rows
from blocs.states import (
    COUNCIL_STATES,
    OPEN_STATES,
    PRIVATE_STATES,
    AppealState,
    AppraisalMode,
    AskedAward,
    BallotKind,
    ConferenceState,
    MemberChangeKind,
    RegistrationState,
    ReportState,
    TableState,
    VersionKind,
    YearState,
)
from blocs.units.models import Bloc, Membership, Unit, UnitSuccession
from blocs.years.models import (
    BlocYear,
    Holiday,
    Leadership,
    MemberChange,
    Registration,
    RulesAmendment,
)
from tests.factories.awards import certificate, flag
from tests.factories.blocs import BlocFactory, fill, regulate, small_table, year_with_members
from tests.factories.changes import beginning_of, former_name_of
from tests.factories.conferences import further_sitting
from tests.factories.files import pdf
from tests.factories.groups import group
from tests.factories.papers import signed_copy
from tests.factories.people import UnitFactory, UserFactory
from tests.factories.tokens import token_of
from tests.house.decided import FIRST_YEAR, NOON, add_decisions, granting
from thidua.accounts.models import User
from thidua.jobs.enums import JobStatus
from thidua.jobs.models import Job
from thidua.papers.models import Paper
from thidua.papers.registry import paper_kinds, paper_permission

# So many years ago the conference ended: head and deputy have agreed sheets of equal points, and
# nobody voted between them.
YEAR_OF_EQUALS = 11
PDF = pdf()
# Which right a list of these objects repeats in SQL.
VIEW_RIGHTS = {
    BlocYear: "years.view_year",
    ScoringTable: "criteria.view_table",
    Registration: "years.view_registration",
    Report: "reports.view_report",
    Ground: "ranking.view_ground",
    Conference: "conferences.view_conference",
    Agreement: "agreements.view_agreement",
    Proposal: "proposals.view_proposal",
    ProposalItem: "proposals.view_proposal",
    Decision: "decisions.view_decision",
}


@dataclass(frozen=True)
class Side:
    """A bloc: three units (head, deputy, plain member) and their objects by model."""

    bloc: Bloc
    head: Unit
    deputy: Unit
    unit: Unit
    writer: User
    objects: dict = field(default_factory=dict)

    @property
    def units(self):
        return (self.unit, self.head, self.deputy)

    def keep(self, obj):
        self.objects.setdefault(type(obj), []).append(obj)
        return obj

    def all(self, model):
        return self.objects.get(model, [])

    def one(self, model, state=None, **wanted):
        """The first object in that state with those attributes, read afresh."""
        wanted |= {"state": state} if state else {}
        found = [
            obj
            for obj in self.all(model)
            if all(getattr(obj, name) == value for name, value in wanted.items())
        ]
        return model.objects.get(pk=found[0].pk)


def build_side(name):
    """A bloc with a year in each state, newest first, and everything that belongs to them."""
    bloc = BlocFactory(name=f"Khối thi đua {name}")
    units = [UnitFactory(name=f"Sở {role} {name}") for role in ("Trưởng", "Phó", "Viên")]
    for named in (bloc, *units):
        named.former_names = [former_name_of(named)]
        named.save()
    side = Side(bloc, *units, writer=UserFactory(full_name="Nguyễn Văn Ghi"))
    side.keep(bloc)
    for unit in side.units:
        side.keep(unit)
        side.keep(Membership.objects.create(bloc=bloc, unit=unit, starts_on=dt.date(2015, 1, 1)))
    add_history(side)
    add_years(side)
    add_decisions(side)
    add_papers(side)
    add_jobs(side)
    side.keep(token_of(side.writer)[0])
    return side


def add_jobs(side):
    """Long work of a person of the bloc, in each state."""
    for status in JobStatus:
        job = Job(kind="year_packet", title=f"Hồ sơ {status.label}", key=status, status=status)
        job.asked_by, job.fault = side.writer, "Chưa làm được." if status == "failed" else ""
        job.file_name = "ho-so.zip" if status == "done" else ""
        job.save()
        side.keep(job)


def add_history(side):
    day = dt.date(2016, 1, 1)
    gone = side.keep(UnitFactory(name=f"Sở Cũ {side.bloc.code}", dissolved_on=day))
    Membership.objects.create(bloc=side.bloc, unit=gone, starts_on=dt.date(2015, 1, 1), ends_on=day)
    UnitSuccession.objects.create(predecessor=gone, successor=side.unit, on=day)


def add_years(side):
    """The states of each kind of object turn at their own pace, so that they meet differently."""
    turns = {
        name: cycle(states)
        for name, states in (
            ("conference", ConferenceState),
            ("agreement", AgreementState),
            ("proposal", ProposalState),
            ("item", ItemState),
            ("appeal", AppealState),
        )
    }
    day = dt.date(FIRST_YEAR, 9, 2) + dt.timedelta(days=Holiday.objects.count())
    side.keep(
        LegalDocument.objects.create(kind="Quyết định", number=f"{day:%d}/QĐ-{side.bloc.code}")
    )
    side.keep(Holiday.objects.create(day=day, name=f"Ngày nghỉ của {side.bloc.code}"))
    for number, state in enumerate(YearState):
        year = add_year(side, number, state, turns)
    # The oldest ranking was sealed with the minutes.
    seal_ranking(BlocYear.objects.get(pk=year.pk), NOON)
    over = {
        "conference": iter([ConferenceState.SIGNED]), "proposal": iter([ProposalState.DRAFT])
    }  # fmt: skip
    add_year(side, YEAR_OF_EQUALS, YearState.RANKED, turns | over)


def add_year(side, number, state, turns):
    """The year that many years ago with all its papers; states come from the turns."""
    year = year_with_members(
        0, bloc=side.bloc, year=FIRST_YEAR - number, state=state, head=side.head,
        deputy=side.deputy,
    )  # fmt: skip
    side.keep(year)
    for order, unit in enumerate((side.head, side.deputy, side.unit), start=1):
        year.members.create(unit=unit, order=order)
    add_change(side, year)
    add_rules_amendment(side, year)
    add_papers_of_units(side, year, number, turns["appeal"])
    side.keep(
        Ground.objects.create(
            bloc_year=year, unit=side.unit, code="held", basis="KL", found_on=NOON.date()
        )
    )
    add_conference(side, year, next(turns["conference"]))
    add_agreement(side, year, next(turns["agreement"]))
    add_proposal(side, year, next(turns["proposal"]), turns["item"])
    return year


def add_papers_of_units(side, year, number, appeals):
    """Registration and report of each unit, with what hangs on them."""
    table = add_tables(side, year)
    for place, unit in enumerate(side.units):
        add_registration(side, year, unit, list(RegistrationState)[(number + place) % 4])
        report = add_report(side, table, unit, list(ReportState)[(number + place) % 7])
        add_versions(side, report)
        add_assignment(side, report)
        add_corrections(side, report)
        if report.state in COUNCIL_STATES and unit == side.unit:
            add_appeals(side, report, appeals)


def add_change(side, year):
    """The plain member will leave one day, and how the year began is told; nothing follows."""
    beginning_of(year, side.writer)
    posts = {"head": year.head, "deputy": year.deputy}
    said = {"on": year.begins_on, "decision": "BB 2", "recorded_by": side.writer}
    again = {"number": 1, "recorded_at": NOON} | posts | said
    side.keep(Leadership.objects.create(bloc_year=year, **again))
    day = dt.date(2040, 1, 1)
    year.members.filter(unit=side.unit).update(left_on=day)
    side.keep(
        MemberChange.objects.create(
            bloc_year=year,
            number=1,
            kind=MemberChangeKind.LEFT,
            unit=side.unit,
            on=day,
            decision="Quyết định số 1",
            reason="Chuyển về ngành dọc",
            recorded_by=side.writer,
            recorded_at=NOON,
        )
    )


def add_rules_amendment(side, year):
    """An amendment of the rules that changed one word of no consequence."""
    change = {"field": "số Cờ thi đua của khối", "before": "1", "after": "1"}
    amendment = RulesAmendment.objects.create(
        bloc_year=year,
        number=1,
        on=NOON.date(),
        document="Quyết định số 2",
        reason="Theo quy chế mới.",
        changes=[change],
        amended_by=side.writer,
    )
    side.keep(amendment)


def add_tables(side, year):
    """An old version, the amendment of it in force, and the draft of the next amendment."""
    issued = {"published_at": NOON, "fingerprint": "0" * 64}
    reason = {"amendment_reason": "Theo kết luận hội nghị sơ kết."}
    old = side.keep(
        ScoringTable.objects.create(
            bloc_year=year,
            version=1,
            title="Bảng cũ",
            total_max=100,
            state=TableState.SUPERSEDED,
            **issued,
        )
    )
    changed = [["I.1 Nhiệm vụ", "nội dung", "Cũ", "Mới"]]
    amends = {"amends": old, "amendment": 1, "amendment_changes": changed}
    table = side.keep(small_table(year, version=2, **reason, **amends))
    next_one = {"amends": table, "amendment": 2, "published": False, "state": TableState.DRAFT}
    draft = side.keep(small_table(year, version=3, published_at=None, **reason, **next_one))
    for criterion in draft.criteria.all():
        side.keep(criterion)
    side.keep(group(year, "Hội"))
    return table


def add_registration(side, year, unit, state):
    signed_at = None if state == RegistrationState.DRAFT else NOON
    side.keep(
        Registration.objects.create(
            bloc_year=year, unit=unit, state=state, content="Đăng ký", signed_at=signed_at
        )
    )


def add_report(side, table, unit, state):
    was_sent = state not in PRIVATE_STATES
    is_out = was_sent and state != ReportState.RETURNED
    is_agreed = state in OPEN_STATES
    report = Report.objects.create(
        bloc_year=table.bloc_year,
        unit=unit,
        table=table,
        state=state,
        results="Hoàn thành nhiệm vụ.",
        explanation="Giải trình." if state == ReportState.EXPLAINED else "",
        submitted_at=NOON if was_sent else None,
        first_submitted_at=NOON if was_sent else None,
        self_total=Decimal("38") if is_out else None,
        appraised_at=NOON if state in COUNCIL_STATES else None,
        appraised_total=Decimal("38") if is_agreed else None,
    )
    appraised = None if state in (ReportState.DRAFT, ReportState.RETURNED) else Decimal("9.5")
    fill(report, appraised=appraised)
    side.keep(report)
    add_evidence(side, report)
    return report


def add_assignment(side, report):
    """In every second year the plain member marks the deputy's sheet, and where it is a draft."""
    year = report.bloc_year
    is_marked = not (FIRST_YEAR - year.year) % 2 or report.state == ReportState.DRAFT
    if report.unit != side.deputy or not is_marked:
        return
    regulate(year, appraisal_mode=AppraisalMode.PAIRS, scorers_per_sheet=1)
    assignment = Assignment.objects.create(report=report, unit=side.unit)
    leaf = report.table.criteria.exclude(kind="group").order_by("pk").first()
    Mark.objects.create(
        assignment=assignment,
        criterion=leaf,
        points=9,
        reason="Thiếu.",
        saved_by=side.writer,
        saved_at=NOON,
    )
    side.keep(assignment)


def add_versions(side, report):
    """The figures of the mid-year review, and the same sheet as it was sent in."""
    rows = frozen_rows(read_sheet(report))
    for number, kind in enumerate((VersionKind.MIDYEAR, VersionKind.SUBMITTED), start=1):
        side.keep(
            SheetVersion.objects.create(
                report=report,
                number=number,
                kind=kind,
                rows=rows,
                fingerprint="0" * 64,
                taken_at=NOON,
                taken_by=side.writer,
            )
        )


def add_corrections(side, report):
    """A leaf that was corrected and looked at; in a returned report another one is open."""
    leaves = report.table.criteria.exclude(kind="group").order_by("pk")
    asked = {"report": report, "asked_by": side.writer, "asked_at": NOON, "reason": "Thiếu số."}
    if report.state not in PRIVATE_STATES:
        Correction.objects.create(criterion=leaves[0], answered_at=NOON, checked_at=NOON, **asked)
    if report.state == ReportState.RETURNED:
        Correction.objects.create(criterion=leaves[1], **asked)


def add_appeals(side, report, states):
    """Two objections, their states in turn."""
    for criterion in report.table.criteria.exclude(kind="group").order_by("pk")[:2]:
        state = next(states)
        is_answered = state in (AppealState.ACCEPTED, AppealState.REJECTED)
        appeal = Appeal.objects.create(
            report=report,
            criterion=criterion,
            state=state,
            text=f"Đề nghị xem lại {criterion}.",
            raised_at=None if state == AppealState.DRAFT else NOON,
            answer="Giữ nguyên." if is_answered else "",
        )
        side.keep(appeal)


def add_evidence(side, report):
    content = PDF + f"% {report.pk}\n".encode()
    evidence = Evidence(
        unit=report.unit,
        name=f"Minh chứng {report.pk}.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=side.writer,
    )
    evidence.file.save("minh-chung.pdf", ContentFile(content), save=False)
    evidence.save()
    evidence.scores.add(report.scores.first())
    side.keep(evidence)


def add_conference(side, year, state):
    conference = Conference.objects.create(
        bloc_year=year,
        state=state,
        starts_at=NOON,
        ended_at=NOON + dt.timedelta(hours=3) if state == ConferenceState.SIGNED else None,
        place="Hội trường",
        chair_name="Nguyễn Văn A",
        secretary_name="Nguyễn Văn B",
        next_head=side.deputy,
    )
    side.keep(conference)
    for unit in side.units:
        side.keep(Attendance.objects.create(conference=conference, unit=unit, is_present=True))
    AgendaItem.objects.create(conference=conference, title="Khai mạc", text="Đã khai mạc.")
    numbers = {"issued": 3, "returned": 3, "valid": 3}
    was_tied = year.year == FIRST_YEAR - YEAR_OF_EQUALS
    for kind in (BallotKind.HEAD,) if was_tied else (BallotKind.AWARD, BallotKind.HEAD):
        ballot = Ballot.objects.create(conference=conference, kind=kind, **numbers)
        award = AskedAward.FLAG if kind == BallotKind.AWARD else ""
        BallotLine.objects.create(
            ballot=ballot, unit=side.deputy, award=award, votes_for=3, is_chosen=True
        )
    if state == ConferenceState.SIGNED and not was_tied:
        # What continues it: in one year it is open, in the other it is prepared.
        is_open = year.year == FIRST_YEAR - 3
        further = ConferenceState.OPEN if is_open else ConferenceState.PREPARED
        side.keep(further_sitting(year, further, NOON + dt.timedelta(days=9), side.units))


def add_agreement(side, year, state):
    in_effect = state in (AgreementState.EFFECTIVE, AgreementState.CLOSED)
    agreement = Agreement.objects.create(
        bloc_year=year,
        state=state,
        place="Hội trường",
        signed_on=dt.date(2026, 1, 28),
        contents="Hoàn thành nhiệm vụ",
        effective_at=NOON if in_effect else None,
    )
    side.keep(agreement)
    for unit in side.units if in_effect else ():
        Signature.objects.create(
            agreement=agreement,
            unit=unit,
            signer_name="Nguyễn Văn A",
            signer_title="Giám đốc",
            signed_by=side.writer,
            signed_at=NOON,
            revision=0,
        )


FORWARDED = {"forwarded_number": "15/TTr-UBND", "forwarded_on": NOON.date()}


def add_proposal(side, year, state, item_states):
    is_inner = state in (ProposalState.DRAFT, ProposalState.RETURNED)
    proposal = Proposal.objects.create(
        bloc_year=year, state=state, number="07/TTr", submitted_at=None if is_inner else NOON
    )
    side.keep(proposal)
    rows = [(unit, award) for unit in side.units for award in (flag(), certificate())]
    for (unit, award), item_state in zip(rows, item_states, strict=False):
        is_granted = item_state == ItemState.GRANTED
        item = ProposalItem.objects.create(
            proposal=proposal,
            unit=unit,
            award=award,
            state=item_state,
            reason="Chưa có kết luận." if item_state != ItemState.ELIGIBLE else "",
            decision=granting(side) if is_granted else None,
            **(FORWARDED if item_state == ItemState.FORWARDED else {}),
        )
        side.keep(item)
    Opinion.objects.create(item=item, member=side.writer, agrees=True)


def add_papers(side):
    """One stored and one signed by hand of each registered kind, about an object of its kind."""
    models = {right: model for model, right in reversed(VIEW_RIGHTS.items())}
    for kind in paper_kinds():
        subject = side.all(models[paper_permission(kind)])[0]
        paper = Paper(
            kind=kind,
            title=f"Văn bản {kind}",
            subject=subject,
            version="1",
            data={},
            sha256=hashlib.sha256(PDF).hexdigest(),
            made_by=side.writer,
            made_at=timezone.now(),
        )
        paper.file.save(f"{kind}.pdf", ContentFile(PDF), save=False)
        paper.save()
        side.keep(paper)
        side.keep(signed_copy(kind, subject, side.writer))
