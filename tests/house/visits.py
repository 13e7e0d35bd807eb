"""How the walk through all pages fills addresses, signs people in and notices what is written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from agreements.models import Agreement
from awards.decisions.models import Decision
from awards.proposals.models import Proposal, ProposalItem
from blocs.appraisal.models import Appeal
from blocs.conferences.models import Conference
from blocs.criteria.models import Criterion, ScoringTable, UnitGroup
from blocs.legal.models import LegalDocument
from blocs.ranking.models import Ground
from blocs.reports.models import Assignment, Evidence, Report
from blocs.states import BallotKind
from blocs.units.models import AccountRequest, Bloc, Membership, Seat, Unit
from blocs.years.models import (
    AwardKind,
    BlocYear,
    Holiday,
    Leadership,
    MemberChange,
    Registration,
    RulesAmendment,
)
from tests.house.objects import FIRST_YEAR, Side
from thidua.accounts.models import User
from thidua.api.models import ApiToken
from thidua.common.pages.views import TransitionPage
from thidua.jobs.models import Job
from thidua.papers.models import Paper, SignedCopy

# The noun before a number in an address says what the number is.
NOUNS = {
    "khoi": Bloc,
    "thanh-vien": Membership,
    "don-vi": Unit,
    "nam-thi-dua": BlocYear,
    "bang-diem": ScoringTable,
    "tieu-chi": Criterion,
    "nhom-don-vi": UnitGroup,
    "dang-ky": Registration,
    "bao-cao": Report,
    "phan-cong": Assignment,
    "kien-nghi": Appeal,
    "thay-doi-thanh-phan": MemberChange,
    "thay-doi-khoi-truong": Leadership,
    "sua-doi-quy-dinh": RulesAmendment,
    "ngay-nghi": Holiday,
    "dieu-kien-loai": Ground,
    "minh-chung": Evidence,
    "viec-chay-lau": Job,
    "xem-truoc": Job,
    "van-ban": Paper,
    "ban-giay": SignedCopy,
    "dong": ProposalItem,
    "quyet-dinh": Decision,
    "cong-bo": Decision,
    "hinh-thuc": AwardKind,
    "van-ban-phap-ly": LegalDocument,
    "nguoi-dung": User,
    "vi-tri": Seat,
    "ma-truy-cap": ApiToken,
    "de-nghi-tai-khoan": AccountRequest,
}
# What belongs to one bloc; the rest are catalogues and people of the whole province.
OF_ONE_BLOC = {
    BlocYear,
    ScoringTable,
    Criterion,
    UnitGroup,
    Registration,
    Leadership,
    MemberChange,
    RulesAmendment,
    Report,
    Assignment,
    Appeal,
    Evidence,
    Paper,
    SignedCopy,
    ProposalItem,
}
# Pages of a year whose object is this one: walked once in each of its states.
OF_A_YEAR = {"hoi-nghi": Conference, "giao-uoc": Agreement, "de-nghi": Proposal}
FURTHER = "hoi-nghi-bo-sung/<int:sitting>/"
FIRST_NUMBER = re.compile(r"([\w-]+)/<int:(\w+)>")
PLACES = re.compile(r"<(?:\w+:)?(\w+)>")
WRITE = re.compile(
    r"\s*(INSERT(?:\s+OR\s+IGNORE)?\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE
)
SESSION = "django_session"


@dataclass(frozen=True)
class Visit:
    """A page with the numbers of one object in its address."""

    page: object
    kwargs: tuple

    @property
    def url(self):
        return reverse(self.page.name, kwargs=dict(self.kwargs))


def subject_model(route):
    """The model a page is about, or None for a page without a number."""
    found = FIRST_NUMBER.search(route)
    return NOUNS[found[1]] if found else None


def state_of(page, obj):
    """The state that decides what the page shows."""
    if FURTHER in page.route:
        return obj.sittings.get(number=2).state
    for noun, model in OF_A_YEAR.items():
        if isinstance(obj, BlocYear) and f"/{noun}/" in page.route:
            return model.objects.filter(bloc_year=obj).earliest("pk").state
    return getattr(obj, "state", "")


def visits(page, side: Side, *, turn=None) -> list[Visit]:
    """The page for one object of each state; with `turn` for one of these objects."""
    model = subject_model(page.route)
    if model is None:
        return [Visit(page, ())]
    by_state = {}
    for obj in objects_of(page, side, model):
        by_state.setdefault(state_of(page, obj), obj)
    objects = list(by_state.values())
    return [
        Visit(page, tuple(kwargs.items()))
        for obj in (objects if turn is None else [objects[turn % len(objects)]])
        for kwargs in fillings(page, obj, side)
    ]


def objects_of(page, side, model):
    """The objects the page may be about: a further sitting is not in every year."""
    if FURTHER not in page.route:
        return side.all(model)
    return [year for year in side.all(model) if year.sittings.filter(number=2).exists()]


def every_visit(page, side: Side) -> Iterator[Visit]:
    """The page for each object there is, one after the other."""
    model = subject_model(page.route)
    if model is None:
        yield Visit(page, ())
        return
    for obj in objects_of(page, side, model):
        yield from (Visit(page, tuple(kwargs.items())) for kwargs in fillings(page, obj, side))


def fillings(page, obj, side):
    """Every way to fill the places of the route around `obj`."""
    first = FIRST_NUMBER.search(page.route)[2]
    names = PLACES.findall(page.route)
    choices = [(obj.pk,) if name == first else choices_of(name, page, obj, side) for name in names]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*choices)]


def choices_of(name, page, obj, side):
    """The values one place of a route can take."""
    if name == "move" and issubclass(page.view, TransitionPage):
        return moves_for(page.view.workflow, state_of(page, obj))
    if name == "kind":
        return (BallotKind.AWARD.value, BallotKind.DEPUTY.value)
    if name == "sitting":
        return (2,)
    if name == "number":
        return (1,)
    if name == "award_pk":
        return (AwardKind.objects.filter(is_flag=True).first().pk,)
    if name == "unit_pk":
        return (side.unit.pk,)
    if name == "criterion_pk":
        return (obj.scores.order_by("pk").first().criterion_id,)
    if name == "evidence_pk":
        return (obj.scores.order_by("pk").first().evidence.get().pk,)
    raise LookupError(f"{page.name}: the walk does not know what <{name}> is")


def moves_for(workflow, state):
    """The moves that leave the state, and one that does not."""
    strange = [move for move in workflow.transitions if state not in move.sources][:1]
    return [move.name for move in (*workflow.leaving(state), *strange)]


def client_of(person):
    """A browser of that person; an exception of a page becomes its answer 500."""
    client = Client(raise_request_exception=False)
    if person.pk:
        client.force_login(person)
        session = client.session
        session["year"] = FIRST_YEAR
        session.save()
    return client


def is_signed_in(client):
    return SESSION_KEY in client.session


@contextmanager
def writes():
    """The tables that are written meanwhile; the session of the visitor does not count."""
    found = []

    def note(execute, sql, params, many, context):
        if (match := WRITE.match(sql)) and match[2] != SESSION:
            found.append(match[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def fetch(client, method, url, data=None):
    """(status, tables written, what went wrong, answer) of one request."""
    with transaction.atomic(), writes() as written:
        try:
            answer = getattr(client, method)(url, data or {})
            reason = str(answer.exc_info[1]) if getattr(answer, "exc_info", None) else ""
            answer.getvalue()
            status = answer.status_code
        except pytest.fail.Exception as error:  # an undefined variable of a template
            status, reason, answer = 500, str(error), None
        transaction.set_rollback(bool(written))  # what is noted need not stay
    return status, written, reason, answer


def asks(visit, person, data):
    """(rights, object) the page asks; None where the object does not exist for the person."""
    request = RequestFactory().post(visit.url, data)
    request.user, request.session = person, {"year": FIRST_YEAR}
    view = visit.page.view(**visit.page.view.as_view().view_initkwargs)
    try:
        view.setup(request, **dict(visit.kwargs))
        return view.get_permission_required(), view.get_permission_object()
    except Http404:
        return None


def contents() -> dict[str, object]:
    """All rows of all tables, to be compared before and after."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table != SESSION and model._meta.managed
    }
