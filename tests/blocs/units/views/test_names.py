"""The office renames a unit or bloc from a day on, mends a spelling, takes a renaming back."""

import html
import re

import pytest
import time_machine
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Bloc, Unit
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, editor_of, official
from tests.page_forms import fields_of
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("kind", ("unit", "bloc"))
SAID = {"decision": "Nghị quyết số 09/NQ-HĐND", "reason": "sắp xếp bộ máy"}
FIELD = {"unit": "tên chính thức", "bloc": "tên khối, cụm"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-08-01T03:00:00Z", tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def made(kind, name="Tên cũ"):
    return (UnitFactory if kind == "unit" else BlocFactory)(name=name)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def page(kind, name, thing, *more):
    return reverse(f"units:{kind}_{name}", args=(thing.pk, *more))


def send(client, url, **typed):
    return client.post(url, fields_of(client.get(url)) | typed)


def rows_of(answer):
    """Name, period and paper of the former names on the page."""
    return [(row["name"], row["period"], row["row"].decision) for row in answer.context["names"]]


@BOTH
def test_a_new_name_holds_from_its_day_and_the_old_one_stays_on_record(office, kind):
    thing = made(kind)
    answer = send(office, page(kind, "rename", thing), name="Tên mới", on="01/07/2026", **SAID)
    assert answer.url == thing.get_absolute_url()
    detail = office.get(answer.url)
    assert again(thing).name == "Tên mới"
    assert rows_of(detail) == [("Tên cũ", "đến 30/06/2026", "Nghị quyết số 09/NQ-HĐND")]
    entry = ActivityEntry.objects.get()
    assert entry.label == "Đổi tên từ 01/07/2026"
    assert entry.note == "Nghị quyết số 09/NQ-HĐND. sắp xếp bộ máy."
    assert entry.changes == [{"field": FIELD[kind], "before": "Tên cũ", "after": "Tên mới"}]


@BOTH
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    (
        (
            {"on": "02/08/2026"},
            "on",
            "Tên mới có hiệu lực từ 02/08/2026, chưa đến ngày đó; hãy ghi đổi tên từ ngày ấy trở "
            "đi.",
        ),
        ({"name": "Tên cũ"}, "__all__", "Chưa sửa gì: tên mới giống tên đang dùng."),
        ({"decision": ""}, "decision", "Hãy nhập văn bản."),
    ),
)
def test_what_is_refused_stays_typed(office, kind, typed, field, sentence):
    thing, right = made(kind), {"name": "Tên mới", "on": "01/07/2026", **SAID}
    answer = send(office, page(kind, "rename", thing), **(right | typed))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert fields_of(answer)["reason"] == ["sắp xếp bộ máy"]
    assert again(thing).former_names == []


@BOTH
def test_a_spelling_is_mended_in_former_names_too(office, kind):
    thing = made(kind, name="Sở Vân tải")
    send(office, page(kind, "rename", thing), name="Sở Giao thông", on="01/07/2026", **SAID)
    url = page(kind, "former_spelling", thing, 1)
    assert fields_of(office.get(url))["name"] == ["Sở Vân tải"]
    answer = send(office, url, name="Sở Vận tải", reason="viết nhầm dấu")
    assert answer.status_code == 302
    assert rows_of(office.get(answer.url)) == [
        ("Sở Vận tải", "đến 30/06/2026", "Nghị quyết số 09/NQ-HĐND")
    ]
    assert again(thing).name == "Sở Giao thông"
    entry = ActivityEntry.objects.order_by("-pk").first()
    assert (entry.label, entry.note) == ("Sửa lỗi chính tả trong tên, ở mọi năm", "viết nhầm dấu")
    assert entry.changes == [{"field": FIELD[kind], "before": "Sở Vân tải", "after": "Sở Vận tải"}]


@BOTH
def test_a_spelling_of_now_leaves_no_former_name(office, kind):
    thing = made(kind, name="Sở Tai chính")
    answer = send(office, page(kind, "spelling", thing), name="Sở Tài chính", reason="thiếu dấu")
    assert answer.status_code == 302
    assert (again(thing).name, again(thing).former_names) == ("Sở Tài chính", [])


@BOTH
def test_a_renaming_recorded_by_mistake_is_taken_back(office, kind):
    thing = made(kind)
    for name, day in (("Tên hai", "01/02/2024"), ("Tên nhầm", "01/07/2026")):
        send(office, page(kind, "rename", thing), name=name, on=day, **SAID)
    answer = send(office, page(kind, "rename_undo", thing), reason="nhầm đơn vị")
    assert again(thing).name == "Tên hai"
    assert rows_of(office.get(answer.url)) == [
        ("Tên cũ", "đến 31/01/2024", "Nghị quyết số 09/NQ-HĐND")
    ]
    assert ActivityEntry.objects.order_by("-pk").first().changes == [
        {"field": FIELD[kind], "before": "Tên nhầm", "after": "Tên hai"}
    ]


@BOTH
def test_the_page_of_facts_has_no_name_to_overwrite(office, kind):
    thing = made(kind)
    names = (Unit if kind == "unit" else Bloc).NAMES
    fields = fields_of(office.get(page(kind, "edit", thing)))
    assert [name for name in names if name in fields] == []


@BOTH
def test_only_the_office_renames(client, kind):
    thing = made(kind)
    client.force_login(editor_of(UnitFactory()))
    for name in ("rename", "spelling"):
        assert client.get(page(kind, name, thing)).status_code == 403
    assert client.get(page(kind, "rename_undo", thing)).status_code == 404
    assert (
        re.findall("doi-ten|sua-loi", client.get(thing.get_absolute_url()).content.decode()) == []
    )


@BOTH
def test_who_writes_second_is_told(client, kind):
    thing = made(kind)
    client.force_login(official(SeatRole.OFFICE))
    url = page(kind, "rename", thing)
    opened = fields_of(client.get(url)) | {"on": "01/07/2026", **SAID}
    assert (
        client.post(url, opened | {"name": "Tên thứ nhất", "on": "01/06/2026"}).status_code == 302
    )
    answer = client.post(url, opened | {"name": "Tên thứ hai"})
    assert answer.status_code == 409
    assert "Anh/chị đã lưu ở cửa sổ khác: “Tên thứ nhất”" in html.unescape(answer.content.decode())
    assert client.post(url, fields_of(answer)).status_code == 302
    assert again(thing).name == "Tên thứ hai"


def test_a_list_of_a_former_year_finds_units_by_their_names_of_then(office):
    unit, bloc = made("unit", name="Sở Lao động"), BlocFactory()
    send(office, page("unit", "rename", unit), name="Sở Nội vụ mới", on="01/07/2026", **SAID)
    answer = office.post(
        reverse("units:member_paste", args=(bloc.pk,)),
        {"text": "Sở Lao động\nSở Nội vụ mới", "starts_on": "01/01/2026", "superior": "UBND TỈNH"},
    )
    assert [line.unit for line in answer.context["lines"]] == [unit, unit]
