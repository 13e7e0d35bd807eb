"""The regulation of a bloc year in sentences that officials can check against their paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.ranking.part_year import part_year_sentence
from blocs.scoring.ranking.ranking import stated_tie_sentence
from blocs.scoring.terms.rounding import ROUNDING_WORDS, Rounding
from blocs.scoring.terms.rule_texts import number_text
from blocs.scoring.totals.totals import EMPTY_IS_ZERO
from blocs.scoring.votes.quorum import Threshold

VOTE_BASES = {
    "present": "số đại biểu có mặt, có quyền bỏ phiếu",
    "all_members": "tổng số đơn vị thành viên",
    "valid": "số phiếu hợp lệ",
}
BASES = {
    "rest": "số đơn vị còn lại",
    "all": "tổng số đơn vị",
    "eligible": "số đơn vị đủ điều kiện xét",
    "holders": "số đơn vị đạt danh hiệu thấp hơn",
}
SUBMISSIONS = {"first": "lần nộp đầu tiên", "last": "lần nộp cuối cùng"}


@dataclass(frozen=True)
class StatedRules:
    """The rules of a year told one by one; its fields are those of `Regulation`."""

    decimals: int
    printed_decimals: int | None
    tie_rules: Sequence[str]
    tie_sections: Mapping[str, str]
    part_year: str
    quorum_numerator: int
    quorum_denominator: int
    signature_numerator: int
    signature_denominator: int
    vote_threshold: Decimal
    vote_is_strict: bool
    vote_base: str
    deputies: int
    flags: int
    certificate_share: Decimal
    certificate_count: int | None
    certificate_base: str
    rounding: str
    lowest_place: int | None
    counted_submission: str
    empty_is_zero: bool = False


def leader_words(word: str) -> dict[str, str]:
    """What head and deputies are called in a «khối» or a «cụm», by the field of the year."""
    name = word.capitalize()
    return {
        "head": f"{name} trưởng",
        "deputy": f"{name} phó",
        "second_deputy": f"{name} phó thứ hai",
    }


def leader_page(word: str) -> str:
    """What the page is called on which head and deputies change."""
    return f"“{word.capitalize()} trưởng, {word} phó”"


def not_a_member(words: str) -> str:
    """The refusal of a leader that does not take part (the head is a member unit)."""
    return f"{words} phải là đơn vị thành viên của năm thi đua này."


def rule_sentences(rules: StatedRules) -> tuple[str, ...]:
    """Each rule as one sentence, in the order in which the year needs them."""
    return tuple(sentence for _, sentence in stated_rules(rules))


def stated_rules(rules: StatedRules) -> tuple[tuple[str, str], ...]:
    """The same, each behind its name in `rule_bases.RULES`, by which it cites a text."""
    signatures = Threshold(rules.signature_numerator, rules.signature_denominator)
    quorum = Threshold(rules.quorum_numerator, rules.quorum_denominator)
    votes = Threshold.of_percent(rules.vote_threshold, is_strict=rules.vote_is_strict)
    return (
        ("signatures", signature_sentence(signatures)),
        ("submission", f"Thời điểm nộp báo cáo tính theo {SUBMISSIONS[rules.counted_submission]}."),
        ("decimals", decimals_sentence(rules.decimals, rules.printed_decimals)),
        *((("empty", EMPTY_IS_ZERO),) if rules.empty_is_zero else ()),
        ("ties", stated_tie_sentence(rules.tie_rules, rules.tie_sections)),
        ("part_year", part_year_sentence(rules.part_year, rules.decimals)),
        ("quorum", f"Hội nghị tiến hành khi có mặt {quorum.words} số đơn vị thành viên."),
        ("votes", vote_sentence(votes, rules.vote_base)),
        ("posts", f"Bầu một đơn vị trưởng, tối đa {rules.deputies:02d} đơn vị phó của năm sau."),
        ("flags", f"Được đề nghị tối đa {rules.flags:02d} Cờ thi đua."),
        ("certificates", certificate_sentence(rules)),
        *(("place", sentence) for sentence in place_sentences(rules.lowest_place)),
    )


def decimals_sentence(computed: int, printed: int | None) -> str:
    """With how many decimals points are computed, and printed where that is another number."""
    end = "" if printed is None or printed == computed else f"; khi in lấy {printed} chữ số"
    return f"Điểm lấy {computed} chữ số thập phân{end}."


def signature_words(threshold: Threshold) -> str:
    """«tất cả» or «ít nhất 2/3 số», to stand before «đơn vị thành viên»."""
    whole = threshold.numerator == threshold.denominator
    return "tất cả" if whole else f"{threshold.words} số"


def signature_sentence(threshold: Threshold) -> str:
    """How many signatures bring the agreement of the year into effect."""
    missing = "" if threshold.numerator == threshold.denominator else "; phần thiếu nêu rõ lý do"
    words = signature_words(threshold)
    return f"Giao ước có hiệu lực khi có chữ ký của {words} đơn vị thành viên{missing}."


def vote_sentence(threshold: Threshold, vote_base: str, base: int = 0) -> str:
    """What the share of votes is taken of and how much is enough: on page, ballot and minutes.

    With `base`, the number of a conference, also how many votes that is.
    """
    counted = f" ({base:02d})" if base else ""
    needed = f", tức từ {threshold.needed(base):02d} phiếu" if base else ""
    return (
        f"Tỷ lệ phiếu tính trên {VOTE_BASES[vote_base]}{counted}; "
        f"mức đạt: {threshold.words}{needed}."
    )


def certificate_sentence(rules: StatedRules) -> str:
    """How many Bằng khen the bloc may propose: a share, and a number where one is set."""
    share = number_text(rules.certificate_share)
    limit = f"{share}% {BASES[rules.certificate_base]}, {ROUNDING_WORDS[Rounding(rules.rounding)]}"
    if rules.certificate_count is not None:
        limit += f", và không quá {rules.certificate_count:02d}"
    return f"Bằng khen tối đa {limit}."


def place_sentences(lowest_place: int | None) -> tuple[str, ...]:
    """The last place that may be proposed, where the regulation names one."""
    if lowest_place is None:
        return ()
    return (f"Chỉ đề nghị khen thưởng đến hạng {lowest_place}.",)
