"""The catalogue of titles and forms of award, kept by the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.proposals.data import usual_kinds
from blocs.years.models import AwardKind
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite, stamp_of
from thidua.common.vietnamese.text import tone_key

NOTHING = "Danh mục đã có mọi hình thức nạp sẵn; không có gì để thêm."
CHANGED = "Danh mục vừa thay đổi. Hãy xem lại các hình thức sẽ thêm rồi bấm nạp lần nữa."


@transaction.atomic
def keep_award_kind(kind: AwardKind, *, actor, fields: dict, seen: str | None = None) -> AwardKind:
    """Write one form of award into the office's list."""
    require(actor, "years.keep_award_kinds")
    if kind.pk:
        kind = AwardKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    changes = overwrite(kind, fields, "years.keep_award_kind", seen=seen)
    if kind.pk and not changes:
        return kind
    kind.full_clean()
    kind.save()
    label = "Cập nhật hình thức khen thưởng"
    record(actor, "years.keep_award_kind", kind, label=label, changes=changes)
    return kind


@dataclass(frozen=True)
class UsualKind:
    """One form of award of the shipped list, and where its facts were read."""

    fields: Mapping[str, object]
    source: str

    @cached_property
    def kind(self) -> AwardKind:
        """As the catalogue would say it."""
        return AwardKind(**self.fields)


@dataclass(frozen=True)
class KindsPlan:
    """What loading would add to the catalogue of now, and what it leaves as the office wrote it."""

    missing: tuple[UsualKind, ...]
    kept: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The same as long as the same would be added."""
        return stamp_of(*(one.kind.code for one in self.missing))


def plan_usual_kinds() -> KindsPlan:
    """The shipped forms the catalogue lacks: known is one with the same code or name; one query."""
    known = {word for row in AwardKind.objects.all() for word in (row.code, tone_key(row.name))}
    rows = [UsualKind(fields, source) for fields, source in usual_kinds()]
    found = [one for one in rows if {one.kind.code, tone_key(one.kind.name)} & known]
    missing = tuple(one for one in rows if one not in found)
    return KindsPlan(missing, tuple(one.kind.name for one in found))


@transaction.atomic
def load_usual_kinds(*, actor, shown: str) -> list[AwardKind]:
    """Add what the catalogue lacks; what stands there is never touched.

    Refused (ValidationError) where nothing is missing, or other rows were `shown` than would be
    added now.
    """
    require(actor, "years.keep_award_kinds")
    plan = plan_usual_kinds()
    if not plan.missing:
        raise ValidationError(NOTHING)
    if plan.mark != shown:
        raise ValidationError(CHANGED)
    return [
        keep_award_kind(AwardKind(), actor=actor, fields=dict(one.fields)) for one in plan.missing
    ]
