"""What the province office sets in the regulation of a bloc year."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.scoring import ClassBand, check_bands, check_late_rule
from blocs.scoring.ranking.class_words import band_sentence
from blocs.scoring.ranking.classification import band_from, unknown_lines
from blocs.scoring.ranking.line_figures import line_label
from blocs.scoring.ranking.ranking import section_of
from blocs.scoring.totals.rounds import WEIGHTED, check_shares
from blocs.years.actions.years import locked
from blocs.years.models.frozen_rules import closed_rules, frozen_rules, used_since
from blocs.years.models.regulation import Regulation
from blocs.years.models.table_lines import line_paths
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import overwrite, refuse_overtaken

AS_AMENDMENT = "Từ đó mỗi lần sửa là một sửa đổi có số, văn bản, lý do và ngày áp dụng."
SHARES = "round_shares"
BANDS, BANDS_LABEL = "class_bands", "mức xếp loại"


@transaction.atomic
def set_rules(bloc_year: BlocYear, *, actor, data: Mapping, seen: str | None = None) -> BlocYear:
    """Set quorum, votes, prizes and the order of equals. Refused once the places are settled."""
    rules = open_rules(bloc_year, actor)
    refuse_unnumbered(rules, data)
    year, names = rules.bloc_year, {"tie_rules": "Thứ tự ưu tiên khi bằng điểm"}
    refuse_used(rules, data)
    changes = overwrite(rules, data, "years.set_rules", seen=seen, about=year, names=names)
    if not changes:
        return year
    check_rules(rules)
    keep(rules, "years.set_rules", actor, "Sửa quy định của năm", changes)
    return rules.bloc_year


def refuse_used(rules: Regulation, data: Mapping) -> None:
    """Refuse a change of a rule by which somebody has acted, at the field of the rule."""
    frozen = frozen_rules(rules.bloc_year)
    changed = {name for name, value in data.items() if getattr(rules, name) != value}
    if used := {name: frozen[name] for name in frozen if name in changed}:
        raise ValidationError(used)


def refuse_unnumbered(rules: Regulation, data: Mapping) -> None:
    """Refuse a plain change of rules that an act has used: that is an amendment with its number."""
    used = used_since(rules.bloc_year)
    if used and changed_values(rules, data):
        raise ValidationError(f"{used.sentence} {AS_AMENDMENT}")


def changed_values(rules: Regulation, data: Mapping) -> dict[str, Any]:
    """The values that these fields hold now, of those that `data` would change."""
    return {name: getattr(rules, name) for name in data if getattr(rules, name) != data[name]}


def words_of_rules(rules: Regulation, names: Iterable[str]) -> dict[str, str]:
    """These fields in words; the classes as one value."""
    words = all_words(rules, (name for name in names if name != BANDS))
    return words | ({BANDS: bands_said(rules.class_bands)} if BANDS in names else {})


@transaction.atomic
def set_scoring_rules(
    bloc_year: BlocYear, *, actor, data: Mapping, seen: str | None = None
) -> Regulation:
    """Set classes, late papers, appraisal and appeals of a year.

    Refused (ValidationError by field) once the places are settled, where a rule contradicts
    itself, and who appraises and how after the first mark.
    """
    rules = open_rules(bloc_year, actor)
    refuse_unnumbered(rules, data)
    refuse_used(rules, data)
    stored, action = scoring_words(rules, data), "years.set_scoring_rules"
    changes = [row for row in set_fields(rules, data) if row["field"] != BANDS_LABEL]
    typed = scoring_words(rules, data)
    changes += change_of(BANDS_LABEL, stored[BANDS], typed[BANDS])
    if not changes:
        return rules
    names = {BANDS: BANDS_LABEL.capitalize()}
    year = rules.bloc_year
    refuse_overtaken(year, action, seen=seen, stored=stored, typed=typed, names=names)
    check_scoring(rules)
    keep(rules, action, actor, "Sửa quy định chấm điểm", changes)
    return rules


def scoring_words(rules: Regulation, names: Iterable[str]) -> dict[str, str]:
    """These fields and the shares of the rounds in words, and all classes as one value."""
    names = dict.fromkeys((*names, SHARES))
    return all_words(rules, names) | {BANDS: bands_said(rules.class_bands)}


def open_rules(bloc_year: BlocYear, actor) -> Regulation:
    """The regulation as it is now, held with its year; refused once the places are settled."""
    require(actor, "years.manage_year", bloc_year)
    bloc_year = locked(bloc_year)
    if closed := closed_rules(bloc_year):
        raise ValidationError(closed)
    found = Regulation.objects.filter(bloc_year=bloc_year).first()
    rules = found or Regulation()
    rules.bloc_year = bloc_year
    return rules


def keep(rules: Regulation, action: str, actor, label: str, changes: Iterable[Mapping]) -> None:
    """Save what was checked and write it into the log book."""
    rules.full_clean()
    rules.save()
    record(actor, action, rules.bloc_year, label=label, changes=changes)


def check_rules(rules: Regulation) -> None:
    """What no bloc can mean: a share above the whole, a tie rule twice."""
    errors = {}
    if not 1 <= rules.quorum_numerator <= rules.quorum_denominator:
        errors["quorum_denominator"] = "Túc số của hội nghị phải lớn hơn 0 và không quá 1."
    if not 1 <= rules.signature_numerator <= rules.signature_denominator:
        errors["signature_denominator"] = "Tỷ lệ chữ ký phải lớn hơn 0 và không quá 1."
    for field in ("vote_threshold", "certificate_share"):
        if not 0 <= getattr(rules, field) <= 100:
            errors[field] = "Tỷ lệ phải từ 0 đến 100%."
    if len(set(rules.tie_rules)) < len(rules.tie_rules):
        errors["tie_rules"] = "Mỗi tiêu chí ưu tiên chỉ chọn một lần."
    elif unknown := unknown_sections(rules):
        errors["tie_rules"] = unknown
    if errors:
        raise ValidationError(errors)


def unknown_sections(rules: Regulation) -> list[str]:
    """Sentences about tie rules that name a section which the year's table does not have.

    A year without a table has the rules of the year before, until a table shows what they name.
    """
    if not line_paths(rules.bloc_year):
        return []
    known = rules.tie_sections
    return [
        f"Thứ tự ưu tiên xét mục {line_label(section_of(rule))}, bảng chấm điểm không có mục này."
        for rule in rules.tie_rules
        if section_of(rule) and rule not in known
    ]


def check_scoring(rules: Regulation) -> None:
    """Refuse classes without a name and late rules that contradict themselves."""
    bands = bands_in(rules.class_bands)
    if sentences := check_bands(bands):
        raise ValidationError({BANDS: sentences})
    paths = line_paths(rules.bloc_year)
    if paths and (sentences := unknown_lines(bands, paths)):
        raise ValidationError({BANDS: sentences})
    labels = [band.label for band in bands]
    if len(set(labels)) < len(labels):
        raise ValidationError({BANDS: "Mỗi mức xếp loại chỉ ghi một lần."})
    weighs = rules.round_mode == WEIGHTED
    if weighs and (sentences := check_shares(rules.shares, rules.rounds)):
        raise ValidationError({SHARES: sentences})
    late = rules.late_rule
    if late and (sentences := check_late_rule(late)):
        raise ValidationError({"last_on": sentences})


def bands_in(rows: list) -> tuple[ClassBand, ...]:
    """The stored classes as values, not checked yet."""
    return tuple(map(band_from, rows))


def bands_said(rows: list) -> str:
    """All classes in one line for the log book."""
    return " ".join(band_sentence(band) for band in bands_in(rows))
