"""Agreements that wait: for a signature, or for head and office to go on without one."""

from django.db.models import Exists, OuterRef, Q

from agreements.enums import AgreementState
from agreements.models import Agreement, Declining, Signature
from blocs.states import YearState
from blocs.units.models.seats import within
from blocs.years.domain.taking_part import Duty
from blocs.years.models import YearMember
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, task

DECLINED = "Có đơn vị không ký giao ước {year}: xem và quyết định"
ENDING = "Kết thúc giao ước thi đua {year}"
COMPLETE = "Các đơn vị đã ký đủ giao ước {year}: cho giao ước có hiệu lực"


def drafting_tasks(desk):
    """Open years whose agreement the head unit has not sent round yet."""
    yield from ()
    return [
        task(
            f"Soạn giao ước thi đua {year.words}, gửi các đơn vị ký",
            page("agreements:agreement_detail", year.pk),
            str(year),
            year.deadline("agreement_due"),
            desk.now,
        )
        for year in desk.years
        if year.state == YearState.OPEN
        and year.head_id in desk.standing.units
        and not year.is_circulated
    ]


def answer_tasks(desk):
    """Agreements that wait for the signature of a unit the person leads, and that owes one."""
    by_pk = {year.pk: year for year in desk.years}
    rows = yield unanswered(desk).filter(bloc_year__agreement__state=AgreementState.SIGNING)
    return [answer_task(desk, row, by_pk[row.bloc_year_id]) for row in rows]


def joining_tasks(desk):
    """Whoever came once the agreement was in effect signs the addition; no day is set for it."""
    by_pk = {year.pk: year for year in desk.years}
    rows = yield joiners(unanswered(desk))
    return [joiner_task(desk, row, by_pk[row.bloc_year_id]) for row in rows]


def unanswered(desk):
    """Members the person leads that owe a signature and have neither signed nor declined."""
    own = {
        "agreement__bloc_year": OuterRef("bloc_year"),
        "unit": OuterRef("unit"),
        "voided_at": None,
    }
    return (
        YearMember.objects.filter(bloc_year__in=desk.years, unit__in=desk.standing.leads)
        .owing(Duty.SIGN, desk.today)
        .exclude(Exists(Signature.objects.filter(**own)) | Exists(Declining.objects.filter(**own)))
        .select_related("unit")
        .order_by("bloc_year", "pk")
    )


def joiners(waiting):
    """Those of them who came, or came back, when the agreement was in effect already."""
    return waiting.filter(bloc_year__agreement__state=AgreementState.EFFECTIVE).after_effect()


def answer_task(desk, member, year):
    label, due = f"Ký giao ước thi đua {year.words}", year.deadline("agreement_due")
    return task(label, page("agreements:agreement_detail", year.pk), str(year.bloc), due, desk.now)


def joiner_task(desk, member, year):
    label = f"Ký bổ sung giao ước thi đua {year.words}: đơn vị {member.part_words}"
    return task(label, page("agreements:agreement_detail", year.pk), str(year.bloc), None, desk.now)


def signed_by_all(day):
    """Whether an agreement of the outer query has signatures, and of all that owe one that day."""
    valid = Signature.objects.filter(voided_at=None)
    own = valid.filter(agreement__bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    members = YearMember.objects.filter(bloc_year=OuterRef("bloc_year"))
    missing = members.owing(Duty.SIGN, day).exclude(Exists(own))
    return Exists(valid.filter(agreement=OuterRef("pk"))) & ~Exists(missing)


def effect_tasks(desk):
    """Circulated agreements with which head and office go on.

    A unit has declined, or who had not signed owes nothing any more: then all the others have.
    The head ends the agreement of a year that was decided.
    """
    standing = desk.standing
    decides = Q(bloc_year__head__in=standing.leads)
    if standing.runs:
        decides |= within(standing.runs, "bloc_year__bloc")
    elif not standing.leads:
        return []
    owes = YearMember.objects.filter(
        bloc_year=OuterRef("agreement__bloc_year"), unit=OuterRef("unit")
    ).owing(Duty.SIGN, desk.today)
    declined = Declining.objects.filter(Exists(owes), agreement=OuterRef("pk"), voided_at=None)
    ends = Q(state=AgreementState.EFFECTIVE, bloc_year__state=YearState.DECIDED)
    ends &= Q(bloc_year__head__in=standing.leads)
    waiting = Agreement.objects.annotate(is_complete=signed_by_all(desk.today))
    answered = decides & (Q(is_complete=True) | Exists(declined))
    waiting = waiting.filter((answered & Q(state=AgreementState.SIGNING)) | ends).order_by("pk")
    found = yield waiting.values_list("bloc_year", "is_complete", "state")
    labels = {year: effect_label(*how) for year, *how in found}
    return [
        task(
            labels[year.pk].format(year=year.words),
            page("agreements:agreement_detail", year.pk),
            str(year.bloc),
            None if labels[year.pk] == ENDING else year.deadline("agreement_due"),
            desk.now,
        )
        for year in (yield years_named(labels)).values()
    ]


def effect_label(is_complete, state):
    """What head or office does with an agreement now, with a place for the year."""
    if state == AgreementState.EFFECTIVE:
        return ENDING
    return COMPLETE if is_complete else DECLINED
