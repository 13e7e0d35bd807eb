"""Amendments of rules that an act has used: numbered, with document, reason and what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from blocs.years.actions.regulation import (
    changed_values,
    check_rules,
    check_scoring,
    open_rules,
    refuse_used,
    words_of_rules,
)
from blocs.years.documents import rules_amendment_paper
from blocs.years.models.amendments import (
    RulesAmendment,
    RulesReading,
    follow_lateness,
    numbered_notices,
)
from blocs.years.models.frozen_rules import used_since
from blocs.years.models.regulation import Regulation
from blocs.years.models.years import BlocYear
from thidua.common.activity import record
from thidua.common.changes import change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import short_date
from thidua.papers.numbers import hold_numbers, number_faults
from thidua.papers.stored import pdf_of, store_paper

NOTHING = "Chưa thay đổi quy định nào."
NOT_YET = "Quy định của năm chưa được dùng nên sửa thẳng, không cần lập sửa đổi."
FUTURE = "Ngày áp dụng không được sau hôm nay; khi đến ngày đó hãy ghi sửa đổi."
TOO_EARLY = "Ngày áp dụng phải sau ngày {day}, là ngày quy định cũ được dùng."
BEFORE_LAST = "Ngày áp dụng không được trước ngày {day} của lần sửa đổi trước."
NO_DOCUMENT = "Vui lòng ghi văn bản sửa đổi: số, ngày, cơ quan ban hành."
NO_REASON = "Vui lòng nêu lý do sửa đổi."
# The two fields of a rule that is a fraction.
ABOVE, BELOW = "_numerator", "_denominator"
# Rules that say which reports are late.
OF_LATENESS = {"counted_submission"}
ACTIONS = ("years.amend_rules", "years.set_rules", "years.set_scoring_rules")


@dataclass(frozen=True)
class Amending:
    """What the office says of an amendment: from which day it applies, by which paper, and why.

    `notice_number` is the number and sign of the notice itself, where it has one already.
    """

    on: date
    document: str
    reason: str
    notice_number: str = ""


def amend_rules(
    bloc_year: BlocYear, *, actor, data: Mapping, amending: Amending, seen: str | None = None
) -> RulesAmendment:
    """Change rules that an act has used, as the next numbered amendment of the year.

    Its paper is stored with it; it is printed first, so that nobody waits for the printer while the
    year is locked, and refused where no PDF can be made.

    What was done before its day keeps the old rules (`regulation_on`). Refused (ValidationError by
    field) where nothing changes, for rules that the conference is using, for a day to come or one
    on which the old rules were used, and without document or reason.
    """
    require(actor, "years.manage_year", bloc_year)
    given = {"actor": actor, "data": data, "amending": amending, "seen": seen}
    with transaction.atomic():
        paper = rules_amendment_paper(write_amendment(bloc_year, **given))
        transaction.set_rollback(True)
    pdf_of(paper)
    with transaction.atomic():
        amendment = write_amendment(bloc_year, **given)
        store_notice(amendment, actor)
    return amendment


def store_notice(amendment: RulesAmendment, actor) -> None:
    """Keep the notice of the amendment as it is told to the units."""
    store_paper(
        rules_amendment_paper(amendment),
        subject=amendment,
        kind="rules_amendment",
        title=str(amendment),
        number=amendment.notice_number,
        actor=actor,
    )


def write_amendment(
    bloc_year: BlocYear, *, actor, data: Mapping, amending: Amending, seen: str | None
) -> RulesAmendment:
    """The change and its line of the log book, in the transaction of the caller."""
    hold_numbers(bloc_year.bloc)
    rules = open_rules(bloc_year, actor)
    year = rules.bloc_year
    check_amending(year, amending)
    refuse_used(rules, data)
    before = changed_values(rules, data)
    if not before:
        raise ValidationError(NOTHING)
    stored = words_of_rules(rules, data)
    set_fields(rules, data)
    typed = words_of_rules(rules, data)
    refuse_overtaken(year, *ACTIONS, seen=seen, stored=stored, typed=typed)
    check_rules(rules)
    check_scoring(rules)
    rules.full_clean()
    rules.save()
    changes = changes_in_words(stored, typed, year.bloc.word)
    if before.keys() & OF_LATENESS:
        changes += follow_lateness(BlocYear.objects.get(pk=year.pk))
    return keep_amendment(year, amending, actor, changes, before=before)


def changes_in_words(stored: Mapping[str, str], typed: Mapping[str, str], word: str) -> list[dict]:
    """«Tỷ lệ phiếu tối thiểu (%): 50 → 75», each under the name of its rule; a fraction is one."""
    return [
        row
        for name in typed
        if not name.endswith(BELOW)
        for row in change_of(
            in_words_of(word, rule_name(name)), value_of(name, stored), value_of(name, typed)
        )
    ]


def rule_name(name: str) -> str:
    """What people call the rule in this field: of a fraction without «tử số»."""
    words = str(Regulation._meta.get_field(name).verbose_name)
    return words.partition(" – ")[0] if name.endswith(ABOVE) else words


def value_of(name: str, words: Mapping[str, str]) -> str:
    """The rule as it is printed: «2/3» for a fraction, whose two fields are one rule."""
    if not name.endswith(ABOVE):
        return words[name]
    return f"{words[name]}/{words[name.removesuffix(ABOVE) + BELOW]}"


def keep_amendment(
    year: BlocYear,
    amending: Amending,
    actor,
    changes: list[dict],
    *,
    before: Mapping | None = None,
    moves_due: bool = False,
) -> RulesAmendment:
    """Store the amendment under its number; the log book of the year tells of it."""
    last = year.rules_amendments.aggregate(last=Max("number"))["last"]
    amendment = RulesAmendment(
        bloc_year=year,
        number=(last or 0) + 1,
        on=amending.on,
        document=amending.document.strip(),
        reason=amending.reason.strip(),
        notice_number=amending.notice_number,
        changes=changes,
        before=before or {},
        moves_due=moves_due,
        amended_by=actor,
    )
    amendment.full_clean()
    amendment.save()
    label = f"Sửa đổi quy định số {amendment.number:02d}"
    record(actor, "years.amend_rules", year, label=label, note=amendment.reason, changes=changes)
    return amendment


def check_amending(bloc_year: BlocYear, amending: Amending) -> None:
    """Refuse one without need, paper or reason, for the wrong day, or with a number of another."""
    used = used_since(bloc_year)
    if used is None:
        raise ValidationError(NOT_YET)
    errors = {}
    if amending.on > timezone.localdate():
        errors["amended_on"] = FUTURE
    last = bloc_year.rules_amendments.order_by("-number").first()
    if last and amending.on < last.on:
        errors["amended_on"] = BEFORE_LAST.format(day=short_date(last.on))
    if amending.on <= used.on:
        errors["amended_on"] = TOO_EARLY.format(day=short_date(used.on))
    if taken := number_faults(amending.notice_number, amending.on, numbered_notices(bloc_year)):
        errors["notice_number"] = taken
    if not amending.document.strip():
        errors["document"] = NO_DOCUMENT
    if not amending.reason.strip():
        errors["amendment_reason"] = NO_REASON
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def read_rules_amendment(amendment: RulesAmendment, *, actor) -> RulesAmendment:
    """A person of the bloc has taken note of the amendment; a second time changes nothing."""
    require(actor, "years.take_note", amendment.bloc_year)
    _, is_new = RulesReading.objects.get_or_create(amendment=amendment, user=actor)
    if is_new:
        action, label = "years.read_rules_amendment", "Đã xem sửa đổi quy định"
        record(actor, action, amendment, label=label)
    return amendment
