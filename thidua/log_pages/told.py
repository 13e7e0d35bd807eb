"""Lines of the log book in words: of what a reader may not see, that it happened and no more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from blocs.legal.models import LegalDocument
from blocs.reports.models import Assignment, Evidence, Report
from blocs.reports.permissions import OF_THE_UNIT
from blocs.states import COUNCIL_STATES
from blocs.units.models import Bloc, Unit
from blocs.years.models import AwardKind, Holiday
from thidua.accounts.models import User
from thidua.common.log_book.models import LogLine
from thidua.common.pages.timeline import change_lines

# Catalogues and accounts, which hide nothing from the office; of any other kind a list says what
# it may see, and of a kind without one it sees no value.
OPEN_KINDS = frozenset({Unit, Bloc, User, Holiday, LegalDocument, AwardKind})


def told(lines: Sequence[LogLine], user) -> Iterator[dict[str, Any]]:
    """Each line ready for page and file; values before and after where the person may see them."""
    seen = readable(lines, user)
    for line in lines:
        model = kind_of(line)
        may_see = line.pk in seen
        yield {
            "at": line.at,
            "actor_name": line.actor_name,
            "label": line.label if may_see else line.label.partition(":")[0],
            "kind": model._meta.verbose_name if model else "",
            # The name of a file may tell what is in it.
            "subject": line.subject_name if may_see or model is not Evidence else "",
            "note": line.note if may_see else "",
            **change_lines([line] if may_see else []),
        }


def kind_of(line: LogLine) -> type[Model] | None:
    """The model of what the line is about; None where the program has it no more."""
    return ContentType.objects.get_for_id(line.subject_type_id).model_class()


def readable(lines: Sequence[LogLine], user) -> set[int]:
    """The numbers of the lines whose values the person may see; one query a kind of object."""
    by_kind = defaultdict(set)
    for line in lines:
        by_kind[kind_of(line)].add(line.subject_id)
    open_to = {kind: visible(kind, numbers, user) for kind, numbers in by_kind.items()}
    return {
        line.pk
        for line in lines
        if line.action not in OF_THE_UNIT and line.subject_id in open_to[kind_of(line)]
    }


def visible(kind: type[Model] | None, numbers: set[int], user) -> set[int]:
    """Which of these objects the person may see."""
    if kind in OPEN_KINDS:
        return numbers
    found = visible_rows(kind, user)
    return set(found.filter(pk__in=numbers).values_list("pk", flat=True))


def visible_rows(kind: type[Model] | None, user) -> QuerySet:
    """The objects of a kind that the person may see; none of what has no such list."""
    if kind is Evidence:
        return Evidence.objects.filter(scores__report__in=Report.objects.visible_to(user))
    if kind is Assignment:
        # Marks of a blind year are nobody's until the sheet is appraised.
        seen = Report.objects.visible_to(user).filter(state__in=COUNCIL_STATES)
        return Assignment.objects.filter(report__in=seen)
    if kind is None or not hasattr(kind._default_manager, "visible_to"):
        return Report.objects.none()
    return kind._default_manager.visible_to(user)
