"""What the province office sets about scores beside the table."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.actions.years import RULES_OPEN, locked
from blocs.domain.scoring import ClassBand, check_bands, check_late_rule
from blocs.domain.scoring_words import band_sentence
from blocs.models import BlocYear, ScoringRules
from thidua.common.activity import record
from thidua.common.changes import set_fields
from thidua.common.permissions import require

BANDS = "class_bands"


@transaction.atomic
def set_scoring_rules(bloc_year: BlocYear, *, actor, data: Mapping) -> ScoringRules:
    """Set classes, late papers, appraisal and appeals of a year.

    Refused (ValidationError by field) once the places are settled, or where a rule contradicts
    itself.
    """
    require(actor, "blocs.manage_year")
    bloc_year = locked(bloc_year)
    if bloc_year.state not in RULES_OPEN:
        raise ValidationError("Xếp hạng của năm đã chốt, quy định không sửa nữa.")
    found = ScoringRules.objects.filter(bloc_year=bloc_year).first()
    rules = found or ScoringRules(bloc_year=bloc_year)
    rules.bloc_year = bloc_year
    before = bands_said(rules.class_bands)
    changes = [row for row in set_fields(rules, data) if row["field"] != "mức xếp loại"]
    after = bands_said(rules.class_bands)
    if before != after:
        changes.append({"field": "mức xếp loại", "before": before, "after": after})
    if not changes:
        return rules
    check(rules)
    rules.full_clean()
    rules.save()
    record(
        actor,
        "blocs.set_scoring_rules",
        bloc_year,
        label="Sửa quy định chấm điểm",
        changes=changes,
    )
    return rules


def check(rules: ScoringRules) -> None:
    """Refuse classes without a name and late rules that contradict themselves."""
    bands = bands_in(rules.class_bands)
    if sentences := check_bands(bands):
        raise ValidationError({BANDS: sentences})
    labels = [band.label for band in bands]
    if len(set(labels)) < len(labels):
        raise ValidationError({BANDS: "Mỗi mức xếp loại chỉ ghi một lần."})
    late = rules.late_rule
    if late and (sentences := check_late_rule(late)):
        raise ValidationError({"last_on": sentences})


def bands_in(rows: list) -> tuple[ClassBand, ...]:
    """The stored classes as values, not checked yet."""
    return tuple(ClassBand(row["label"], tuple(map(tuple, row["if"]))) for row in rows)


def bands_said(rows: list) -> str:
    """All classes in one line for the log book."""
    return " ".join(band_sentence(band) for band in bands_in(rows))
