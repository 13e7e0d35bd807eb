"""What the inputs of a sheet show: exactly the strings a browser posts back untouched."""

from collections.abc import Mapping
from dataclasses import replace

from blocs.reports.domain.sheet_rows import field_of, inputs_of, may_be_left_out
from blocs.reports.models.sheet_row import SheetRow
from blocs.scoring import Entry, Input
from blocs.scoring.terms.answers import Answer
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.numbers import format_input


def shown_answer(row: SheetRow) -> dict[str, str]:
    """What the inputs of a row show, by field: exactly what a browser posts back untouched.

    A target that the year's agreement fixes stands there before anybody typed it.
    """
    entry = row.entry
    if entry.target is None and not entry.not_applicable:
        entry = replace(entry, target=row.agreed)
    shown = {}
    for asked in inputs_of(row.criterion.kind, row.criterion.rule):
        shown[field_of(asked)] = shown_input(asked, entry)
    if may_be_left_out(row.criterion.kind, row.criterion.rule):
        shown["na"] = "on" if entry.not_applicable else ""
    shown["note"] = row.score.note if row.score else ""
    return shown


def shown_input(asked: Input, entry: Entry) -> str:
    """One stored answer as its input shows it."""
    shown = Answer.of(asked, entry).shown
    return shown if isinstance(shown, str) else format_input(shown)


def shown_appraisal(row: SheetRow) -> dict[str, str]:
    score = row.score
    return {
        "points": format_input(score.appraised_points if score else None),
        "reason": score.appraisal_reason if score else "",
    }


def name_of(row: SheetRow, field: str) -> str:
    return f"{prefix_of(row)}-{field}"


def prefix_of(row: SheetRow) -> str:
    return f"s{row.criterion.pk}"


def revision_of(row: SheetRow) -> int:
    return row.score.revision if row.score else 0


def token_of(row: SheetRow, shown: Mapping[str, str]) -> str:
    """The revision of a row and a mark of what its inputs show."""
    return f"{revision_of(row)}-{stamp_of(*shown.values())}"
