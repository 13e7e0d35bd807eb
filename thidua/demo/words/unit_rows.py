"""Names as their offices write them. Only the bloc of 2020 is of record; the others show how a
province may group its units today."""

from typing import NamedTuple

DIRECTOR, HEAD, CHAIRMAN, RECTOR = "Giám đốc", "Trưởng ban", "Chủ tịch", "Hiệu trưởng"
PROVINCE = "UBND TỈNH ĐẮK LẮK"


class UnitRow(NamedTuple):
    """`letterhead` with | where the line breaks; empty: broken by the program."""

    code: str
    name: str
    leader_title: str = DIRECTOR
    short_name: str = ""
    letterhead: str = ""
    superior: str = PROVINCE


class BlocRow(NamedTuple):
    code: str
    name: str
    members: tuple[UnitRow, ...]
    is_cluster: bool = False
    is_delegated: bool = False


def commune(code, name):
    """A commune-level unit; its People's Committee writes the papers."""
    return UnitRow(code, name, CHAIRMAN, letterhead=f"ỦY BAN NHÂN DÂN|{name.upper()}")


BUILDING = UnitRow("SXD", "Sở Xây dựng")
TRADE = UnitRow("SCT", "Sở Công thương")
PARKS = UnitRow(
    "BQLKCN",
    "Ban Quản lý các Khu công nghiệp",
    HEAD,
    "BQL các Khu công nghiệp",
    "BAN QUẢN LÝ|CÁC KHU CÔNG NGHIỆP",
)
ROADS = UnitRow(
    "BQLDAGTNN",
    "Ban Quản lý dự án đầu tư xây dựng công trình giao thông và nông nghiệp phát triển nông thôn",
    DIRECTOR,
    "BQLDA Giao thông và Nông nghiệp",
    "BAN QUẢN LÝ DỰ ÁN|ĐẦU TƯ XÂY DỰNG|CÔNG TRÌNH GIAO THÔNG|VÀ NÔNG NGHIỆP|PHÁT TRIỂN NÔNG THÔN",
)
HOUSES = UnitRow(
    "BQLDADDCN",
    "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp",
    DIRECTOR,
    "BQLDA Dân dụng và Công nghiệp",
    "BAN QUẢN LÝ DỰ ÁN|ĐẦU TƯ XÂY DỰNG|CÔNG TRÌNH DÂN DỤNG|VÀ CÔNG NGHIỆP",
)
# In the order and spelling of the published account of the conference of 28/01/2021.
BLOC_5_IN_2020 = (
    UnitRow("SGTVT", "Sở Giao thông Vận tải"),
    BUILDING,
    UnitRow("STNMT", "Sở Tài nguyên và Môi trường"),
    UnitRow("SNNPTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
    TRADE,
    PARKS,
    ROADS,
    HOUSES,
)
BLOCS = (
    BlocRow(
        "KTĐ1",
        "Khối Thi đua số 1",
        (
            UnitRow("CAT", "Công an tỉnh", superior="BỘ CÔNG AN"),
            UnitRow("BCHQS", "Bộ Chỉ huy Quân sự tỉnh", "Chỉ huy trưởng", superior="QUÂN KHU 5"),
            UnitRow("TAND", "Tòa án nhân dân tỉnh", "Chánh án", superior="TÒA ÁN NHÂN DÂN TỐI CAO"),
            UnitRow(
                "VKSND",
                "Viện kiểm sát nhân dân tỉnh",
                "Viện trưởng",
                letterhead="VIỆN KIỂM SÁT|NHÂN DÂN TỈNH",
                superior="VKSND TỐI CAO",
            ),
        ),
    ),
    BlocRow(
        "KTĐ2",
        "Khối Thi đua số 2",
        (
            UnitRow("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", CHAIRMAN, "Ủy ban MTTQ tỉnh"),
            UnitRow("LĐLĐ", "Liên đoàn Lao động tỉnh", CHAIRMAN),
            UnitRow("HND", "Hội Nông dân tỉnh", CHAIRMAN),
            UnitRow("HLHPN", "Hội Liên hiệp Phụ nữ tỉnh", CHAIRMAN),
        ),
    ),
    BlocRow(
        "KTĐ3",
        "Khối Thi đua số 3",
        (
            UnitRow("VPUB", "Văn phòng Ủy ban nhân dân tỉnh", "Chánh Văn phòng"),
            UnitRow(
                "VPHĐND",
                "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
                "Chánh Văn phòng",
                "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
            ),
            UnitRow("STP", "Sở Tư pháp"),
            UnitRow("TTT", "Thanh tra tỉnh", "Chánh Thanh tra"),
        ),
    ),
    BlocRow(
        "KTĐ4",
        "Khối Thi đua số 4",
        (
            UnitRow("SGDĐT", "Sở Giáo dục và Đào tạo"),
            UnitRow("SYT", "Sở Y tế"),
            UnitRow("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
            UnitRow("SDTTG", "Sở Dân tộc và Tôn giáo"),
        ),
    ),
    BlocRow(
        "KTĐ5",
        "Khối Thi đua số 5",
        (
            BUILDING,
            PARKS,
            UnitRow("SNNMT", "Sở Nông nghiệp và Môi trường"),
            TRADE,
            UnitRow("STC", "Sở Tài chính"),
            UnitRow("SKHCN", "Sở Khoa học và Công nghệ"),
            ROADS,
            HOUSES,
        ),
    ),
    BlocRow(
        "KTĐ6",
        "Khối Thi đua số 6",
        (
            UnitRow("THUE", "Thuế tỉnh Đắk Lắk", "Trưởng Thuế tỉnh", superior="CỤC THUẾ"),
            UnitRow("TK", "Thống kê tỉnh Đắk Lắk", "Trưởng Thống kê tỉnh", superior="CỤC THỐNG KÊ"),
            UnitRow("BHXH", "Bảo hiểm xã hội tỉnh Đắk Lắk", superior="BẢO HIỂM XÃ HỘI VIỆT NAM"),
            UnitRow(
                "THADS",
                "Thi hành án dân sự tỉnh Đắk Lắk",
                "Trưởng Thi hành án dân sự",
                superior="BỘ TƯ PHÁP",
            ),
        ),
    ),
    BlocRow(
        "KTĐ7",
        "Khối Thi đua số 7",
        (
            UnitRow("PCĐL", "Công ty Điện lực Đắk Lắk"),
            UnitRow("VTĐL", "Viễn thông Đắk Lắk"),
            UnitRow("BĐT", "Bưu điện tỉnh Đắk Lắk"),
            UnitRow("CTMH", "Công ty TNHH Minh họa"),
        ),
    ),
    BlocRow(
        "KTĐ8",
        "Khối Thi đua số 8",
        (
            UnitRow("ĐHTN", "Trường Đại học Tây Nguyên", RECTOR),
            UnitRow("TCT", "Trường Chính trị tỉnh", RECTOR),
            UnitRow("CĐĐL", "Trường Cao đẳng Đắk Lắk", RECTOR),
            UnitRow("CĐYT", "Trường Cao đẳng Y tế Đắk Lắk", RECTOR),
        ),
    ),
    BlocRow(
        "KTĐ9",
        "Khối Thi đua số 9",
        (
            UnitRow("LMHTX", "Liên minh Hợp tác xã tỉnh", CHAIRMAN),
            UnitRow("HCTĐ", "Hội Chữ thập đỏ tỉnh", CHAIRMAN),
            UnitRow("HVHNT", "Hội Văn học Nghệ thuật tỉnh", CHAIRMAN),
            UnitRow(
                "LHKHKT",
                "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh",
                CHAIRMAN,
                letterhead="LIÊN HIỆP CÁC HỘI|KHOA HỌC VÀ KỸ THUẬT TỈNH",
            ),
        ),
    ),
    BlocRow(
        "KTĐ10",
        "Khối Thi đua số 10",
        (
            UnitRow("BPTTH", "Báo và Phát thanh, Truyền hình Đắk Lắk", "Giám đốc, Tổng Biên tập"),
            UnitRow("BVV", "Bệnh viện Đa khoa vùng Tây Nguyên"),
            UnitRow("VQGYĐ", "Vườn Quốc gia Yok Đôn"),
            UnitRow("QĐTPT", "Quỹ Đầu tư phát triển tỉnh"),
        ),
        is_delegated=True,
    ),
    BlocRow(
        "CTĐ1",
        "Cụm Thi đua số 1",
        (
            commune("PBMT", "Phường Buôn Ma Thuột"),
            commune("PTL", "Phường Tân Lập"),
            commune("PTA", "Phường Tân An"),
            commune("PTN", "Phường Thành Nhất"),
            commune("PEK", "Phường Ea Kao"),
            commune("XHP", "Xã Hoà Phú"),
            commune("XEKT", "Xã Ea Ktur"),
            commune("XDB", "Xã Dray Bhăng"),
            commune("XEN", "Xã Ea Ning"),
        ),
        is_cluster=True,
    ),
    BlocRow(
        "CTĐ2",
        "Cụm Thi đua số 2",
        (
            commune("PTH", "Phường Tuy Hoà"),
            commune("PPY", "Phường Phú Yên"),
            commune("PBK", "Phường Bình Kiến"),
            commune("PĐH", "Phường Đông Hoà"),
        ),
        is_cluster=True,
    ),
    BlocRow(
        "CTĐ3",
        "Cụm Thi đua số 3",
        (
            commune("XEK", "Xã Ea Kar"),
            commune("XMĐ", "Xã M'Drắk"),
            commune("XEKN", "Xã Ea Knốp"),
            commune("XEO", "Xã Ea Ô"),
        ),
        is_cluster=True,
    ),
)
