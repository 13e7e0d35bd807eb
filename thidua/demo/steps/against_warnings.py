"""What blocs do with a reason of their own: a vote anew, a warned line, a year without awards."""

from awards.proposals.models import Proposal, ProposalItem
from blocs.conferences.actions.ballots import record_ballot
from blocs.conferences.actions.rounds import LineEntry
from blocs.conferences.models import BallotLine, Conference
from blocs.conferences.workflows import CONFERENCE
from blocs.ranking.actions.grounds import record_ground
from blocs.states import BallotKind, BallotMethod
from blocs.years.workflows import YEAR
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.common.workflow import perform
from thidua.demo.steps.acts_of_now import JOINED_ON
from thidua.demo.steps.awards import CERTIFICATE
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged


def vote_anew(staged: Staged, sitting: Conference) -> None:
    """The further sitting votes again on the certificates; the result awaits the head."""
    sitting.attendances.update(is_present=True)
    sitting = perform(CONFERENCE, "open", sitting, actor=staged.secretary)
    voters = len(staged.plan.members)
    count = {"issued": voters, "returned": voters, "valid": voters, "invalid": 0}
    _, second, third, fourth = staged.plan.order_of_merit
    kind = staged.world.kinds[CERTIFICATE]
    record_ballot(
        sitting,
        kind=BallotKind.AWARD,
        numbers={"method": BallotMethod.SECRET, "revote_reason": TEXTS["met_again"]} | count,
        lines=[
            LineEntry(
                unit_id=staged.unit(code).pk,
                award=kind.code,
                votes_for=votes,
                votes_against=voters - votes,
            )
            for code, votes in ((second, voters), (third, voters), (fourth, 1))
        ],
        decision="",
        actor=staged.secretary,
    )


def vote_on_held(staged: Staged) -> None:
    """A unit waits for a conclusion about it, and the conference votes on it all the same."""
    unit = staged.unit(staged.plan.order_of_merit[2])
    record_ground(
        staged.row,
        unit=unit,
        code="L3",
        basis=TEXTS["held_basis"],
        found_on=JOINED_ON,
        today=day_in_vietnam(staged.when.met),
        actor=staged.world.people.office,
    )
    lines = BallotLine.objects.filter(ballot__conference__bloc_year=staged.row, unit=unit)
    lines.filter(ballot__kind=BallotKind.AWARD).update(reason=TEXTS["still_voted"])


def propose_against_vote(proposal: Proposal, item: ProposalItem) -> None:
    """The bloc proposes whom the conference did not choose in the place of whom it chose."""
    ProposalItem.objects.filter(pk=item.pk).update(warned_reason=TEXTS["still_proposed"])
    Proposal.objects.filter(pk=proposal.pk).update(left_out_reason=TEXTS["not_proposed"])


def end_without_awards(staged: Staged) -> None:
    """Nobody is proposed: the office ends the ranked year with a reason."""
    office = staged.world.people.office
    perform(YEAR, "end_without_awards", staged.row, actor=office, note=TEXTS["no_awards"])
