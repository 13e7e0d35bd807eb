"""What the signed minutes keep of a ranking, and the sets that were sealed beside it later."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from blocs.ranking.models.rankings import Ranking
from blocs.ranking.models.results import UNRANKED
from blocs.ranking.models.seals import RankingSeal
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import format_decimal

KEPT = (
    "Điểm, xếp loại và thứ hạng chốt lúc {} theo biên bản đã ký; hạn nộp, ngày nghỉ, mức xếp loại "
    "và thứ tự ưu tiên lúc chốt được giữ nguyên."
)
AGAIN = "Chốt lại lần {} lúc {}. Lý do: {}."


def seal_sentences(ranking: Ranking) -> list[str]:
    """When the ranking was sealed, and what each later seal changed."""
    if not ranking.seals:
        return []
    first = KEPT.format(moment_words(ranking.seals[0].sealed_at))
    return [first, *(sentence for told in later_seals(ranking) for sentence in told)]


def later_seals(ranking: Ranking) -> Iterator[list[str]]:
    """Of each seal after that of the minutes its reason, then both figures of each changed unit."""
    for before, seal in pairwise(ranking.seals):
        again = AGAIN.format(seal.number, moment_words(seal.sealed_at), seal.reason.rstrip("."))
        yield [again, *changed_results(before, seal, ranking.decimals)]


def seal_notes(ranking: Ranking) -> tuple[str, ...]:
    """The same for papers, which print other figures than the minutes: a paragraph each seal."""
    return tuple(" ".join(told) for told in later_seals(ranking))


def changed_results(before: RankingSeal, after: RankingSeal, decimals: int) -> Iterator[str]:
    """Results of a seal that differ from those of the seal before it: both figures stand."""
    now = dict(zip(after.units, after.proof["units"], strict=True))
    then = dict(zip(before.units, before.proof["units"], strict=True))
    for unit, row in (then | now).items():
        old, new = (words_of(side.get(unit), decimals) for side in (then, now))
        if old != new:
            name = row["name"]
            yield f"{name}: chốt lần {before.number} {old}; chốt lần {after.number} {new}."


def words_of(unit: Mapping[str, Any] | None, decimals: int) -> str:
    """«98,50 điểm, hạng 2, xếp loại Tốt»; a unit without a place says so."""
    result = unit["result"] if unit else {"place": None}
    if result["place"] is None:
        return UNRANKED
    label = f", xếp loại {result['class']}" if result["class"] else ""
    total = format_decimal(Decimal(result["total"]), decimals)
    return f"{total} điểm, hạng {result['place']}{label}"
