"""Which right over its subject opens a stored paper: each app says it for its own kinds."""

_RIGHTS: dict[str, str] = {}


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
