"""What people do now in blocs that are otherwise told as past: by the product's own actions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F, Model
from django.utils import timezone

from awards.proposals.actions.ties import choose_between
from awards.proposals.models import Proposal
from blocs.appraisal.actions.bodies import save_body
from blocs.conferences.actions.sittings import continue_conference
from blocs.conferences.models import Conference
from blocs.conferences.models.chairs import proposed_chair
from blocs.criteria.models import ScoringTable
from blocs.ranking.actions.seals import seal_again
from blocs.ranking.actions.stated import Stated, state_results
from blocs.reports.actions.scores import save_scores
from blocs.reports.actions.versions import rectify_sheet
from blocs.reports.domain.sheet_rows import TypedRow, may_be_left_out
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.scoring import Entry
from blocs.states import AppraisalMode, MemberChangeKind
from blocs.units.actions.blocs import add_member
from blocs.units.actions.names import rename
from blocs.units.models import Unit
from blocs.units.models.seats import leader_on
from blocs.years.actions.leaders import change_leaders
from blocs.years.actions.members import cancel_change, record_change
from blocs.years.models import BlocYear, Registration, Regulation
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.demo.keeping import keep
from thidua.demo.steps.awards import CERTIFICATE
from thidua.demo.steps.years import CLASSES
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged
from thidua.papers.signed_copies import CopyEntry, PaperBasis, keep_copy

K = MemberChangeKind
SENT_LATE, LATE_ON = "UBND xã Vào muộn (minh họa)", date(2026, 11, 1)
MERGED_ON, JOINED_ON = date(2026, 7, 1), date(2026, 9, 1)
SPLIT_OFF = "Xã Minh họa, thành lập mới"
# Kinds whose points the table does not state one by one.
FREE_KINDS = ("quantitative", "per_occurrence")
STEP_DOWN = Decimal("0.5")
# A page without a word, which every reader of PDF opens.
EMPTY_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
startxref
0
%%EOF"""


def new_unit(name: str, **names: str) -> Unit:
    """A unit that comes in the middle of the year; nobody has a seat in it yet."""
    return keep(Unit(name=name, letterhead=name.upper(), superior="UBND TỈNH ĐẮK LẮK", **names))


def let_join_late(staged: Staged) -> None:
    """Who is late in the plan takes part from September on."""
    said = {"actor": staged.world.people.office, "decision": TEXTS["change_basis"]}
    for code in staged.plan.late:
        record_change(staged.row, kind=K.JOINED, unit=staged.unit(code), on=JOINED_ON, **said)


def let_communes_go(staged: Staged) -> None:
    """In a cluster units are moved, dissolved and split, one comes back; one change was wrong."""
    office, (*_, fourth, third, second, last) = staged.world.people.office, staged.plan.members
    said = {"actor": office, "decision": TEXTS["change_basis"]}
    record_change(staged.row, kind=K.DISSOLVED, unit=staged.unit(last), on=MERGED_ON, **said)
    record_change(
        staged.row, kind=K.MOVED, unit=staged.unit(second), on=JOINED_ON, is_outside=True, **said
    )
    new = new_unit(SPLIT_OFF, short_name="Xã Minh họa", code="XMH")
    record_change(
        staged.row, kind=K.SPLIT, unit=new, counterpart=staged.unit(third), on=JOINED_ON, **said
    )
    wrong = record_change(
        staged.row,
        kind=K.LEFT,
        unit=staged.unit(fourth),
        on=JOINED_ON,
        reason=TEXTS["left_why"],
        **said,
    )
    cancel_change(wrong, actor=office, reason=TEXTS["left_wrong"])
    late = new_unit(SENT_LATE, short_name="Xã Vào muộn", code="XVM")
    add_member(staged.row.bloc, unit=late, starts_on=LATE_ON, **said)
    record_change(staged.row, kind=K.KEPT, unit=late, on=LATE_ON, reason=TEXTS["kept_why"], **said)
    away = staged.unit(fourth)
    for kind, on in ((K.LEFT, MERGED_ON), (K.RETURNED, JOINED_ON)):
        record_change(staged.row, kind=kind, unit=away, on=on, reason=TEXTS["away_why"], **said)


def rectify_one(staged: Staged, code: str) -> None:
    """After the year was closed a figure of one unit turned out to be wrong."""
    report = Report.objects.for_page().get(bloc_year=staged.row, unit=staged.unit(code))
    row = next(
        row
        for row in read_sheet(report).rows
        if row.criterion.kind in FREE_KINDS and row.score and row.score.appraised_points >= 1
    )
    right = RectifiedRow(row.criterion.pk, row.score.appraised_points - STEP_DOWN, None)
    office = staged.world.people.office
    rectify_sheet(report, rows=[right], reason=TEXTS["correction"], actor=office)


def let_bodies_appraise(staged: Staged, table: ScoringTable, shares: Mapping[str, int]) -> None:
    """In this year departments appraise the first leaves of every sheet, each by its share."""
    Regulation.objects.filter(bloc_year=staged.row).update(appraisal_mode=AppraisalMode.BODIES)
    leaves = table.criteria.exclude(kind="group").order_by("pk").values_list("pk", flat=True)[:3]
    for code, share in shares.items():
        save_body(
            staged.row,
            unit=staged.unit(code),
            leaves=set(leaves),
            share=Decimal(share),
            actor=staged.head,
        )


def leave_one_out(staged: Staged, code: str) -> None:
    """A unit says of one leaf that it was not assigned to it, and why."""
    report = Report.objects.for_page().get(bloc_year=staged.row, unit=staged.unit(code))
    row = next(
        row
        for row in read_sheet(report).rows
        if may_be_left_out(row.criterion.kind, row.criterion.rule)
    )
    revision = row.score.revision if row.score else 0
    typed = TypedRow(row.criterion.pk, revision, Entry(not_applicable=True), TEXTS["left_out_why"])
    save_scores(report, rows=[typed], actor=staged.world.people.editors[code])


def seal_anew(staged: Staged) -> None:
    """After the correction the office seals a second ranking beside the first."""
    year = BlocYear.objects.get(pk=staged.row.pk)
    seal_again(year, actor=staged.world.people.office, reason=TEXTS["correction"])


def rename_bloc(staged: Staged) -> None:
    """The bloc bore another name until the middle of the year."""
    bloc, name = staged.row.bloc, staged.row.bloc.name
    type(bloc).objects.filter(pk=bloc.pk).update(name=f"{name} (tên cũ minh họa)")
    said = {"actor": staged.world.people.office, "decision": TEXTS["change_basis"]}
    rename(type(bloc).objects.get(pk=bloc.pk), data={"name": name}, on=MERGED_ON, **said)


def object_to_nothing(staged: Staged, code: str) -> None:
    """The leader of a unit wrote that it objects to no point, a day after the appraisal."""
    Report.objects.filter(bloc_year=staged.row, unit=staged.unit(code)).update(
        waived_at=F("appraised_at") + timedelta(hours=1),
        waived_by=staged.world.people.leaders[code],
    )


def choose_one(staged: Staged, proposal: Proposal) -> None:
    """Two units are equal over the last certificate: people say which, and why."""
    choose_between(
        proposal,
        actor=staged.secretary,
        award=staged.world.kinds[CERTIFICATE],
        chosen=[staged.unit(staged.plan.equal[0])],
        reason=TEXTS["chosen_why"],
    )


def sign_by_hand(staged: Staged, subject: Registration | Report, kind: str, code: str) -> None:
    """The leader of a unit signed its registration or report on paper, on the same day."""
    is_report = isinstance(subject, Report)
    day = day_in_vietnam(subject.submitted_at if is_report else subject.signed_at)
    unit = staged.unit(code)
    copy = keep_copy(
        CopyEntry(
            number="",
            signed_on=day,
            signers=f"{leader_on(unit, day)}, {unit.leader_title}",
            scan=SimpleUploadedFile("ban-giay-da-ky.pdf", EMPTY_PAGE),
            received_on=day if is_report else None,
        ),
        subject=subject,
        kind=kind,
        about=PaperBasis("Báo cáo" if is_report else "Bản đăng ký thi đua"),
        actor=staged.world.people.editors.get(code, staged.secretary),
    )
    at = copy.signed_at
    sent = {"submitted_at": at, "first_submitted_at": at} if is_report else {"signed_at": at}
    type(subject).objects.filter(pk=subject.pk).update(copy=copy, **sent)


def keep_agreement(staged: Staged) -> None:
    """The agreement was signed on paper: number, day, signers and the scan."""
    agreement = staged.row.agreement
    signers = agreement.signatures.order_by("signed_at").values_list("signer_name", flat=True)
    scan(staged, agreement, "agreement", agreement.number, agreement.signed_on, signers)


def keep_minutes(staged: Staged) -> None:
    """The minutes were signed on paper, too."""
    conference = staged.row.conference
    signers = (conference.chair_name, conference.secretary_name)
    day = day_in_vietnam(conference.ended_at)
    scan(staged, conference, "minutes", conference.minutes_number, day, signers)


def scan(
    staged: Staged, subject: Model, kind: str, number: str, day: date, signers: Iterable[str]
) -> None:
    """One scan beside the paper that was made here."""
    file = SimpleUploadedFile(f"{kind}.pdf", EMPTY_PAGE)
    entry = CopyEntry(number=number, signed_on=day, signers="\n".join(signers), scan=file)
    about = PaperBasis(str(subject))
    keep_copy(entry, subject=subject, kind=kind, about=about, actor=staged.secretary)


def let_deputy_stand_in(staged: Staged) -> Staged:
    """From November on the deputy does the work of the head, which is being reorganised."""
    plan = replace(staged.plan, head=staged.plan.deputy, deputy="")
    lead_anew(staged, {"head": staged.unit(plan.head), "head_is_acting": True, "deputy": None})
    return replace(staged, plan=plan, row=BlocYear.objects.get(pk=staged.row.pk))


def leave_head_vacant(staged: Staged) -> None:
    """From November on nobody heads the bloc: the office has yet to name a unit."""
    lead_anew(staged, {"head": None})


def lead_anew(staged: Staged, posts: Mapping) -> None:
    """Who leads the bloc from November on."""
    change_leaders(
        staged.row,
        actor=staged.world.people.office,
        data=posts,
        on=LATE_ON,
        decision=TEXTS["change_basis"],
        reason=TEXTS["head_gone_why"],
    )


def meet_again(staged: Staged) -> Conference:
    """After a correction the bloc meets once more: what was sealed stays, the new stands beside."""
    starts_at = timezone.now() - timedelta(hours=2)
    day = day_in_vietnam(starts_at)
    chair_name, chair_title = proposed_chair(staged.row, day, with_deputy=False)
    facts = {
        "starts_at": starts_at,
        "place": staged.row.conference.place,
        "chair_name": chair_name,
        "chair_title": chair_title,
        "secretary_name": staged.secretary.full_name,
    }
    reason = TEXTS["met_again"]
    return continue_conference(staged.row, facts=facts, reason=reason, actor=staged.head)


def state_by_minutes(staged: Staged) -> None:
    """Of an old year only what its minutes say is known: places, classes, and counts of classes."""
    best, good = (label for label, *_ in CLASSES[:2])
    first, second, *_ = staged.plan.order_of_merit
    state_results(
        staged.row,
        actor=staged.world.people.office,
        source=TEXTS["old_minutes"],
        rows=[
            Stated(staged.unit(code).pk, place, best)
            for place, code in enumerate((first, second), start=1)
        ],
        counts={good: len(staged.plan.members) - 2},
    )
