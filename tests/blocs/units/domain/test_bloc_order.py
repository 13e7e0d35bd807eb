import pytest

from blocs.units.domain.bloc_order import order_of


@pytest.mark.parametrize(
    ("name", "order"),
    (
        ("Khối thi đua số 5", 5),
        ("Khối 20", 20),
        ("Khối thi đua các cơ quan Trung ương 1 đóng trên địa bàn thành phố Huế", 1),
        ("Cụm thi đua số VIII - Bộ Tài nguyên và Môi trường", 0),
        ("Khối 123456 đơn vị", 0),
    ),
)
def test_a_bloc_stands_where_its_number_says(name, order):
    assert order_of(name) == order
