"""The life of the closing conference."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from blocs.conferences.models.chairs import (
    chair_refusals,
    follow_head,
    opened_on,
    overtaken_chair,
)
from blocs.conferences.models.counting import (
    before,
    count_of,
    has_facts,
    is_stopped,
    last_rounds,
    rules_in_round,
)
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.rolls import call_roll, roll_refusals
from blocs.conferences.models.sealing import (
    day_faults,
    later_appraisals,
    objectable,
    open_windows,
    unappraised_sheets,
)
from blocs.conferences.models.sittings import continued_refusals
from blocs.conferences.models.vote_basis import vote_changes
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.reports.workflows import appeals_are_answered
from blocs.scoring.votes.ballots import check_ballot
from blocs.scoring.votes.choosing import open_questions
from blocs.states import BallotKind, ConferenceState
from thidua.common.basis import faults_of
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.workflow import THE_END, Transition, Workflow

C = ConferenceState
EXPLAIN = "Thư ký ghi lý do vẫn bỏ phiếu ở trang kiểm phiếu, hoặc bỏ dòng của đơn vị này."
EXPLAIN_EARLIER = (
    "Đơn vị được chọn ở lần bỏ phiếu trước: thư ký xóa kết quả lần sau, ghi lý do vẫn bỏ phiếu "
    "hoặc bỏ dòng của đơn vị này ở lần trước, rồi nhập lại lần sau."
)
ASK_VOTE = (
    "Trưởng hoặc phó khối, cụm xác nhận có lý do ở trang hội nghị, hoặc nhập lại kết quả phiếu."
)
MINUTES_NEED = ("place", "chair_name", "secretary_name")


def ballot_title(ballot_kind, bloc):
    """What a vote is about, in the words of this bloc (khối or cụm)."""
    return {
        BallotKind.AWARD: "suy tôn, đề nghị khen thưởng",
        BallotKind.HEAD: f"bầu {bloc.head_word}",
        BallotKind.DEPUTY: f"bầu {bloc.word} phó",
    }[BallotKind(ballot_kind)]


def meets_early(conference):
    """A conference is opened on its day; to open it on an earlier one needs a reason."""
    today = timezone.localdate()
    if conference.day <= today:
        return ""
    return (
        f"Hội nghị định họp ngày {short_date(conference.day)}, hôm nay mới là {short_date(today)}. "
        "Khai mạc hôm nay thì ghi lý do họp sớm: giờ khai mạc thành giờ bắt đầu, thời gian đã định "
        "và lý do được in trong biên bản."
    )


def year_is_continued(conference):
    """A further sitting goes on only while the year still may take up what it decides."""
    return continued_refusals(conference)


def meets_after_its_basis(conference):
    """Its year has begun by then, and the sheets that it takes up were there."""
    return day_faults(conference, opened_on(conference))


def somebody_may_chair(conference):
    """Head, deputy or who stands in chairs it; without any, the page says who names one."""
    return chair_refusals(conference)


def quorum_is_present(conference):
    presence = presence_of(conference)
    return [] if presence.is_enough else [presence.sentence]


def counts_are_possible(conference):
    """Every count adds up, and its base is still the number of units there."""
    presence, bloc = presence_of(conference), conference.bloc_year.bloc
    return [
        f"Phiếu {ballot_title(ballot.kind, bloc)}: {sentence}"
        for ballot in conference.counts
        for sentence in check_ballot(count_of(ballot, presence))
    ]


def vote_stands(conference):
    """Points, places and members on which the vote on awards rests are what they were."""
    changes = vote_changes(conference)
    return [f"Phiếu suy tôn: {sentence}" for sentence in faults_of(changes, ASK_VOTE)]


def ties_are_settled(conference):
    """Nobody is chosen between equals by the software: people answer, with a reason."""
    presence, year = presence_of(conference), conference.bloc_year
    return [
        f"Phiếu {ballot_title(ballot.kind, year.bloc)}: {question}"
        for ballot in last_rounds(conference)
        for question in open_questions(
            count_of(ballot, presence),
            rules_in_round(ballot, before(ballot, conference.counts), year),
            is_stopped=is_stopped(ballot),
        )
    ]


def warned_lines_are_explained(conference):
    """A unit dissolved, set aside, held or excluded since its count is not passed over.

    Asked of the last round of each vote, and of whom its earlier rounds have chosen.
    """
    bloc, last = conference.bloc_year.bloc, last_rounds(conference)
    warnings = {ballot.kind: vote_warnings(conference, ballot.kind) for ballot in last}
    return [
        f"Phiếu {ballot_title(ballot.kind, bloc)}: {words} {way}"
        for ballot in conference.counts
        for is_last, way in ((ballot in last, EXPLAIN if ballot in last else EXPLAIN_EARLIER),)
        for line in ballot.votes
        if (is_last or line.is_chosen) and (words := warnings[ballot.kind].unexplained(line))
    ]


def next_head_is_chosen(conference):
    """By vote or directly; where the province names the head, the way of it is enough.

    A further sitting leaves it at what the closing conference chose, unless it votes anew.
    """
    word = conference.bloc_year.bloc.head_word
    chosen = chosen_unit(conference, BallotKind.HEAD)
    if chosen and conference.next_head_id != chosen.pk:
        return [f"Kết quả bầu {word} chưa được ghi vào “{word} năm sau”."]
    if conference.is_further or conference.next_head_id or conference.next_head_basis.strip():
        return []
    return [f"Chưa chọn {word} năm sau; nếu tỉnh giao thì ghi ở ô “Cách chọn”."]


def chosen_unit(conference, kind):
    """The unit that a vote on a post chose; None without such a vote or without a winner."""
    lines = [
        line.unit
        for ballot in conference.counts
        if ballot.kind == kind
        for line in ballot.votes
        if line.is_chosen
    ]
    return lines[0] if lines else None


def agenda_is_written(conference):
    """Every point says what happened, in words or by the facts printed under it."""
    points = conference.points
    if not points:
        return ["Chưa ghi nội dung hội nghị."]
    return [
        f"Nội dung “{point.title}” chưa ghi diễn biến."
        for point in points
        if not point.text.strip() and not has_facts(conference, point.topic)
    ]


def roll_is_of_its_day(conference):
    """A change of members may have been recorded since the count was confirmed."""
    return roll_refusals(conference)


def chair_led_on_its_day(conference):
    """Who led the bloc that day may have been recorded anew since the opening."""
    return overtaken_chair(conference)


def sheets_are_appraised(conference):
    return unappraised_sheets(conference)


def points_were_there(conference):
    return later_appraisals(conference)


def objections_are_over(conference):
    """No day is left in which a unit may object, and no objection waits for its answer."""
    waiting = [
        sentence for report in objectable(conference) for sentence in appeals_are_answered(report)
    ]
    return [*waiting, *open_windows(conference)]


def head_of_minutes_is_written(conference):
    empty = [
        conference._meta.get_field(name).verbose_name
        for name in MINUTES_NEED
        if not getattr(conference, name).strip()
    ]
    return [f"Chưa ghi {', '.join(empty)}."] if empty else []


def conference_has_ended(conference):
    return [] if conference.ended_at else ["Chưa ghi giờ kết thúc hội nghị."]


def begin_now(conference, *, actor, note):
    """Opened before its day it begins now, with the units of today; when it was planned is kept.

    Its chair is the head of the day on which it is opened, or a deputy while there is none.
    """
    if not meets_early(conference):
        return follow_head(conference, is_opening=True)
    now = timezone.now().replace(second=0, microsecond=0)
    planned, conference.planned_at = conference.starts_at, conference.starts_at
    conference.starts_at, conference.early_reason = now, note.strip()
    call_roll(conference)
    if absent := quorum_is_present(conference):
        raise ValidationError(absent)
    before, after = moment_words(planned), moment_words(now)
    moved = {"field": "thời gian họp", "before": before, "after": after}
    return [moved, *follow_head(conference, is_opening=True)]


def someone_else_counted(conference, *, actor, note):
    """Domain, roles: the bloc secretary counts, and not alone."""
    if any(ballot.recorded_by_id == actor.pk for ballot in conference.counts):
        raise ValidationError(
            "Người nhập kết quả kiểm phiếu không tự xác nhận; việc này cần một người khác."
        )


def call_again(conference, *, actor, note):
    """The roll follows the members again, those of changes recorded meanwhile, too."""
    call_roll(conference)


# What minutes need, signed here or by hand.
SEALING = (
    year_is_continued,
    roll_is_of_its_day,
    chair_led_on_its_day,
    quorum_is_present,
    sheets_are_appraised,
    points_were_there,
    objections_are_over,
    head_of_minutes_is_written,
    agenda_is_written,
    conference_has_ended,
    vote_stands,
)

CONFERENCE = Workflow(
    states=C,
    initial=C.PREPARED,
    ways={
        C.PREPARED: (
            "Cán bộ đầu mối, khối trưởng hoặc khối phó điểm danh rồi khai mạc khi đủ số đơn vị."
        ),
        C.OPEN: (
            "Cán bộ đầu mối ghi nội dung, nhập kết quả kiểm phiếu; khối trưởng hoặc khối phó xác "
            "nhận."
        ),
        C.COUNTED: (
            "Khối trưởng ký biên bản, hoặc ghi nhận biên bản ký trên giấy; cần sửa thì mở lại kết "
            "quả kiểm phiếu."
        ),
        C.SIGNED: (
            f"{THE_END} ở hội nghị này: biên bản đã ký không sửa; báo cáo nộp sau được thống nhất "
            "ở hội nghị bổ sung do khối trưởng lập."
        ),
    },
    transitions=(
        Transition(
            name="open",
            label="Khai mạc hội nghị",
            sources={C.PREPARED},
            target=C.OPEN,
            permission="conferences.write_conference",
            guards=(
                year_is_continued,
                meets_after_its_basis,
                somebody_may_chair,
                quorum_is_present,
            ),
            note_if=meets_early,
            effect=begin_now,
        ),
        Transition(
            name="confirm",
            label="Xác nhận kết quả kiểm phiếu",
            sources={C.OPEN},
            target=C.COUNTED,
            permission="conferences.confirm_count",
            guards=(
                year_is_continued,
                quorum_is_present,
                counts_are_possible,
                ties_are_settled,
                warned_lines_are_explained,
                vote_stands,
                next_head_is_chosen,
            ),
            effect=someone_else_counted,
            consequence=(
                "Điểm danh, số phiếu và đơn vị được chọn được chốt để lập biên bản; "
                "thư ký không sửa được nữa."
            ),
        ),
        Transition(
            name="reopen",
            label="Mở lại kết quả kiểm phiếu",
            sources={C.COUNTED},
            target=C.OPEN,
            permission="conferences.confirm_count",
            needs_note=True,
            effect=call_again,
            tone="danger",
        ),
        Transition(
            name="sign",
            label="Ký biên bản hội nghị",
            sources={C.COUNTED},
            target=C.SIGNED,
            permission="conferences.sign_minutes",
            needs_proof=True,
            guards=SEALING,
            hidden=True,
        ),
        Transition(
            name="sign_on_paper",
            label="Ghi nhận biên bản ký trên giấy",
            sources={C.COUNTED},
            target=C.SIGNED,
            permission="conferences.record_minutes",
            needs_proof=True,
            guards=SEALING,
            hidden=True,
        ),
    ),
)
