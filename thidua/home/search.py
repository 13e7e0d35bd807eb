"""What a reader finds by words, with or without accents, among all that this reader may see."""

from django.urls import reverse

from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.units.models import Bloc, Unit
from blocs.units.models.blocs import bloc_closest, bloc_matching
from blocs.years.models import AwardKind, BlocYear
from thidua.common.vietnamese.lookups import closest, matching
from thidua.common.vietnamese.text import words

MOST = 20
# How people begin when they name a decision: «Quyết định số 12», «quyết định khen thưởng».
DECISION_WORDS = ("quyet", "dinh", "khen", "thuong", "so")
IS_DECISION = ("quyet", "dinh")


def found_by(query, user):
    """Groups (label, rows of words and address) of what holds every word of the query."""
    return [
        ("Đơn vị", named(Unit.objects.for_list().search(query)[:MOST], query)),
        ("Khối, cụm thi đua", named(Bloc.objects.for_list().search(query)[:MOST], query)),
        ("Năm thi đua", linked(years_by(query, user))),
        ("Quyết định khen thưởng", [(told(row), page_of(row)) for row in decisions(query, user)]),
        ("Danh hiệu, hình thức khen thưởng", awards_by(query, user)),
    ]


def years_by(query, user):
    years = BlocYear.objects.visible_to(user).select_related("bloc")
    order = (bloc_closest(query, "bloc__"), "-year", "pk")
    return years.filter(bloc_matching(query, "bloc__")).order_by(*order)[:MOST]


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
