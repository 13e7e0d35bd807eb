"""What the office owes a ranking that the minutes have sealed."""

from collections.abc import Iterable
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from blocs.ranking.models.results import ranking_faults
from blocs.ranking.models.seals import RankingSeal
from blocs.reports.models import Report
from blocs.states import ReportState, YearState
from blocs.units.domain.reach import EVERYWHERE, Reach
from blocs.units.models.seats import within
from blocs.years.models import BlocYear
from blocs.years.tasks import years_named
from thidua.common.models import ActivityEntry, number_of
from thidua.common.task_lines import page, task
from thidua.common.vietnamese.numbers import two_digits

SEALED_YEARS = (YearState.RANKED, YearState.PROPOSED, YearState.DECIDED)
# What may move points, places or members after a ranking was sealed, and what settles it.
RECTIFIED = ("reports.rectify_sheet",)
MOVED = ("ranking.record_ground", "ranking.lift_ground", "years.change_members")
SETTLED = ("ranking.keep_sealed", "ranking.seal_again")
AT_ONCE = 20
WRITTEN = ("of_year", "of_reports", "of_conferences")


def sealing_tasks(desk):
    """Sealed rankings whose basis changed."""
    if not desk.standing.runs:
        return []
    moved = yield moved_years(desk.standing.runs).values_list("pk", "since", *WRITTEN)
    overtaken = [row[0] for row in moved if is_overtaken(*row)]
    return [
        task(
            "Chốt lại hoặc giữ xếp hạng đã chốt: căn cứ đã thay đổi",
            page("ranking:ranking", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in (yield years_named(overtaken)).values()
    ]


def moved_years(reach: Reach = EVERYWHERE) -> QuerySet:
    """Years of these blocs in which something was changed since the last seal; the log book knows.

    Only these are ranked again to be compared: of hundreds of years a few.
    """
    settled = entries_of(BlocYear, SETTLED).order_by("-at").values("at")[:1]
    seals = RankingSeal.objects.filter(bloc_year=OuterRef("pk")).order_by("-number")
    since = Coalesce(Subquery(settled), Subquery(seals.values("sealed_at")[:1]))
    rectified = Report.objects.filter(
        Exists(entries_of(Report, RECTIFIED).filter(at__gt=OuterRef(OuterRef("since")))),
        bloc_year=OuterRef("pk"),
    )
    moved = entries_of(BlocYear, MOVED).filter(at__gt=OuterRef("since"))
    sealed = BlocYear.objects.filter(within(reach, "bloc"), state__in=SEALED_YEARS)
    years = sealed.annotate(since=since, **written_last())
    found = years.filter(Exists(rectified) | Exists(moved), since__isnull=False)
    return found.order_by("pk")[:AT_ONCE]


def written_last() -> dict[str, Subquery]:
    """The last line of the log book about the outer year, about its reports, its conferences.

    The conferences stand above: the relation of the year knows them.
    """
    sittings = BlocYear._meta.get_field("sittings").related_model
    own = {BlocYear: {"subject_id": OuterRef("pk")}} | {
        model: {
            "subject_id__in": model.objects.filter(bloc_year=OuterRef(OuterRef("pk"))).values("pk")
        }
        for model in (Report, sittings)
    }
    kinds = ContentType.objects.get_for_models(*own)
    lines = (
        ActivityEntry.objects.filter(subject_type=kinds[model], **about).order_by("-pk")
        for model, about in own.items()
    )
    return {
        name: Subquery(rows.values("pk")[:1]) for name, rows in zip(WRITTEN, lines, strict=True)
    }


@lru_cache(maxsize=1024)
def is_overtaken(year: int, *written: object) -> bool:
    """Whether the sealed ranking of a year says something else than its basis does now.

    Ranked again and remembered by what was `written` last: it stays so until more is.
    """
    return bool(ranking_faults(BlocYear.objects.get(pk=year)))


def entries_of(model: type[Model], actions: Iterable[str]) -> QuerySet:
    """Lines of the log book about the row of the outer query."""
    kind = ContentType.objects.get_for_model(model)
    return ActivityEntry.objects.filter(
        subject_type=kind, subject_id=OuterRef("pk"), action__in=tuple(actions)
    )


def locking_tasks(desk):
    """Points that a conference has agreed; the office confirms and locks them, a line a year."""
    if not desk.standing.runs:
        return []
    agreed = Report.objects.filter(state=ReportState.AGREED)
    sealed = BlocYear.objects.filter(within(desk.standing.runs, "bloc"), state__in=SEALED_YEARS)
    waiting = sealed.filter(Exists(agreed.filter(bloc_year=OuterRef("pk"))))
    years = waiting.annotate(agreed_count=number_of(agreed, "bloc_year"))
    counts = dict((yield years.order_by("pk").values_list("pk", "agreed_count")[:AT_ONCE]))
    return [
        task(
            f"Xác nhận và khóa điểm {two_digits(counts[year.pk])} báo cáo",
            page("reports:year_reports", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in (yield years_named(counts)).values()
    ]
