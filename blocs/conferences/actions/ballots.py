"""The count of a vote: recorded by the bloc secretary, confirmed by somebody else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.conferences.actions.conferences import locked_conference
from blocs.conferences.actions.rounds import LineEntry, check_round, round_title
from blocs.conferences.domain import ballot_faults
from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import (
    POSTS,
    count_of,
    may_stop,
    rounds_of,
    rules_in_round,
)
from blocs.conferences.models.last_votes import chosen_before, posts_before, question_of
from blocs.conferences.models.quorum import Presence, presence_of
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.scoring.votes.ballots import Key, Outcome, VoteLine
from blocs.scoring.votes.choosing import (
    VoteRules,
    contenders,
    elected_in,
    outcomes_of,
    questions_in,
    too_many,
)
from blocs.states import USUAL_AWARDS, BallotKind, ConferenceState
from blocs.units.models import Unit
from blocs.years.models import AwardKind
from thidua.common.activity import record
from thidua.common.basis import keep_basis
from thidua.common.changes import all_words
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

POST_FIELDS = {
    BallotKind.HEAD: ("next_head",),
    BallotKind.DEPUTY: ("next_deputy", "next_second_deputy"),
}
HEAD = ("method", "issued", "returned", "valid", "invalid", "decision", "revote_reason")
ASK_REASON = "Hội nghị vẫn đưa ra bỏ phiếu thì ghi lý do ở dòng này; lý do được in trong biên bản."
NO_REVOTE = "Lý do bỏ phiếu lại chỉ ghi ở lần bỏ phiếu đầu tiên của hội nghị bổ sung; hãy để trống."
POST_CHOSEN = (
    "Hội nghị trước đã bầu ({}). Bầu lại thì ghi lý do: kết quả lần này thay kết quả trước; không "
    "thì không nhập phiếu bầu ở hội nghị này."
)
CHOSEN_BEFORE = (
    "{unit} đã được chọn {award} ở {sitting}. Bỏ phiếu lại về hình thức này thì ghi lý do bỏ phiếu "
    "lại: kết quả lần này thay kết quả trước; không thì bỏ dòng này."
)
TOO_MANY = "Chủ tọa đã chọn {chosen:02d} đơn vị trong khi số phiếu chỉ để lại {left:02d} suất."
NOT_OPEN_QUESTION = "Số phiếu đã phân định rõ, chủ tọa không quyết định thay kết quả kiểm phiếu."


@transaction.atomic
def record_ballot(
    conference: Conference,
    *,
    kind: str,
    number: int = 1,
    numbers: Mapping,
    lines: Sequence[LineEntry],
    decision: str,
    actor,
    seen: str | None = None,
) -> Ballot:
    """Write one count; who is chosen is computed from the votes and the year's threshold.

    `number` is the round. A next one is held where the last one left a question, between those
    whom the rule leaves; it never takes the place of an earlier one.

    `numbers` are method, issued, returned, valid, invalid and, where a further sitting votes anew
    on an award, `revote_reason`. On a tie the chair may choose
    (`is_decided` with a `decision`); otherwise the question stays open. Impossible arithmetic is
    refused with a sentence at each place: issued, returned, valid, “u<unit>”, or above all.
    """
    require(actor, "conferences.record_ballot", conference)
    conference = locked_conference(conference, states=(ConferenceState.OPEN,))
    rounds = rounds_of(conference, kind)
    stored_count = check_round(conference, rounds, number, lines)
    ballot = Ballot(conference=conference, kind=kind, number=number, decision=decision, **numbers)
    ballot.recorded_by = actor
    count_votes(ballot, lines, rounds[: number - 1])
    stored, typed = ballot_values(stored_count), ballot_values(ballot)
    if stored_count and stored == typed:
        return stored_count
    action, gone = "conferences.record_ballot", dict.fromkeys(stored, "")
    refuse_overtaken(conference, action, seen=seen, stored=stored, typed=gone | typed)
    changes = replace_ballot(stored_count, ballot)
    keep_post(conference, (*rounds[: number - 1], ballot), kind)
    if kind == BallotKind.AWARD:
        keep_basis(ballot, actor=actor)
    title = round_title(ballot, conference.bloc_year)
    record(actor, action, conference, label=f"Nhập kết quả {title}", changes=changes)
    return ballot


def count_votes(ballot: Ballot, lines: Sequence[LineEntry], earlier: Sequence[Ballot]) -> None:
    """Put the checked lines on the count and mark whom they choose."""
    conference = ballot.conference
    presence = presence_of(conference)
    if not presence.is_enough:
        raise ValidationError(presence.sentence)
    ballot.votes = draft_lines(conference, ballot, lines)
    refuse_unexplained(ballot)
    refuse_silent_revote(ballot, earlier)
    refuse_faults(ballot, presence)
    choose(ballot, lines, presence, rules_in_round(ballot, earlier, conference.bloc_year))


def ballot_values(ballot: Ballot | None) -> dict[str, str]:
    """A count in words, by the names of its inputs; nothing where there is none yet."""
    if ballot is None:
        return {}
    places = places_of([line.unit_id for line in ballot.votes])
    lines = zip(places, map(line_words, ballot.votes), strict=True)
    return all_words(ballot, HEAD) | dict(lines)


def places_of(units: Iterable[int]) -> list[str]:
    """Where each line stands on the page: «u7», and «u7x2» for the second award of the unit."""
    places, seen = [], Counter[int]()
    for unit in units:
        seen[unit] += 1
        places.append(f"u{unit}" if seen[unit] == 1 else f"u{unit}x{seen[unit]}")
    return places


def line_words(line: BallotLine) -> str:
    """«Cờ thi đua, 5 đồng ý, 3 không đồng ý, được chọn»."""
    votes = f"{line.votes_for} đồng ý, {line.votes_against} không đồng ý"
    chosen = "được chọn" if line.is_chosen else ""
    reason = f"lý do vẫn bỏ phiếu: {line.reason}" if line.reason else ""
    return ", ".join(filter(None, (line.award_name, votes, chosen, reason)))


def ballot_words(ballot: Ballot | None) -> str:
    """A count in words, for the log book and for a second writer."""
    if ballot is None:
        return "chưa có kết quả"
    lines = "; ".join(
        f"{line.unit}: {line.votes_for} đồng ý, {line.votes_against} không đồng ý"
        + (f" (lý do vẫn bỏ phiếu: {line.reason})" if line.reason else "")
        for line in ballot.votes
    )
    again = f"bỏ phiếu lại, lý do: {ballot.revote_reason}; " if ballot.revote_reason else ""
    if ballot.by_hands:
        method = ballot.get_method_display()
        return f"{again}{method[:1].lower()}{method[1:]}, {ballot.valid} đơn vị có mặt; {lines}"
    return (
        f"{again}phát ra {ballot.issued}, thu về {ballot.returned}, hợp lệ {ballot.valid}, "
        f"không hợp lệ {ballot.invalid}; {lines}"
    )


def draft_lines(
    conference: Conference, ballot: Ballot, entries: Sequence[LineEntry]
) -> list[BallotLine]:
    """The lines, not saved yet; refused when a unit is no member or no award is asked for it."""
    if not entries:
        raise ValidationError("Chưa nhập số phiếu cho đơn vị nào.")
    members = {
        member.unit_id: member.unit
        for member in conference.bloc_year.members.select_related("unit")
    }
    kinds = {kind.code: kind for kind in AwardKind.objects.for_units(conference.day)}
    faults = {
        place: sentence
        for place, entry in zip(places_of([e.unit_id for e in entries]), entries, strict=True)
        if (sentence := entry_fault(ballot, entry, members, kinds))
    } | repeated(entries)
    if faults:
        raise ValidationError(faults)
    return [
        BallotLine(
            ballot=ballot,
            unit=members[entry.unit_id],
            award=kinds[entry.award].asked if entry.award in kinds else entry.award,
            award_kind=kinds.get(entry.award),
            reason=entry.reason.strip(),
            votes_for=entry.votes_for,
            votes_against=(
                max(ballot.valid - entry.votes_for, 0)
                if entry.votes_against is None
                else entry.votes_against
            ),
        )
        for entry in entries
    ]


def repeated(entries: Sequence[LineEntry]) -> dict[str, str]:
    """Lines that ask for the same award for the same unit once more."""
    places, seen, faults = places_of([entry.unit_id for entry in entries]), set(), {}
    for place, entry in zip(places, entries, strict=True):
        if (entry.unit_id, entry.award) in seen:
            faults[place] = "Đơn vị đã có dòng cho hình thức này; chọn hình thức khác."
        seen.add((entry.unit_id, entry.award))
    return faults


def entry_fault(
    ballot: Ballot,
    entry: LineEntry,
    members: Mapping[int, Unit],
    kinds: Mapping[str, AwardKind],
) -> str:
    """What is wrong with one line of the count; empty when nothing is."""
    if entry.unit_id not in members:
        return "Đơn vị này không phải thành viên của năm thi đua."
    if ballot.kind == BallotKind.AWARD and entry.award not in (*kinds, *USUAL_AWARDS):
        return "Vui lòng chọn hình thức khen thưởng đề nghị cho đơn vị này."
    return ""


def refuse_unexplained(ballot: Ballot) -> None:
    """A unit that is dissolved, set aside, held or excluded is voted on with a reason only."""
    warnings = vote_warnings(ballot.conference, ballot.kind)
    places = places_of([line.unit_id for line in ballot.votes])
    faults = {
        place: f"{words} {ASK_REASON}"
        for place, line in zip(places, ballot.votes, strict=True)
        if (words := warnings.unexplained(line))
    }
    if faults:
        raise ValidationError(faults)


def refuse_silent_revote(ballot: Ballot, earlier: Sequence[Ballot]) -> None:
    """What an earlier sitting chose is voted on anew with a reason, which replaces its result.

    The reason is of the first round of a further sitting; a later round follows.
    """
    conference = ballot.conference
    if ballot.revote_reason:
        if not (conference.is_further and ballot.number == 1):
            raise ValidationError({"revote_reason": NO_REVOTE})
        return
    if any(row.revote_reason for row in earlier):
        return
    if ballot.kind in POSTS:
        if ballot.number == 1 and (chosen_for := posts_before(conference, ballot.kind)):
            raise ValidationError({"revote_reason": POST_CHOSEN.format(*chosen_for)})
        return
    chosen = {(row.unit_id, question_of(row)): row for row in chosen_before(conference)}
    places = places_of([line.unit_id for line in ballot.votes])
    faults = {
        place: CHOSEN_BEFORE.format(
            unit=line.unit, award=line.award_name, sitting=row.ballot.conference.title.lower()
        )
        for place, line in zip(places, ballot.votes, strict=True)
        if (row := chosen.get((line.unit_id, question_of(line))))
    }
    if faults:
        raise ValidationError(faults)


def refuse_faults(ballot: Ballot, presence: Presence) -> None:
    """Raise what is impossible in the count, each sentence at its place."""
    faults = ballot_faults(count_of(ballot, presence))
    if faults:
        shown = places_of([line.unit_id for line in ballot.votes])
        places = {
            f"line-{line.key}": place for line, place in zip(ballot.votes, shown, strict=True)
        }
        raise ValidationError({places.get(at, at or "lines"): faults[at] for at in faults})


def choose(
    ballot: Ballot, entries: Sequence[LineEntry], presence: Presence, rules: VoteRules
) -> None:
    """Mark who is chosen: by the votes, and where they left a question, by the chair."""
    count = count_of(ballot, presence)
    outcomes = outcomes_of(count, rules)
    pairs = zip(ballot.votes, entries, strict=True)
    decided = {line.key for line, entry in pairs if entry.is_decided}
    taken = elected_in(outcomes)
    for line in ballot.votes:
        line.is_chosen = line.key in taken | decided
    refuse_decision(ballot, decided - taken, contenders(count, rules), outcomes)
    over = ballot_faults(count_of(ballot, presence))
    if over:
        raise ValidationError({"decision": [text for found in over.values() for text in found]})
    refuse_too_many(too_many(count, rules, decided))


def refuse_decision(
    ballot: Ballot, decided: set[Key], equals: Sequence[VoteLine], outcomes: Sequence[Outcome]
) -> None:
    """The chair decides only between equals, and says why (domain, 2.3: majority, tie).

    Where one deputy is elected, the word may also be that the conference elects no second.
    """
    if not decided and not ballot.decision:
        return
    if not questions_in(outcomes):
        raise ValidationError({"decision": NOT_OPEN_QUESTION})
    if decided - {line.key for line in equals}:
        names = ", ".join(sorted(f"“{line.name}”" for line in equals))
        raise ValidationError({"decision": f"Chủ tọa chỉ quyết định giữa: {names}."})
    if not ballot.decision:
        raise ValidationError({"decision": "Vui lòng nêu lý do chủ tọa quyết định."})
    if not decided and not may_stop(ballot):
        raise ValidationError({"decision": "Vui lòng đánh dấu đơn vị chủ tọa chọn."})


def refuse_too_many(beyond: tuple[int, int]) -> None:
    """The chair chooses no more than the places that the votes left."""
    chosen, left = beyond
    if chosen:
        raise ValidationError({"decision": TOO_MANY.format(chosen=chosen, left=left)})


def replace_ballot(before: Ballot | None, ballot: Ballot) -> list[dict]:
    """Put the new count in the place of the old one; the log book keeps both."""
    words = ballot_words(before)
    if before:
        ballot.pk = before.pk
        ballot._state.adding = False
        before.lines.all().delete()
    ballot.full_clean()
    ballot.save()
    for line in ballot.votes:
        line.ballot = ballot
        line.full_clean()
        line.save()
    return [{"field": "kết quả kiểm phiếu", "before": words, "after": ballot_words(ballot)}]


def keep_post(conference: Conference, rounds: Iterable[Ballot], kind: str) -> None:
    """The rounds of a vote on posts say who holds them next year; an open one says nobody yet.

    Of two deputies the one elected earlier, or with more votes, is the first.
    """
    if kind not in POSTS:
        return
    chosen = [
        line.unit
        for ballot in rounds
        for line in sorted(ballot.votes, key=lambda line: -line.votes_for)
        if line.is_chosen
    ]
    for name, unit in zip_longest(POST_FIELDS[kind], chosen):
        setattr(conference, name, unit)
    conference.full_clean()
    conference.save()


@transaction.atomic
def delete_ballot(conference: Conference, *, kind: str, number: int = 1, actor) -> Conference:
    """Take away the last count recorded by mistake; the posts it filled are empty again.

    Earlier rounds stay, and the one before is the last again.
    """
    require(actor, "conferences.record_ballot", conference)
    conference = locked_conference(conference, states=(ConferenceState.OPEN,))
    rounds = rounds_of(conference, kind)
    if number > len(rounds):
        return conference
    check_round(conference, rounds, number, ())
    ballot = rounds[-1]
    changes = [{"field": "kết quả kiểm phiếu", "before": ballot_words(ballot), "after": ""}]
    ballot.delete()
    keep_post(conference, rounds[:-1], kind)
    title = round_title(ballot, conference.bloc_year)
    record(
        actor,
        "conferences.delete_ballot",
        conference,
        label=f"Xóa kết quả {title}",
        changes=changes,
    )
    return conference
