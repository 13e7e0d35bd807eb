"""A list of people, line by line: which account and seat each would get, or why none."""

import datetime as dt

import pytest

from blocs.states import SeatRole
from blocs.units.domain.person_rosters import (
    PERSON_COLUMNS,
    KnownPeople,
    KnownPerson,
    person_lines,
    username_for,
)
from blocs.units.domain.rosters import read_roster

KEPT = KnownPeople(
    people=(KnownPerson("syt.cu", "Trần Thị Cũ", frozenset({("editor", "SYT")})),),
    units={"SYT": True, "SCU": False},
)
TITLES = "Tên đăng nhập\tHọ và tên\tVai trò\tMã đơn vị\tTừ ngày\tThư điện tử"


def read(*lines):
    return person_lines(read_roster("\n".join((TITLES, *lines)), PERSON_COLUMNS), KEPT)


def row(name="", full_name="Lê Văn Mới", role="thư ký", unit="SYT", since="05/12/2026", mail=""):
    return "\t".join((name, full_name, role, unit, since, mail))


def test_a_line_becomes_an_account_with_its_seat():
    (line,) = read(row(unit="syt", mail="a@example.vn"))
    assert line.is_new
    assert (line.username, line.role, line.unit) == ("levanmoi", SeatRole.EDITOR, "SYT")
    assert (line.starts_on, line.is_asked) == (dt.date(2026, 12, 5), False)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Cán bộ đầu mối", "editor"),
        ("THƯ KÝ", "editor"),
        ("lanh dao don vi", "leader"),
        ("Thủ trưởng", "leader"),
    ],
)
def test_roles_of_units_are_known_by_several_names(said, role):
    (line,) = read(row(role=said))
    assert (line.role, line.is_asked) == (role, role != "editor")


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Cơ quan thường trực", "office"),
        ("thành viên Hội đồng", "council"),
        ("Chủ tịch", "chair"),
        ("Quản trị hệ thống", "sysadmin"),
    ],
)
def test_roles_of_the_province_wait_for_a_second_person(said, role):
    (line,) = read(row(role=said, unit=""))
    assert (line.role, line.is_asked) == (role, True)


def test_names_that_are_made_are_unique_and_avoid_those_of_later_lines():
    lines = read(row(), row(full_name="Lê Văn Mơi"), row("LeVanMoi3", "Lê Văn Mời"), row("", "李"))
    assert [line.username for line in lines] == ["levanmoi", "levanmoi2", "levanmoi3", "nguoidung"]
    assert username_for("Lê Văn Mới", {"levanmoi", "levanmoi2"}) == "levanmoi3"


@pytest.mark.parametrize("name", ["", "syt.cu", "SYT.CU"])
def test_who_holds_the_seat_already_is_left_alone(name):
    (line,) = read(row(name, "trần thị cũ"))
    assert (line.is_known, line.is_new, line.username) == (True, False, "syt.cu")
    assert line.note.startswith("Đang giữ vị trí này")


@pytest.mark.parametrize(
    ("lines", "number", "told"),
    [
        ((row("a.b"), row("A.B", "Hồ Thị Hai")), 3, "Tên đăng nhập “a.b” trùng với dòng 2."),
        ((row(), row()), 3, "Lê Văn Mới đã có vị trí này ở dòng 2."),
        ((row("syt.cu"),), 2, "Tên đăng nhập “syt.cu” là của Trần Thị Cũ."),
        ((row("syt.cu", "Trần Thị Cũ", "lãnh đạo"),), 2, "Trần Thị Cũ đã có tài khoản “syt.cu”"),
        ((row("a b"),), 2, "Tên đăng nhập chỉ gồm chữ, số"),
        ((row(role="trưởng ban"),), 2, "Không giao được vai trò “trưởng ban” bằng danh sách"),
        ((row(role="kiểm toán, thanh tra", unit=""),), 2, "Không giao được vai trò “kiểm toán"),
        ((row(unit=""),), 2, "Vai trò cán bộ đầu mối phải có mã đơn vị."),
        ((row(role="Chủ tịch"),), 2, "Vai trò Chủ tịch không thuộc đơn vị nào"),
        ((row(unit="SXX"),), 2, "Không có đơn vị nào mang mã “SXX”."),
        ((row(unit="SCU"),), 2, "Đơn vị mang mã “SCU” đã thôi hoạt động."),
        ((row(since=""),), 2, "Thiếu từ ngày."),
        ((row(since="hôm nay"),), 2, "Từ ngày “hôm nay” không phải là ngày"),
        ((row(full_name=""),), 2, "Thiếu họ và tên."),
        ((row(role=""),), 2, "Thiếu vai trò."),
        ((row(mail="a@b"),), 2, "Thư điện tử “a@b” viết chưa đúng."),
        ((row("x" * 151),), 2, "Tên đăng nhập dài 151 ký tự, nhiều nhất 150."),
        ((row(full_name="=1+1"),), 2, "Họ và tên là công thức"),
    ],
)
def test_every_fault_is_a_sentence_at_its_line(lines, number, told):
    found = {line.number: line.faults for line in read(*lines) if line.faults}
    ((at, (fault,)),) = found.items()
    assert (at, fault[: len(told)]) == (number, told)
