import unicodedata

import pytest

from blocs.units.domain.unit_lists import Commas, asks_about_commas, split_unit_list
from tests.cases import case

SEED_LIST = (
    "Sở Giao thông Vận tải; Sở Xây dựng; Sở Tài nguyên và Môi trường; Sở Nông nghiệp và P\n\n"
    "hát triển nông thôn; Sở Công thương, Ban Quản lý các Khu công nghiệp, Ban Quản lý dự án đầu "
    "tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn, Ban Quản lý dự án "
    "đầu tư xây dựng công trình dân dụng và công nghiệp."
)


def test_the_published_list_of_case_01_has_eight_units():
    names = split_unit_list(SEED_LIST, Commas.BEFORE_OFFICES)
    assert names == case("01")["members"]
    assert len(names) == case("01")["member_count_stated"]


@pytest.mark.parametrize(
    "pasted",
    (
        "Ban Quản lý các Khu công nghiệp, Sở Tài nguyên và Môi trường, Cục Thuế tỉnh",
        "Ban Quản lý các Khu công nghiệp; Sở Tài nguyên và Môi trường; Cục Thuế tỉnh.",
        "Ban Quản lý các Khu công nghiệp\nSở Tài nguyên và Môi trường\nCục Thuế tỉnh\n",
        "Ban Quản lý các Khu công nghiệp;\nSở Tài nguyên và Môi trường;\nCục Thuế tỉnh;\n",
        "Ban Quản lý các Khu công nghiệp,\nSở Tài nguyên và Môi trường,\nCục Thuế tỉnh",
        "Ban Quản lý các Khu công nghiệp\r\n\r\nSở Tài nguyên và Môi trường\r\n\r\nCục Thuế tỉnh",
        "Ban Quản lý các Khu công nghiệp\tSở Tài nguyên và Môi trường\tCục Thuế tỉnh",
    ),
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_separator_parts_the_units(pasted, form):
    assert split_unit_list(unicodedata.normalize(form, pasted), Commas.BEFORE_OFFICES) == [
        "Ban Quản lý các Khu công nghiệp",
        "Sở Tài nguyên và Môi trường",
        "Cục Thuế tỉnh",
    ]


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("", []),
        (" \n ; , ", []),
        ("Sở Tư pháp", ["Sở Tư pháp"]),
        ("BanThi đua – Khen thưởng tỉnh", ["Ban Thi đua – Khen thưởng tỉnh"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "Sở Lao động, Thương binh và Xã hội, Thanh tra tỉnh",
            ["Sở Lao động, Thương binh và Xã hội", "Thanh tra tỉnh"],
        ),
        (
            "Ban Quản lý các KCN, KCX, KKT, Toà án nhân dân tỉnh",
            ["Ban Quản lý các KCN, KCX, KKT", "Toà án nhân dân tỉnh"],
        ),
        ("Sở Y tế, và Công an tỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("Sở Y tế và Công an tỉnh", ["Sở Y tế và Công an tỉnh"]),
        (
            "Khối gồm 03 đơn vị: Sở Y tế, xã Ea Kao, Phường 1",
            ["Sở Y tế", "xã Ea Kao", "Phường 1"],
        ),
        ("Các đơn vị:\n1. Sở Y tế\n2) Sở Nội vụ\n- Công an tỉnh;\n", [
            "Sở Y tế", "Sở Nội vụ", "Công an tỉnh",
        ]),
        ("Thành phố Huế, huyện A Lưới, thị xã Hương Trà", [
            "Thành phố Huế", "huyện A Lưới", "thị xã Hương Trà",
        ]),
        ("MobiFone; VietinBank", ["MobiFone", "VietinBank"]),
        # One name a line, though a name begins by no word that offices are known by.
        ("Sở Y tế, Dân số\nVNPT Đắk Lắk, Chi nhánh Buôn Ma Thuột\nSở Tài chính", [
            "Sở Y tế, Dân số", "VNPT Đắk Lắk, Chi nhánh Buôn Ma Thuột", "Sở Tài chính",
        ]),
        ("1. Agribank, Chi nhánh Đắk Lắk\n2. MobiFone, Trung tâm Kinh doanh 6", [
            "Agribank, Chi nhánh Đắk Lắk", "MobiFone, Trung tâm Kinh doanh 6",
        ]),
        ("Viettel, Chi nhánh Đắk Lắk\nSở Y tế", ["Viettel, Chi nhánh Đắk Lắk", "Sở Y tế"]),
        ("Sở\u00a0Y\u00a0tế;\u200bSở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
    ],
)  # fmt: skip
def test_split_reads_lists_as_people_paste_them(pasted, names):
    assert split_unit_list(pasted, Commas.BEFORE_OFFICES) == names


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Sở Nông ngh\niệp\nSở Y tế", ["Sở Nông nghiệp", "Sở Y tế"]),
        ("Sở Phá\nt triển", ["Sở Phát triển"]),
        ("Sở Tài nguyên\nvà Môi trường", ["Sở Tài nguyên và Môi trường"]),
        ("Sở Tài nguyên và\nMôi trường", ["Sở Tài nguyên và Môi trường"]),
        ("Ban Quản lý các\nKhu công nghiệp", ["Ban Quản lý các Khu công nghiệp"]),
        ("Sở Văn hóa,\nThể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Sở KH\nvà ĐT", ["Sở KH và ĐT"]),
        ("huyện Quan Sơn\nhuyện Như Thanh", ["huyện Quan Sơn", "huyện Như Thanh"]),
        ("Điện lực\nKho bạc\nMobiFone", ["Điện lực", "Kho bạc", "MobiFone"]),
    ],
)
def test_split_mends_names_broken_over_lines(pasted, names):
    assert split_unit_list(pasted) == names


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        (
            "Đoàn Luật sư, Hội Luật gia tỉnh\nSở Tư pháp\nCông an tỉnh",
            ["Đoàn Luật sư, Hội Luật gia tỉnh", "Sở Tư pháp", "Công an tỉnh"],
        ),
        (
            "1. Văn phòng Tỉnh ủy, Ban Nội chính;\n2. Ban Tổ chức Tỉnh ủy;\n",
            ["Văn phòng Tỉnh ủy, Ban Nội chính", "Ban Tổ chức Tỉnh ủy"],
        ),
        ("Sở Y tế, Sở Nội vụ,\nSở Xây dựng", ["Sở Y tế, Sở Nội vụ", "Sở Xây dựng"]),
        ("Sở Y tế; Sở Nội vụ\nSở Xây dựng, Sở Công Thương", [
            "Sở Y tế", "Sở Nội vụ", "Sở Xây dựng, Sở Công Thương",
        ]),
        ("Khối gồm: Sở Y tế, Sở Nội vụ\nSở Xây dựng", ["Sở Y tế, Sở Nội vụ", "Sở Xây dựng"]),
        # No line begins by a word that offices are known by.
        ("VNPT, Chi nhánh Đắk Lắk\nViettel, Chi nhánh Đắk Lắk", [
            "VNPT, Chi nhánh Đắk Lắk", "Viettel, Chi nhánh Đắk Lắk",
        ]),
        ("Agribank, Hội sở\nMobiFone\nPetrolimex, Kho xăng", [
            "Agribank, Hội sở", "MobiFone", "Petrolimex, Kho xăng",
        ]),
        ("VNPT,\nViettel, Chi nhánh Đắk Lắk,\nMobiFone", [
            "VNPT", "Viettel, Chi nhánh Đắk Lắk", "MobiFone",
        ]),
        ("Các đơn vị:\nVNPT,\nViettel,\nMobiFone", ["VNPT", "Viettel", "MobiFone"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("commas", Commas)
def test_one_name_a_line_keeps_its_commas_whatever_was_chosen(pasted, names, commas):
    assert not asks_about_commas(pasted)
    assert split_unit_list(pasted, commas) == names


@pytest.mark.parametrize(
    ("pasted", "kept", "before_offices", "between"),
    [
        (
            "VNPT, Viettel, Sở Y tế",
            ["VNPT, Viettel, Sở Y tế"],
            ["VNPT, Viettel", "Sở Y tế"],
            ["VNPT", "Viettel", "Sở Y tế"],
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch; Sở Y tế.",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"],
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"],
            ["Sở Văn hóa", "Thể thao và Du lịch", "Sở Y tế"],
        ),
        (
            "Các đơn vị:\nMobiFone, Agribank",
            ["MobiFone, Agribank"],
            ["MobiFone, Agribank"],
            ["MobiFone", "Agribank"],
        ),
    ],
)
def test_commas_of_a_single_line_are_what_the_person_says(pasted, kept, before_offices, between):
    assert asks_about_commas(pasted)
    assert [split_unit_list(pasted, commas) for commas in Commas] == [kept, before_offices, between]
    assert split_unit_list(pasted) == kept


@pytest.mark.parametrize("pasted", ("", "Sở Y tế,", "Sở Y tế; Sở Nội vụ", "VNPT, A\nViettel"))
def test_nothing_is_asked_where_commas_part_nothing(pasted):
    assert not asks_about_commas(pasted)
