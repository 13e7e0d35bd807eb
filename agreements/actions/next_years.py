"""The years of all blocs made at once, and taken back while nobody has touched them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from agreements.domain.next_years import words_of_next
from agreements.models import Agreement, Target
from agreements.models.next_years import OPENED, NextYear, next_years, untouched_years
from blocs.criteria.actions.tables import copy_table
from blocs.criteria.models import ScoringTable
from blocs.states import YearState
from blocs.units.models import Bloc
from blocs.years.actions.years import plan_year
from blocs.years.domain.calendar import due_faults
from blocs.years.models import BlocYear
from thidua.common.activity import record
from thidua.common.permissions import require

NOBODY = "Chưa chọn khối, cụm nào lập được năm này."
CHANGED = "Có điều vừa thay đổi. Hãy xem lại bảng dưới đây rồi bấm lập lần nữa."
NOTHING_LEFT = "Không còn năm nào lập cùng lúc mà chưa ai sửa."
IN_USE = "{year} đã có dữ liệu khác nên không xóa được."
TEXTS = ("opening", "contents", "execution")


@dataclass(frozen=True)
class Opened:
    """What became of one bloc: its new year, or why there is none."""

    bloc: Bloc
    year: BlocYear | None = None
    reasons: tuple[str, ...] = ()


@transaction.atomic
def open_next_years(*, actor, year: int, blocs: Collection[int], shown: str) -> list[Opened]:
    """Make that year for each of these blocs, by key, with last year's settings.

    Each gets all of it or nothing.

    ValidationError where none of them can have it, or something else was `shown` than would be
    made now.
    """
    require(actor, "years.manage_year")
    plan = next_years(year)
    rows = [row for row in plan.ready if row.bloc.pk in blocs]
    if not rows:
        raise ValidationError(NOBODY)
    if plan.mark != shown:
        raise ValidationError(CHANGED)
    return [_opened(row, actor) for row in rows]


def _opened(row: NextYear, actor) -> Opened:
    """The year of one bloc; a refusal leaves nothing of it and stops no other bloc."""
    try:
        with transaction.atomic():
            return Opened(row.bloc, _open_one(row, actor))
    except ValidationError as error:
        return Opened(row.bloc, reasons=tuple(error.messages))


def _open_one(row: NextYear, actor) -> BlocYear:
    """Plan the year, move its days, begin its tables and its agreement as they were."""
    planned = plan_year(
        row.bloc,
        actor=actor,
        year=row.year,
        members_on=row.begins_on,
        is_school_year=row.is_school_year,
    )
    if faults := due_faults(row.dates, row.year):
        raise ValidationError(faults)
    moved = asdict(row.dates)
    for name, value in moved.items():
        setattr(planned, name, value)
    planned.full_clean()
    planned.save(update_fields=tuple(moved))
    groups = {group.name: group for group in planned.unit_groups.all()}
    for table in row.tables:
        title = words_of_next(table.title, row.last.words, planned.words)
        group = groups[table.group.name] if table.group else None
        copy_table(planned, actor=actor, source=table, title=title, group=group)
    if row.agreement:
        copy_agreement(row.agreement, planned)
    note = "; ".join(row.copied)
    record(actor, OPENED, planned, label="Lập năm cùng mọi khối, cụm", note=note)
    return planned


def copy_agreement(last: Agreement, planned: BlocYear) -> Agreement:
    """A draft with last year's words and targets; number, day, witness and signatures are new."""
    before, after = last.bloc_year.words, planned.words
    draft = Agreement(bloc_year=planned, legal_bases=last.legal_bases)
    for name in TEXTS:
        setattr(draft, name, words_of_next(getattr(last, name), before, after))
    draft.copies = draft.usual_copies
    draft.full_clean()
    draft.save()
    Target.objects.bulk_create(
        Target(
            agreement=draft,
            order=one.order,
            name=words_of_next(one.name, before, after),
            measure=one.measure,
            planned=one.planned,
            leaf=one.leaf,
        )
        for one in last.targets.all()
    )
    return draft


@transaction.atomic
def undo_next_years(*, actor, year: int) -> list[str]:
    """Delete the years made at once about which nothing was done since; their names.

    ValidationError where there is none, or something hangs on one of them all the same.
    """
    require(actor, "years.manage_year")
    planned = BlocYear.objects.filter(year=year, state=YearState.PLANNED).order_by("pk")
    # Whoever writes about one of them waits, or has written before the log book is asked.
    held = [one.pk for one in planned.select_for_update(of=("self",))]
    for model in (Agreement, ScoringTable):
        parts = model.objects.filter(bloc_year__in=held).order_by("pk")
        list(parts.select_for_update(of=("self",)))
    found = untouched_years(year)
    if not found:
        raise ValidationError(NOTHING_LEFT)
    keys, names = [one.pk for one in found], [str(one) for one in found]
    for one in found:
        label = f"Hoàn tác việc lập {one.words}"
        record(actor, "agreements.undo_next_years", one.bloc, label=label)
    try:
        Agreement.objects.filter(bloc_year__in=keys).delete()
        ScoringTable.objects.filter(bloc_year__in=keys).delete()
        BlocYear.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise ValidationError(IN_USE.format(year="; ".join(names))) from error
    return names
