"""Scoring tables to issue, and amended ones to take note of."""

from django.db.models import Exists, OuterRef

from blocs.criteria.models import AmendmentReading, ScoringTable, UnitGroup
from blocs.states import TableState, YearState
from blocs.units.models.seats import within
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear, YearMember
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, task
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

# A table is issued when the year opens, or late, or again as a numbered amendment.
BEFORE_CLOSING = (YearState.OPEN, YearState.AGREED, YearState.IN_PROGRESS, YearState.MIDYEAR_DONE)


def amendment_tasks(desk):
    """Amended scoring tables that the person has not taken note of."""
    by_pk = {year.pk: year for year in desk.years}
    read = AmendmentReading.objects.filter(table=OuterRef("pk"), user=desk.user)
    tables = ScoringTable.objects.filter(
        ~Exists(read), bloc_year__in=by_pk, state=TableState.PUBLISHED, amendment__gt=0
    )
    found = yield tables.order_by("pk")
    return [
        task(
            f"Bảng chấm điểm đã sửa đổi lần {table.amendment} "
            f"ngày {short_date(table.published_at)}: "
            f"{two_digits(len(table.amendment_changes))} thay đổi – xem",
            page("criteria:amendment_detail", table.pk),
            str(by_pk[table.bloc_year_id]),
            None,
            desk.now,
        )
        for table in found
    ]


def first_tasks(desk):
    """Years without any scoring table: the head unit drafts one, or takes that of last year."""
    headed = {year.pk: year for year in desk.years if year.head_id in desk.standing.units}
    waiting = {pk: year for pk, year in headed.items() if year.state in BEFORE_CLOSING}
    without = BlocYear.objects.filter(pk__in=waiting, tables=None).values_list("pk", flat=True)
    return [
        task(
            f"Lập bảng chấm điểm {waiting[pk].words}",
            page("criteria:year_table", pk),
            str(waiting[pk]),
            waiting[pk].deadline("agreement_due"),
            desk.now,
        )
        for pk in (yield without.order_by("pk"))
    ]


def draft_tasks(desk):
    if not desk.standing.runs:
        return []
    drafts = ScoringTable.objects.filter(
        within(desk.standing.runs, "bloc_year__bloc"),
        state=TableState.DRAFT,
        bloc_year__state__in=BEFORE_CLOSING,
    ).order_by("pk")
    found = yield drafts.values_list("pk", "bloc_year")[:20]
    years = yield years_named(year for _, year in found)
    return [
        task(
            "Xem và ban hành bảng chấm điểm",
            page("criteria:table_detail", pk),
            str(years[year]),
            years[year].deadline("agreement_due"),
            desk.now,
        )
        for pk, year in found
    ]


def group_tasks(desk):
    """Years with groups of units in which somebody has no table to be scored by."""
    if not desk.standing.runs:
        return []
    members = YearMember.objects.filter(bloc_year=OuterRef("pk"))
    lacking = members.owing(Duty.REPORT, desk.today).without_table()
    years = BlocYear.objects.filter(
        within(desk.standing.runs, "bloc"),
        Exists(UnitGroup.objects.filter(bloc_year=OuterRef("pk"))),
        Exists(lacking),
        state__in=(*BEFORE_CLOSING, YearState.CLOSING),
    )
    found = yield years.order_by("pk").values_list("pk", flat=True)[:20]
    return [
        task(
            "Xếp nhóm, ban hành bảng chấm điểm cho đơn vị chưa có bảng",
            page("criteria:unit_group_list", year.pk),
            str(year),
            year.deadline("agreement_due"),
            desk.now,
        )
        for year in (yield years_named(found)).values()
    ]
