"""Which lists programs may read: the scope, the right of the page, the rows, what narrows them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from awards.decisions.models import OF_AN_ITEM, Decision
from awards.proposals.models import ProposalItem
from blocs.units.models import Bloc, Membership, Unit
from blocs.years.models import BlocYear, YearMember
from thidua.api.asked import AFTER, AskedParameter, read_code, read_moment, read_year
from thidua.api.described.shapes import ObjectShape
from thidua.api.described.told import BLOC, DECISION, LINE, RANKING, UNIT, YEAR
from thidua.api.enums import Scope

YEAR_ASKED = {"type": "integer", "minimum": 2000, "maximum": 2100}
CODE_ASKED = {"type": "string", "maxLength": 40}


@dataclass(frozen=True)
class Resource:
    """One kind of object: `rows` are those that a person may see, as its pages list them."""

    path: str
    scope: Scope
    permission: str
    shape: ObjectShape
    about: str
    rows: Callable[..., QuerySet]
    parameters: tuple[AskedParameter, ...] = ()


def memberships(related: str) -> Prefetch:
    rows = Membership.objects.select_related(related).order_by("starts_on", "pk")
    return Prefetch("memberships", rows)


def units(person) -> QuerySet:
    return Unit.objects.prefetch_related(memberships("bloc"))


def blocs(person) -> QuerySet:
    return Bloc.objects.prefetch_related(memberships("unit"))


def years(person) -> QuerySet:
    members = YearMember.objects.select_related("unit").order_by("order", "pk")
    rows = BlocYear.objects.visible_to(person).select_related("bloc", "conference")
    return rows.prefetch_related(Prefetch("members", members))


def decisions(person) -> QuerySet:
    return Decision.objects.visible_to(person).for_list()


def lines(decision: Decision) -> QuerySet:
    """The lines of a decision, as its page lists them."""
    return decision.items.select_related(*OF_AN_ITEM)


def in_bloc(rows: QuerySet, code: str) -> QuerySet:
    """Units with an open membership in the bloc of this sign."""
    inside = Membership.objects.filter(unit=OuterRef("pk"), bloc__code=code, ends_on=None)
    return rows.filter(Exists(inside))


def of_bloc(rows: QuerySet, code: str) -> QuerySet:
    """Decisions with a line of the bloc of this sign."""
    named = ProposalItem.objects.filter(
        decision=OuterRef("pk"), proposal__bloc_year__bloc__code=code
    )
    return rows.filter(Exists(named))


UNITS = Resource(
    "units",
    Scope.UNITS,
    "units.list_unit",
    UNIT,
    "Mọi đơn vị, kể cả đơn vị đã thôi hoạt động.",
    units,
    (AskedParameter("bloc", CODE_ASKED, "Ký hiệu khối, cụm hiện nay.", read_code, in_bloc),),
)
BLOCS = Resource("blocs", Scope.BLOCS, "units.list_bloc", BLOC, "Mọi khối, cụm thi đua.", blocs)
YEARS = Resource(
    "years",
    Scope.YEARS,
    "years.list_year",
    YEAR,
    "Những năm thi đua mà người lập mã được xem.",
    years,
    (
        AskedParameter(
            "year",
            YEAR_ASKED,
            "Năm, từ 2000 đến 2100; năm học thuộc cả hai năm.",
            read_year,
            lambda rows, year: rows.in_year(year),
        ),
        AskedParameter(
            "bloc",
            CODE_ASKED,
            "Ký hiệu khối, cụm hiện nay.",
            read_code,
            lambda rows, code: rows.filter(bloc__code=code),
        ),
    ),
)
DECISIONS = Resource(
    "decisions",
    Scope.DECISIONS,
    "decisions.list_decision",
    DECISION,
    "Những quyết định khen thưởng mà người lập mã được xem.",
    decisions,
    (
        AskedParameter(
            "year",
            YEAR_ASKED,
            "Năm thi đua, từ 2000 đến 2100.",
            read_year,
            lambda rows, year: rows.filter(year=year),
        ),
        AskedParameter(
            "bloc", CODE_ASKED, "Có dòng của khối, cụm mang ký hiệu này.", read_code, of_bloc
        ),
        AskedParameter(
            "published_since",
            {"type": "string", "format": "date-time"},
            "Công bố từ thời điểm này, ví dụ 2026-12-01T00:00:00+07:00 (có múi giờ).",
            read_moment,
            lambda rows, moment: rows.filter(published_at__gte=moment),
        ),
    ),
)
LISTS = (UNITS, BLOCS, YEARS, DECISIONS)


@dataclass(frozen=True)
class Endpoint:
    """One address: what it is asked with, which shape it gives, one of it or a page of them."""

    path: str
    name: str
    scope: Scope
    shape: ObjectShape
    about: str
    is_list: bool = False
    parameters: tuple[AskedParameter, ...] = ()


def endpoints_of(resource: Resource) -> tuple[Endpoint, Endpoint]:
    """The list of a resource, and one object of it."""
    scope, shape = resource.scope, resource.shape
    return (
        Endpoint(
            path=f"/{resource.path}",
            name=f"list{shape.name}s",
            scope=scope,
            shape=shape,
            about=resource.about,
            is_list=True,
            parameters=(*resource.parameters, AFTER),
        ),
        Endpoint(f"/{resource.path}/{{id}}", f"get{shape.name}", scope, shape, shape.about),
    )


RANKING_AT = Endpoint(
    "/rankings/{id}",
    "getRanking",
    Scope.RANKINGS,
    RANKING,
    "Xếp hạng của năm thi đua số {id}; mỗi lần một năm, vì mỗi lần đều tính lại.",
)
LINES_AT = Endpoint(
    "/decisions/{id}/lines",
    "listDecisionLines",
    Scope.DECISIONS,
    LINE,
    "Các dòng của quyết định số {id}.",
    True,
    (AFTER,),
)
ENDPOINTS = (
    *(endpoint for resource in LISTS for endpoint in endpoints_of(resource)),
    RANKING_AT,
    LINES_AT,
)
