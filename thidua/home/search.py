"""What a reader finds by words, with or without accents, among all that this reader may see."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from awards.decisions.models import Decision
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.criteria.models import Criterion, ScoringTable
from blocs.legal.models import LegalDocument
from blocs.reports.models import Evidence, Report
from blocs.states import ReportState, TableState
from blocs.units.models import Bloc, Unit
from blocs.units.models.blocs import bloc_closest, bloc_matching
from blocs.units.models.seats import people_called, standing_of
from blocs.years.domain.names import year_words
from blocs.years.models import AwardKind, BlocYear
from thidua.accounts.models import User
from thidua.common.task_lines import page, rows_of
from thidua.common.vietnamese.lookups import closest, matching
from thidua.common.vietnamese.text import low_first, words

MOST = 20
# How people begin when they name a decision: «Quyết định số 12», «quyết định khen thưởng».
DECISION_WORDS = ("quyet", "dinh", "khen", "thuong", "so")
IS_DECISION = ("quyet", "dinh")


def found_by(query, user):
    """Groups (label, rows of words and address) of what holds every word of the query.

    As many statements for any number of rows; what is told in plain values takes one for all.
    """
    return [
        ("Đơn vị", named(Unit.objects.for_list().search(query)[:MOST], query)),
        ("Khối, cụm thi đua", named(Bloc.objects.for_list().search(query)[:MOST], query)),
        ("Năm thi đua", linked(years_by(query, user))),
        ("Quyết định khen thưởng", [(told(row), page_of(row)) for row in decisions(query, user)]),
        ("Danh hiệu, hình thức khen thưởng", awards_by(query, user)),
        *told_by(query, user),
    ]


def told_by(query, user):
    """The groups that plain values tell: reports, proposals, leaves, files, texts, people."""
    lists = {
        kind: kind.rows(query, user).values_list(*kind.columns)[:MOST]
        for kind in FINDABLE
        if user.has_perm(kind.right)
    }
    found = rows_of(lists, user) if lists else {}
    return [(kind.label, [kind.line(*row) for row in rows]) for kind, rows in found.items()]


@dataclass(frozen=True)
class Findable:
    """What is found by plain values: whose right it is, which rows, how one is told and opened."""

    label: str
    right: str
    rows: Callable
    columns: Sequence[str]
    line: Callable


NAMED_YEAR = ("bloc_year__bloc__name", "bloc_year__year", "bloc_year__is_school_year")


def year_of(bloc, year, is_school_year):
    """«Khối Thi đua số 5 năm 2026»."""
    return f"{bloc} {year_words(year, is_school_year=bool(is_school_year))}"


def reports_by(query, user):
    """By the unit, or by the unit and the year: «sở xây dựng 2026»."""
    rows = Report.objects.visible_to(user).filter(unit_of_year(query))
    order = closest(query, "unit__name", "unit__short_name"), "-bloc_year__year", "pk"
    return rows.order_by(*order)


def unit_of_year(query):
    """Rows of units with every word of the query; a number of four figures may be the year."""
    asked = words(query)
    years = [int(word) for word in asked if re.fullmatch(r"20\d\d", word)]
    rest = " ".join(word for word in asked if not re.fullmatch(r"20\d\d", word))
    found = Q(unit__in=units_called(query))
    if len(years) == 1 and rest:
        found |= Q(unit__in=units_called(rest), bloc_year__year=years[0])
    return found


def units_called(query):
    return Unit.objects.filter(matching(query, "name", "short_name")).order_by().values("pk")


def proposals_by(query, user):
    rows = Proposal.objects.visible_to(user).filter(bloc_year__bloc__in=blocs_called(query))
    return rows.order_by("-bloc_year__year", "pk")


def leaves_by(query, user):
    """Leaves of the issued tables of the own blocs, the newest first.

    Whoever sees all blocs searches in the table: the leaves of a province are folded too long.
    """
    mine = standing_of(user).years
    tables = ScoringTable.objects.filter(bloc_year__in=mine, state=TableState.PUBLISHED)
    rows = Criterion.objects.filter(matching(query, "name"), table__in=tables)
    return rows.order_by("-table__bloc_year__year", "table", "order", "pk")


def files_by(query, user):
    return Evidence.objects.kept_for(user).order_by("-uploaded_at", "-pk").search(query)


def texts_by(query, user):
    return LegalDocument.objects.search(query).order_by("number", "pk")


def people_by(query, user):
    return people_called(User.objects.order_by("full_name", "pk"), query)


FINDABLE = (
    Findable(
        "Báo cáo, bảng tự chấm",
        "reports.list_report",
        reports_by,
        ("pk", "unit__name", "state", *NAMED_YEAR),
        lambda pk, unit, state, *year: (
            f"{unit}, {year_of(*year)}: {low_first(ReportState(state).label)}",
            page("reports:report_detail", pk),
        ),
    ),
    Findable(
        "Đề nghị khen thưởng",
        "proposals.list_proposal",
        proposals_by,
        ("bloc_year", "state", *NAMED_YEAR),
        lambda pk, state, *year: (
            f"{year_of(*year)}: {low_first(ProposalState(state).label)}",
            page("proposals:proposal_detail", pk),
        ),
    ),
    Findable(
        "Tiêu chí",
        "years.list_year",
        leaves_by,
        ("pk", "table", "name", *(f"table__{name}" for name in NAMED_YEAR)),
        lambda pk, table, name, *year: (
            f"{name} – {year_of(*year)}",
            f"{page('criteria:table_detail', table)}#tieu-chi-{pk}",
        ),
    ),
    Findable(
        "Minh chứng",
        "reports.list_evidence",
        files_by,
        ("pk", "name", "unit__name"),
        lambda pk, name, unit: (f"{name} – {unit}", page("reports:locker_detail", pk)),
    ),
    Findable(
        "Văn bản pháp lý",
        "legal.keep_legal_documents",
        texts_by,
        ("pk", "kind", "number", "subject"),
        lambda pk, kind, number, subject: (
            f"{kind} số {number}{f': {subject}' if subject else ''}",
            page("legal:legal_document_detail", pk),
        ),
    ),
    Findable(
        "Người dùng",
        "units.manage_people",
        people_by,
        ("pk", "full_name", "username"),
        lambda pk, name, username: (f"{name} ({username})", page("units:person_detail", pk)),
    ),
)


def years_by(query, user):
    years = BlocYear.objects.visible_to(user).select_related("bloc")
    order = (bloc_closest(query, "bloc__"), "-year", "pk")
    return years.filter(bloc__in=blocs_called(query)).order_by(*order)[:MOST]


def blocs_called(query):
    """Their names are folded once, and not for each of their years."""
    return Bloc.objects.filter(bloc_matching(query)).order_by().values("pk")


def decisions(query, user):
    """By number or title; the kind alone finds all of them, before a number it is no word of it."""
    asked = words(query)
    is_kind = tuple(asked[:2]) == IS_DECISION
    rest = " ".join(word for word in asked if word not in DECISION_WORDS) if is_kind else query
    rows = Decision.objects.visible_to(user).filter(matching(rest, "title", "number"))
    return rows.order_by(closest(rest, "number", "title"), "-signed_on", "-pk")[:MOST]


def told(decision):
    """«Quyết định số 12/QĐ-UBND – Về việc …»; a draft has no number yet."""
    return f"{decision} – {decision.title}" if decision.number else f"Dự thảo: {decision.title}"


def page_of(decision):
    """The public page of what is published; a draft has the page of who works on it."""
    if decision.published_at is None:
        return decision.get_absolute_url()
    return reverse("decisions:public_detail", args=(decision.pk,))


def awards_by(query, user):
    """Who is proposed for or holds an award of this name; whoever keeps the catalogue, its row."""
    kinds = AwardKind.objects.none()
    if user.has_perm("years.keep_award_kinds"):
        kinds = AwardKind.objects.filter(matching(query, "name")).order_by("order", "pk")[:MOST]
    items = ProposalItem.objects.visible_to(user).filter(matching(query, "award__name"))
    items = items.select_related("award", "unit", "proposal__bloc_year__bloc")
    items = items.order_by("-proposal__bloc_year__year", "award__order", "pk")[:MOST]
    return [
        *((f"Danh mục: {kind}", reverse("proposals:kind_edit", args=(kind.pk,))) for kind in kinds),
        *((line_words(item), item.get_absolute_url()) for item in items),
    ]


def line_words(item):
    """«Cờ thi đua của UBND tỉnh – Sở A, năm 2026: đã tặng»."""
    state = item.get_state_display()
    return f"{item}, {item.bloc_year.words}: {state[:1].lower()}{state[1:]}"


def named(rows, query):
    """Units or blocs, each with the former name or alias by which it was found."""
    return [(row.found_as(query), row.get_absolute_url()) for row in rows]


def linked(rows):
    return [(str(row), row.get_absolute_url()) for row in rows]
