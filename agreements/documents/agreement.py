"""Giao ước thi đua: text, targets, and one place for the signature of every unit."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Part, Signer


@dataclass(frozen=True)
class TargetRow:
    """One target with its figure and unit of measure, as printed."""

    number: str
    name: str
    measure: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class UnitSigner:
    """The place of one unit; `name` is empty as long as nobody has signed."""

    unit_lines: tuple[str, ...]
    authority_lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Confirmation:
    """One signature given in the system."""

    number: str
    unit: str
    signer: str
    capacity: str
    signed_at: str


@dataclass(frozen=True, kw_only=True)
class AgreementPaper(Paper):
    """`parts` before `targets` and `later_parts` after them; no confirmations, no annex."""

    template: ClassVar[str] = "documents/agreement.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    bases: tuple[str, ...]
    opening: str
    parts: tuple[Part, ...]
    targets: tuple[TargetRow, ...]
    later_parts: tuple[Part, ...]
    closing: str
    unit_signers: tuple[UnitSigner, ...]
    bloc_signer: Signer
    attached_lines: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()

    @property
    def signer_pairs(self) -> tuple[tuple[UnitSigner, ...], ...]:
        """The units two by two, as they stand on the paper; the last row may hold one."""
        units = self.unit_signers
        return tuple(units[start : start + 2] for start in range(0, len(units), 2))
