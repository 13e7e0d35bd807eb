"""Units without a place: why, and by which rule; those of the ranking, and who is not compared."""

from collections.abc import Iterable, Mapping, Sequence

from blocs.ranking.models.ranked_sheets import Grounds, why_out, worded
from blocs.ranking.models.ranked_units import LeftOut
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Disqualifier
from blocs.scoring.ranking.bloc_ranking import out_words
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.disqualifiers import Effect
from blocs.scoring.ranking.part_year import months_taken_part, why_unranked
from blocs.units.models.units import Unit
from blocs.years.models.changes import changes_in_force
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

GROUND = "Điều kiện loại của bảng chấm điểm"
LAST_DAY = "Quy định chấm điểm của năm: báo cáo nộp sau ngày {} thì không xét."
CLASS_FIRST = (
    "Quy định của năm: xếp theo mức xếp loại trước, nên chưa xác định mức thì chưa có hạng."
)
# The reason of a part of the year names its rule itself.
SAID = ""
CHANGED = "Thay đổi thành phần số {number} của năm: {decision}."


def left_out_of(
    member: YearMember,
    reports: Mapping[int, Report],
    sheets: Mapping[int, Sheet],
    grounds: Grounds,
    rules: BlocRules,
) -> LeftOut | None:
    """The unit that is no contender as one without a place; None where nothing holds it."""
    if reason := unranked(member, rules):
        return LeftOut(member.unit, reason, SAID, is_final=True)
    report, named = reports.get(member.unit_id), grounds.get(member.unit_id, [])
    found = worded(named, report.table) if report else ()
    if reason := out_words(found):
        return LeftOut(member.unit, reason, ground_rule(found), is_final=True)
    reason = why_out(report, sheets.get(member.unit_id))
    return LeftOut(member.unit, reason) if reason else None


def judged_out(unit: Unit, found: Judged, contender: Contender, rules: BlocRules) -> LeftOut:
    """The contender that has no place, by the rule that took it."""
    if out_words(contender.grounds):
        rule = ground_rule(contender.grounds)
    elif found.lateness.is_out and rules.late and rules.late.last_on:
        rule = LAST_DAY.format(short_date(rules.late.last_on))
    elif why_unranked(contender.taken, found.months, rules.part_year):
        rule = SAID
    else:
        rule = CLASS_FIRST
    return LeftOut(unit, found.out_reason, rule, is_final=True)


def ground_rule(grounds: Sequence[Disqualifier]) -> str:
    """The grounds of the table, with the law each cites."""
    out = [ground for ground in grounds if ground.effect is Effect.NOT_CONSIDERED]
    laws = "; ".join(dict.fromkeys(ground.legal_basis for ground in out if ground.legal_basis))
    return f"{GROUND}{f' ({laws})' if laws else ''}."


def unranked(member: YearMember, rules: BlocRules) -> str:
    """Why the rules give a unit of part of the year no place, also before its sheet is there."""
    taken = member.part.taken
    return why_unranked(taken, months_taken_part(taken, rules.begins_on), rules.part_year)


def not_compared(bloc_year: BlocYear, told: Iterable[int]) -> list[LeftOut]:
    """Members that are neither ranked nor waited for (`told`): who left, or is set aside.

    Two queries, one where nobody is.
    """
    others = bloc_year.members.exclude(unit__in=tuple(told)).select_related("unit")
    members = [member for member in others.order_by("order", "pk") if member.part_words]
    if not members:
        return []
    changes = {change.unit_id: change for change in changes_in_force(bloc_year)}
    return [
        LeftOut(
            member.unit,
            f"{member.part_words[0].upper()}{member.part_words[1:]}.",
            CHANGED.format(number=two_digits(change.number), decision=change.decision.rstrip("."))
            if (change := changes.get(member.unit_id))
            else "",
            is_final=True,
        )
        for member in members
    ]
