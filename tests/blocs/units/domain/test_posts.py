"""A post and the name of its unit, as signature blocks and minutes say them together."""

import pytest

from blocs.units.domain.posts import leader_post


@pytest.mark.parametrize(
    ("title", "name", "said"),
    (
        ("Trưởng ban", "Ban Quản lý dự án", "Trưởng Ban Quản lý dự án"),
        ("Giám đốc", "Sở Xây dựng", "Giám đốc Sở Xây dựng"),
        ("Giám đốc Sở", "Sở Xây dựng", "Giám đốc Sở Xây dựng"),
        ("Giám đốc Sở Xây dựng", "Sở Xây dựng", "Giám đốc Sở Xây dựng"),
        ("Chánh Văn phòng", "Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh"),
        ("Chủ tịch UBND xã", "UBND xã Tân An", "Chủ tịch UBND xã Tân An"),
        ("Chủ tịch UBND", "Ủy ban nhân dân xã Tân An", "Chủ tịch Ủy ban nhân dân xã Tân An"),
        ("Chủ tịch Uỷ ban nhân dân", "UBND xã Tân An", "Chủ tịch UBND xã Tân An"),
        ("Chi cục trưởng", "Chi cục Thuế khu vực", "Chi cục trưởng Chi cục Thuế khu vực"),
        ("Hiệu trưởng", "Trường THPT Số 1", "Hiệu trưởng Trường THPT Số 1"),
        ("", "Sở Xây dựng", "Sở Xây dựng"),
    ),
)
def test_what_title_and_name_share_is_said_once(title, name, said):
    assert leader_post(title, name) == said
