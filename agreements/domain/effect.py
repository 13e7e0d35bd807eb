"""When an agreement may take effect, and who can do what about it next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agreements.enums import AgreementState
from blocs.scoring.votes.quorum import Threshold
from blocs.years.domain.rule_words import signature_sentence, signature_words
from thidua.common.vietnamese.dates import short_date

SIGN_OR_DECLINE = (
    "Lãnh đạo từng đơn vị chưa ký mở trang này để ký, hoặc ghi “Không ký” kèm lý do; "
    "đã ghi không ký thì vẫn rút lại được khi giao ước còn đang ký."
)
ASK_OFFICE = (
    "Tỷ lệ chữ ký theo quy định của ngày có chữ ký đầu tiên. Đơn vị còn thiếu ký thêm thì giao ước "
    "có hiệu lực; đơn vị chắc chắn không ký thì cơ quan thường trực ghi “không tham gia ký giao "
    "ước” ở trang Thay đổi thành phần."
)
MAY_SIGN_LATE = (
    "Đơn vị chưa ký vẫn ký bổ sung được ở trang này; chữ ký ghi rõ là ký sau khi giao ước có "
    "hiệu lực và được lập thành phụ lục kèm theo."
)
PAPER = (
    "{head} soạn giao ước rồi gửi các đơn vị ký. Giao ước đã ký trên giấy thì "
    "{word} trưởng hoặc cơ quan thường trực bấm “Ghi nhận bản giấy đã ký”, ghi số, ngày, người ký "
    "và tải bản quét lên."
)
ENDED = "Giao ước đã kết thúc; không còn việc phải làm."


@dataclass(frozen=True)
class Answers:
    """What the member units have answered: names as they are shown, in the order of the bloc."""

    signed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def owed(self) -> int:
        """How many units owe an answer, whatever it is."""
        return len(self.signed) + len(self.declined) + len(self.silent)

    @property
    def missing(self) -> str:
        """«Chưa ký: A, B. Không ký: C.»; empty where all have signed."""
        told = (("Chưa ký", self.silent), ("Không ký", self.declined))
        return " ".join(f"{words}: {', '.join(names)}." for words, names in told if names)


def signed_words(answers: Answers, threshold: Threshold) -> str:
    """«3/8 đơn vị đã ký, cần ít nhất 6»: of those that owe a signature, and how many are enough."""
    needed = threshold.needed(answers.owed)
    return f"{len(answers.signed)}/{answers.owed} đơn vị đã ký, cần ít nhất {needed}"


def effect_sentence(said: str, day: date, reason: str) -> str:
    """With how many signatures the agreement took effect, and why it lacked some.

    `said` are the `signed_words` of that day: late signatures and later changes are not in it.
    """
    why = f"; lý do còn thiếu: {reason.rstrip('.;')}" if reason else ""
    return f"Giao ước có hiệu lực ngày {short_date(day)} khi {said}{why}."


def usual_copies(units: int) -> int:
    """How many copies the closing words need: one a unit, one for the office, one for the head."""
    return units + 2


def copies_words(copies: int, usual: int) -> str:
    """«07», or what the closing words of the paper need where that is another number."""
    if copies == usual:
        return f"{copies:02d}"
    return (
        f"{copies:02d}; {usual - 2:02d} đơn vị phải ký, mỗi đơn vị giữ 01 bản, gửi cơ quan thường "
        f"trực 01 bản, lưu 01 bản thì cần {usual:02d} bản"
    )


def share_obstacles(answers: Answers, threshold: Threshold) -> list[str]:
    """Why the agreement may not take effect yet; empty once enough units have signed."""
    needed, signed = threshold.needed(answers.owed), len(answers.signed)
    if signed >= needed:
        return []
    return [
        f"Mới có {signed}/{answers.owed} đơn vị ký; quy định của năm cần chữ ký của "
        f"{signature_words(threshold)} đơn vị thành viên, tức {needed} đơn vị. {answers.missing}",
        ASK_OFFICE,
    ]


def ways_on(
    state: str, answers: Answers, threshold: Threshold, *, head: str, word: str
) -> Sequence[str]:
    """Who can do what next, one sentence each; `head` is the head unit, `word` khối or cụm.

    Without a head unit its work waits for the one that is named next.
    """
    if state == AgreementState.DRAFT:
        writer = head_words(head, word)
        return (PAPER.format(head=f"{writer[:1].upper()}{writer[1:]}", word=word),)
    if state == AgreementState.SIGNING:
        return (
            f"{answers.missing} {SIGN_OR_DECLINE}" if answers.missing else "Các đơn vị đã ký đủ.",
            signature_sentence(threshold),
            f"Lãnh đạo {head_words(head, word)} hoặc cơ quan thường trực cho giao ước có hiệu lực "
            f"khi đủ {threshold.needed(answers.owed)} chữ ký; hiện có {len(answers.signed)}.",
        )
    if state == AgreementState.CLOSED:
        return (ENDED,)
    late = (f"{answers.missing} {MAY_SIGN_LATE}",) if answers.missing else ()
    return (*late, f"Khi tổng kết, lãnh đạo {head_words(head, word)} kết thúc giao ước.")


def head_words(head: str, word: str) -> str:
    """«Sở A (khối trưởng)», or «đơn vị khối trưởng (đang khuyết)»."""
    return f"{head} ({word} trưởng)" if head else f"đơn vị {word} trưởng (đang khuyết)"
