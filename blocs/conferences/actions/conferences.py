"""What the bloc does with its closing conference, except votes and the signing of the minutes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.conferences.models.chairs import CHAIR, follow_head, other_chair
from blocs.conferences.models.conferences import AgendaItem, Attendance, Conference
from blocs.conferences.models.rolls import call_roll
from blocs.conferences.models.sealing import day_faults
from blocs.conferences.models.sittings import early_refusals
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.states import BallotKind, ConferenceState, YearState
from blocs.units.models import Unit
from blocs.years.actions.members import FOLLOWERS
from blocs.years.models import BlocYear
from blocs.years.models.regulation import regulation_of
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import OvertakenRowsError, last_writer, overwrite, stamp_of
from thidua.common.vietnamese.dates import day_in_vietnam, short_date

UNSIGNED = (ConferenceState.PREPARED, ConferenceState.OPEN, ConferenceState.COUNTED)
UNCOUNTED = (ConferenceState.PREPARED, ConferenceState.OPEN)
HELD_IN = (
    YearState.OPEN,
    YearState.AGREED,
    YearState.IN_PROGRESS,
    YearState.MIDYEAR_DONE,
    YearState.CLOSING,
)
HAS_ONE = (
    "Năm thi đua đã có hội nghị tổng kết; họp tiếp sau khi ký biên bản thì lập hội nghị bổ sung."
)
ONE_DEPUTY = "Quy định của năm bầu một cấp phó; muốn bầu hai thì sửa quy định trước khi khai mạc."
HAS_BEGUN = "Hội nghị đã khai mạc thì ngày họp không muộn hơn hôm nay, {today}."
REFUSALS = {
    ConferenceState.PREPARED: "Hội nghị chưa khai mạc.",
    ConferenceState.OPEN: "Hội nghị đã khai mạc nên không bỏ được nữa.",
    ConferenceState.COUNTED: "Kết quả kiểm phiếu đã được xác nhận; muốn sửa phải mở lại.",
    ConferenceState.SIGNED: "Biên bản hội nghị đã ký, số liệu không sửa được nữa.",
}


@dataclass(frozen=True)
class AttendanceEntry:
    """One changed line of the attendance; `seen` stamps the line as the page showed it."""

    unit_id: int
    seen: str
    is_present: bool
    delegate_name: str = ""
    delegate_title: str = ""
    absence_reason: str = ""


@dataclass(frozen=True)
class AgendaEntry:
    """One point of the agenda as typed; `pk` is None for a new one, `key` names it to the page."""

    key: str
    title: str
    text: str
    topic: str = ""
    order: int = 0
    pk: int | None = None
    seen: str = ""
    mark: str = ""


def locked_conference(conference: Conference, *, states: Collection[str]) -> Conference:
    """The row as it is now, locked; refused in any state but these."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if locked.state not in states:
        raise ValidationError(REFUSALS[locked.state])
    return locked


def why_no_conference(bloc_year: BlocYear) -> str:
    """Why the year's conference is not prepared now; empty where it may be."""
    if bloc_year.state not in HELD_IN:
        return "Năm thi đua chưa mở hoặc đã chốt xếp hạng, không lập hội nghị mới."
    return HAS_ONE if Conference.objects.filter(bloc_year=bloc_year).exists() else ""


@transaction.atomic
def create_conference(bloc_year: BlocYear, *, facts: Mapping, actor) -> Conference:
    """Prepare the year's conference; every unit that sits there gets its line of the attendance.

    Refused before the year is open and after it was ranked, and when there is one already.
    """
    require(actor, "conferences.write_conference", bloc_year)
    if words := why_no_conference(bloc_year):
        raise ValidationError({"bloc_year": words} if words == HAS_ONE else words)
    conference = Conference(bloc_year=bloc_year, **facts)
    refuse_outside(conference, facts)
    refuse_chair(conference)
    conference.full_clean()
    conference.save()
    call_roll(conference)
    record(
        actor,
        "conferences.create_conference",
        conference,
        label="Lập hội nghị tổng kết",
        to_state=conference.state,
    )
    return conference


def refuse_outside(conference: Conference, facts: Mapping) -> None:
    """A sitting is held in its year or after it, while anything of the year is still written.

    One that was opened has also had before it what it takes up.
    """
    day = day_in_vietnam(facts.get("starts_at", conference.starts_at))
    outside = conference.bloc_year.sitting_faults(conference.title, day)
    if conference.state != ConferenceState.PREPARED and day != conference.day:
        outside = day_faults(conference, day)
    if outside:
        raise ValidationError({"day": outside})


def refuse_chair(conference: Conference) -> None:
    """Whoever is named as chair now is of a unit that leads on the day of the sitting."""
    if words := other_chair(conference, conference.day):
        raise ValidationError({"chair_title": words})


def refuse_early(conference: Conference, facts: Mapping) -> None:
    """A further sitting is held after the one before."""
    if early := early_refusals(conference, facts.get("starts_at", conference.starts_at)):
        raise ValidationError({"day": early})


def refuse_ahead(conference: Conference, facts: Mapping) -> None:
    """What is opened has begun: its day does not lie ahead."""
    day = day_in_vietnam(facts.get("starts_at", conference.starts_at))
    today = timezone.localdate()
    if conference.state != ConferenceState.PREPARED and day > today:
        raise ValidationError({"day": HAS_BEGUN.format(today=short_date(today))})


@FOLLOWERS.add
def follow_members(bloc_year: BlocYear) -> None:
    """Who came or left is on the roll, or no more, until the count is confirmed."""
    rows = Conference.objects.select_for_update(of=("self",)).filter(bloc_year=bloc_year)
    for conference in rows.filter(state__in=UNCOUNTED):
        call_roll(conference)


@transaction.atomic
def edit_conference(
    conference: Conference, *, facts: Mapping, actor, seen: str | None = None
) -> Conference:
    """Change time, place, people and conclusion until the minutes are signed.

    A chair that was proposed follows a moved day, unless one is typed with it.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=UNSIGNED)
    refuse_outside(conference, facts)
    refuse_early(conference, facts)
    refuse_ahead(conference, facts)
    action, names = "conferences.edit_conference", {"starts_at": "Thời gian"}
    day, written = conference.day, [getattr(conference, name) for name in CHAIR]
    changes = overwrite(conference, facts, action, seen=seen, names=names)
    if not changes:
        return conference
    if written != [getattr(conference, name) for name in CHAIR]:
        refuse_chair(conference)
    elif conference.day != day:
        has_begun = conference.state != ConferenceState.PREPARED
        changes += follow_head(conference, is_opening=has_begun)
    conference.full_clean()
    conference.save()
    if conference.state in UNCOUNTED:
        call_roll(conference)
    record(actor, action, conference, label="Sửa hội nghị", changes=changes)
    return conference


@transaction.atomic
def save_attendance(
    conference: Conference, *, entries: Sequence[AttendanceEntry], actor
) -> Conference:
    """Write who came for each unit; the entries are the changed lines only.

    Refused once the count is confirmed, because votes are counted against those present.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=UNCOUNTED)
    rows = {row.unit_id: row for row in conference.attendances.select_related("unit")}
    pairs = [(rows[entry.unit_id], entry) for entry in entries]
    if gone := [f"u{row.unit_id}" for row, entry in pairs if entry.seen != attendance_stamp(row)]:
        raise OvertakenRowsError(gone, last_writer(conference, "conferences.save_attendance"))
    changes = [change for row, entry in pairs for change in write_attendance(row, entry)]
    if changes:
        record(actor, "conferences.save_attendance", conference, label="Điểm danh", changes=changes)
    return conference


def attendance_stamp(row: Attendance) -> str:
    """The stamp of one line as it is stored."""
    return stamp_of(row.is_present, row.delegate_name, row.delegate_title, row.absence_reason)


def attendance_words(row: Attendance) -> str:
    """One line of the attendance in words, for the log book and for a second writer."""
    if row.is_present:
        who = ", ".join(filter(None, (row.delegate_name, row.delegate_title)))
        return f"có mặt ({who})" if who else "có mặt"
    return f"vắng mặt ({row.absence_reason})" if row.absence_reason else "vắng mặt"


def write_attendance(row: Attendance, entry: AttendanceEntry) -> list[dict]:
    """Save one line of the roll; returns what the log book says."""
    before = attendance_words(row)
    row.is_present = entry.is_present
    row.delegate_name = entry.delegate_name
    row.delegate_title = entry.delegate_title
    row.absence_reason = entry.absence_reason
    row.full_clean()
    row.save()
    return [{"field": row.unit.name, "before": before, "after": attendance_words(row)}]


@transaction.atomic
def name_delegate(
    attendance: Attendance,
    *,
    delegate_name: str,
    delegate_title: str,
    actor,
    seen: str | None = None,
) -> Attendance:
    """The leader of a unit says who comes for it; whether they came, the conference says."""
    require(actor, "conferences.name_delegate", attendance)
    conference = locked_conference(attendance.conference, states=UNCOUNTED)
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    facts = {"delegate_name": delegate_name, "delegate_title": delegate_title}
    actions = ("conferences.name_delegate", "conferences.save_attendance")
    changes = overwrite(attendance, facts, *actions, seen=seen, about=conference)
    if not changes:
        return attendance
    attendance.full_clean()
    attendance.save()
    record(
        actor,
        "conferences.name_delegate",
        conference,
        label=f"Cử đại biểu dự hội nghị – {attendance.unit}",
        changes=changes,
    )
    return attendance


@transaction.atomic
def save_agenda(conference: Conference, *, entries: Sequence[AgendaEntry], actor) -> Conference:
    """Write the agenda: changed and new points; one without title and text is taken away.

    Points that the page did not name stay, and so does one that is stored as it is typed. Refused
    once the minutes are signed.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=UNSIGNED)
    rows = {row.pk: row for row in conference.agenda.all()}
    entries = [entry for entry in entries if agenda_stamp(rows.get(entry.pk)) != typed_stamp(entry)]
    gone = [entry.key for entry in entries if entry.seen != agenda_stamp(rows.get(entry.pk))]
    if gone:
        raise OvertakenRowsError(gone, last_writer(conference, "conferences.save_agenda"))
    changes = [change for entry in entries for change in write_point(conference, rows, entry)]
    if changes:
        record(actor, "conferences.save_agenda", conference, label="Ghi nội dung", changes=changes)
    return conference


def agenda_stamp(row: AgendaItem | None) -> str:
    """The stamp of one point as it is stored; none of a new one, or where it was taken away."""
    return typed_stamp(row) if row else ""


def typed_stamp(point: AgendaItem | AgendaEntry) -> str:
    """The stamp of what a point says, stored or typed."""
    return stamp_of(point.title, point.text, point.topic, point.order)


def write_point(conference: Conference, rows: Mapping, entry: AgendaEntry) -> list[dict]:
    """Save or delete one point; returns what the log book says."""
    row = rows.get(entry.pk) or AgendaItem(conference=conference, mark=entry.mark)
    before = f"{row.title}: {row.text}" if row.pk else ""
    if not entry.title and not entry.text:
        if not row.pk:
            return []
        row.delete()
        return [{"field": "nội dung", "before": before, "after": ""}]
    row.title, row.text = entry.title, entry.text
    row.topic, row.order = entry.topic, entry.order
    row.full_clean()
    row.save()
    return [{"field": "nội dung", "before": before, "after": f"{row.title}: {row.text}"}]


def refuse_second(conference: Conference, second: Unit | None) -> None:
    """A second deputy is chosen only where the rule of the year names two."""
    if second and regulation_of(conference.bloc_year).deputies < 2:
        raise ValidationError({"next_second_deputy": ONE_DEPUTY})


@transaction.atomic
def choose_next_heads(
    conference: Conference,
    *,
    next_head: Unit | None,
    next_deputy: Unit | None,
    next_second_deputy: Unit | None = None,
    next_head_basis: str,
    actor,
    seen: str | None = None,
) -> Conference:
    """Record next year's head and deputies where no papers were counted for them.

    A post that was voted on keeps what the votes say. Refused once the count is confirmed.
    """
    require(actor, "conferences.write_conference", conference)
    conference = locked_conference(conference, states=UNCOUNTED)
    posts = {
        "next_head": (next_head, BallotKind.HEAD),
        "next_deputy": (next_deputy, BallotKind.DEPUTY),
        "next_second_deputy": (next_second_deputy, BallotKind.DEPUTY),
    }
    gone = vote_warnings(conference, BallotKind.HEAD)
    voted = set(conference.ballots.values_list("kind", flat=True))
    for name, (unit, kind) in posts.items():
        if kind in voted and unit != getattr(conference, name):
            raise ValidationError({name: "Đơn vị này do kết quả kiểm phiếu quyết định."})
        if unit and kind not in voted and (words := gone.of_candidate(unit)):
            raise ValidationError({name: list(words)})
    refuse_second(conference, next_second_deputy)
    facts = {name: unit for name, (unit, _) in posts.items()} | {"next_head_basis": next_head_basis}
    action = "conferences.choose_next_heads"
    changes = overwrite(conference, facts, action, seen=seen)
    if not changes:
        return conference
    conference.full_clean()
    conference.save()
    label = f"Ghi {conference.bloc_year.bloc.head_word} năm sau"
    record(actor, action, conference, label=label, changes=changes)
    return conference
