"""One door to rights: a misspelt right is an error, not a silent «no»."""

import rules
from django.core.exceptions import PermissionDenied


class UnknownPermissionError(LookupError):
    """A right that no permissions.py declares."""


class ProofNeededError(Exception):
    """What cannot be undone waits until the person at the screen has proved himself again.

    `back` is where the person goes on then; empty for the page that was asked for.
    """

    def __init__(self, back: str = ""):
        super().__init__(back)
        self.back = back


def require_proof(actor, *, back: str = "") -> None:
    """Go on only if the person of the request proved himself lately; commands are not asked.

    Of an address that only a button leads to, `back` is the page where that button stands.
    """
    if actor.proof_is_old:
        raise ProofNeededError(back)


def require(actor, permission: str, obj=None) -> None:
    """Go on only if `actor` holds `permission` over `obj`; PermissionDenied otherwise."""
    if not rules.perm_exists(permission):
        raise UnknownPermissionError(permission)
    if not actor.has_perm(permission, obj):
        raise PermissionDenied
