"""What an operator can get wrong about seats."""

from django.conf import settings
from django.core.checks import Error, register

from blocs.states import BLOC_EDITOR, SeatRole


@register
def seats_with_factor(**kwargs) -> list[Error]:
    """A misspelt seat would be asked for no second factor, and nobody would notice."""
    unknown = sorted({*settings.SECOND_FACTOR_SEATS} - {BLOC_EDITOR, *SeatRole.values})
    return (
        [
            Error(
                f"SECOND_FACTOR_SEATS có tên không phải vị trí nào: {', '.join(unknown)}.",
                hint=f"Các tên dùng được: {', '.join((*SeatRole.values, BLOC_EDITOR))}.",
                id="thidua.E002",
            )
        ]
        if unknown
        else []
    )
