"""Many units from one list: the page, its preview, the file, and nothing half-made."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from blocs.states import SeatRole
from blocs.units.actions import unit_rosters as acts
from blocs.units.actions.unit_rosters import CHANGED, NOTHING_NEW
from blocs.units.models import Unit
from tests.factories.blocs import BlocFactory
from tests.factories.people import UnitFactory, auditor, editor_of, leader_of, official
from thidua.common.models import ActivityEntry
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook

pytestmark = pytest.mark.django_db
PAGE, FORM = reverse("units:unit_roster"), reverse("units:unit_roster_forms")
TITLES = ("Mã đơn vị", "Tên chính thức", "Mã khối, cụm", "Thuộc khối từ ngày")
LIST = "\n".join(("\t".join(TITLES), "SXD\tSở Xây dựng\tKTĐ5\t05/12/2026", "SYT\tSở Y tế"))


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def confirm(client, answer, **changes):
    """Press the button of the preview."""
    form, plan = answer.context["form"], answer.context["plan"]
    typed = {"text": form["text"].value(), "confirmed": plan.mark}
    return client.post(PAGE, typed | changes)


def workbook(rows, titles=TITLES):
    sheet = WorkbookSheet(
        "Đơn vị", [Column(title) for title in titles], [WorkbookRow(row) for row in rows]
    )
    return SimpleUploadedFile("don-vi.xlsx", write_workbook([sheet]))


def test_a_pasted_list_is_shown_and_then_written(office):
    BlocFactory(code="KTĐ5")
    answer = office.post(PAGE, {"text": LIST})
    assert [(line.name, line.is_new) for line in answer.context["plan"].lines] == [
        ("Sở Xây dựng", True),
        ("Sở Y tế", True),
    ]
    assert not Unit.objects.exists()
    assert confirm(office, answer).url == reverse("units:unit_list")
    first, second = Unit.objects.order_by("code")
    assert (first.letterhead, first.superior, second.short_name) == (
        "SỞ XÂY DỰNG",
        "UBND TỈNH",
        "Sở Y tế",
    )
    (membership,) = first.memberships.all()
    assert (membership.bloc.code, membership.starts_on) == ("KTĐ5", dt.date(2026, 12, 5))
    lines = ActivityEntry.objects.filter(action="units.import_units").order_by("pk")
    assert [(line.subject, line.label, line.note) for line in lines] == [
        (first, "Nhập 02 đơn vị từ danh sách", "Sở Xây dựng; Sở Y tế"),
        (membership.bloc, "Thêm 01 thành viên từ danh sách", "Sở Xây dựng"),
    ]


def test_the_same_list_again_finds_nothing_new(office):
    BlocFactory(code="KTĐ5")
    confirm(office, office.post(PAGE, {"text": LIST}))
    again = office.post(PAGE, {"text": LIST})
    assert [line.note for line in again.context["plan"].lines] == ["Đã có, giữ nguyên."] * 2
    answer = confirm(office, again)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [NOTHING_NEW])
    assert Unit.objects.count() == 2


def test_a_file_is_read_as_the_pasted_list_is(office):
    BlocFactory(code="KTĐ5")
    rows = [("SXD", "Sở Xây dựng", "KTĐ5", dt.date(2026, 12, 5)), ("SYT", "Sở Y tế", None, None)]
    answer = office.post(PAGE, {"file": workbook(rows)})
    assert answer.context["form"]["text"].value() == f"{LIST}\n"
    confirm(office, answer)
    assert Unit.objects.get(code="SXD").memberships.get().starts_on == dt.date(2026, 12, 5)


def test_one_wrong_line_keeps_all_back_and_the_list_stays(office):
    answer = office.post(PAGE, {"text": LIST})
    assert answer.status_code == 422
    assert [line.number for line in answer.context["plan"].lines if line.faults] == [2]
    assert answer.context["form"]["text"].value() == LIST
    assert "Không có khối, cụm nào có ký hiệu “KTĐ5”" in answer.content.decode()
    assert not Unit.objects.exists()


def test_a_wrong_file_is_kept_as_text_to_be_mended(office):
    answer = office.post(PAGE, {"file": workbook([("A", "Sở A"), ("A", "Sở B")], TITLES[:2])})
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == (
        "Mã đơn vị\tTên chính thức\nA\tSở A\nA\tSở B\n"
    )


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({}, "Hãy dán danh sách hoặc chọn tệp Excel."),
        ({"text": "lung tung"}, "Dòng đầu tiên phải là tên các cột"),
        ({"text": LIST, "file": workbook([])}, "không làm cả hai"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK")}, "không phải là tệp Excel"),
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, "không có nội dung"),
        ({"text": "x" * 400_001}, "400000"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(office, posted, told):
    answer = office.post(PAGE, posted)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_list_of_ten_thousand_lines_is_refused_at_once(office):
    text = "\n".join((TITLES[1], *(f"Xã {number}" for number in range(10_000))))
    answer = office.post(PAGE, {"text": text})
    assert answer.context["form"].non_field_errors() == [
        "Danh sách có 10000 dòng, nhiều nhất 1000 dòng một lần. Hãy chia làm nhiều lần."
    ]


def test_an_old_encoding_is_shown_converted_before_it_is_used(office):
    answer = office.post(PAGE, {"text": f"{TITLES[1]}\nSë X©y dùng"})
    assert "Danh sách gõ bằng bảng mã TCVN3 (ABC)" in answer.content.decode()
    assert [line.name for line in answer.context["plan"].lines] == ["Sở Xây dựng"]
    confirm(office, answer)
    assert Unit.objects.get().name == "Sở Xây dựng"


def test_what_changed_since_the_preview_is_shown_anew(office):
    BlocFactory(code="KTĐ5")
    shown = office.post(PAGE, {"text": LIST})
    UnitFactory(code="SYT", name="Sở Y tế")
    answer = confirm(office, shown)
    # Another mark is another list: it is shown again, and nothing is written.
    assert (answer.status_code, answer.context["is_preview"]) == (200, True)
    assert Unit.objects.count() == 1


def test_the_action_itself_refuses_a_list_that_was_not_shown(office):
    BlocFactory(code="KTĐ5")
    with pytest.raises(acts.ValidationError, match=CHANGED[:30]):
        acts.import_units(LIST, actor=official(SeatRole.OFFICE), shown="")
    assert not Unit.objects.exists()


def test_a_refusal_in_the_middle_leaves_nothing(office, monkeypatch):
    """What only the database knows is told with its line, too."""
    BlocFactory(code="KTĐ5")
    shown = office.post(PAGE, {"text": LIST})

    def refused(*facts):
        raise acts.ValidationError("Không vào khối được.")

    monkeypatch.setattr(acts, "join", refused)
    answer = confirm(office, shown)
    assert answer.context["form"].non_field_errors() == ["Dòng 2: Không vào khối được."]
    assert not Unit.objects.exists()


def test_the_list_comes_back_to_be_mended(office):
    answer = office.post(PAGE, {"text": "Tên chính thức\nSở A", "again": "1"})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (
        200,
        "Tên chính thức\nSở A",
    )


def test_a_thousand_units_cost_the_catalogue_one_reading(office, django_assert_num_queries):
    """The names on record are read once, not once a line."""
    text = "\n".join((TITLES[1], *(f"Xã thứ {number}" for number in range(30))))
    shown = office.post(PAGE, {"text": text})
    with django_assert_num_queries(165):
        confirm(office, shown)
    assert Unit.objects.count() == 30


def test_the_form_holds_the_columns_and_reads_back_empty(office):
    book = load_workbook(BytesIO(office.get(FORM).content))
    titles = [cell.value for cell in book["Đơn vị"][1]]
    assert titles[:2] == ["Mã đơn vị", "Tên chính thức (*)"]
    filled = office.post(PAGE, {"text": "\t".join(titles) + "\nSXD\tSở Xây dựng"})
    assert [line.name for line in filled.context["plan"].lines] == ["Sở Xây dựng"]


def test_it_is_for_who_keeps_the_catalogue(client):
    unit = UnitFactory()
    bloc = BlocFactory()
    others = [
        official(SeatRole.SYSADMIN),
        official(SeatRole.COUNCIL),
        official(SeatRole.CHAIR),
        official(SeatRole.OFFICE, sees_only=[bloc.pk]),
        auditor(),
        editor_of(unit),
        leader_of(unit),
    ]
    for person in others:
        client.force_login(person)
        answers = (client.get(PAGE), client.post(PAGE, {"text": LIST}), client.get(FORM))
        assert [answer.status_code for answer in answers] == [403] * 3
    assert Unit.objects.count() == 1
