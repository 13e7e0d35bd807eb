"""An empty office gets its units and its people from two files: what it costs in clicks."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from blocs.states import SeatRole
from blocs.units.models import AccountRequest, Membership, Seat, Unit
from tests.factories.blocs import BlocFactory
from tests.factories.people import official
from tests.prove import budget
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook

pytestmark = pytest.mark.django_db
# However many they are, the clicks are the same: `./run prove` enters the whole province.
UNITS, BLOCS = budget(20, 200), budget(5, 25)


def workbook(titles, rows):
    sheet = WorkbookSheet(
        "Danh sách", [Column(title) for title in titles], [WorkbookRow(row) for row in rows]
    )
    return SimpleUploadedFile("danh-sach.xlsx", write_workbook([sheet]))


class Desk:
    """A browser that counts: each page opened and each button pressed is one click."""

    def __init__(self, client, person):
        self.client, self.clicks = client, 0
        client.force_login(person)

    def open(self, name):
        self.clicks += 1
        return self.client.get(reverse(name))

    def press(self, name, typed, *, chosen=0):
        """`chosen`: what was clicked before the button, such as choosing a file."""
        self.clicks += 1 + chosen
        return self.client.post(reverse(name), typed)

    def enter_list(self, name, file):
        """Open the page, choose the file, read it, confirm what was understood."""
        self.open(name)
        shown = self.press(name, {"file": file}, chosen=1)
        form, plan = shown.context["form"], shown.context["plan"]
        return self.press(name, {"text": form["text"].value(), "confirmed": plan.mark})


def test_all_units_and_all_accounts_cost_fourteen_clicks(client):
    for number in range(BLOCS):
        BlocFactory(code=f"KTĐ{number}")
    units = [
        (f"XA{n}", f"Xã Minh họa số {n}", f"KTĐ{n % BLOCS}", "05/01/2026") for n in range(UNITS)
    ]
    people = [
        row
        for n in range(UNITS)
        for row in (
            (f"Cán Bộ Thứ {n}", "cán bộ đầu mối", f"XA{n}", "05/01/2026"),
            (f"Lãnh Đạo Thứ {n}", "lãnh đạo đơn vị", f"XA{n}", "05/01/2026"),
        )
    ]
    desk = Desk(client, official(SeatRole.OFFICE))
    desk.open("units:unit_list")
    titles = ("Mã đơn vị", "Tên chính thức", "Mã khối, cụm", "Thuộc khối từ ngày")
    desk.enter_list("units:unit_roster", workbook(titles, units))
    assert (Unit.objects.count(), Membership.objects.count()) == (UNITS, UNITS)
    of_units = desk.clicks

    admin = Desk(client, official(SeatRole.SYSADMIN))
    admin.open("units:person_list")
    titles = ("Họ và tên", "Vai trò", "Mã đơn vị", "Từ ngày")
    slips = admin.enter_list("units:person_roster", workbook(titles, people))
    pages = [page.extract_text() for page in PdfReader(BytesIO(slips.content)).pages]
    assert sum(page.count("Mật khẩu dùng một lần") for page in pages) == 2 * UNITS

    second = Desk(client, official(SeatRole.OFFICE))
    second.open("units:request_list")
    shown = second.open("units:seats_confirm").context["form"]["shown"].value()
    second.press("units:seats_confirm", {"shown": shown, "is_read": "on"}, chosen=1)
    assert not AccountRequest.objects.waiting().exists()
    assert Seat.objects.filter(unit__isnull=False).count() == 2 * UNITS
    # Five for the units; of all accounts five to open them and four to confirm the leaders.
    assert (of_units, admin.clicks, second.clicks) == (5, 5, 4)
