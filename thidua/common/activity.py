"""The log book: written in the same transaction as the change it tells of."""

from thidua.common.models import ActivityEntry

NOBODY = "Chưa đăng nhập"


def record(
    actor,
    action: str,
    obj,
    *,
    label: str,
    note: str = "",
    changes: list[dict] | None = None,
    from_state: str = "",
    to_state: str = "",
) -> ActivityEntry:
    """Add one line: who did what to which object, with values before and after in `changes`.

    `actor` is None where nobody is signed in. `action` is a dotted English word for programs,
    `label` the Vietnamese words people read.
    """
    return ActivityEntry.objects.create(
        actor=actor,
        actor_name=str(actor or NOBODY),
        action=action,
        label=label,
        subject=obj,
        subject_name=str(obj),
        from_state=from_state,
        to_state=to_state,
        note=note,
        changes=changes or [],
    )
