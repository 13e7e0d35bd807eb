"""Phụ lục chữ ký bổ sung: who signed after the agreement had taken effect.

The sealed agreement stays as it was; each late signature makes a newer addition, and all are kept.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from agreements.documents.agreement import Confirmation, confirmation
from agreements.models import Agreement, Signature
from agreements.models.answers import UnitAnswer, unit_answers
from blocs.years.documents import bloc_letterhead
from thidua.common.vietnamese.dates import long_date, short_date
from thidua.papers.papers import PrintedPaper, break_lines
from thidua.papers.registry import form_of


@form_of("agreement_addition")
@dataclass(frozen=True, kw_only=True)
class AgreementAddition(PrintedPaper):
    """One row for each late signature, in the order in which they were given."""

    template: ClassVar[str] = "documents/agreement_addition.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    opening: str
    confirmations: tuple[Confirmation, ...]


def agreement_addition(
    agreement: Agreement, *, last: Signature | None = None
) -> AgreementAddition | None:
    """The addition as it is now; None while nobody has signed late.

    `last` is a signature about to be given, so that the paper can be printed before it counts.
    """
    late = [row for row in unit_answers(agreement, last=last) if row.is_late]
    if not late:
        return None
    late.sort(key=lambda row: row.signature.signed_at)
    year = agreement.bloc_year
    return AgreementAddition(
        title=f"Phụ lục chữ ký bổ sung – {agreement}",
        letterhead=bloc_letterhead(year.bloc),
        subject_lines=break_lines(
            f"Kèm theo {named(agreement)} {year.words} của {year.bloc.name}", 60
        ),
        opening=(
            f"Giao ước có hiệu lực từ {long_date(agreement.effective_at)}. Các đơn vị sau ký bổ "
            "sung và thực hiện giao ước từ ngày ký:"
        ),
        confirmations=tuple(
            late_confirmation(number, row) for number, row in enumerate(late, start=1)
        ),
    )


def named(agreement: Agreement) -> str:
    return f"Giao ước thi đua số {agreement.number}" if agreement.number else "Giao ước thi đua"


def late_confirmation(number: int, row: UnitAnswer) -> Confirmation:
    """The line of one late signature; of a unit that came into the year later, from when."""
    said = ", ".join(filter(None, (row.part, late_words(row.signature))))
    return replace(confirmation(number, row.signature), signed_at=said)


def late_words(signature: Signature) -> str:
    """What page and paper say beside a late signature."""
    return f"ký ngày {short_date(signature.signed_at)}, sau khi giao ước có hiệu lực"
