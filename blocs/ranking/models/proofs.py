"""The ranking of a bloc year as a proof that anybody can recompute without the program."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import table_value
from blocs.criteria.models.tree import rules_of
from blocs.ranking.domain.proof import ProofBloc, ProofUnit, rules_row, write_proof
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking, ranking_now
from blocs.ranking.models.results import result_facts
from blocs.ranking.models.seals import RankingSeal, last_seal
from blocs.scoring.totals.tables import Table
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear
from thidua.accounts.models import User
from thidua.common.basis import keep_basis


def ranking_proof(ranking: Ranking, made_at: datetime) -> dict[str, Any]:
    """The proof of a ranking as it is now; who may have it is the caller's question."""
    year = ranking.bloc_year
    rows = sorted((*ranking.rows, *ranking.excluded), key=official)
    tables = {row.report.table.pk: row.report.table for row in rows}
    waiting = tuple((left.unit.name, left.reason) for left in ranking.out if not left.is_final)
    return write_proof(
        ProofBloc(
            bloc=year.bloc.name,
            year=year.year,
            school_year=year.words if year.is_school_year else "",
            made_at=made_at.isoformat(timespec="seconds"),
            is_agreed=ranking.is_agreed,
            tables={key_of(table): frozen_table(table, year) for table in tables.values()},
            rules=ranking.rules,
            units=tuple(map(proof_unit, rows)),
            not_ranked=waiting,
        )
    )


def seal_ranking(
    bloc_year: BlocYear, sealed_at: datetime, *, actor: User | None = None, reason: str = ""
) -> RankingSeal:
    """Keep rules, days and results of the ranking of now: with the minutes, or a set beside them.

    A later seal has a reason. Earlier ones stay as they are.
    """
    ranking, last = ranking_now(bloc_year), last_seal(bloc_year)
    proof = ranking_proof(ranking, localtime(sealed_at))
    seal = RankingSeal(
        bloc_year=bloc_year,
        number=last.number + 1 if last else 1,
        sealed_at=sealed_at,
        sealed_by=actor,
        reason=reason,
        rules=rules_row(ranking.rules),
        proof=proof,
        units=[row.unit.pk for row in sorted((*ranking.rows, *ranking.excluded), key=official)],
    )
    seal.full_clean()
    seal.save()
    keep_basis(seal, actor=actor, facts=result_facts(ranking))
    return seal


def official(row: RankedUnit) -> tuple[int, int]:
    """The place of a unit in the list of the bloc."""
    return row.contender.order, row.unit.pk


def key_of(table: ScoringTable) -> str:
    """What a table is called inside the proof: its version, before it the group it is for."""
    return f"{table.group} – {table.version}" if table.group_id else str(table.version)


def frozen_table(table: ScoringTable, year: BlocYear) -> Table:
    """The table with the decimals that its points had in this year, and what an empty leaf is."""
    stated = regulation_of(year)
    rules = rules_of(table, stated.decimals, empty_is_zero=stated.empty_is_zero)
    return replace(table_value(table), rules=rules)


def proof_unit(row: RankedUnit) -> ProofUnit:
    """One unit with the answers, points and reasons of its sheet."""
    scores = {line.path: line.score for line in row.sheet.rows if line.score}
    own, _, _ = row.sheet.stored_points()
    return ProofUnit(
        code=row.unit.code,
        name=row.unit.name,
        table=key_of(row.report.table),
        contender=row.contender,
        entries={line.path: line.entry for line in row.sheet.rows},
        own=own,
        reasons={path: score.appraisal_reason for path, score in scores.items()},
        own_total=row.own.total,
        judged=row.judged,
    )
