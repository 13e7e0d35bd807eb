"""Which rules of a year an act has used already, and why they stay as they are.

A rule is free until the first act that uses it: the quorum until the conference opens, the rules of
a vote until its count is recorded, everything once the minutes are signed.
"""

from blocs.states import ConferenceState
from blocs.years.models.years import BlocYear

QUORUM = ("quorum_numerator", "quorum_denominator")
VOTES = ("vote_threshold", "vote_is_strict", "vote_base", "flags")
SIGNED = "Biên bản hội nghị tổng kết đã ký theo quy định này nên quy định của năm không sửa nữa."
OPENED = "Hội nghị đã khai mạc theo tỷ lệ họp lệ này nên không sửa nữa."
COUNTED = (
    "Đã có kết quả kiểm phiếu theo quy định này. Muốn sửa thì xóa kết quả kiểm phiếu, sửa quy định "
    "rồi kiểm phiếu lại."
)
DUE_USED = "Hạn nộp báo cáo đã dùng để tính điểm nộp chậm trong biên bản đã ký nên không sửa nữa."


def is_signed(bloc_year: BlocYear) -> bool:
    """The minutes of the closing conference are signed: points and places rest on the rules."""
    conference = getattr(bloc_year, "conference", None)
    return conference is not None and conference.state == ConferenceState.SIGNED


def frozen_rules(bloc_year: BlocYear) -> dict[str, str]:
    """The sentence for each field of the regulation that an act of the conference has used."""
    conference = getattr(bloc_year, "conference", None)
    if conference is None or conference.state == ConferenceState.PREPARED:
        return {}
    found = dict.fromkeys(QUORUM, OPENED)
    if conference.ballots.exists():
        found |= dict.fromkeys(VOTES, COUNTED)
    return found
