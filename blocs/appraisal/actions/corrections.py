"""Leaves to be corrected: asked by those who appraise, answered by the unit, looked at again."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.reports.actions.reports import locked, require_state
from blocs.reports.models import Correction, Report
from blocs.reports.models.corrections import (
    ASKABLE,
    assigned_units,
    open_corrections,
    unchecked_corrections,
)
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import sheet_of
from blocs.units.models.seats import standing_of
from blocs.units.permissions import is_office
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.text import plain_lines

FOREIGN = "Có tiêu chí không thuộc phần thẩm định của đơn vị."
ALREADY = "Đơn vị khác đang yêu cầu sửa tiêu chí này."
NOT_OWN = "Yêu cầu này do đơn vị khác nêu, đơn vị đó kiểm tra lại."


def heading_units(report: Report) -> frozenset[int]:
    """The units that lead the appraisal of this sheet: the head, for its own sheet the deputies."""
    year = report.bloc_year
    return frozenset(year.deputy_ids if report.unit_id == year.head_id else {year.head_id})


def asking_unit(report: Report, user: User) -> int | None:
    """The unit in whose name the person asks for corrections; the leading one comes first.

    None for the office, which asks where the head unit has no deputy beside it.
    """
    units = standing_of(user).units
    return min(heading_units(report) & units or assigned_units(report) & units, default=None)


def rows_to_ask(report: Report, user: User) -> list[SheetRow]:
    """The leaves the person may correction: all, for a competent body those of its own field."""
    rows, unit = list(sheet_of(report).rows), asking_unit(report, user)
    if unit in heading_units(report):
        return rows
    body = report.bloc_year.bodies.filter(unit=unit).first()
    if body is None:
        return rows
    own = set(body.criteria.values_list("pk", flat=True))
    return [row for row in rows if row.criterion.pk in own]


def may_check(report: Report, correction: Correction, user: User) -> bool:
    """Only the body that asked looks again; the leading unit does it for one that left."""
    units = standing_of(user).units
    if correction.asked_by_unit_id in units:
        return True
    heading = heading_units(report)
    # Without a deputy the office asks the head unit, and looks again at what is left.
    stands_in = not heading and is_office(user, report)
    return (stands_in or bool(heading & units)) and correction.asked_by_unit_id not in (
        assigned_units(report) | heading_units(report)
    )


@transaction.atomic
def ask_corrections(report: Report, *, reasons: Mapping[int, str], actor: User) -> Report:
    """Set what the person's unit asks to be corrected; `reasons` by criterion, "" takes it back.

    Possible while the report is in; the unit gets them when the report is returned. Raises
    ValidationError keyed by criterion id for a leaf that another body asked about.
    """
    report = locked(report)
    require(actor, "appraisal.ask_correction", report)
    require_state(report, ASKABLE)
    rows = {row.criterion.pk: row for row in rows_to_ask(report, actor)}
    if not reasons.keys() <= rows.keys():
        raise ValidationError(FOREIGN)
    unit, standing = asking_unit(report, actor), {}
    for correction in open_corrections(report):
        standing[correction.criterion_id] = correction
    changes = []
    for pk, text in reasons.items():
        if change := _set_correction(
            report, rows[pk], standing.get(pk), plain_lines(text), unit, actor
        ):
            changes.append(change)
    if changes:
        label = f"Ghi yêu cầu sửa: {two_digits(len(changes))} tiêu chí"
        record(actor, "appraisal.ask_corrections", report, label=label, changes=changes)
    return report


def _set_correction(report, row, correction, text, unit, actor) -> dict | None:
    """Write, change or take back one correction; what changed for the log book."""
    before = correction.reason if correction else ""
    if before == text:
        return None
    if correction and correction.asked_by_unit_id != unit:
        if not text:
            return None
        raise ValidationError({str(row.criterion.pk): ALREADY})
    if correction and not text:
        correction.delete()
    elif correction:
        correction.reason, correction.asked_by, correction.asked_at = text, actor, timezone.now()
        correction.save()
    else:
        Correction.objects.create(
            report=report,
            criterion=row.criterion,
            asked_by_unit_id=unit,
            asked_by=actor,
            reason=text,
            asked_at=timezone.now(),
        )
    code, name = row.label, row.criterion.name
    return {"code": code, "name": name, "field": "yêu cầu sửa", "before": before, "after": text}


@transaction.atomic
def check_corrections(report: Report, *, corrections: Collection[int], actor: User) -> Report:
    """Say that corrected leaves were looked at again; `corrections` are ids of answered ones.

    Raises ValidationError for one that another body asked. The appraisal can be completed once
    every answered correction is settled.
    """
    report = locked(report)
    require(actor, "appraisal.ask_correction", report)
    require_state(report, ASKABLE)
    found = [
        correction
        for correction in unchecked_corrections(report)
        if correction.pk in set(corrections)
    ]
    if not all(may_check(report, correction, actor) for correction in found):
        raise ValidationError(NOT_OWN)
    labels = {row.criterion.pk: row.label for row in sheet_of(report).rows}
    Correction.objects.filter(pk__in=[correction.pk for correction in found]).update(
        checked_at=timezone.now()
    )
    if found:
        named = ", ".join(labels[correction.criterion_id] for correction in found)
        record(actor, "appraisal.check_corrections", report, label=f"Kiểm tra lại tiêu chí {named}")
    return report
