"""The catalogue of titles and forms of award, kept by the office."""

from django.db import transaction

from blocs.years.models import AwardKind
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite


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
