"""What bloc, office and council do with a proposal."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.proposals.documents.submission import submission_paper
from awards.proposals.domain import allowed
from awards.proposals.enums import INNER_STATES, ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.quotas import rule_of
from awards.proposals.workflows import PROPOSAL
from blocs.conferences.models import BallotLine
from blocs.ranking.models.rankings import ranking_of
from blocs.states import BallotKind
from blocs.units.models import Unit
from blocs.years.models import AwardKind, BlocYear
from blocs.years.workflows import YEAR
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.workflow import check_move, perform
from thidua.papers.stored import pdf_of, store_paper

HEADER = ("number", "dated_on", "summary", "quota_reason")
FINISHED = (ItemState.GRANTED, ItemState.REFUSED)


@transaction.atomic
def start_proposal(bloc_year: BlocYear, *, actor) -> Proposal:
    """Draft the proposal of a bloc year from its vote, else from points and quota."""
    proposal = Proposal(bloc_year=bloc_year)
    require(actor, "proposals.draft_proposal", proposal)
    proposal.full_clean()
    proposal.save()
    for kind, unit in suggested(bloc_year):
        ProposalItem.objects.create(proposal=proposal, award=kind, unit=unit)
    record(actor, "proposals.start_proposal", proposal, label="Lập đề nghị khen thưởng")
    return proposal


def suggested(bloc_year: BlocYear) -> list[tuple[AwardKind, Unit]]:
    """Pairs (award, unit): what the conference voted, or the first places within the quota."""
    flag = AwardKind.objects.filter(is_flag=True, is_national=False, is_active=True).first()
    certificate = AwardKind.objects.filter(is_flag=False, is_active=True).first()
    if not flag or not certificate:
        return []
    voted = BallotLine.objects.filter(
        ballot__conference__bloc_year=bloc_year, ballot__kind=BallotKind.AWARD, is_chosen=True
    ).select_related("unit")
    if voted:
        return [(flag if line.award == "flag" else certificate, line.unit) for line in voted]
    return by_points(bloc_year, flag, certificate)


def by_points(
    bloc_year: BlocYear, flag: AwardKind, certificate: AwardKind
) -> list[tuple[AwardKind, Unit]]:
    """The best units by agreed places, as many as the quota of the year allows.

    A unit that is held waits for its conclusion; one whose grounds close the flag has none.
    """
    rows = [row for row in ranking_of(bloc_year).rows if row.is_agreed]
    rows = [row for row in rows if not row.eligibility.is_held]
    limits = allowed(bloc_year.members.count(), rule_of(bloc_year))
    flags = [row.unit for row in rows if not row.eligibility.is_without_flag][: limits.flags]
    rest = [row.unit for row in rows if row.unit not in flags][: limits.certificates]
    return [(flag, unit) for unit in flags] + [(certificate, unit) for unit in rest]


@transaction.atomic
def edit_proposal(
    proposal: Proposal,
    *,
    actor,
    header: Mapping,
    items: Sequence[Mapping],
    seen: str | None = None,
) -> Proposal:
    """Write header and lines. `items` are mappings with award, unit (or None) and merit.

    Only while the bloc holds it; one unit has one line of each award.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    require(actor, "proposals.draft_proposal", proposal)
    if proposal.state not in INNER_STATES:
        raise ValidationError("Đề nghị đã gửi tỉnh nên không sửa được nữa.")
    lines = [ProposalItem(proposal=proposal, **row) for row in items]
    stored = proposal_words(proposal)
    changes = set_fields(proposal, {name: header[name] for name in HEADER})
    typed = all_words(proposal, HEADER) | {"items": item_words(lines)}
    if stored == typed:
        return proposal
    refuse_overtaken(
        proposal,
        "proposals.edit_proposal",
        seen=seen,
        stored=stored,
        typed=typed,
        names={"items": "Các dòng đề nghị"},
    )
    if lines_changed := change_of("các dòng đề nghị", stored["items"], typed["items"]):
        changes += lines_changed
        replace_items(proposal, lines)
    proposal.full_clean()
    proposal.save()
    label = "Sửa đề nghị khen thưởng"
    record(actor, "proposals.edit_proposal", proposal, label=label, changes=changes)
    return proposal


def proposal_words(proposal: Proposal) -> dict[str, str]:
    """What the proposal says now, in words: its header by field, and all lines as one value."""
    items = proposal.items.select_related("award", "unit")
    return all_words(proposal, HEADER) | {"items": item_words(items)}


def item_words(items: Iterable[ProposalItem]) -> str:
    """«Cờ thi đua – Sở A: merit; …», in an order that the order of typing does not change."""
    words = (f"{item}: {item.merit}" if item.merit else str(item) for item in items)
    return "; ".join(sorted(words))


def replace_items(proposal: Proposal, items: Sequence[ProposalItem]) -> None:
    """Exactly these lines belong to the proposal; each is proposed anew."""
    proposal.items.all().delete()
    for item in items:
        check_member(proposal.bloc_year, item.unit)
        item.full_clean()
        item.save()


def check_member(bloc_year: BlocYear, unit: Unit | None) -> None:
    """A bloc proposes its own members; where no members are on record nothing can be checked."""
    members = bloc_year.members
    if unit and members.exists() and not members.filter(unit=unit).exists():
        raise ValidationError(f"“{unit}” không phải thành viên của khối trong năm này.")


def submit_proposal(proposal: Proposal, *, actor, note: str = "") -> Proposal:
    """The head sends the proposal; with it the year counts as proposed and the tờ trình is kept.

    The paper is printed before the transaction, so that nobody waits for the printer. Refused
    with a ValidationError where no PDF can be made, and then nothing is changed.
    """
    require(actor, "proposals.submit_proposal", proposal)
    proposal = Proposal.objects.for_page().get(pk=proposal.pk)
    check_move(PROPOSAL, PROPOSAL["submit"], proposal, actor=actor, note=note)
    pdf_of(submission_paper(proposal))
    return keep_submission(proposal, actor=actor, note=note)


@transaction.atomic
def keep_submission(proposal: Proposal, *, actor, note: str) -> Proposal:
    """Send and store the tờ trình: all of it or nothing. Each sending keeps a paper of its own."""
    proposal = perform(PROPOSAL, "submit", proposal, actor=actor, note=note)
    perform(YEAR, "propose", proposal.bloc_year, actor=actor)
    paper = submission_paper(proposal)
    store_paper(
        paper,
        subject=proposal,
        kind="submission",
        title=paper.title,
        number=proposal.number,
        actor=actor,
    )
    return proposal


@transaction.atomic
def return_proposal(proposal: Proposal, *, actor, note: str) -> Proposal:
    """The office sends it back with a reason; the bloc's year is open for a new one."""
    proposal = perform(PROPOSAL, "return", proposal, actor=actor, note=note)
    perform(YEAR, "take_back", proposal.bloc_year, actor=actor)
    return proposal


def move_proposal(proposal: Proposal, move: str, *, actor, note: str = "") -> Proposal:
    """Any move of a proposal, with what it does to the bloc's year."""
    special = {"submit": submit_proposal, "return": return_proposal}
    if move in special:
        return special[move](proposal, actor=actor, note=note)
    return perform(PROPOSAL, move, proposal, actor=actor, note=note)
