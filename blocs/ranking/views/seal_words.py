"""What the signed minutes keep of a ranking, and where the ranking of now differs from it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from blocs.ranking.models.rankings import Ranking
from blocs.ranking.models.seals import RankingSeal
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import format_decimal

KEPT = (
    "Điểm, xếp loại và thứ hạng chốt lúc {} theo biên bản đã ký; hạn nộp, ngày nghỉ, mức xếp loại "
    "và thứ tự ưu tiên lúc chốt được giữ nguyên."
)


def seal_sentences(ranking: Ranking) -> list[str]:
    """When the ranking was sealed, then a sentence for each unit whose result changed since."""
    seal = RankingSeal.objects.filter(bloc_year=ranking.bloc_year).first()
    if seal is None:
        return []
    then = {row["unit"]: row for row in seal.proof["units"]}
    return [KEPT.format(moment_words(seal.sealed_at)), *changed_results(ranking, then)]


def changed_results(ranking: Ranking, then: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Results that a rectification or a ground recorded later changed: both figures stand."""
    now = {row.unit.code: row for row in ranking.rows}
    for code, unit in then.items():
        stated, row = unit["result"], now.get(code)
        before = result_words(Decimal(stated["total"]), stated["place"], ranking.decimals)
        after = (
            result_words(row.given.total, row.placed.place, ranking.decimals)
            if row
            else "không xếp hạng"
        )
        if before != after:
            yield f"{unit['name']}: lúc chốt {before}; nay {after}."


def result_words(total: Decimal, place: int | None, decimals: int) -> str:
    """«98,50 điểm, hạng 2»; a unit without a place says so."""
    if place is None:
        return "không xếp hạng"
    return f"{format_decimal(total, decimals)} điểm, hạng {place}"
