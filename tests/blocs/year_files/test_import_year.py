"""manage.py import_year: what it says and with which code it ends."""

import pytest
from django.core.management import CommandError, call_command

from blocs.states import SeatRole
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocYearFactory
from tests.factories.people import UnitFactory, editor_of, official
from tests.factories.year_files import year_book

pytestmark = pytest.mark.django_db


PREVIEW = [
    "",
    "Khối, cụm:",
    "  Lập mới: Khối thi đua số 9 (ký hiệu KTĐ9).",
    "",
    "Đơn vị chưa có trong phần mềm, được lập mới:",
    "  SA – Sở Thử nghiệm A",
    "  SB – Sở Thử nghiệm B",
    "",
    "Đơn vị vào khối, cụm từ 01/01/2026:",
    "  SA – Sở Thử nghiệm A",
    "  SB – Sở Thử nghiệm B",
    "",
    "Trưởng và phó:",
    "  Trưởng: SA – Sở Thử nghiệm A",
    "  Phó: SB – Sở Thử nghiệm B",
    "",
    "Bảng chấm điểm được ban hành:",
    "  Bảng chấm điểm năm 2026: 5 dòng, 3 tiêu chí được chấm, tổng 100 điểm.",
    "",
    "Kết quả:",
    "  SA – Sở Thử nghiệm A: 03 kết quả, lập một báo cáo nháp.",
    "  SB – Sở Thử nghiệm B: 03 kết quả, lập một báo cáo nháp.",
]


@pytest.fixture
def office():
    return official(SeatRole.OFFICE).username


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "nam.xlsx"
    year_book().save(path)
    return path


def ended(*arguments, **options):
    """The exit code and the words of a run that fails."""
    with pytest.raises(CommandError) as caught:
        call_command("import_year", *map(str, arguments), **options)
    return caught.value.returncode, str(caught.value)


def test_the_year_is_opened_after_a_check(office, file, capsys):
    call_command("import_year", str(file), check=True, actor=office)
    call_command("import_year", str(file), actor=office)
    assert capsys.readouterr().out.splitlines() == [
        "Tệp đúng, chưa ghi gì: Khối thi đua số 9 năm 2026, 02 đơn vị, 3 tiêu chí, 6 kết quả.",
        *PREVIEW,
        "Đã mở: Khối thi đua số 9 năm 2026, 02 đơn vị, 3 tiêu chí, 6 kết quả.",
    ]
    assert ended(file, actor=office) == (
        2,
        "Khối thi đua số 9 đã có năm 2026; tệp này không nhập được nữa.",
    )


def test_units_of_another_bloc_need_a_reason(office, file, capsys):
    year = BlocYearFactory(bloc__name="Khối Khác", bloc__code="KX", year=2026, state="open")
    year.members.create(unit=UnitFactory(code="SA", name="Sở Thử nghiệm A"), order=1)
    asks = (
        "Sở Thử nghiệm A đang là thành viên của Khối Khác năm 2026. Mỗi đơn vị chỉ thi đua ở một "
        "khối, cụm trong năm; được tham gia cả hai thì ghi lý do."
    )
    assert ended(file, actor=office) == (2, asks)
    call_command("import_year", str(file), check=True, actor=office)
    assert f"Cần --reason: {asks}" in capsys.readouterr().out.splitlines()
    call_command("import_year", str(file), actor=office, reason="Theo quyết định riêng")
    assert BlocYear.objects.filter(bloc__code="KTĐ9").count() == 1


def test_wrong_cells_end_with_one(office, tmp_path):
    path = tmp_path / "sai.xlsx"
    year_book({"year": "hai nghìn"}).save(path)
    assert ended(path, actor=office) == (
        1,
        "Còn 1 ô phải sửa, chưa ghi gì:\nTrang “Thông tin”, ô B6, giá trị “hai nghìn”: "
        "Ghi năm như “2026”, hoặc năm học như “2026–2027”.",
    )
    assert BlocYear.objects.count() == 0


def test_what_is_no_workbook_ends_with_two(office, tmp_path):
    path = tmp_path / "sai.xlsx"
    path.write_bytes(b"%PDF-1.7")
    assert ended(path, actor=office)[0] == 2
    missing = tmp_path / "khong-co.xlsx"
    assert ended(missing, actor=office) == (2, f"Không đọc được tệp {missing}.")


def test_without_a_person_of_the_office_it_ends_with_three(file):
    editor = editor_of(UnitFactory()).username
    assert ended(file, actor=editor) == (
        3,
        f"{editor} không phải là người của cơ quan thường trực.",
    )
    sentence = "Vui lòng ghi --actor TÊN_ĐĂNG_NHẬP của một người ở cơ quan thường trực."
    assert ended(file) == (3, sentence)
    assert ended(file, actor="khong-co") == (3, sentence)


def test_the_template_is_written_once(tmp_path, capsys):
    path = tmp_path / "mau.xlsx"
    call_command("import_year", str(path), template=True)
    assert capsys.readouterr().out == f"Đã ghi mẫu trống vào {path}.\n"
    assert path.read_bytes()[:2] == b"PK"
    assert ended(path, template=True) == (
        2,
        f"Không ghi được {path}: tệp đã có hoặc thư mục không ghi được.",
    )
