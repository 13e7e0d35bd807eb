"""What programs read: pages of a hundred, tags, filters, refusals; as many queries for any rows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.states import ReportState, SeatRole, YearState
from blocs.units.models import Membership, Unit
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import BlocFactory, ReportFactory, fill, small_table, year_with_members
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.tokens import Program, program_of, token_of
from tests.json_schema import faults
from thidua.api.answers import JSON
from thidua.api.described.openapi import described, listed
from thidua.api.described.resources import ENDPOINTS
from thidua.api.urls import urlpatterns
from thidua.api.views.data import BlocsGiven, UnitsGiven

pytestmark = pytest.mark.django_db
DESCRIBED = described()


@pytest.fixture
def program():
    return program_of(official(SeatRole.OFFICE))


def published(year=2026, **facts):
    return DecisionFactory(
        year=year,
        number=f"{Decision.objects.count() + 1}/QĐ-UBND",
        signed_on=dt.date(year, 12, 1),
        state=DecisionState.PUBLISHED,
        **({"published_at": timezone.now()} | facts),
    )


def many_units(count):
    rows = [
        Unit(code=f"X{number:03d}", name=f"Sở {number}", short_name=f"S{number}")
        for number in range(count)
    ]
    return Unit.objects.bulk_create(rows)


def breaks(shape, value):
    """Where the answer is not what the description says."""
    rule = {"$ref": f"#/components/schemas/{shape.name}"}
    return faults(value, rule, DESCRIBED)


def test_250_units_are_three_pages_in_one_order(program):
    many_units(250)
    pages, where = [], "/api/v1/units"
    while where:
        answer = program.get(where).json()
        pages.append([row["id"] for row in answer["items"]])
        where = answer["next"]
    assert [len(page) for page in pages] == [100, 100, 50]
    assert [pk for page in pages for pk in page] == sorted(
        Unit.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("count", [100, 101])
def test_the_last_page_leads_nowhere(program, count):
    many_units(count)
    answer = program.get("/api/v1/units").json()
    assert (len(answer["items"]), answer["next"] is None) == (100, count == 100)


def test_the_next_page_keeps_the_filter(program):
    bloc = BlocFactory(code="KTĐ5")
    Membership.objects.bulk_create(
        Membership(bloc=bloc, unit=unit, starts_on=dt.date(2020, 1, 1))
        for unit in many_units(120)[:110]
    )
    assert len(program.everything("/units", bloc="KTĐ5")) == 110


def filled(count):
    """A bloc of so many units with all that is read of it, one decision a unit."""
    year = year_with_members(count, state=YearState.CLOSING)
    table = small_table(year)
    for member in year.members.select_related("unit"):
        Membership.objects.create(bloc=year.bloc, unit=member.unit, starts_on=dt.date(2020, 1, 1))
        report = ReportFactory(
            bloc_year=year,
            unit=member.unit,
            table=table,
            state=ReportState.AGREED,
            submitted_at=timezone.now(),
            first_submitted_at=timezone.now(),
            self_total=40,
            appraised_at=timezone.now(),
            appraised_total=38,
        )
        fill(report, 8, 7)
    decision, proposal = published(), ProposalFactory(bloc_year=year)
    for member in year.members.select_related("unit"):
        ProposalItemFactory(proposal=proposal, unit=member.unit, decision=decision)
    return year, decision


# Of each: the token, seats of the person; then the rows and what hangs on them.
QUERIES = {
    "/units": 4,
    "/blocs": 4,
    "/years": 4,
    "/decisions": 3,
    "/decisions/{decision}/lines": 4,
    "/units/{unit}": 4,
    "/blocs/{bloc}": 4,
    "/years/{year}": 4,
    "/decisions/{decision}": 3,
    "/rankings/{year}": 14,
}


@pytest.mark.parametrize("count", [2, 5])
def test_it_costs_the_same_for_any_number_of_rows(program, count, django_assert_num_queries):
    year, decision = filled(count)
    if count > 2:
        filled(3)
    told = {"year": year.pk, "decision": decision.pk, "bloc": year.bloc_id, "unit": year.head_id}
    program.get("/api/v1/units")
    for path, number in QUERIES.items():
        with django_assert_num_queries(number, info=path):
            assert program.get(f"/api/v1{path.format(**told)}").status_code == 200


def test_every_answer_is_as_described(program):
    year, decision = filled(3)
    at = {"year": year.pk, "decision": decision.pk}
    numbers = {
        "/units/{id}": year.head_id,
        "/blocs/{id}": year.bloc_id,
        "/rankings/{id}": at["year"],
    }
    numbers |= {"/years/{id}": at["year"], "/decisions/{id}": at["decision"]}
    wrong, seen = [], 0
    for one in ENDPOINTS:
        number = numbers.get(one.path, at["decision"])
        status, value = program.read(one.path.replace("{id}", str(number)))
        rule = (
            listed(one.shape) if one.is_list else {"$ref": f"#/components/schemas/{one.shape.name}"}
        )
        wrong += [status] * (status != 200) + faults(value, rule, DESCRIBED)
        seen += len(value["items"]) if one.is_list else 1
    assert (wrong, seen) == ([], 14)
    refused = program.read("/units", mau="1")[1]
    assert faults(refused, {"$ref": "#/components/schemas/Refusal"}, DESCRIBED) == []


def test_a_wrong_answer_would_be_seen(program):
    filled(2)
    (row, *_) = program.everything("/units")
    shape = ENDPOINTS[0].shape
    assert breaks(shape, row) == []
    told = [breaks(shape, row | {"id": "1"}), breaks(shape, row | {"more": 1})]
    row.pop("code")
    assert [len(one) for one in (*told, breaks(shape, row))] == [1, 1, 1]


def test_the_ranking_says_what_its_page_says(program, client):
    year, _ = filled(3)
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(reverse("ranking:ranking", args=(year.pk,))).context
    told = program.read(f"/rankings/{year.pk}")[1]
    assert told["is_shown"] is page["is_shown"] is True
    assert [(row["place"], row["unit_name"], row["notes"]) for row in told["rows"]] == [
        (int(row.place), row.unit, list(row.notes)) for row in page["rows"]
    ]
    assert [row.total.replace(",", ".") for row in page["rows"]] == [
        row["total"] for row in told["rows"]
    ]


def test_what_the_page_of_the_ranking_hides_is_not_in_it(client):
    """Appraised and not yet agreed: a plain member sees neither points nor places."""
    year, _ = filled(3)
    year.reports.update(state=ReportState.APPRAISED)
    member = year.members.exclude(unit=year.head).last().unit
    told = program_of(editor_of(member)).read(f"/rankings/{year.pk}")[1]
    assert told.pop("is_shown") is False
    kept = {"year_id": year.pk, "year": year.year, "bloc": told["bloc"]}
    assert {name: value for name, value in told.items() if value} == kept
    head = program_of(editor_of(year.head)).read(f"/rankings/{year.pk}")[1]
    assert (head["is_shown"], head["is_agreed"], len(head["rows"])) == (True, False, 3)


def test_the_same_facts_have_the_same_tag(program):
    first = program.get("/api/v1/units")
    assert (first["Cache-Control"], first["Content-Type"]) == (
        "private, no-cache",
        "application/json; charset=utf-8",
    )
    assert "Authorization" in first["Vary"]
    tag = first["ETag"]
    again = program.get("/api/v1/units", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    UnitFactory()
    changed = program.get("/api/v1/units", headers={"if-none-match": tag})
    assert (changed.status_code, changed["ETag"] == tag, tag.startswith('"')) == (200, False, True)


def test_a_tag_of_another_person_opens_nothing():
    year, _ = filled(2)
    office = program_of(official(SeatRole.OFFICE)).get(f"/api/v1/rankings/{year.pk}")
    stranger = program_of(editor_of(UnitFactory()))
    found = stranger.get(f"/api/v1/rankings/{year.pk}", headers={"if-none-match": office["ETag"]})
    assert found.status_code == 404


def test_head_gives_the_headers_alone(program):
    whole, head = program.get("/api/v1/units"), program.head("/api/v1/units")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written_by_it(program, method):
    for path in ("units", "years/1", "rankings/1", "decisions/1/lines"):
        found = getattr(program, method)(f"/api/v1/{path}")
        assert (found.status_code, found["Allow"]) == (405, "GET, HEAD")
        assert found.json()["error"]["code"] == "read_only"


HOSTILE = [
    ("/units", {"mau": "đỏ"}, "unknown_parameter"),
    ("/units", {"token": "tdk_x"}, "unknown_parameter"),
    ("/units", {"year": "2026"}, "unknown_parameter"),
    ("/units/1", {"after": "1"}, "unknown_parameter"),
    ("/rankings/1", {"lan": "1"}, "unknown_parameter"),
    ("/units", {"after": ["1", "2"]}, "repeated_parameter"),
    *(
        ("/units", {"after": text}, "wrong_parameter")
        for text in ("", "-1", "1.5", "1e3", "²", "٣", "9" * 400, "1 or 1=1", "\0")
    ),
    *(
        ("/years", {"year": text}, "wrong_parameter")
        for text in ("", "26", "1999", "2101", "hai nghìn", "2026-01", "\0")
    ),
    *(("/years", {"bloc": text}, "wrong_parameter") for text in ("", "a\0b", "x" * 41, "\n")),
    *(
        ("/decisions", {"published_since": text}, "wrong_parameter")
        for text in (
            "",
            "2026-12-01",
            "2026-12-01T00:00:00",
            "2026-13-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "hôm qua",
        )
    ),
]


@pytest.mark.parametrize(("path", "query", "code"), HOSTILE)
def test_what_cannot_be_read_is_refused_in_a_sentence(program, path, query, code):
    status, told = program.read(path, **query)
    assert (status, told["error"]["code"]) == (400, code)
    assert f"ham số “{next(iter(query))}”" in told["error"]["message"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/units/0", 404),
        (f"/units/{'9' * 30}", 404),
        ("/years/abc", 404),
        ("/units/", 404),
        ("/khong/co/gi", 404),
        ("/openapi", 404),
    ],
)
def test_what_is_not_there_is_said_in_json(program, path, status):
    found = program.read(path)
    assert (found[0], found[1]["error"]["code"]) == (status, "not_found")


def broken(page):
    raise ValueError(f"wrong: {page.person}")


def in_no_form(request):
    """What a middleware of the pages makes of a request it does not take."""
    raise PermissionDenied("Trang khóa.")


# How each is asked for, and the status and word it is answered with.
PAGES_OF_ERROR = {
    "fault": ("get", "/api/v1/units", {}, 500, "fault"),
    "unknown": ("get", "/api/v1/khong/co", {}, 404, "not_found"),
    "written to": ("post", "/api/v1/units", {}, 405, "read_only"),
    "description": ("post", "/api/v1/openapi.json", {}, 405, "read_only"),
    "about": ("put", "/api/v1/", {}, 405, "read_only"),
    "page": ("get", "/api/v1/units?after=x", {}, 400, "wrong_parameter"),
    "host": ("get", "/api/v1/units", {"host": "la.example.vn"}, 400, "unreadable"),
    "closed": ("get", "/api/v1/blocs", {}, 403, "closed_address"),
}


@pytest.mark.parametrize("name", PAGES_OF_ERROR)
def test_no_error_is_a_page(name, monkeypatch):
    """Whoever refuses: the views here, the frame of the pages, or nobody who meant to."""
    method, path, headers, status, code = PAGES_OF_ERROR[name]
    if name == "fault":
        monkeypatch.setattr(UnitsGiven, "get_facts", broken)
    if name == "closed":
        monkeypatch.setattr(BlocsGiven, "get_facts", in_no_form)
    person = official(SeatRole.OFFICE)
    program = Program(token_of(person)[1], raise_request_exception=False)
    answer = getattr(program, method)(path, headers=headers)
    told = answer.json()
    assert (answer.status_code, told["error"]["code"]) == (status, code)
    assert faults(told, {"$ref": "#/components/schemas/Refusal"}, DESCRIBED) == []
    assert (answer["Content-Type"], int(answer["Content-Length"])) == (JSON, len(answer.content))
    assert answer["Cache-Control"] == "private, no-store"
    assert str(person) not in answer.content.decode()
    assert str(status) in DESCRIBED["paths"]["/units"]["get"]["responses"]


def test_a_form_that_is_not_ours_is_refused_in_json():
    answer = Client(enforce_csrf_checks=True).post("/api/v1/", {"q": "1"})
    assert (answer.status_code, answer["Content-Type"]) == (403, JSON)
    assert answer.json()["error"]["code"] == "closed_address"


def test_people_still_read_pages_of_error(client):
    client.force_login(official(SeatRole.OFFICE))
    found = [client.get(path) for path in ("/khong/co/", "/api/v2/units", "/api/v1x")]
    kinds = {(one.status_code, one["Content-Type"]) for one in found}
    assert kinds == {(404, "text/html; charset=utf-8")}


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "_", "KTĐ5\\", "{}", "<b>"])
def test_a_hostile_code_finds_nothing(program, text):
    filled(2)
    assert program.everything("/years", bloc=text) == []


def test_years_and_decisions_are_narrowed(program):
    year, _ = filled(2)
    filled(2)
    before = published(2024, published_at=dt.datetime(2024, 12, 20, tzinfo=dt.UTC))
    draft = DecisionFactory(year=2024)
    assert [row["id"] for row in program.everything("/years", bloc=year.bloc.code)] == [year.pk]
    assert program.everything("/years", year="2001") == []
    found = program.everything("/decisions", year="2024")
    assert [(row["id"], row["state"]) for row in found] == [
        (before.pk, "published"), (draft.pk, "draft")
    ]  # fmt: skip
    since = program.everything("/decisions", published_since="2024-12-20T07:00:00+07:00")
    assert before.pk in [row["id"] for row in since]
    later = program.everything("/decisions", published_since="2024-12-20T07:00:01+07:00")
    assert before.pk not in [row["id"] for row in later]
    (line,) = program.everything("/decisions", bloc=year.bloc.code)
    assert line["line_count"] == 2


def test_a_scope_that_was_not_given_opens_nothing():
    program = Program(token_of(official(SeatRole.OFFICE), "blocs")[1])
    closed = [
        one.path
        for one in ENDPOINTS
        if program.read(one.path.replace("{id}", "1"))[1].get("error", {}).get("code") == "scope"
    ]
    assert closed == [one.path for one in ENDPOINTS if one.scope != "blocs"]


def test_the_description_names_every_address():
    told = {one.path for one in ENDPOINTS}
    served = {"/" + str(one.pattern).replace("<int:pk>", "{id}") for one in urlpatterns}
    assert served == told | {"/", "/openapi.json"}
    assert set(DESCRIBED["paths"]) == told


def test_the_description_is_whole(client):
    """Everything it refers to is in it, and each operation has a name of its own."""
    answer = client.get("/api/v1/openapi.json")
    assert answer.json() == DESCRIBED
    assert answer["Cache-Control"] == "public, max-age=300"
    text = answer.content.decode()
    schemas = DESCRIBED["components"]["schemas"]
    referred = set(text.split('"#/components/schemas/')[1:])
    assert {one.partition('"')[0] for one in referred} <= set(schemas)
    names = [one["get"]["operationId"] for one in DESCRIBED["paths"].values()]
    assert len(names) == len(set(names)) == len(ENDPOINTS)


def test_the_page_for_people_tells_every_address_and_field(client):
    text = client.get("/api/v1/").content.decode()
    paths = [one.path for one in ENDPOINTS if f"/api/v1{one.path}<" not in text]
    fields = [
        field.about
        for one in ENDPOINTS
        for field in one.shape.fields
        if field.about not in text or f"<code>{field.name}</code>" not in text
    ]
    assert (paths, fields) == ([], [])
