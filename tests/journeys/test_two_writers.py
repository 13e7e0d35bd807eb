"""Two people in one row: whatever kind of cell it is, both texts are shown and neither is lost."""

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_scores
from blocs.reports.domain.sheet_rows import TypedRow
from blocs.reports.models import Score
from blocs.scoring import Entry
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of
from tests.factories.reports import member_report

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal
LEVELS = {"levels": [{"label": "Tốt", "points": "10"}, {"label": "Khá", "points": "5"}]}
FACTS = {
    "facts": [
        {"key": "share", "label": "Tỷ lệ", "unit": "%"},
        {"key": "late", "label": "Có chậm", "type": "yes_no"},
        {"key": "sent", "label": "Ngày gửi", "type": "date"},
    ],
    "parts": [{"items": [{"points": "1"}]}],
}


@dataclass(frozen=True)
class Case:
    """One leaf: what the other one saves, what is typed here, what the dialog shows of both."""

    kind: str
    rule: dict
    theirs: Entry
    mine: dict
    told: list
    note: str = ""


CASES = {
    "Điểm": Case("direct", {}, Entry(value=D("8.25")), {"value": "9,5"}, [("Điểm", "9,5", "8,25")]),
    "Mức": Case(
        "direct",
        LEVELS | {"levels_only": True},
        Entry(choice="Khá"),
        {"choice": "Tốt"},
        [("Mức", "Tốt", "Khá")],
    ),
    "Đạt": Case("pass_fail", {}, Entry(value=D(0)), {"value": "1"}, [("Đạt", "Đạt", "Không đạt")]),
    "Số lượng": Case(
        "per_occurrence",
        {"per_unit": "2"},
        Entry(value=D(3)),
        {"value": "2"},
        [("Số lượng", "2", "3")],
    ),
    "Chỉ tiêu": Case(
        "quantitative",
        {"formula": "proportional"},
        Entry(target=D(1200), value=D(1100)),
        {"target": "1000", "value": "950,5"},
        [("Chỉ tiêu", "1000", "1200"), ("Kết quả thực hiện", "950,5", "1100")],
    ),
    "Không giao": Case(
        "quantitative",
        {"formula": "proportional"},
        Entry(not_applicable=True),
        {"target": "100", "value": "95"},
        [
            ("Chỉ tiêu", "100", "(để trống)"),
            ("Kết quả thực hiện", "95", "(để trống)"),
            ("Không giao", "Không", "Có"),
        ],
    ),
    "Dữ kiện": Case(
        "clauses",
        FACTS,
        Entry(facts={"share": "90", "late": True, "sent": "2026-12-05"}),
        {"f-share": "95,5", "f-late": "0", "f-sent": "04/12/2026"},
        [
            ("Tỷ lệ (%)", "95,5", "90"),
            ("Có chậm", "Không", "Có"),
            ("Ngày gửi", "04/12/2026", "05/12/2026"),
        ],
    ),
    "Thuyết minh": Case(
        "direct",
        {},
        Entry(),
        {"note": "Báo cáo số 12,\nngày 05/12/2026"},
        [("Thuyết minh", "Báo cáo số 12,\nngày 05/12/2026", "Đủ\n<b>hồ sơ</b>")],
        note="Đủ\n<b>hồ sơ</b>",
    ),
}


@pytest.fixture
def report():
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True)
    for order, (name, case) in enumerate(CASES.items(), start=1):
        Criterion.objects.create(
            table=table,
            code=str(order),
            name=name,
            kind=case.kind,
            rule=case.rule,
            max_points=20,
            order=order,
        )
    return member_report(bloc_year=year, table=table)


@pytest.fixture
def page(page, signed_in, report):
    """Every leaf was saved by the other one since this sheet was opened, and is typed here."""
    signed_in(page, editor_of(report.unit)).goto(f"/bao-cao/{report.pk}/tu-cham/")
    leaves = list(zip(CASES.values(), report.table.criteria.order_by("order"), strict=True))
    theirs = [TypedRow(leaf.pk, 0, case.theirs, case.note) for case, leaf in leaves]
    save_scores(report, rows=theirs, actor=editor_of(report.unit))
    for case, leaf in leaves:
        for field, text in case.mine.items():
            put(page.locator(f"[name='s{leaf.pk}-{field}']"), text)
    return page


def put(box, text):
    is_list = box.evaluate("box => box.tagName") == "SELECT"
    box.select_option(text) if is_list else box.fill(text)


def told(dialog):
    """What stands side by side: the label, the own text, the other one."""
    terms, mine, theirs = (
        [words.strip() for words in dialog.locator(place).all_text_contents()]
        for place in ("[data-mine] dt", "[data-mine] dd", "[data-theirs] dd")
    )
    assert dialog.locator("[data-theirs] dt").all_text_contents() == terms
    return list(zip(terms, mine, theirs, strict=True))


def shown(page):
    """What the cells of the sheet hold."""
    cells = page.locator("tbody :is(input:not([type=hidden]), select, textarea)")
    return cells.evaluate_all(
        "cells => cells.map(cell => cell.type === 'checkbox' ? cell.checked : cell.value)"
    )


def walk(page, answer):
    """Answer each dialog the same, and tell what each one showed, by leaf."""
    found = {}
    for name in CASES:
        title = page.locator("dialog[open] [data-name]")
        expect(title).to_have_text(re.compile(rf"\. {name}$"))
        found[name] = told(page.locator("dialog[open]"))
        page.get_by_role("button", name=answer).click()
    return found


def test_put_off_both_texts_stay(page):
    mine = shown(page)
    found = walk(page, "Để sau")
    assert found == {name: case.told for name, case in CASES.items()}
    assert shown(page) == mine
    page.locator("[data-save-state]", has_text="Có 08 tiêu chí hai người cùng sửa").wait_for()
    assert set(Score.objects.values_list("revision", flat=True)) == {1}


def test_text_of_the_other_is_put_into_the_cells(page):
    walk(page, "Lấy nội dung của người kia")
    expect(page.locator(".is-changed")).to_have_count(0)
    taken = shown(page)
    page.reload()
    assert taken == shown(page)
    assert set(Score.objects.values_list("revision", flat=True)) == {1}


def test_own_text_replaces_the_other_one(page):
    mine = shown(page)
    walk(page, "Giữ nội dung của tôi")
    page.locator("[data-save-state]", has_text="Đã lưu").wait_for()
    assert shown(page) == mine
    page.reload()
    assert set(Score.objects.values_list("revision", flat=True)) == {2}
