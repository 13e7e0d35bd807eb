"""What a ranking says of each unit in one line: by it a later ranking is told from an earlier."""

from collections.abc import Iterator

from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking, ranking_now
from blocs.ranking.models.seals import RankingSeal, seals_newest_first
from blocs.years.models.years import BlocYear
from blocs.years.workflows import HOLDS
from thidua.common.basis import BasisFact, basis_faults, rests_on, with_kept_facts

ASK_OFFICE = (
    "Cơ quan thường trực xem ở trang xếp hạng rồi chốt lại, hoặc giữ kết quả đã chốt, có lý do."
)
UNRANKED = "không xếp hạng"


def results_of(ranking: Ranking) -> dict[int, str]:
    """«98,50 điểm, hạng 2, xếp loại Tốt» by unit; a unit without a place says why."""
    found = {row.unit.pk: result_words(row, ranking) for row in ranking.rows}
    return found | {left.unit.pk: out_words(left.reason) for left in ranking.out}


def result_words(row: RankedUnit, ranking: Ranking) -> str:
    """Total, place and class of one unit; of a part of the year also how it is compared."""
    part = ranking.compared_words(row)
    points = f"{ranking.printed_results[row.unit.pk]} điểm{f' ({part})' if part else ''}"
    words = f"{points}, hạng {row.placed.place}"
    label = row.judged.class_label
    return f"{words}, xếp loại {label}" if label else words


def out_words(reason: str) -> str:
    """«không xếp hạng (đang bị kỷ luật)»."""
    short = reason.rstrip(".")
    return f"{UNRANKED} ({short[:1].lower()}{short[1:]})" if short else UNRANKED


def result_facts(ranking: Ranking) -> Iterator[BasisFact]:
    """A fact for each unit of the ranking, whether or not it has a place."""
    names = {row.unit.pk: row.unit.name for row in (*ranking.rows, *ranking.out)}
    for unit, words in results_of(ranking).items():
        yield BasisFact(f"unit-{unit}", names[unit], words)


@rests_on("ranking.rankingseal")
def facts_of_seal(seal: RankingSeal) -> Iterator[BasisFact]:
    """A sealed ranking rests on what sheets, grounds and members gave when it was sealed."""
    return result_facts(ranking_now(seal.bloc_year, seal))


@HOLDS.add
def ranking_faults(bloc_year: BlocYear) -> list[str]:
    """What changed below the sealed ranking and waits for the office; nothing before the seal."""
    seal = with_kept_facts(seals_newest_first(bloc_year)).first()
    if seal is None:
        return []
    seal.bloc_year = bloc_year
    return basis_faults(seal, ASK_OFFICE)
