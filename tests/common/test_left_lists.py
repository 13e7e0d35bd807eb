"""A list comes back as it was left, as long as the reader wants it, and as a file."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client, RequestFactory
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Unit
from tests.factories.blocs import UnitFactory
from tests.factories.people import official
from thidua.common.pages.lists.files import WRITERS, ListFileWriter
from thidua.common.pages.lists.left import LONGEST, MOST_LISTS, left_by
from thidua.workbooks.list_files import ListReader, list_answer, list_sheet

pytestmark = pytest.mark.django_db
LIST = reverse("units:unit_list")


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def shown(answer):
    return len(answer.context["page_obj"])


def crumb_of(client, unit):
    crumbs = dict(client.get(unit.get_absolute_url()).context["breadcrumbs"])
    return crumbs["Đơn vị"]


def test_rows_of_a_page_are_chosen_once_for_all_lists(office):
    UnitFactory.create_batch(23)
    assert shown(office.get(LIST)) == 20
    assert shown(office.get(LIST, {"rows": "10"})) == 10
    assert shown(office.get(LIST)) == 10
    assert office.get(reverse("units:bloc_list")).context["paginator"].per_page == 10
    assert shown(office.get(LIST, {"rows": "50"})) == Unit.objects.count()
    # Nobody asks for a million rows by hand.
    assert office.get(LIST, {"rows": "1000000"}).context["paginator"].per_page == 50


def test_a_breadcrumb_leads_to_the_filter_and_the_page_as_left(office):
    unit = UnitFactory(name="Sở Nông nghiệp")
    assert crumb_of(office, unit) == LIST
    office.get(LIST, {"q": "nông", "bloc": ""})
    assert crumb_of(office, unit) == f"{LIST}?q=n%C3%B4ng"
    office.get(LIST)
    assert crumb_of(office, unit) == LIST


def test_looking_at_a_list_costs_the_same_with_a_filter_and_writes_nothing(
    office, django_assert_num_queries
):
    UnitFactory.create_batch(3)
    office.get(LIST)
    with django_assert_num_queries(7):
        office.get(LIST)
    with django_assert_num_queries(7):
        office.get(LIST, {"q": "", "rows": "10"})


def test_who_signs_in_next_does_not_find_the_words_of_the_last_one(office):
    unit = UnitFactory()
    office.get(LIST, {"q": "nông", "rows": "10"})
    kept = office.cookies[settings.LISTS_COOKIE_NAME]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", "")
    other = Client()
    other.force_login(official(SeatRole.OFFICE))
    other.cookies[settings.LISTS_COOKIE_NAME] = kept.value
    assert crumb_of(other, unit) == LIST
    assert other.get(LIST).context["paginator"].per_page == 20


@pytest.mark.parametrize("text", ["", "x", "e30:1abc:def"])
def test_a_cookie_that_is_not_ours_is_none(text):
    request = RequestFactory().get(LIST)
    request.user = official(SeatRole.OFFICE)
    request.COOKIES[settings.LISTS_COOKIE_NAME] = text
    assert left_by(request) == {"rows": 0, "seen": {}}


def test_a_filter_without_end_is_not_kept(office):
    unit = UnitFactory()
    office.get(LIST, {"q": "a" * LONGEST})
    assert crumb_of(office, unit) == LIST
    assert MOST_LISTS * LONGEST < 4096


def sheet_of(answer):
    return openpyxl.load_workbook(BytesIO(answer.content)).active


def test_the_file_holds_all_rows_of_the_filter_in_the_columns_of_the_screen(office):
    for number in range(1, 13):
        UnitFactory(name=f"Phòng Nông nghiệp {number:02d}", code=f"PNN{number:02d}")
    UnitFactory(name="Sở Xây dựng")
    asked = {"q": "nông", "rows": "10", "page": "2"}
    page = office.get(LIST, asked).context["page_obj"]
    assert page.foot["file"] == "?tep=xlsx&q=n%C3%B4ng"
    answer = office.get(f"{LIST}{page.foot['file']}")
    assert answer["Content-Disposition"] == 'attachment; filename="don-vi.xlsx"'
    rows = [[cell.value for cell in row] for row in sheet_of(answer).iter_rows()]
    assert [row[0] for row in rows[:2]] == ["Đơn vị", "Tên hoặc mã đơn vị: nông"]
    assert rows[2][0].endswith("; 12 dòng.")
    assert rows[3] == ["STT", "Tên đơn vị", "Mã", "Khối, cụm hiện nay", "Tình trạng"]
    assert [row[:3] for row in rows[4:]] == [
        [number, f"Phòng Nông nghiệp {number:02d}", f"PNN{number:02d}"] for number in range(1, 13)
    ]


def test_a_file_of_too_many_rows_is_refused_with_a_sentence(office, monkeypatch):
    UnitFactory.create_batch(3)
    count = Unit.objects.count()
    writer = ListFileWriter(count - 1, list_answer)
    monkeypatch.setattr(WRITERS, "_entries", [writer])
    answer = office.get(LIST, {"tep": "xlsx", "q": ""})
    assert (answer.status_code, answer.url) == (302, f"{LIST}?q=")
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert told == [
        f"Danh sách có {count} dòng; tệp Excel ghi nhiều nhất {count - 1} dòng. "
        "Hãy lọc bớt rồi tải."
    ]


def test_who_may_not_open_the_list_gets_no_file_of_it(client):
    client.force_login(official(SeatRole.OFFICE))
    assert client.get(reverse("units:person_list"), {"tep": "xlsx"}).status_code == 403


def test_the_table_is_read_as_people_read_it():
    reader = ListReader()
    reader.feed(
        '<h1>Báo cáo <span class="visually-hidden">ẩn</span>năm 2026</h1><table class="facts"><tr>'
        '<td>khác</td></tr></table><table class="list sheet"><thead><tr><th class="no">STT</th>'
        '<th>Đơn vị</th><th class="num">Điểm</th><th>Ngày</th><th class="acts">Thao tác</th></tr>'
        '</thead><tbody><tr><td class="no">1</td><th><a href="/a/">=Sở A</a>'
        "<div>đã <strong>sáp</strong> nhập</div></th>"
        '<td class="num">9,50</td><td>05/12/2026</td><td class="acts">Xem</td></tr>'
        '<tr><td class="no">2</td><th>Sở B<svg><use href="#x"></use></svg></th>'
        '<td class="num">7,25 (chưa xong)</td><td>99/99/2026</td><td class="acts"></td></tr>'
        "</tbody></table>"
    )
    sheet = list_sheet(
        reader, "Báo cáo", ["Khối: A"], at=dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
    )
    assert reader.heading == "Báo cáo năm 2026"
    assert [(one.title, one.kind) for one in sheet.columns] == [
        ("STT", "number"),
        ("Đơn vị", "text"),
        ("Điểm", "number"),
        ("Ngày", "text"),
    ]
    assert [row.values for row in sheet.rows] == [
        [1, "=Sở A\nđã sáp nhập", 9.5, dt.date(2026, 12, 5)],
        [2, "Sở B", "7,25 (chưa xong)", "99/99/2026"],
    ]
    assert sheet.title_lines == ("Báo cáo", "Khối: A", "Lập lúc 15:00 01/12/2026; 2 dòng.")
