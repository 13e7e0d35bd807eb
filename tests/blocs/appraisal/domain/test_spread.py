"""Constructed blocs: those that look like a formality are told, honest ones are not."""

from decimal import Decimal

import pytest

from blocs.appraisal.domain.spread import Alarm, UnitFacts, alarms, likeness, percent_of

D = Decimal
WIDTH = D(2)
LONG = (
    "Đơn vị đã hoàn thành tốt các chỉ tiêu được giao trong năm, tổ chức phong trào thi đua sâu "
    "rộng trong toàn thể công chức, viên chức và người lao động của cơ quan."
)
OTHER = (
    "Sở đã tham mưu ban hành mười hai văn bản quy phạm, giải quyết đúng hạn toàn bộ hồ sơ một cửa "
    "và rút ngắn thời gian xử lý thủ tục đầu tư xuống còn một nửa."
)


def bloc(*percents, changed=1, **more):
    return [UnitFacts(f"Đơn vị {n}", D(p), changed=changed, **more) for n, p in enumerate(percents)]


def kinds(units):
    return [alarm.kind for alarm in alarms(units, WIDTH)]


@pytest.mark.parametrize(
    ("percents", "expected"),
    (
        (("98", "99", "100"), ["spread"]),
        (("98", "99", "100.01"), []),
        (("70", "85", "98"), []),
        (("99", "99.5"), []),
        (("50", "50", "50", "51"), ["spread"]),
    ),
)
def test_narrow_spread(percents, expected):
    assert kinds(bloc(*percents)) == expected


def test_sentence_of_the_spread():
    (alarm,) = alarms(bloc("98", "99", "99.5"), WIDTH)
    assert alarm.sentence == (
        "Điểm của 03 đơn vị chỉ chênh nhau 1,5% điểm tối đa (từ 98% đến 99,5%)."
    )


def test_appraisal_that_changed_nothing():
    assert kinds(bloc("70", "80", "90", changed=0)) == ["untouched"]
    mixed = [*bloc("70", "80", changed=0), *bloc("90", changed=1)]
    assert kinds(mixed) == []


def test_copied_text_is_told_for_the_pair():
    units = [
        UnitFacts("A", D(70), {"Kết quả": LONG}, changed=1),
        UnitFacts("B", D(80), {"Kết quả": LONG.upper()}, changed=1),
        UnitFacts("C", D(90), {"Kết quả": OTHER}, changed=1),
    ]
    assert alarms(units, WIDTH) == (
        Alarm("copied", "Nội dung gần như giống nhau ở: Kết quả.", ("A", "B")),
    )


def test_short_texts_and_other_places_are_no_copies():
    units = [
        UnitFacts("A", D(70), {"I.1": "Đạt chỉ tiêu được giao.", "I.2": LONG}, changed=1),
        UnitFacts("B", D(80), {"I.1": "Đạt chỉ tiêu được giao.", "I.3": LONG}, changed=1),
    ]
    assert alarms(units, WIDTH) == ()


def test_equal_files():
    units = [
        UnitFacts("A", D(70), files=("x", "y", "z"), changed=1),
        UnitFacts("B", D(80), files=("x", "y"), changed=1),
        UnitFacts("C", D(90), files=("z",), changed=1),
    ]
    assert [(alarm.sentence, alarm.units) for alarm in alarms(units, WIDTH)] == [
        ("Dùng chung 02 tệp minh chứng giống hệt nhau.", ("A", "B")),
        ("Dùng chung 01 tệp minh chứng giống hệt nhau.", ("A", "C")),
    ]


def test_likeness_and_percent():
    assert likeness({1, 2, 3}, {2, 3, 4}) == D("0.5")
    assert (likeness(set(), {1}), percent_of(D(1), D(3)), percent_of(D(1), D(0))) == (
        D(0),
        D("33.33"),
        D(0),
    )
