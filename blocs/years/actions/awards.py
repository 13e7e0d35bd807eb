"""The catalogue of titles and forms of award, kept by the office."""

from django.db import transaction

from blocs.years.models import AwardKind
from thidua.common.activity import record
from thidua.common.changes import all_words, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken


@transaction.atomic
def keep_award_kind(kind: AwardKind, *, actor, fields: dict, seen: str | None = None) -> AwardKind:
    """Write one form of award into the office's list.

    `seen` is the mark of what the page showed; OvertakenError where somebody saved meanwhile.
    """
    require(actor, "years.keep_award_kinds")
    if kind.pk:
        kind = AwardKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    stored, changes = all_words(kind, fields), set_fields(kind, fields)
    if kind.pk:
        if not changes:
            return kind
        typed = all_words(kind, fields)
        refuse_overtaken(kind, "years.keep_award_kind", seen=seen, stored=stored, typed=typed)
    kind.full_clean()
    kind.save()
    label = "Cập nhật hình thức khen thưởng"
    record(actor, "years.keep_award_kind", kind, label=label, changes=changes)
    return kind
