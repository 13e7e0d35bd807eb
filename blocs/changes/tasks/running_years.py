"""What waits where a running year changes: a vacant head, other members, amended rules."""

from django.db.models import Exists, OuterRef, Q

from blocs.changes.models.differing import may_differ
from blocs.states import RUNNING_YEARS, YearState
from blocs.states import MemberChangeKind as K
from blocs.units.models import UnitSuccession
from blocs.units.models.seats import within
from blocs.years.models import (
    BlocYear,
    MemberChange,
    MemberChangeReading,
    RulesAmendment,
    RulesReading,
)
from blocs.years.models.changes import DIVIDED
from blocs.years.models.members.differences import differences_of
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, task
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

# A year that is decided takes no other head any more: the office hands it over in its place.
VACANT = dict.fromkeys(
    RUNNING_YEARS,
    ("Giao đơn vị làm {head} hoặc phụ trách: đang khuyết", "changes:leader_edit"),
) | {
    YearState.DECIDED: (
        "Ghi biên bản bàn giao và lưu năm thi đua: đang khuyết {head}",
        "years:year_detail",
    )
}


def vacancy_tasks(desk):
    """Years that go on without a head: nobody does its work until the office names a unit.

    Once the year is decided the office does what is left of it.
    """
    if not desk.standing.runs:
        return []
    runs = within(desk.standing.runs, "bloc")
    vacant = BlocYear.objects.filter(runs, head=None, state__in=VACANT)
    found = yield vacant.order_by("pk").values_list("pk", flat=True)[:20]
    return [
        task(label.format(head=year.bloc.head_word), page(url, year.pk), str(year), None, desk.now)
        for year in (yield years_named(found)).values()
        for label, url in (VACANT[year.state],)
    ]


def difference_tasks(desk):
    """Running years whose members are not those of the bloc: for the office, and for the head."""
    headed = [year.pk for year in desk.years if year.head_id in desk.standing.units]
    if not (headed or desk.standing.runs):
        return []
    mine = within(desk.standing.runs, "bloc") | Q(pk__in=headed)
    running = BlocYear.objects.filter(mine, state__in=RUNNING_YEARS)
    asked = yield may_differ(running).order_by("pk").values_list("pk", flat=True)
    known = {year.pk: year for year in desk.years}
    years = known if known.keys() >= set(asked) else (yield years_named(asked))
    found: dict[BlocYear, list[str]] = {}
    for one in differences_of((years[pk] for pk in asked), desk.today):
        found.setdefault(one.bloc_year, []).append(one.short)
    return [
        task(
            f"Thành phần {year.words} khác danh sách {year.bloc.word}: {'; '.join(units)}",
            page("changes:member_change_list", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year, units in list(found.items())[:20]
    ]


def merger_tasks(desk):
    """Mergers that the person has not taken note of: for each successor's people and the head's."""
    units = desk.standing.units
    by_pk = {year.pk: year for year in desk.years if year.state in RUNNING_YEARS}
    read = MemberChangeReading.objects.filter(change=OuterRef("pk"), user=desk.user)
    succeeds = UnitSuccession.objects.filter(
        predecessor=OuterRef("unit"), on__lte=OuterRef("on"), successor__in=units
    )
    concerned = Q(counterpart__in=units) | Exists(succeeds) | Q(bloc_year__head__in=units)
    rows = MemberChange.objects.filter(
        concerned, ~Exists(read), kind=K.MERGED, cancelled_by=None, bloc_year__in=by_pk
    )
    found = []
    for row in (yield rows.for_words().order_by("pk")):
        row.bloc_year = by_pk[row.bloc_year_id]
        into = DIVIDED if row.is_division else f"sáp nhập vào {row.counterpart}"
        label = f"{row.unit} {into} từ {short_date(row.on)}: xem tiếp nhận"
        url = page("changes:member_change_detail", row.pk)
        found.append(task(label, url, str(row.bloc_year), None, desk.now))
    return found


def rules_amendment_tasks(desk):
    """Amendments of the rules of a year that the person has not taken note of."""
    by_pk = {year.pk: year for year in desk.years}
    read = RulesReading.objects.filter(amendment=OuterRef("pk"), user=desk.user)
    found = RulesAmendment.objects.filter(~Exists(read), bloc_year__in=by_pk).order_by("pk")
    return [
        task(
            amendment_label(row),
            page("years:rules_amendment_detail", row.pk),
            str(by_pk[row.bloc_year_id]),
            None,
            desk.today,
        )
        for row in (yield found)
    ]


def amendment_label(row):
    """What an amendment changes: the last day of the reports is told itself, old and new."""
    if row.moves_due:
        moved = row.changes[0]
        before, after = moved["before"] or "chưa đặt", moved["after"] or "chưa đặt"
        return f"Hạn nộp báo cáo đã đổi (sửa đổi số {row.number:02d}): {before} → {after} – xem"
    return (
        f"Quy định của năm đã sửa đổi (số {row.number:02d}), áp dụng từ {short_date(row.on)}: "
        f"{two_digits(len(row.changes))} thay đổi – xem"
    )
