"""What the rules of a year rest on: said by the office."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.legal.models import LegalDocument
from blocs.states import YearState
from blocs.years.domain.rule_bases import RULES
from blocs.years.models.rule_bases import RuleBasis
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken

NO_ARTICLE = "Vui lòng ghi điều, khoản của văn bản này."
NO_DOCUMENT = "Vui lòng chọn văn bản có điều, khoản này."
ARCHIVED = "Năm thi đua đã lưu, không sửa nữa."


def rule_basis_words(bloc_year: BlocYear) -> dict[str, str]:
    """What each rule rests on now, in words; empty where nothing is cited."""
    rows = bloc_year.rule_bases.select_related("document")
    return dict.fromkeys(RULES, "") | {row.rule: str(row) for row in rows}


@transaction.atomic
def set_rule_bases(
    bloc_year: BlocYear,
    *,
    actor,
    bases: Mapping[str, tuple[LegalDocument | None, str]],
    seen: str | None = None,
) -> BlocYear:
    """Cite for each rule a text and its article; a rule without a text cites nothing.

    The rule itself stays as it is. Refused for half a citation and once the year is archived.
    """
    require(actor, "years.manage_year", bloc_year)
    bloc_year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    if bloc_year.state == YearState.ARCHIVED:
        raise ValidationError(ARCHIVED)
    if wrong := half_citations(bases):
        raise ValidationError(wrong)
    cited = {
        rule: RuleBasis(bloc_year=bloc_year, rule=rule, document=document, article=article)
        for rule, (document, article) in bases.items()
        if document
    }
    stored = rule_basis_words(bloc_year)
    typed = dict.fromkeys(RULES, "") | {rule: str(row) for rule, row in cited.items()}
    if stored == typed:
        return bloc_year
    refuse_overtaken(bloc_year, "years.set_rule_bases", seen=seen, stored=stored, typed=typed)
    bloc_year.rule_bases.all().delete()
    for row in cited.values():
        row.full_clean()
        row.save()
    changes = [
        line
        for rule, label in RULES.items()
        for line in change_of(f"căn cứ của {label}", stored[rule], typed[rule])
    ]
    label = "Ghi căn cứ của các quy định"
    record(actor, "years.set_rule_bases", bloc_year, label=label, changes=changes)
    return bloc_year


def half_citations(bases: Mapping[str, tuple[LegalDocument | None, str]]) -> dict[str, str]:
    """What is missing, by the field that lacks it: an article, or the text it belongs to."""
    lacking = {
        f"{rule}_article": NO_ARTICLE
        for rule, (document, article) in bases.items()
        if document and not article
    }
    return lacking | {
        rule: NO_DOCUMENT for rule, (document, article) in bases.items() if article and not document
    }


def copy_rule_bases(last: BlocYear | None, planned: BlocYear) -> None:
    """The rules of a new year rest on what those of the last one rested on."""
    if last is None:
        return
    for row in last.rule_bases.all():
        row.pk, row.bloc_year = None, planned
        row._state.adding = True
        row.save()
