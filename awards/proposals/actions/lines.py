"""The lines of a proposal are changed one by one: what the office found stays with its line."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError

from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal, ProposalItem
from blocs.units.models import Unit
from blocs.years.models import BlocYear

TEXTS = ("merit", "warned_reason")
FREE = (ItemState.PROPOSED, ItemState.ELIGIBLE)
IN_DECISION = (
    "Dòng “{line}” đang nằm trong “{decision}” nên không bỏ, không sửa được. Dòng đã có trong "
    "quyết định chỉ thay đổi bằng một quyết định sau."
)
OF_PERSONS = (
    "“{award}” chỉ tặng cá nhân nên không đề nghị cho đơn vị. Khen thưởng cá nhân do đơn vị đề "
    "nghị riêng; ở đây chọn hình thức khác hoặc bỏ dòng này."
)
JUDGED = (
    "Dòng “{line}” đã được cơ quan thường trực kết luận “{state}” nên không bỏ được; kết luận ấy "
    "đi cùng dòng. Muốn xét lại, đề nghị cơ quan thường trực."
)


def write_lines(proposal: Proposal, typed: Sequence[ProposalItem]) -> None:
    """Exactly these lines belong to the proposal; a line that stands keeps its verdict.

    Only what differs is written: a line of the same award and unit gets the texts that were typed,
    a new one is proposed anew, one that is not typed is taken away. Refused (ValidationError) for
    units of other blocs and for lines that nobody may take away.
    """
    left = list(proposal.items.select_related("award", "unit", "decision"))
    fresh = []
    for line in typed:
        stored = next((row for row in left if same(row, line)), None)
        if stored is None:
            fresh.append(line)
            continue
        left.remove(stored)
        rewrite(stored, line)
    drop_lines(left)
    for line in fresh:
        check_member(proposal.bloc_year, line.unit)
        refuse_personal(line)
        line.full_clean()
        line.save()


def same(one: ProposalItem, other: ProposalItem) -> bool:
    """Two lines are one where they ask for the same award for the same unit."""
    return (one.award_id, one.unit_id) == (other.award_id, other.unit_id)


def rewrite(line: ProposalItem, typed: ProposalItem) -> None:
    """Put the texts of a line; what stands in a decision is not written any more."""
    if all(getattr(line, name) == getattr(typed, name) for name in TEXTS):
        return
    refuse_in_decision(line)
    for name in TEXTS:
        setattr(line, name, getattr(typed, name))
    line.full_clean()
    line.save(update_fields=TEXTS)


def drop_lines(lines: Iterable[ProposalItem]) -> None:
    """Take lines away; refused for one in a decision and for one that the office has judged."""
    for line in lines:
        refuse_in_decision(line)
        if line.state not in FREE:
            raise ValidationError(JUDGED.format(line=line, state=line.get_state_display()))
        line.delete()


def refuse_in_decision(line: ProposalItem) -> None:
    """A line of a draft or signed decision is neither taken away nor written again."""
    if line.decision_id:
        raise ValidationError(IN_DECISION.format(line=line, decision=line.decision))


def refuse_personal(line: ProposalItem) -> None:
    """A bloc proposes units: an award of persons alone is no line of it."""
    if line.award.is_personal:
        raise ValidationError(OF_PERSONS.format(award=line.award))


def check_member(bloc_year: BlocYear, unit: Unit | None) -> None:
    """A bloc proposes its own members; where no members are on record nothing can be checked."""
    members = bloc_year.members
    if unit and members.exists() and not members.filter(unit=unit).exists():
        raise ValidationError(f"“{unit}” không phải thành viên của năm thi đua này.")
