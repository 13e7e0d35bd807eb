"""Closing conferences with attendance, agenda and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from blocs.conferences.models import AgendaItem, Attendance, Ballot, BallotLine, Conference
from blocs.conferences.models.chairs import proposed_chair
from blocs.conferences.workflows import CONFERENCE
from blocs.ranking.models.proofs import seal_ranking
from blocs.states import AgendaTopic, BallotKind, BallotMethod, ConferenceState, MeetingForm
from blocs.years.models import AwardKind, BlocYear
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.demo.keeping import keep, keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.steps.awards import CERTIFICATE, FLAG
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged

C = ConferenceState
FORMS = {"KTĐ2": MeetingForm.ONLINE, "KTĐ6": MeetingForm.MIXED}
# This bloc met a day before the one for which it was called.
EARLY = {"KTĐ6": "hội trường được dùng cho kỳ họp của Hội đồng nhân dân tỉnh vào ngày đã định"}
# Here nobody had more than half of the votes for the head at first.
TWO_ROUNDS = ("KTĐ10",)
NOT_COUNTED = (C.PREPARED, C.OPEN)
SPOKEN = "Các đơn vị thống nhất với báo cáo; không có ý kiến khác."
BY_PLACE = "Hội nghị thống nhất đề nghị khen thưởng theo thứ hạng, không bỏ phiếu."
SIGNED_TEXT = "Thủ trưởng các đơn vị ký kết giao ước thi đua năm {year}."


@dataclass(frozen=True)
class ConferenceOutcome:
    """What the conference decided: who is proposed, best first, and who leads next year.

    The first of `awarded` is asked the flag for. `method` is how head and deputy were voted on.
    `ordered` are units that the rules left equal, in the order that the conference gave them.
    """

    awarded: tuple[str, ...]
    next_head: str = ""
    next_deputy: str = ""
    next_second_deputy: str = ""
    basis: str = "bầu chọn tại hội nghị"
    method: BallotMethod = BallotMethod.HANDS
    ordered: tuple[str, ...] = ()


def make_conference(
    staged: Staged,
    state: ConferenceState,
    choice: ConferenceOutcome,
    *,
    place: str = "",
    guests: str = "Đại diện cơ quan thường trực Hội đồng Thi đua – Khen thưởng tỉnh",
    starts_at: datetime | None = None,
) -> Conference:
    """Write the conference of the year as far as `state` says."""
    conference = keep(
        Conference(
            bloc_year=staged.row,
            state=state,
            form=FORMS.get(staged.plan.bloc, MeetingForm.IN_PERSON),
            place=place or f"Hội trường {staged.row.head.name}",
            guests=guests,
            **facts_of(staged, state, starts_at or staged.when.met),
            **choice_of(staged, state, choice),
            **order_of(staged, choice),
        )
    )
    invite(staged, conference)
    keep_all(agenda(staged, conference, has_vote=bool(choice.awarded)))
    count_votes(staged, conference, choice)
    if state == C.SIGNED:
        year, sealed_at = BlocYear.objects.get(pk=staged.row.pk), conference.ended_at + minutes(5)
        seal_ranking(year, sealed_at, actor=staged.head)
    log_conference(staged, conference)
    return conference


def facts_of(staged: Staged, state: ConferenceState, starts_at: datetime) -> dict:
    """Times and people, as far as the conference has come."""
    head, has_chosen, is_signed = staged.row.head, state not in NOT_COUNTED, state == C.SIGNED
    met = day_in_vietnam(starts_at)
    chair_name, chair_title = proposed_chair(staged.row, met, with_deputy=False)
    return {
        "starts_at": starts_at,
        **early_of(staged, state, starts_at),
        "ended_at": starts_at + minutes(170) if has_chosen else None,
        "chair_name": chair_name,
        "chair_title": chair_title,
        "secretary_name": staged.secretary.full_name,
        "secretary_title": f"Chuyên viên {head.name}",
        "counting_team": "" if state == C.PREPARED else counting_team(staged),
        "conclusion": staged.text("conclusion") if has_chosen else "",
        "minutes_number": f"02/BB-{staged.plan.bloc}" if is_signed else "",
        "approvals": len(staged.plan.members) if is_signed else None,
    }


def early_of(staged: Staged, state: ConferenceState, starts_at: datetime) -> dict:
    """For when it was called and why it met before, where it did."""
    reason = EARLY.get(staged.plan.bloc)
    if state == C.PREPARED or not reason:
        return {}
    return {"planned_at": starts_at + timedelta(days=1), "early_reason": reason}


def choice_of(staged: Staged, state: ConferenceState, choice: ConferenceOutcome) -> dict:
    """Next year's head and deputy, once they have been chosen."""
    if state in NOT_COUNTED:
        return {}
    units = staged.world.units
    return {
        "next_head": units.get(choice.next_head),
        "next_deputy": units.get(choice.next_deputy),
        "next_second_deputy": units.get(choice.next_second_deputy),
        "next_head_basis": choice.basis,
    }


def order_of(staged: Staged, choice: ConferenceOutcome) -> dict:
    """The places between equal units, the first place first, and why."""
    if not choice.ordered:
        return {}
    order = [[staged.unit(code).pk, place] for place, code in enumerate(choice.ordered, start=1)]
    return {"equal_order": [order], "equal_order_reason": TEXTS["ordered_why"]}


def counting_team(staged: Staged) -> str:
    """Three people of different units, the head of the team first."""
    tasks = ("tổ trưởng", "thành viên", "thành viên")
    rows = zip(staged.plan.members[-3:], tasks, strict=True)
    people, units = staged.world.people, staged.world.units
    return "\n".join(f"{people.editors[c].full_name}, {units[c].name} – {task}" for c, task in rows)


def invite(staged: Staged, conference: Conference) -> None:
    people, is_prepared = staged.world.people, conference.state == C.PREPARED
    keep_all(
        Attendance(
            conference=conference,
            unit=staged.unit(code),
            is_present=not is_prepared,
            delegate_name="" if is_prepared else people.leaders[code].full_name,
            delegate_title="" if is_prepared else staged.unit(code).leader_title,
        )
        for code in staged.plan.members
    )


def agenda(staged: Staged, conference: Conference, *, has_vote: bool) -> list[AgendaItem]:
    year, word = staged.plan.year, staged.row.bloc.head_word
    spoken = "" if conference.state == C.PREPARED else SPOKEN
    by_place = "" if has_vote or conference.state == C.PREPARED else BY_PLACE
    signing = "" if conference.state in NOT_COUNTED else SIGNED_TEXT.format(year=year + 1)
    points = (
        (f"Báo cáo tổng kết phong trào thi đua, khen thưởng năm {year}", AgendaTopic.TEXT, spoken),
        ("Thống nhất điểm và xếp hạng các đơn vị", AgendaTopic.SCORES, ""),
        ("Bình xét, suy tôn và đề nghị khen thưởng", AgendaTopic.AWARD, by_place),
        (f"Bầu chọn {word} năm {year + 1}", AgendaTopic.ELECTION, ""),
        (f"Ký kết giao ước thi đua năm {year + 1}", AgendaTopic.TEXT, signing),
    )
    return [
        AgendaItem(conference=conference, order=order, title=title, topic=topic, text=text)
        for order, (title, topic, text) in enumerate(points, start=1)
    ]


def count_votes(staged: Staged, conference: Conference, choice: ConferenceOutcome) -> None:
    """The award vote of a conference that has met, and the votes on the posts once counted."""
    if conference.state == C.PREPARED:
        return
    if choice.awarded:
        award_vote(staged, conference, choice.awarded)
    if conference.state == C.OPEN:
        return
    deputies = filter(None, (choice.next_deputy, choice.next_second_deputy))
    for kind, codes in (
        (BallotKind.HEAD, [choice.next_head] if choice.next_head else []),
        (BallotKind.DEPUTY, list(deputies)),
    ):
        if codes:
            is_second = kind == BallotKind.HEAD and staged.plan.bloc in TWO_ROUNDS
            if is_second:
                stood = (*codes, choice.next_deputy)
                vote_without_majority(staged, conference, stood, choice.method)
            number = 2 if is_second else 1
            ballot = ballot_of(staged, conference, kind, choice.method, number=number)
            keep_all([line(staged, ballot, code, ballot.valid) for code in codes])


def vote_without_majority(staged: Staged, conference: Conference, codes, method) -> None:
    """The first round on the head: nobody has more than half, so the two stand again."""
    ballot = ballot_of(staged, conference, BallotKind.HEAD, method)
    for code in codes:
        row = line(staged, ballot, code, ballot.valid // 2)
        row.is_chosen = False
        keep_all([row])


def ballot_of(staged: Staged, conference: Conference, kind, method, *, number: int = 1) -> Ballot:
    voters = len(staged.plan.members)
    ballot = Ballot(
        conference=conference,
        kind=kind,
        number=number,
        method=method,
        issued=voters,
        returned=voters,
        valid=voters,
        recorded_by=staged.secretary,
    )
    return keep(ballot)


def award_vote(staged: Staged, conference: Conference, awarded: Sequence[str]) -> None:
    """Everybody voted for the first, one fewer for the second and so on, never below two thirds."""
    ballot = ballot_of(staged, conference, BallotKind.AWARD, BallotMethod.SECRET)
    lowest = -(-2 * ballot.valid // 3)
    keep_all(
        line(
            staged,
            ballot,
            code,
            max(ballot.valid - place, lowest),
            kind=staged.world.kinds[CERTIFICATE if place else FLAG],
        )
        for place, code in enumerate(awarded)
    )


def line(
    staged: Staged, ballot: Ballot, code: str, votes_for: int, kind: AwardKind | None = None
) -> BallotLine:
    return BallotLine(
        ballot=ballot,
        unit=staged.unit(code),
        award=kind.asked if kind else "",
        award_kind=kind,
        votes_for=votes_for,
        votes_against=ballot.valid - votes_for,
        is_chosen=True,
    )


def log_conference(staged: Staged, conference: Conference) -> None:
    log, starts = staged.world.log, conference.starts_at
    log.note(
        "conferences.create_conference",
        conference,
        label="Lập hội nghị tổng kết",
        actor=staged.secretary,
        at=staged.when.appraised + minutes(45),
        to_state=C.PREPARED,
    )
    for place, ballot in enumerate(conference.ballots.order_by("pk")):
        log.note(
            "conferences.record_ballot",
            conference,
            label=f"Nhập kết quả {ballot.get_kind_display()}",
            actor=staged.secretary,
            at=starts + minutes(90 + 10 * place),
        )
    log.walk(CONFERENCE, conference, conference_steps(staged, conference))


def conference_steps(staged: Staged, conference: Conference) -> list[LoggedStep]:
    starts = conference.starts_at
    steps = [
        LoggedStep("open", staged.secretary, starts, note=conference.early_reason),
        LoggedStep("confirm", staged.head, starts + minutes(140)),
        LoggedStep("sign", staged.head, starts + minutes(172)),
    ]
    return steps[: list(C).index(C(conference.state))]
