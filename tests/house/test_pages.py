"""Every page, opened and posted to by everybody: looking changes nothing, nobody gets too far.

The bloc of the walk is a cụm, and none of its pages calls it a khối.
"""

import logging

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from tests.factories.people import request_about
from tests.house.cum import called_khoi, is_of_a_bloc, main_of, make_cum
from tests.house.joins import multiplying
from tests.house.matrix import lent_cast
from tests.house.people import COLUMNS, UNIT_KINDS, everybody
from tests.house.test_rights import OWN_ACCOUNT, PUBLIC
from tests.house.visits import (
    NOUNS,
    OF_ONE_BLOC,
    asks,
    client_of,
    contents,
    every_visit,
    fetch,
    subject_model,
    visits,
)
from tests.house.walk import pages
from tests.page_forms import fields_of, forms_of, shown_again, spoilt
from tests.prove import budget
from thidua.common.pages.views import RefusesForm
from thidua.jobs.offers import OffersJob
from thidua.papers.views import PaperPage

pytestmark = pytest.mark.django_db

PAGES = pages()
# Signing out ends the walk; the tests of accounts look at it.
WALKED = [page for page in PAGES if page.name != "accounts:logout"]
# What is of another bloc has a walk of its own.
WALKERS = [*COLUMNS[:-1], "deputy_secretary", "superuser", "seatless", "everybody"]
# «everybody» opens a page for an object of each state; of the others each takes another state.
TURNS = {kind: turn for turn, kind in enumerate(WALKERS) if kind != "everybody"}
GOOD = {200, 302, 403, 404, 405}
REFUSED = {403, 404, 405}
# The opening of a file of evidence is itself an event of the log book, and nothing else.
# Who sits nowhere is sent from the home page to the public one.
SENDS_AWAY = {"home:tasks"}
# Who opened a file, a sheet or a paper that is kept stands in the log book.
OPENED = (
    "reports:evidence_file",
    "reports:report_detail",
    "ranking:report_paper",
    "ranking:report_paper_word",
    "sheet_files:sheet_workbook",
    "ranking:bloc_workbook",
    "appraisal:marks_table",
    "appraisal:mark_edit",
    "appraisal:correction_sheet",
    "conferences:paper_file",
    "conferences:paper_file_word",
    "papers:signed_copy_file",
)
LOGGED = {
    page.name: ["common_activityentry"]
    for page in PAGES
    if page.name in OPENED or (getattr(page.view, "kind", "") and issubclass(page.view, PaperPage))
}
# A criterion is first asked for its way of scoring.
QUERIES = {"criteria:criterion_new": "?cach=group"}
# These are no guarded forms; accounts has their tests.
SIGNING_IN = {"accounts:login", "accounts:factor_ask"}
# Forms that take whatever is in them.
REFUSES_NOTHING = {
    "units:person_stop",
    "units:person_resume",
    "units:pause_lift",
    "units:request_confirm",
    "units:request_withdraw",
    "tokens:token_end",
    "units:person_factor",
    "units:person_identity",
    "units:person_unlink",
    "registrations:registration_edit",
    "reports:report_edit",
    "reports:explanation_edit",
    "ranking:relative_points",
}
# What stands there above open fields is an hour that they hold.
TYPED_THERE = {"conferences:minutes_sign", "conferences:minutes_copy"}
# In the years of the cast nothing is to be done on these: they open to be read, with the reason.
# What they refuse is tried beside their acts (tests of the basis, of bodies and groups, sittings).
CLOSED_IN_THE_CAST = {
    "appraisal:body_add",
    "appraisal:group_edit",
    "board:item_basis",
    "board:item_forward",
    "conferences:conference_new",
    "conferences:minutes_sign",
    "conferences:order_edit",
    "conferences:vote_basis",
    "decisions:decision_sign",
    "proposals:proposal_basis",
    "ranking:ranking_basis",
    "reports:report_amended",
    "units:seats_confirm",
}
# Each view once: two addresses of one view differ in their object alone.
FORM_PAGES = {
    page.view: page
    for page in reversed(WALKED)
    if issubclass(page.view, RefusesForm) and page.name not in REFUSES_NOTHING | SIGNING_IN
}.values()
# What one chooses to be shown, and a file that is compared and not kept.
KEEPS_NOTHING = {"home:choose_year", "ranking:proof_check"}
TYPED = {"note": "Lý do đầy đủ.", "text": "Ý kiến", "reason": "Lý do"}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        cast.people["everybody"] = everybody(cast.own)
        for side in (cast.own, cast.other):
            add_people_of(side, cast)
        make_cum(cast.own.bloc)
        logging.disable(logging.CRITICAL)  # a walk is refused a thousand times
        yield cast
        logging.disable(logging.NOTSET)


def add_people_of(side, cast):
    """Catalogue rows that pages have numbers for."""
    prefix = "" if side is cast.own else "other_"
    person = cast.people[f"{prefix}unit_secretary"]
    side.keep(person)
    side.keep(person.seats.get())
    side.keep(request_about(person))
    for award in {item.award for item in side.all(NOUNS["dong"])}:
        side.keep(award)


def shared(kind, every=WALKED):
    """The pages this person walks: in the suite each third, so that four of them see each page.

    Asked to prove, all see all (`./run prove walks`).
    """
    part = budget(3, 1)
    return every[(*WALKERS, "bloc_office").index(kind) % part :: part]


def types_in_vain(answer):
    """Whether the page tells of its one act why it is refused, above a field that is open."""
    told = answer.context or {}
    if not told.get("obstacles") and not told.get("closed"):
        return False
    found = [form for form in forms_of(answer.content.decode()) if form.is_guarded]
    return any(set(form.open) - {"seen"} for form in found)


def test_an_open_field_below_an_obstacle_would_be_seen():
    """Its disabled neighbour and hidden fields are no typing."""
    form = '<form data-guard><input name="a" disabled><input type="hidden" name="b">{}</form>'
    locked = "<fieldset disabled><fieldset>{0}</fieldset>{0}</fieldset>"
    typed = '<textarea name="c"></textarea>'
    found = [form.format(more) for more in ("", typed, locked.format(typed))]
    assert [one.open for page in found for one in forms_of(page)] == [[], ["c"], []]


# Head and deputy see what «everybody» sees, their secretaries what the bloc's does.
@pytest.mark.parametrize(
    "kind", [one for one in WALKERS if one not in ("bloc_head", "deputy", "deputy_secretary")]
)
def test_looking_changes_nothing_and_never_breaks(cast, kind):
    client, before, faults = client_of(cast.person(kind)), contents(), []
    for page in WALKED if kind == "everybody" else shared(kind):
        for visit in visits(page, cast.own, turn=TURNS.get(kind)):
            with multiplying() as joined:
                status, written, reason, answer = fetch(client, "get", visit.url)
            faults += [f"{visit.url} counts over pairs: {pair}" for pair in joined]
            if status not in GOOD or (written and written != LOGGED.get(page.name)):
                faults.append(f"{visit.url}: {status} {written} {reason}")
            if status == 200 and types_in_vain(answer) and page.name not in TYPED_THERE:
                faults.append(f"{visit.url} says what stands in the way, and takes typing")
            if status == 200 and is_of_a_bloc(page):
                faults += [f"{visit.url}: {said}" for said in called_khoi(main_of(answer))]
    assert "\n".join(faults) == ""
    assert contents() == before


@pytest.mark.parametrize("kind", (*UNIT_KINDS, "deputy_secretary", "bloc_office"))
def test_what_belongs_to_another_bloc_is_not_found(cast, kind):
    """And for the same role of the other bloc it is there, or the test would show nothing.

    For a seat that reaches the own bloc alone, it is there for the whole office.
    """
    enough = 10
    there = "office" if kind == "bloc_office" else f"other_{kind}"
    client, stranger = client_of(cast.person(there)), client_of(cast.person(kind))
    faults, shown = [], 0
    for page in shared(kind, PAGES):
        if subject_model(page.route) in OF_ONE_BLOC:
            visit = visits(page, cast.other, turn=0)[0]
            if shown < enough:
                shown += fetch(client, "get", visit.url)[0] == 200
            for method in ("get", "post"):
                status, written, reason, _ = fetch(stranger, method, visit.url, TYPED)
                if status not in {404, 405} or written:
                    faults.append(f"{method} {visit.url}: {status} {written} {reason}")
    assert "\n".join(faults) == ""
    assert shown == enough


@pytest.mark.parametrize("kind", WALKERS)
def test_posting_without_the_right_changes_nothing(cast, kind):
    client, before, faults = client_of(cast.person(kind)), contents(), []
    data = TYPED | {"unit": cast.own.unit.pk}
    for page in WALKED if kind == "everybody" else shared(kind):
        for visit in visits(page, cast.own, turn=TURNS.get(kind, 0)):
            status, written, reason, _ = fetch(client, "post", visit.url, data)
            fault = status >= 500 or (
                written if status in REFUSED else may_not(visit, cast, kind, data)
            )
            if fault:
                faults.append(f"{visit.url}: {status} {written} {reason}")
    assert "\n".join(faults) == ""
    assert contents() == before


def test_an_auditor_presses_every_button_and_nothing_happens(cast):
    """Every page is posted to, asked to prove for each state of its object; none but looks."""
    client, before, faults, seen = client_of(cast.person("auditor")), contents(), [], 0
    for page in WALKED:
        for visit in visits(page, cast.own)[: budget(1, 99)]:
            status, written, reason, _ = fetch(client, "post", visit.url, TYPED)
            # A file of what one sees is looking, too, though a job makes it.
            if page.name in PUBLIC | OWN_ACCOUNT | SENDS_AWAY or issubclass(page.view, OffersJob):
                continue
            if written or (status not in REFUSED and page.name not in KEEPS_NOTHING):
                faults.append(f"{visit.url}: {status} {written} {reason}")
            seen += status == 403
    assert "\n".join(faults) == ""
    assert seen > 100
    assert contents() == before


def may_not(visit, cast, kind, data):
    """Whether the table refuses what the page has just done or shown."""
    if visit.page.name in PUBLIC | OWN_ACCOUNT | SENDS_AWAY:
        return False
    person = cast.person(kind)
    asked = asks(visit, person, data)
    return asked is None or not person.has_perms(*asked)


def test_the_public_is_sent_to_the_sign_in_page(cast):
    client, before, faults = client_of(cast.people["public"]), contents(), []
    sign_in = resolve_url(settings.LOGIN_URL)
    for page in PAGES:
        for visit in visits(page, cast.own, turn=0):
            for method in ("get", "post"):
                status, written, reason, answer = fetch(client, method, visit.url, TYPED)
                target = getattr(answer, "url", "").partition("?")[0]
                if page.name in PUBLIC:
                    is_good = status in {200, 404, 405, 422}
                else:
                    is_good = (status, target) == (302, sign_in)
                if written or not is_good:
                    faults.append(f"{method} {visit.url}: {status} {written} {reason}")
    assert "\n".join(faults) == ""
    assert contents() == before


def opened_form(page, cast, kinds=("everybody", *COLUMNS[:-1]), objects=every_visit):
    """(client, address, form) of the first of these people and objects for whom it opens."""
    for kind in kinds:
        client = client_of(cast.people[kind])
        for visit in objects(page, cast.own):
            # That closed pages stay closed, the walks have seen.
            if may_not(visit, cast, kind, {}):
                continue
            url = visit.url + QUERIES.get(page.name, "")
            status, _, _, answer = fetch(client, "get", url)
            is_form = status == 200 and "form" in answer.context
            if is_form and not answer.context.get("closed"):
                return client, url, answer.context["form"]
    raise LookupError(f"{page.name} opens for nobody")


@pytest.mark.parametrize("name", sorted(CLOSED_IN_THE_CAST))
def test_a_page_on_which_nothing_is_to_be_done_opens_closed_for_all(cast, name):
    (page,) = (page for page in FORM_PAGES if page.name == name)
    with pytest.raises(LookupError, match=f"{name} opens for nobody"):
        opened_form(page, cast, ("everybody", "office", "bloc_head"), visits)


@pytest.mark.parametrize(
    "page", [page for page in FORM_PAGES if page.name not in CLOSED_IN_THE_CAST], ids=str
)
def test_a_form_that_cannot_be_is_refused_and_shown_again(cast, page):
    client, url, form = opened_form(page, cast)
    typed = spoilt(form)
    status, written, reason, answer = fetch(client, "post", url, typed)
    assert (status, reason) == (422, "")
    assert set(written) <= {"axes_accessattempt", "axes_accessfailurelog", "common_activityentry"}
    wanted = shown_again(form, typed)
    assert {name: fields_of(answer).get(name) for name in wanted} == wanted
