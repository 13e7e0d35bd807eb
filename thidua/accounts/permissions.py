"""Which pages are open before the person has proved himself, and who has to prove more."""

from collections.abc import Callable

from thidua.common.registry import Registry

FIRST_PASSWORD_PAGES = ("accounts:password_change", "accounts:codes_shown", "accounts:logout")
STEP_PAGES = {
    "ask": ("accounts:factor_ask", "accounts:logout"),
    "set_up": ("accounts:factor_new", "accounts:prove", "accounts:logout"),
}
# What higher apps know of a person: whether the office asks for a second factor.
MUST_HAVE_FACTOR: Registry[Callable[..., bool]] = Registry()


def is_open_to_first_password(view_name: str) -> bool:
    return view_name in FIRST_PASSWORD_PAGES


def is_open_in_step(view_name: str, step: str) -> bool:
    """Whether the page may be opened while that step after the password is still to be done."""
    return view_name in STEP_PAGES[step]
