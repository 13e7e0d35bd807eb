"""How many awards a bloc may propose.

A quota warns and never forbids: real blocs pass it (one proposed three flags in a year), and
whoever goes on gives a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from blocs.scoring.terms.rounding import ROUNDING_WORDS, Rounding, rounded
from blocs.scoring.terms.rule_texts import number_text


class QuotaBase(StrEnum):
    """Which units the share of certificates is taken of."""

    ALL = "all"
    REST = "rest"
    # Units whose grounds leave an award open to them.
    ELIGIBLE = "eligible"
    # Units that hold, or are proposed for, a title below the certificate.
    HOLDERS = "holders"


BASE_WORDS = {
    QuotaBase.ALL: "đơn vị thành viên",
    QuotaBase.REST: "đơn vị còn lại",
    QuotaBase.ELIGIBLE: "đơn vị đủ điều kiện xét",
    QuotaBase.HOLDERS: "đơn vị đạt danh hiệu thấp hơn",
}


class FlagBase(StrEnum):
    """Which collectives the cap on Government flags is taken of."""

    PROVINCIAL = "provincial"
    PROVINCIAL_AND_GOVERNMENT = "provincial_and_government"


# NĐ 91/2017/NĐ-CP, Đ.11 k.1: không quá 20 % tổng số tập thể đạt tiêu chuẩn Cờ thi đua của tỉnh.
GOVERNMENT_FLAG_PERCENT = Decimal(20)


@dataclass(frozen=True)
class QuotaRule:
    """The quota of one bloc year.

    Certificates are limited by a count, by a share (percent of 0 to 100), by both, or by neither.
    `lowest_place` is the last place that may still be proposed. Whether a Government flag uses
    up a flag of the bloc differs between provinces.
    """

    flags: int = 1
    certificate_count: int | None = None
    certificate_share: Decimal | None = None
    base: QuotaBase | str = QuotaBase.REST
    rounding: Rounding | str = Rounding.DOWN
    lowest_place: int | None = None
    counts_government_flags: bool = True

    def admits(self, place: int | None) -> bool:
        """A unit of this place may be proposed; units of one place all may, or none."""
        return self.lowest_place is None or (place is not None and place <= self.lowest_place)


@dataclass(frozen=True)
class Proposed:
    """What a bloc proposes; `places` holds the rank of each proposed unit, None if unranked."""

    flags: int = 0
    government_flags: int = 0
    certificates: int = 0
    places: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Allowed:
    """The limits that follow; `certificates` is None where there is none.

    `is_share_unknown` says that a share is set but nobody knows of how many units.
    """

    flags: int
    certificates: int | None
    is_share_unknown: bool = False


def allowed(members: int | None, rule: QuotaRule, counted: int | None = None) -> Allowed:
    """The limits for a bloc of so many members; of count and share the smaller holds.

    `counted` is the number of units that are eligible, or that hold the lower title, where the
    share is taken of these.
    """
    base = base_of(members, rule, counted)
    limits = [rule.certificate_count, _share_of(base, rule)]
    known = [limit for limit in limits if limit is not None]
    is_share_unknown = rule.certificate_share is not None and base is None
    return Allowed(rule.flags, min(known, default=None), is_share_unknown)


def base_of(members: int | None, rule: QuotaRule, counted: int | None = None) -> int | None:
    """Of how many units the share is taken; None where nobody knows."""
    kind = QuotaBase(rule.base)
    if kind in (QuotaBase.ELIGIBLE, QuotaBase.HOLDERS):
        return counted
    if members is None:
        return None
    return max(members - rule.flags, 0) if kind == QuotaBase.REST else members


def _share_of(base: int | None, rule: QuotaRule) -> int | None:
    if base is None or rule.certificate_share is None:
        return None
    return rounded(Fraction(rule.certificate_share) / 100 * base, rule.rounding)


def quota_sentence(limits: Allowed, base: int | None, rule: QuotaRule) -> str:
    """«01 cờ; 01 Bằng khen (50% của 03 đơn vị còn lại, làm tròn xuống)»: how the limit comes."""
    if limits.certificates is None:
        return f"{limits.flags:02d} cờ"
    ways = []
    if rule.certificate_share is not None and base is not None:
        ways.append(
            f"{percent_words(rule.certificate_share)} của {base:02d} "
            f"{BASE_WORDS[QuotaBase(rule.base)]}, {ROUNDING_WORDS[Rounding(rule.rounding)]}"
        )
    if rule.certificate_count is not None:
        ways.append(f"không quá {rule.certificate_count:02d}")
    how = f" ({'; '.join(ways)})" if ways else ""
    return f"{limits.flags:02d} cờ; {limits.certificates:02d} Bằng khen{how}"


def percent_words(share: Decimal) -> str:
    """«12,5%»."""
    return f"{number_text(share)}%"


def quota_warnings(
    proposed: Proposed, members: int | None, rule: QuotaRule, counted: int | None = None
) -> list[str]:
    """Where a proposal passes the quota, as Vietnamese sentences; empty when it keeps to it.

    `counted` as in `allowed`.
    """
    return [
        *_flag_warnings(proposed, rule),
        *_certificate_warnings(proposed, allowed(members, rule, counted)),
        *_place_warnings(proposed, rule),
    ]


def _flag_warnings(proposed: Proposed, rule: QuotaRule) -> list[str]:
    government = proposed.government_flags if rule.counts_government_flags else 0
    flags = proposed.flags + government
    if flags <= rule.flags:
        return []
    detail = f" (trong đó {government} Cờ thi đua của Chính phủ)" if government else ""
    return [f"Đề nghị {flags} cờ thi đua{detail}, nhiều hơn mức {rule.flags} cờ được đề nghị."]


def _certificate_warnings(proposed: Proposed, limits: Allowed) -> list[str]:
    warnings = []
    if limits.is_share_unknown:
        warnings.append("Chưa biết số đơn vị thành viên nên chưa kiểm tra được tỷ lệ Bằng khen.")
    if limits.certificates is not None and proposed.certificates > limits.certificates:
        warnings.append(
            f"Đề nghị {proposed.certificates} Bằng khen, nhiều hơn mức "
            f"{limits.certificates} Bằng khen được đề nghị."
        )
    return warnings


def _place_warnings(proposed: Proposed, rule: QuotaRule) -> list[str]:
    if rule.lowest_place is None:
        return []
    return [
        f"“{unit}” xếp hạng {place}, sau hạng {rule.lowest_place} là hạng cuối được đề nghị."
        if place
        else f"“{unit}” không được xếp hạng; quy định chỉ cho đề nghị đến hạng {rule.lowest_place}."
        for unit, place in proposed.places.items()
        if not rule.admits(place)
    ]


def tie_sentence(names: Sequence[str], place: int, award: str, seats: int) -> str:
    """The open question of a draft: «C, D cùng hạng 1, chỉ còn 1 Cờ thi đua: …»."""
    return f"{', '.join(names)} cùng hạng {place}, chỉ còn {seats} {award}: hội nghị quyết định."


def choice_sentence(
    names: Sequence[str], place: int, award: str, chosen: Sequence[str], reason: str
) -> str:
    """What people decided between equals, with their reason."""
    who = f"chọn {', '.join(chosen)}" if chosen else "không chọn đơn vị nào"
    return f"{', '.join(names)} cùng hạng {place}, xét {award}: {who}. Lý do: {reason}"


def government_flag_limit(
    provincial_flags: int,
    government_flags: int,
    base: FlagBase | str,
    percent: Decimal = GOVERNMENT_FLAG_PERCENT,
) -> int:
    """How many Government flags a province may propose, always rounded down."""
    is_both = FlagBase(base) == FlagBase.PROVINCIAL_AND_GOVERNMENT
    total = provincial_flags + government_flags if is_both else provincial_flags
    return floor(Fraction(percent) / 100 * total)


def government_flag_warnings(
    provincial_flags: int,
    government_flags: int,
    base: FlagBase | str,
    percent: Decimal = GOVERNMENT_FLAG_PERCENT,
) -> list[str]:
    """The sentence for a list of Government flags over the cap; it names the base it counted."""
    limit = government_flag_limit(provincial_flags, government_flags, base, percent)
    if government_flags <= limit:
        return []
    is_both = FlagBase(base) == FlagBase.PROVINCIAL_AND_GOVERNMENT
    words = f"{provincial_flags} cờ của tỉnh"
    if is_both:
        words += f" và {government_flags} cờ của Chính phủ"
    return [
        f"Đề nghị {government_flags} Cờ thi đua của Chính phủ, nhiều hơn mức {limit} "
        f"({percent_words(percent)} của {words}, làm tròn xuống)."
    ]
