"""Which right opens a stored paper, which form reads its data: each app says it for its kinds."""

from collections.abc import Callable

_RIGHTS: dict[str, str] = {}
_FORMS: dict[str, type] = {}


class UnknownPaper(LookupError):  # noqa: N818 – it reads as a sentence
    """A kind of paper that no app registered: nobody may open it."""


def register_paper(kind: str, permission: str) -> None:
    """Papers of this kind are opened by whoever holds `permission` over their subject."""
    _RIGHTS[kind] = permission


def paper_permission(kind: str) -> str:
    """The right over the subject of a paper of this kind; raises UnknownPaper."""
    try:
        return _RIGHTS[kind]
    except KeyError as error:
        raise UnknownPaper(kind) from error


def paper_kinds() -> tuple[str, ...]:
    """All registered kinds, in the order of the alphabet."""
    return tuple(sorted(_RIGHTS))


def form_of(kind: str) -> Callable[[type], type]:
    """Name the decorated dataclass as the form of the papers that are kept under this kind."""

    def note(form: type) -> type:
        _FORMS[kind] = form
        return form

    return note


def paper_form(kind: str) -> type:
    """The dataclass that the data of such a paper were frozen from; raises UnknownPaper."""
    try:
        return _FORMS[kind]
    except KeyError as error:
        raise UnknownPaper(kind) from error
