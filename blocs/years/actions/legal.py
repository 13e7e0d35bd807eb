"""The catalogue of legal texts, and what the rules of a year rest on: kept by the office."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import YearState
from blocs.years.domain.legal import RULES, key_of
from blocs.years.models.legal import LegalDocument, RuleBasis
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import change_of
from thidua.common.permissions import require
from thidua.common.stamps import overwrite, refuse_overtaken
from thidua.papers.days import day_faults

ACTION = "years.keep_legal_document"
SAME = "Danh mục đã có văn bản số này."
NO_ARTICLE = "Vui lòng ghi điều, khoản của văn bản này."
NO_DOCUMENT = "Vui lòng chọn văn bản có điều, khoản này."
ARCHIVED = "Năm thi đua đã lưu, không sửa nữa."


@transaction.atomic
def keep_legal_document(
    document: LegalDocument, *, actor, fields: Mapping, seen: str | None = None
) -> LegalDocument:
    """Write one text into the catalogue; its number is there once, however it is typed.

    Refused (ValidationError by field) where it ends before it began, or was compared with an
    original that nobody names.
    """
    require(actor, "years.keep_legal_documents")
    if document.pk:
        document = LegalDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    changes = overwrite(document, fields, ACTION, seen=seen)
    if document.pk and not changes:
        return document
    others = LegalDocument.objects.exclude(pk=document.pk).values_list("number", flat=True)
    if key_of(document.number) in map(key_of, others):
        raise ValidationError({"number": SAME})
    check_day(document)
    document.full_clean()
    document.save()
    record(actor, ACTION, document, label="Cập nhật văn bản pháp lý", changes=changes)
    return document


def check_day(document: LegalDocument) -> None:
    """Nothing was issued on a day to come."""
    today = timezone.localdate()
    if document.issued_on and (wrong := day_faults("Văn bản", document.issued_on, today)):
        raise ValidationError({"issued_on": wrong})


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
    require(actor, "years.manage_year")
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
