"""Which rules of a year an act has used already, and why they stay as they are.

A rule is free until the first signature of the agreement; from then on it changes by a numbered
amendment alone. No amendment changes the way of appraising once a sheet is marked, the quorum and
the rules of a vote once the conference is opened, anything once the minutes are signed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Model

from blocs.states import ConferenceState, YearState
from blocs.years.models.years import BlocYear
from thidua.common.activity import KEPT
from thidua.common.log_book.openings import OPENINGS
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import day_in_vietnam, moment_words, short_date

QUORUM = ("quorum_numerator", "quorum_denominator")
APPRAISAL = (
    "appraisal_mode",
    "scorers_per_sheet",
    "rounds",
    "round_mode",
    "round_shares",
    "level_mode",
    "is_blind",
)
VOTES = ("vote_threshold", "vote_is_strict", "vote_base", "deputies", "flags")
SIGNED = "Biên bản hội nghị tổng kết đã ký theo quy định này nên quy định của năm không sửa nữa."
OPENED = "Hội nghị đã khai mạc theo túc số này nên không sửa nữa."
VOTED = "Hội nghị đã khai mạc theo tỷ lệ phiếu, số khối phó, số Cờ này nên không sửa nữa."
MARKED = (
    "Đã có điểm thẩm định từ {at} theo quy định này nên không sửa nữa. Muốn đổi thì đơn vị đứng "
    "đầu kết thúc vòng chấm ở trang Phân công chấm điểm, nêu lý do."
)
# What higher apps know of the first mark of a year by the way of appraising that is in force.
FIRST_MARKS: Registry[Callable[[BlocYear], datetime | None]] = Registry()
RANKED = "Xếp hạng của năm đã chốt, quy định không sửa nữa."
RULES_OPEN = (
    YearState.PLANNED,
    YearState.OPEN,
    YearState.AGREED,
    YearState.IN_PROGRESS,
    YearState.MIDYEAR_DONE,
    YearState.CLOSING,
)
DUE_USED = "Hạn nộp báo cáo đã dùng để tính điểm nộp chậm trong biên bản đã ký nên không sửa nữa."


def is_signed(bloc_year: BlocYear) -> bool:
    """The minutes of the closing conference are signed: points and places rest on the rules."""
    conference = getattr(bloc_year, "conference", None)
    return conference is not None and conference.state == ConferenceState.SIGNED


def closed_rules(bloc_year: BlocYear) -> str:
    """Why no rule of the year is set any more; empty while rules may be set or amended."""
    if is_signed(bloc_year):
        return SIGNED
    return "" if bloc_year.state in RULES_OPEN else RANKED


ARCHIVED = (
    "Năm thi đua đã bàn giao và lưu nên hồ sơ của năm giữ nguyên, không sửa nữa; việc mới thì ghi "
    "vào năm đang thực hiện."
)
# What is written of a kept year all the same, and why it may.
STILL_WRITTEN = {
    "common.keep_copy": "the scan of an old paper proves what was, and changes nothing",
    "common.store_paper": "the paper of an act, which has its own line",
    "criteria.read_amendment": "a receipt of reading",
    "years.read_rules_amendment": "a receipt of reading",
    "years.read_member_change": "a receipt of reading",
    **dict.fromkeys(OPENINGS, "a receipt of reading"),
    "year_files.import_year": "an old year comes from a file as it was",
}


def archived_words(bloc_year: BlocYear | None) -> str:
    """Why nothing of the year changes any more; empty until it is handed over and kept."""
    is_kept = bloc_year is not None and bloc_year.state == YearState.ARCHIVED
    return ARCHIVED if is_kept else ""


@KEPT.add
def archived_refusal(action: str, obj: Model | None, to_state: str) -> str:
    """Why a change of an object is refused: it belongs to a year that is kept as it is."""
    if action in STILL_WRITTEN:
        return ""
    if isinstance(obj, BlocYear):
        return "" if to_state == YearState.ARCHIVED else archived_words(obj)
    year = getattr(obj, "bloc_year", None)
    return archived_words(year) if isinstance(year, BlocYear) else ""


@dataclass(frozen=True)
class FirstUse:
    """The first act that used the rules of the year: its day, and the sentence about it."""

    on: date
    sentence: str


def used_since(bloc_year: BlocYear) -> FirstUse | None:
    """The first signature of the agreement, else the first report sent; None before either.

    From then on a change of the rules is a numbered amendment; the act keeps the rules of its day.
    """
    agreement = getattr(bloc_year, "agreement", None)
    signatures = agreement.signatures.filter(voided_at=None) if agreement else None
    signed = signatures.aggregate(first=Min("signed_at"))["first"] if agreement else None
    if signed:
        return FirstUse(_day(signed), f"Giao ước đã có chữ ký từ ngày {short_date(signed)}.")
    sent = bloc_year.reports.aggregate(first=Min("first_submitted_at"))["first"]
    if sent:
        return FirstUse(_day(sent), f"Đã có báo cáo năm nộp từ ngày {short_date(sent)}.")
    return None


def _day(moment):
    return day_in_vietnam(moment)


def frozen_rules(bloc_year: BlocYear) -> dict[str, str]:
    """The sentence for each field of the regulation that stays as it is for an act going on."""
    found: dict[str, str] = {}
    if at := marked_since(bloc_year):
        found |= dict.fromkeys(APPRAISAL, MARKED.format(at=moment_words(at)))
    conference = getattr(bloc_year, "conference", None)
    if conference is None or conference.state == ConferenceState.PREPARED:
        return found
    return found | dict.fromkeys(QUORUM, OPENED) | dict.fromkeys(VOTES, VOTED)


def marked_since(bloc_year: BlocYear) -> datetime | None:
    """When the first mark was given by the way of appraising in force; None while there is none."""
    found = (first(bloc_year) for first in FIRST_MARKS)
    return min((at for at in found if at), default=None)
