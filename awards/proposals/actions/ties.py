"""People choose between units that are equal over the last award of a quota."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.proposals.actions.lines import drop_lines
from awards.proposals.actions.proposals import drafted, held_draft
from awards.proposals.models import Proposal, TieChoice, TieUnit
from awards.proposals.models.shares import Lines, kinds_to_draft
from blocs.scoring.ranking.quota_edge import Tie
from blocs.units.models import Unit
from blocs.years.models import AwardKind
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken


@transaction.atomic
def choose_between(
    proposal: Proposal,
    *,
    actor,
    award: AwardKind,
    chosen: Collection[Unit],
    reason: str,
    seen: str | None = None,
) -> Proposal:
    """Write down whom people chose of the equal units at the quota of `award`, and why.

    The lines that follow from it are put right; all other lines stay as they are. Refused where
    these units are not equal any more.
    """
    require(actor, "proposals.draft_proposal", proposal)
    proposal = held_draft(proposal, actor)
    tie = tie_over(proposal, award)
    if not {unit.pk for unit in chosen} <= tie.units:
        raise ValidationError("Chỉ chọn trong số các đơn vị cùng hạng.")
    before, stored = drafted(proposal, kinds_to_draft()), choice_words(proposal, award)
    typed = {"chosen": names_of(chosen), "reason": reason.strip()}
    refuse_overtaken(
        proposal,
        "proposals.choose_between",
        seen=seen,
        stored=stored,
        typed=typed,
    )
    keep_choice(proposal, actor, award, tie, chosen, typed["reason"])
    proposal = Proposal.objects.get(pk=proposal.pk)
    follow_choice(proposal, before, drafted(proposal, kinds_to_draft()))
    changes = [
        *change_of("đơn vị được chọn", stored["chosen"], typed["chosen"]),
        *change_of("lý do chọn", stored["reason"], typed["reason"]),
    ]
    label = f"Chọn giữa các đơn vị cùng hạng {tie.place}: {award}"
    record(actor, "proposals.choose_between", proposal, label=label, changes=changes)
    return proposal


def tie_over(proposal: Proposal, award: AwardKind) -> Tie:
    """The tie at the quota of this award, answered or not; refused where there is none now."""
    kinds = kinds_to_draft()
    ties = [tie for tie in proposal.shares.ties if kinds.get(tie.is_flag) == award]
    if not ties:
        raise ValidationError(f"Không còn đơn vị cùng hạng ở mức cuối được đề nghị {award}.")
    return ties[0]


def choice_words(proposal: Proposal, award: AwardKind) -> dict[str, str]:
    """What is chosen between equals for this award now, in words; empty before the first choice."""
    choice = proposal.tie_choices.filter(award=award).first()
    if choice is None:
        return {"chosen": "", "reason": ""}
    chosen = Unit.objects.filter(pk__in=choice.chosen)
    return {"chosen": names_of(chosen), "reason": choice.reason}


def names_of(units: Iterable[Unit]) -> str:
    """The names in one line, in an order that the order of choosing does not change."""
    return ", ".join(sorted(unit.name for unit in units))


def keep_choice(
    proposal: Proposal, actor, award: AwardKind, tie: Tie, chosen: Collection[Unit], reason: str
) -> None:
    """One choice for each award; a new one replaces the old, the log book keeps both."""
    proposal.tie_choices.filter(award=award).delete()
    choice = TieChoice(
        proposal=proposal,
        award=award,
        place=tie.place,
        seats=tie.seats,
        reason=reason,
        chosen_by=actor,
    )
    choice.full_clean()
    choice.save()
    picked = {unit.pk for unit in chosen}
    TieUnit.objects.bulk_create(
        TieUnit(choice=choice, unit_id=unit, is_chosen=unit in picked) for unit in sorted(tie.units)
    )


def follow_choice(proposal: Proposal, before: Lines, after: Lines) -> None:
    """Take away the drafted lines that no longer hold and add those that do now."""
    for award, unit in before:
        if (award, unit) not in after:
            drop_lines(proposal.items.filter(award=award, unit=unit))
    for award, unit in after:
        if (award, unit) not in before:
            proposal.items.get_or_create(award=award, unit_id=unit)
