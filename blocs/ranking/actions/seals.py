"""The office settles what changed below a sealed ranking: it stands, or is sealed anew."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.ranking.models.proofs import seal_ranking
from blocs.ranking.models.seals import RankingSeal, last_seal
from blocs.states import YearState
from blocs.years.actions.years import locked
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.basis import change_rows, changes_to_confirm, keep_basis
from thidua.common.permissions import require, require_proof

NOT_SEALED = "Xếp hạng của năm chưa chốt nên chưa có gì phải xác nhận."
ARCHIVED = "Năm thi đua đã lưu, xếp hạng không chốt lại nữa."


@transaction.atomic
def keep_sealed(
    bloc_year: BlocYear, *, actor: User, reason: str, seen: str | None = None
) -> RankingSeal:
    """The sealed ranking stands although what it rests on changed; the log book keeps why."""
    seal, changes = _settled(bloc_year, actor, reason, seen)
    keep_basis(seal, actor=actor)
    label = f"Giữ xếp hạng đã chốt lần {seal.number} khi căn cứ đã thay đổi"
    record(actor, "ranking.keep_sealed", seal.bloc_year, label=label, note=reason, changes=changes)
    return seal


@transaction.atomic
def seal_again(
    bloc_year: BlocYear, *, actor: User, reason: str, seen: str | None = None
) -> RankingSeal:
    """Seal what points and grounds give now as a further set; the earlier ones stay beside it."""
    seal, changes = _settled(bloc_year, actor, reason, seen)
    require_proof(actor)
    again = seal_ranking(seal.bloc_year, timezone.now(), actor=actor, reason=reason.strip())
    label = f"Chốt lại xếp hạng lần {again.number}"
    record(actor, "ranking.seal_again", seal.bloc_year, label=label, note=reason, changes=changes)
    return again


def _settled(
    bloc_year: BlocYear, actor: User, reason: str, seen: str | None
) -> tuple[RankingSeal, list[dict[str, str]]]:
    """The last seal under the lock of its year, and what changed below it."""
    require(actor, "ranking.settle_ranking", bloc_year)
    bloc_year = locked(bloc_year)
    seal = last_seal(bloc_year)
    if seal is None:
        raise ValidationError(NOT_SEALED)
    if bloc_year.state == YearState.ARCHIVED:
        raise ValidationError(ARCHIVED)
    seal.bloc_year = bloc_year
    return seal, change_rows(changes_to_confirm(seal, reason=reason, seen=seen))
