"""The sheet as a grid: from cell to cell by keyboard, blocks pasted from a spreadsheet."""

import pytest
from playwright.sync_api import expect

from blocs.criteria.models import Criterion
from blocs.reports.models import Score
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of
from tests.factories.reports import member_report
from tests.journeys.desk import PASTE

pytestmark = pytest.mark.django_db(transaction=True)
# Below what is told of a paste.
BUTTONS = ["Hoàn tác dán (Ctrl+Z)", "Đóng"]
# Two cells of notes as Excel puts them on the clipboard, and as people wrote them.
QUOTES = {
    '"Theo báo cáo\nsố 12"\r\nĐủ\r\n': ("Theo báo cáo\nsố 12", "Đủ"),
    '"Nói ""đạt""\nở đây"\r\nĐủ\r\n': ('Nói "đạt"\nở đây', "Đủ"),
    '"Xanh, sạch" đã đạt\r\nĐủ': ('"Xanh, sạch" đã đạt', "Đủ"),
    '"Xanh, sạch"\r\nĐủ': ('"Xanh, sạch"', "Đủ"),
    '"Xanh\r\nsạch" và đẹp': ('"Xanh', 'sạch" và đẹp'),
    '"chưa đóng\r\nĐủ': ('"chưa đóng', "Đủ"),
    'Phong trào "Xanh"\r\nĐủ': ('Phong trào "Xanh"', "Đủ"),
    "Đạt\rChưa đủ\r": ("Đạt", "Chưa đủ"),
}
# Kind, name and rule of each leaf; each group holds a few.
LEAVES = (
    ("quantitative", "Giải quyết hồ sơ đúng hạn", {"formula": "proportional"}),
    ("quantitative", "Giải ngân vốn đầu tư công", {"formula": "proportional"}),
    ("direct", "Hoàn thành nhiệm vụ được giao", {}),
    ("pass_fail", "Thực hiện quy chế dân chủ", {}),
    ("direct", "Xây dựng cơ quan văn hóa", {}),
)


@pytest.fixture
def report():
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True)
    groups = [
        Criterion.objects.create(table=table, code=code, name=f"Phần {code}", order=order)
        for order, code in enumerate(("I", "II"))
    ]
    for order, (kind, name, rule) in enumerate(LEAVES):
        Criterion.objects.create(
            table=table,
            parent=groups[order // 3],
            code=str(order),
            name=name,
            kind=kind,
            rule=rule,
            max_points=20,
            order=order,
        )
    return member_report(bloc_year=year, table=table)


@pytest.fixture
def grid(page, signed_in, report):
    signed_in(page, editor_of(report.unit)).goto(f"/bao-cao/{report.pk}/tu-cham/")
    return page


def leaf(report, place):
    return report.table.criteria.exclude(kind="group").order_by("order")[place].pk


def box(page, report, place, field="value"):
    return page.locator(f"[name='s{leaf(report, place)}-{field}']")


def paste(page, target, text, html=""):
    target.click()
    page.evaluate(PASTE, [text, html])


def told(page):
    lines = page.locator("[data-paste-told]").inner_text().split("\n")
    return [line for line in lines if line]


def values(page, report, field="value"):
    return [box(page, report, place, field).input_value() for place in range(5)]


def test_column_from_excel_goes_downwards_past_the_heading_of_a_group(grid, report):
    paste(grid, box(grid, report, 0), "95,5\r\n98\r\n9,25\r\nĐạt\r\n8\r\n")
    assert values(grid, report) == ["95,5", "98", "9,25", "1", "8"]
    assert told(grid)[0] == "Đã dán 05 ô."
    grid.locator("[data-save-state]", has_text="Đã lưu").wait_for()
    stored = Score.objects.order_by("criterion__order").values_list("value", flat=True)
    assert [str(value.normalize()) for value in stored] == ["95.5", "98", "9.25", "1", "8"]


def test_block_of_several_columns_with_notes_of_several_lines(grid, report):
    block = '100\t95\t"Theo báo cáo số 12,\nngày 05/12/2026; ""đúng hạn"""\n200\t190\tĐủ\n'
    paste(grid, box(grid, report, 0, "target"), block)
    assert [box(grid, report, place, "target").input_value() for place in (0, 1)] == ["100", "200"]
    assert values(grid, report)[:2] == ["95", "190"]
    note = box(grid, report, 0, "note")
    expect(note).to_have_value('Theo báo cáo số 12,\nngày 05/12/2026; "đúng hạn"')
    expect(box(grid, report, 1, "note")).to_have_value("Đủ")


def test_what_cannot_be_pasted_is_told_and_nothing_else_is_lost(grid, report):
    box(grid, report, 2).fill("7")
    paste(grid, box(grid, report, 2), "bảy\nTốt\n6\n5\n4")
    assert values(grid, report) == ["", "", "7", "", "6"]
    assert told(grid)[:5] == [
        "Đã dán 01 ô. Chưa dán 04 ô:",
        "Tiêu chí 3 (Hoàn thành nhiệm vụ được giao), kết quả: “bảy” không phải là số.",
        "Tiêu chí 1 (Thực hiện quy chế dân chủ), kết quả: “Tốt” không có trong danh sách.",
        "02 ô thừa ở dưới tiêu chí cuối cùng: “5”, “4”.",
        "Hoàn tác dán (Ctrl+Z)",
    ]


def test_paste_is_taken_back_by_one_key(grid, report):
    box(grid, report, 0).fill("40")
    paste(grid, box(grid, report, 0), "95\n96\n9")
    assert values(grid, report)[:3] == ["95", "96", "9"]
    grid.keyboard.press("Control+z")
    assert values(grid, report)[:3] == ["40", "", ""]
    assert told(grid)[0] == "Đã trả lại 03 ô như trước khi dán."
    grid.locator("[data-save-state]", has_text="Đã lưu").wait_for()


def test_single_value_is_pasted_as_usual(grid, report):
    """One value, even with the line end that spreadsheets add, is left to the browser."""
    box(grid, report, 0).click()
    is_taken = grid.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "95,5\\n");
          return !document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert is_taken is False


def test_keys_go_from_cell_to_cell(grid, report):
    def at():
        return grid.evaluate("document.activeElement.name")

    def name(place, field="value"):
        return f"s{leaf(report, place)}-{field}"

    box(grid, report, 0).click()
    for key, where in (
        ("Enter", name(1)),
        ("ArrowDown", name(2)),
        ("ArrowUp", name(1)),
        ("Shift+Enter", name(0)),
        ("ArrowLeft", name(0, "target")),
        ("ArrowRight", name(0)),
        ("Tab", name(0, "na")),
        ("Shift+Tab", name(0)),
        ("Control+End", name(4)),
        ("Control+Home", name(0)),
    ):
        grid.keyboard.press(key)
        assert (key, at()) == (key, where)


def test_arrow_inside_a_number_moves_within_it_first(grid, report):
    """From the end of «95»: two steps back through the digits, the third leaves the cell."""
    cell = box(grid, report, 1)
    cell.fill("95")
    places = []
    for _ in range(3):
        places.append(
            cell.evaluate("cell => [document.activeElement === cell, cell.selectionStart]")
        )
        grid.keyboard.press("ArrowLeft")
    assert places == [[True, 2], [True, 1], [True, 0]]
    assert cell.evaluate("cell => document.activeElement === cell") is False


def test_head_number_name_and_group_stay_in_view(grid, report):
    def top(selector):
        return grid.locator(selector).first.bounding_box()["y"]

    grid.set_viewport_size({"width": 1366, "height": 420})
    box(grid, report, 2).scroll_into_view_if_needed()
    last = grid.locator(".sheet tbody tr:nth-child(7)")
    last.evaluate("line => line.scrollIntoView({ behavior: 'instant' })")
    grid.locator(".sheet tbody .sheet-group.is-stuck").wait_for()
    head = grid.locator(".sheet thead .sheet-name").bounding_box()
    strip = grid.locator(".strip").bounding_box()
    assert abs(head["y"] - strip["height"]) < 2
    assert abs(top(".sheet tbody .sheet-group > .sheet-name") - head["y"] - head["height"]) < 2


# --- what a spreadsheet puts on the clipboard -----------------------------------------------------


def test_empty_cells_between_full_ones_wipe_neither_number_choice_nor_note(grid, report):
    """Nothing is told of them either: a block with holes is nothing wrong."""
    box(grid, report, 2).fill("7")
    box(grid, report, 2, "note").fill("Giữ lại")
    box(grid, report, 3).select_option("1")
    paste(grid, box(grid, report, 1), "50\tTheo A\r\n\t\r\n\tTheo B\r\n6\t \r\n")
    assert values(grid, report) == ["", "50", "7", "1", "6"]
    assert values(grid, report, "note") == ["", "Theo A", "Giữ lại", "Theo B", ""]
    assert told(grid) == ["Đã dán 04 ô.", *BUTTONS]


def test_block_that_is_too_wide_and_too_long_says_what_stayed_behind(grid, report):
    rows = [f"{place}\tghi chú {place}\tthừa {place}" for place in range(1, 5)]
    paste(grid, box(grid, report, 2), "\n".join(rows))
    assert values(grid, report)[2:] == ["1", "", "3"]
    assert values(grid, report, "note")[2:] == ["ghi chú 1", "ghi chú 2", "ghi chú 3"]
    assert told(grid) == [
        "Đã dán 05 ô. Chưa dán 07 ô:",
        "Tiêu chí 1 (Thực hiện quy chế dân chủ), kết quả: “2” không có trong danh sách.",
        "03 ô thừa ở dưới tiêu chí cuối cùng: “4”, “ghi chú 4”, “thừa 4”.",
        "03 ô thừa ở bên phải cột cuối cùng: “thừa 1”, “thừa 2”, “thừa 3”.",
        *BUTTONS,
    ]


def test_numbers_are_stored_as_the_spreadsheet_wrote_them(grid, report):
    paste(grid, box(grid, report, 0, "target"), "1.234.567\t95.5\r\n1.234,5\t1\u00a0234,25\r\n")
    grid.locator("[data-save-state]", has_text="Đã lưu").wait_for()
    stored = Score.objects.order_by("criterion__order").values_list("target", "value")
    assert [[str(number.normalize()) for number in row] for row in stored] == [
        ["1234567", "95.5"],
        ["1234.5", "1234.25"],
    ]


def test_number_with_two_readings_and_words_stay_with_their_writer(grid, report):
    """“1.000” is put and asked about; what is no number at all is not even put."""
    paste(grid, box(grid, report, 0), "1.000\n95%\nchín phẩy năm\n")
    assert values(grid, report)[:3] == ["1.000", "", ""]
    assert told(grid)[1:3] == [
        "Tiêu chí 2 (Giải ngân vốn đầu tư công), kết quả: “95%” không phải là số.",
        "Tiêu chí 3 (Hoàn thành nhiệm vụ được giao), kết quả: “chín phẩy năm” không phải là số.",
    ]
    words = "“1.000” có thể đọc là 1000 hoặc 1. Vui lòng viết lại theo một trong hai cách đó."
    expect(grid.locator("td .sheet-error")).to_have_text(words)
    assert Score.objects.count() == 0


def test_quotes_and_line_breaks_of_excel(grid, report):
    """Excel quotes a cell for its line breaks; quotes that people wrote stay."""
    found = {}
    for text in QUOTES:
        paste(grid, box(grid, report, 0, "note"), text, "<table>")
        found[text] = tuple(values(grid, report, "note")[:2])
    assert found == QUOTES


def test_days_are_pasted_as_days(grid, report):
    facts = [{"key": "sent", "label": "Ngày gửi", "type": "date"}]
    rule = {"facts": facts, "parts": [{"items": [{"points": "1"}]}]}
    report.table.criteria.filter(pk__in=(leaf(report, 2), leaf(report, 4))).update(
        kind="clauses", rule=rule
    )
    grid.reload()
    paste(grid, box(grid, report, 2, "f-sent"), "05/12/2026\nĐạt\n5.12.2026\n")
    assert [box(grid, report, place, "f-sent").input_value() for place in (2, 4)] == [
        "05/12/2026",
        "",
    ]
    assert told(grid)[1] == (
        "Tiêu chí 2 (Xây dựng cơ quan văn hóa), kết quả: “5.12.2026” không phải là ngày."
    )
