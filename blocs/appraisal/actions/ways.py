"""The way in which a year is appraised: what belongs to another way is refused."""

from django.core.exceptions import ValidationError

from blocs.reports.models.assignments import mode_of
from blocs.states import AppraisalMode
from blocs.years.actions.years import locked
from blocs.years.models import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of

WRONG_MODE = "Quy định của năm nêu cách thẩm định khác: {mode}."


def locked_in_mode(bloc_year: BlocYear, mode: str) -> BlocYear:
    """The year as it is now, held for writing; refused where it is appraised another way."""
    bloc_year = locked(bloc_year)
    if words := mode_words(bloc_year, mode):
        raise ValidationError(words)
    return bloc_year


def mode_words(bloc_year: BlocYear, mode: str) -> str:
    """Why nobody is asked to mark in this way; empty where the year is appraised so."""
    now = AppraisalMode(mode_of(bloc_year))
    return (
        "" if now == mode else WRONG_MODE.format(mode=in_words_of(bloc_year.bloc.word, now.label))
    )
