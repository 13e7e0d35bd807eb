"""The figures of a year as one person of the province may see them, each with its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import (
    Count,
    Exists,
    Field,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONArray
from django.urls import reverse

from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import INNER_STATES, ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.reports.models import Report
from blocs.states import SENT_STATES, SeatRole, YearState
from blocs.units.models.seats import Standing
from blocs.years.domain.taking_part import Duty
from blocs.years.domain.track import STATE_ORDER
from blocs.years.models import BlocYear, Regulation, YearMember
from thidua.common.vietnamese.numbers import two_digits

LATE = "qua-han"
# The names of what is counted in one pass: of proposals and decisions their states.
PROPOSALS = (ProposalState.SUBMITTED, ProposalState.RECEIVED, ProposalState.BEFORE_COUNCIL)
DECISIONS = tuple(DecisionState)
LINES = ("flags_asked", "certificates_asked", "granted", "unheard")
IS_FLAG = Q(award__is_flag=True, award__is_national=False)
IS_CERTIFICATE = Q(
    award__is_flag=False,
    award__is_title=False,
    award__is_national=False,
    award__is_personal=False,
)
ASKED = (IS_FLAG, IS_CERTIFICATE, Q(state=ItemState.GRANTED))
BEFORE_RANKING = STATE_ORDER[: STATE_ORDER.index(YearState.RANKED)]


@dataclass(frozen=True)
class Tile:
    """A figure with its words and the list it counts; `note` says more, `tone` how it is."""

    number: str
    label: str
    url: str
    note: str = ""
    tone: str = "draft"


def years_seen(user, year: int) -> QuerySet:
    """The bloc years of a calendar year that the person may see."""
    return BlocYear.objects.visible_to(user).in_year(year)


def first_of(years: QuerySet, most: int) -> QuerySet:
    """So many of the list, with their tracks: of all others the database sorts the keys alone."""
    listed = years.for_list()
    shown = BlocYear.objects.filter(pk__in=listed.values("pk")[:most])
    return shown.for_page().order_by(*listed.query.order_by)


def late_years(years: QuerySet, today: date) -> QuerySet:
    """Those whose last day for reports is over while some member owes one, before the ranking.

    After it the step is passed over, as the track says.
    """
    here = {"bloc_year": OuterRef("bloc_year"), "unit": OuterRef("unit")}
    sent = Report.objects.filter(**here, state__in=SENT_STATES)
    owing = YearMember.objects.filter(~Exists(sent), bloc_year=OuterRef("pk"))
    waiting = years.filter(state__in=BEFORE_RANKING, report_due__lt=today)
    return waiting.filter(Exists(owing.owing(Duty.REPORT, today)))


def figures_of(
    user, year: int, today: date, also: Mapping[str, Combinable] | None = None
) -> dict[str, Any]:
    """All figures by name, in one query that counts the rows of a table in one pass.

    `also` is what else is asked for in it.
    """
    years = years_seen(user, year)
    keys = years.values("pk")
    proposals = Proposal.objects.visible_to(user).filter(bloc_year__in=keys)
    heard = Opinion.objects.filter(item=OuterRef("pk"), member=user)
    unheard = Q(proposal__state=ProposalState.BEFORE_COUNCIL) & ~Exists(heard)
    decisions = Decision.objects.visible_to(user).filter(year=year)
    last = decisions.filter(state=DecisionState.PUBLISHED).order_by("-published_at", "-pk")
    members = YearMember.objects.filter(bloc_year__in=keys)
    flags = Regulation.objects.filter(bloc_year__in=keys).order_by().annotate(all=Value(1))
    passes = {
        PROPOSALS: counts(proposals, *(Q(state=state) for state in PROPOSALS)),
        DECISIONS: counts(decisions, *(Q(state=state) for state in DECISIONS)),
        LINES: counts(lines_asked(user, proposal__bloc_year__in=keys), *ASKED, unheard),
    }
    asked = {
        "years": number(years),
        "units": number(members.owing(Duty.REPORT, today)),
        "sent": number(Report.objects.visible_to(user).in_year(year).filter(state__in=SENT_STATES)),
        "late": number(late_years(years, today)),
        "flags": Coalesce(Subquery(flags.values("all").annotate(n=Sum("flags")).values("n")), 0),
        "last_decision": Subquery(last.values("pk")[:1]),
        "last_number": Subquery(last.values("number")[:1]),
        "last_title": Subquery(last.values("title")[:1]),
        **{str(place): column for place, column in enumerate(passes.values())},
        **(also or {}),
    }
    columns = {f"home_{name}": column for name, column in asked.items()}
    told = get_user_model().objects.filter(pk=user.pk).annotate(**columns).values(*columns).get()
    found = {name.removeprefix("home_"): value for name, value in told.items()}
    for place, names in enumerate(passes):
        found |= zip(names, found.pop(str(place)) or (0,) * len(names), strict=True)
    return found


def lines_asked(user, **which: Any) -> QuerySet:
    """Such lines of the proposals that were sent in and that the person may see."""
    sent = Proposal.objects.visible_to(user).exclude(state__in=INNER_STATES)
    return ProposalItem.objects.filter(proposal__in=sent, **which)


def number(rows: QuerySet) -> Coalesce:
    """How many rows there are, as a column of another query."""
    return Coalesce(_of_all(rows, Count("*")), 0)


def counts(rows: QuerySet, *which: Q) -> Subquery:
    """How many rows there are by each condition, as one column; None where there are no rows."""
    return _of_all(rows, JSONArray(*(Count("pk", filter=one) for one in which)), JSONField())


def _of_all(rows: QuerySet, told: Combinable, field: Field | None = None) -> Subquery:
    grouped = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(grouped.annotate(told=told).values("told"), output_field=field)


def tiles_of(standing: Standing, found: dict[str, Any]) -> list[Tile]:
    """The tiles of the office and auditors, of the council, of the Chairman."""
    told = year_tiles(found) | award_tiles(found)
    return [told[name] for name in names_for(standing)]


def year_tiles(found: dict[str, Any]) -> dict[str, Tile]:
    """Blocs, reports, and which of them are late."""
    return {
        "years": Tile(
            str(found["years"]),
            f"khối, cụm · {two_digits(found['units'])} đơn vị",
            reverse("years:year_list"),
        ),
        "sent": Tile(
            f"{found['sent']}/{found['units']}",
            "báo cáo đã nộp",
            f"{reverse('reports:report_list')}?state=sent",
            *late_note(found["late"]),
        ),
        "late": Tile(
            str(found["late"]),
            "khối, cụm quá hạn nộp báo cáo",
            f"{reverse('home:tasks')}?loc={LATE}#cac-buoc",
            *(("cần nhắc", "refused") if found["late"] else ()),
        ),
    }


def award_tiles(found: dict[str, Any]) -> dict[str, Tile]:
    """Proposals, opinions and decisions; who sees drafts too is told of how many in all."""
    decisions = sum(found[state] for state in DECISIONS)
    is_part = found["published"] < decisions
    return {
        "submitted": Tile(
            str(found["submitted"]),
            "đề nghị chờ tiếp nhận",
            f"{reverse('proposals:proposal_list')}?state=submitted",
            f"{two_digits(found['received'])} đang thẩm định",
            "working" if found["submitted"] else "draft",
        ),
        "council": Tile(
            str(found["before_council"]),
            "đề nghị đang lấy ý kiến Hội đồng",
            f"{reverse('proposals:proposal_list')}?state=before_council",
            f"{two_digits(found['unheard'])} dòng chờ ý kiến của anh/chị",
            "working" if found["unheard"] else "done",
        ),
        "to_sign": Tile(
            str(found["draft"]),
            "dự thảo quyết định chờ ký",
            f"{reverse('decisions:decision_list')}?state=draft",
            *(("chờ Chủ tịch", "working") if found["draft"] else ()),
        ),
        "decisions": Tile(
            str(found["published"]),
            "quyết định đã công bố" + (f", trong số {two_digits(decisions)}" if is_part else ""),
            f"{reverse('decisions:decision_list')}?state=published",
        ),
    }


def late_note(late: int) -> tuple[str, str]:
    """How the reports stand, and the tone of it."""
    return (f"{two_digits(late)} khối, cụm quá hạn", "refused") if late else ("đúng hạn", "done")


def names_for(standing: Standing) -> Sequence[str]:
    """Which figures are for whom; what somebody may not list is no tile of theirs."""
    if standing.oversees:
        return "years", "sent", "late", "submitted", "decisions"
    if standing.has(SeatRole.CHAIR):
        return "to_sign", "council", "years", "late", "decisions"
    return "council", "years", "late", "decisions"
