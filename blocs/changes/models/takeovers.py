"""What those take over into whom a unit was merged or split, in sentences of the page."""

from blocs.states import MemberChangeKind as K
from blocs.units.models.units import Unit
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.changes import HEIR, MemberChange, member_of
from blocs.years.models.leaderships import Leadership, before_change
from blocs.years.models.members.holdings import (
    marking_effects,
    registration_effects,
    report_effects,
    signature_effects,
)
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.dates import short_date

OWN_PAPERS = "Những gì {unit} đã ký, đã gửi là của {unit}; {heir} không ký thay, không nộp thay."


def taken_over(change: MemberChange) -> list[str]:
    """Post, papers and marks of a merged unit, and who has what of it now; empty for others."""
    if change.kind != K.MERGED:
        return []
    year, unit, heirs = change.bloc_year, change.unit, change.heirs
    papers = [
        *registration_effects(year, unit),
        *signature_effects(year, unit),
        *report_effects(year, unit),
    ]
    return [
        *(standing_of_heir(year, heir) for heir in heirs),
        *post_taken(change),
        *(f"{unit} – {words[0].lower()}{words[1:]}" for words in papers),
        OWN_PAPERS.format(unit=unit, heir=", ".join(map(str, heirs))),
        *marking_effects(year, unit),
    ]


def standing_of_heir(year: BlocYear, heir: Unit) -> str:
    """How a successor takes part in the year, and what it owes there."""
    member = member_of(year, heir)
    if member is None:
        return f"{heir} không phải thành viên của năm này nên không tiếp nhận việc gì ở đây."
    if member.part_words:
        return f"{heir} {member.part_words}: nợ những việc đến hạn trong thời gian tham gia."
    return f"{heir} là thành viên cả năm: việc của {heir} không đổi."


def post_taken(change: MemberChange) -> list[str]:
    """Who has the post of the merged unit now; empty where it had none when it went."""
    year, unit = change.bloc_year, change.unit
    rows = year.leaderships.standing().filter(reason=f"{HEIR} {unit}")
    row = rows.order_by("-number").first()
    before = row and before_change(row)
    if not before:
        return []
    names = leader_words(year.bloc.word)
    post = next((name for name in names if getattr(before, f"{name}_id") == unit.pk), None)
    return [post_words(row, post, change)] if post else []


def post_words(row: Leadership, post: str, change: MemberChange) -> str:
    """«Sở C làm khối trưởng thay Sở F từ 01/07/2026.», or that the post is vacant."""
    words = leader_words(change.bloc_year.bloc.word)[post].lower()
    holder, day = getattr(row, post), short_date(row.on)
    if holder:
        return f"{holder} làm {words} thay {change.unit} từ {day}."
    return f"Chức {words} của {change.unit} để khuyết từ {day}, đến khi giao đơn vị khác."
