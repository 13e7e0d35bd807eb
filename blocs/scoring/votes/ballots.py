"""The arithmetic of a count, and who is elected by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from blocs.scoring.votes.quorum import Threshold


class VoteBase(StrEnum):
    """What the share of votes is taken of; the bloc's regulation says which."""

    PRESENT = "present"
    ALL_MEMBERS = "all_members"
    VALID = "valid"


# A unit, or a unit with the award it stands for.
Key = int | tuple[int, int]


@dataclass(frozen=True)
class VoteLine:
    """Votes on one candidate: `key` says who it is, `name` is what people read."""

    key: Key
    name: str
    votes_for: int
    votes_against: int = 0
    blank: int = 0
    is_chosen: bool = False
    award: str = ""


@dataclass(frozen=True)
class BallotCount:
    """One count as the counting team hands it in.

    `present` counts those with the right to vote. `seats` is how many may be chosen and `ticks`
    how many names one paper may carry; None where the regulation sets no number.
    """

    members: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    lines: tuple[VoteLine, ...] = ()
    seats: int | None = None
    ticks: int | None = None

    def base(self, rule: VoteBase | str) -> int:
        """The number that the share of votes is taken of."""
        bases = {
            VoteBase.PRESENT: self.present,
            VoteBase.ALL_MEMBERS: self.members,
            VoteBase.VALID: self.valid,
        }
        return bases[VoteBase(rule)]


@dataclass(frozen=True)
class Outcome:
    """The keys of who is elected, and what the count leaves open for people to answer."""

    elected: tuple[Key, ...]
    questions: tuple[str, ...] = ()


def check_ballot(count: BallotCount) -> list[str]:
    """Everything that is impossible in a count, as Vietnamese sentences; empty when it is right."""
    if obstacles := _negative(count):
        return obstacles
    checks = (
        (
            count.present <= count.members,
            f"Số đơn vị có mặt ({count.present}) nhiều hơn số đơn vị thành viên ({count.members}).",
        ),
        (
            count.issued == count.present,
            f"Số phiếu phát ra ({count.issued}) phải bằng số đơn vị có mặt có quyền bỏ phiếu "
            f"({count.present}).",
        ),
        (
            count.returned <= count.issued,
            f"Số phiếu thu về ({count.returned}) nhiều hơn số phiếu phát ra ({count.issued}).",
        ),
        (
            count.valid + count.invalid == count.returned,
            f"Số phiếu hợp lệ ({count.valid}) cộng số phiếu không hợp lệ ({count.invalid}) "
            f"phải bằng số phiếu thu về ({count.returned}).",
        ),
    )
    return [text for is_right, text in checks if not is_right] + _check_lines(count)


def _negative(count: BallotCount) -> list[str]:
    numbers = [
        ("số đơn vị thành viên", count.members),
        ("số đơn vị có mặt", count.present),
        ("số phiếu phát ra", count.issued),
        ("số phiếu thu về", count.returned),
        ("số phiếu hợp lệ", count.valid),
        ("số phiếu không hợp lệ", count.invalid),
    ]
    for line in count.lines:
        numbers += [
            (f"số phiếu đồng ý cho “{line.name}”", line.votes_for),
            (f"số phiếu không đồng ý cho “{line.name}”", line.votes_against),
            (f"số phiếu trắng cho “{line.name}”", line.blank),
        ]
    return [
        f"{name[0].upper()}{name[1:]} không được là số âm."
        for name, number in numbers
        if number < 0
    ]


def _check_lines(count: BallotCount) -> list[str]:
    obstacles = [
        f"“{line.name}”: {_said(line)} cộng lại phải bằng số phiếu hợp lệ ({count.valid})."
        for line in count.lines
        if line.votes_for + line.votes_against + line.blank != count.valid
    ]
    chosen = sum(line.is_chosen for line in count.lines)
    if count.seats is not None and chosen > count.seats:
        obstacles.append(f"Đã chọn {chosen} đơn vị, nhiều hơn số được bầu ({count.seats}).")
    ticked = sum(line.votes_for for line in count.lines)
    if count.ticks is not None and ticked > count.valid * count.ticks:
        obstacles.append(
            f"Tổng số phiếu đồng ý ({ticked}) nhiều hơn mức {count.valid} phiếu hợp lệ có thể có, "
            f"vì mỗi phiếu được chọn nhiều nhất {count.ticks} đơn vị."
        )
    return obstacles


def _said(line: VoteLine) -> str:
    """The numbers of a line; those without an opinion, for which no field asks, only if any."""
    voted = f"đồng ý ({line.votes_for}), không đồng ý ({line.votes_against})"
    return f"{voted}, không có ý kiến ({line.blank})" if line.blank else voted


def elected(
    lines: Sequence[VoteLine], seats: int, base: int, threshold: Threshold | tuple[int, int]
) -> Outcome:
    """Who has enough votes, most votes first, as many as there are seats.

    Nobody is chosen between equals: those tied on the last seat become a question.
    """
    needed = Threshold(*threshold).needed(base)
    enough = sorted(
        (line for line in lines if line.votes_for >= needed),
        key=lambda line: (-line.votes_for, line.name, str(line.key)),
    )
    if len(enough) <= seats:
        missing = seats - len(enough)
        return Outcome(_keys(enough), (_too_few(missing, needed),) if missing else ())
    first_out = enough[seats].votes_for
    above = [line for line in enough if line.votes_for > first_out]
    if len(above) == seats:
        return Outcome(_keys(above))
    level = [line for line in enough if line.votes_for == first_out]
    return Outcome(_keys(above), (_tied(level, seats - len(above)),))


def _keys(lines: Sequence[VoteLine]) -> tuple[Key, ...]:
    return tuple(line.key for line in lines)


def _too_few(missing: int, needed: int) -> str:
    return f"Còn thiếu {missing} đơn vị đạt từ {needed} phiếu trở lên; hội nghị có bầu tiếp không?"


def _tied(lines: Sequence[VoteLine], seats: int) -> str:
    names = ", ".join(f"“{line.name}”" for line in lines)
    return (
        f"{names} cùng được {lines[0].votes_for} phiếu, chỉ còn chọn {seats} đơn vị; "
        "hội nghị bỏ phiếu lại hay chủ tọa quyết định?"
    )
