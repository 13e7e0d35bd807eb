"""The published table of 230 lines: filled in a browser, appraised, ranked, and computed anew.

The sums of this page are made from the raw file and from plain figures, with nothing of the
regulation of the product.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from playwright.sync_api import expect

from blocs.reports.actions.reports import save_narrative, start_report
from blocs.reports.actions.scores import save_scores
from blocs.reports.domain.sheet_rows import TypedRow
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.scoring import Entry
from blocs.states import ReportState, YearState
from tests.criteria import criteria
from tests.factories.blocs import year_with_members
from tests.factories.people import editor_of, leader_of
from tests.factories.tables import published_real_table
from tests.house.source import ROOT
from tests.journeys.desk import Desk
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal
NAMES = (
    "Công an phường Trung tâm – đơn vị trưởng cụm thi đua số 347",
    "Công an xã Bình An và các ấp sáp nhập theo đề án năm 2025",
    "Công an đặc khu Hải Đảo, đơn vị thành lập mới từ tháng 7",
)
FIRST, SECOND, TYPIST = range(3)
SAVED = 30_000
REASON = "Minh chứng của quý IV chưa đủ; đã trao đổi với đơn vị."


@dataclass(frozen=True)
class RawLeaf:
    """A leaf as the published file has it; `place` is its number in the order of the table."""

    place: int
    path: str
    kind: str
    top: Decimal


def raw_leaves():
    def walk(rows, above=""):
        for row in rows:
            path = above + row["code"]
            if row.get("children"):
                yield from walk(row["children"], f"{path}/")
            else:
                yield path, row["kind"], D(row["max_points"])

    found = walk(criteria("ca-cum-347")["sections"])
    return [RawLeaf(place, *leaf) for place, leaf in enumerate(found)]


LEAVES = raw_leaves()
MEASURED = [leaf for leaf in LEAVES if leaf.kind == "quantitative"]
# One measured leaf has a target for the first unit only, another is not assigned to the typist.
WITHOUT_TARGET, NOT_ASSIGNED = MEASURED[1], MEASURED[4]


def cents(value):
    """Two decimals, halves away from zero: the rule of this table."""
    return D(value.numerator * 100 / D(value.denominator)).quantize(D(1), ROUND_HALF_UP) / 100


def answer(leaf, unit):
    """What a unit enters: (target, result); (None, None) where the leaf was not assigned."""
    if leaf.kind == "pass_fail":
        return None, D((leaf.place + unit) % 7 != 0)
    if leaf.kind == "direct_points":
        part = D((leaf.place * 7 + unit * 5) % 9 + 12) / 20
        return None, (leaf.top * part).quantize(D("0.01"), ROUND_HALF_UP)
    if leaf == NOT_ASSIGNED and unit == TYPIST:
        return None, None
    target = D(100 + leaf.place % 5 * 10)
    result = target * (85 + (leaf.place * 13 + unit * 17) % 45) / 100
    has_target = leaf != WITHOUT_TARGET or unit == FIRST
    return (target if has_target else None), result


def measured_points(leaf, unit):
    """The formula printed in the file: half for the target, the rest against the leader."""
    figures = [answer(leaf, other) for other in range(3)]
    target, result = figures[unit]
    if result is None:
        return None
    top = Fraction(leaf.top)
    if not target:
        return cents(top * Fraction(result) / max(Fraction(a) for t, a in figures if a and not t))
    excess = [Fraction(a - t) / Fraction(t) for t, a in figures if t and a]
    own = Fraction(result - target) / Fraction(target)
    if own <= 0:
        return cents(top / 2 * Fraction(result) / Fraction(target))
    return cents(top / 2 + top / 2 * own / max(excess))


def own_points(leaf, unit):
    """What the unit's own sheet gives at a leaf, None where it does not concern the unit."""
    if leaf.kind == "quantitative":
        return measured_points(leaf, unit)
    _, result = answer(leaf, unit)
    return leaf.top * result if leaf.kind == "pass_fail" else result


def differences(unit):
    """The leaves at which the appraisers find half a point less."""
    direct = [leaf for leaf in LEAVES if leaf.kind == "direct_points"]
    return {direct[place].path: own_points(direct[place], unit) - D("0.5") for place in (3, 40)}


def given_points(leaf, unit):
    return differences(unit).get(leaf.path, own_points(leaf, unit))


def expected_ranking():
    """Place, unit, total and share of the own maximum, best first."""
    found = []
    for unit in range(3):
        points = {leaf: given_points(leaf, unit) for leaf in LEAVES}
        total = sum(value for value in points.values() if value is not None)
        top = sum(leaf.top for leaf, value in points.items() if value is not None)
        found.append((total * 100 / top, total, NAMES[unit]))
    found.sort(reverse=True)
    assert len({share for share, _, _ in found}) == 3
    return [
        (str(place), name, vietnamese(total), f"{vietnamese(share)}%")
        for place, (share, total, name) in enumerate(found, start=1)
    ]


def vietnamese(value):
    text = f"{value.quantize(D('0.01'), ROUND_HALF_UP):,}"
    return text.translate(str.maketrans(",.", ".,"))


def typed_text(value):
    """How an official types it: a comma, no idle zeros."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


@pytest.fixture
def cluster():
    year = year_with_members(3, state=YearState.CLOSING)
    units = [member.unit for member in year.members.order_by("order")]
    for unit, name in zip(units, NAMES, strict=True):
        unit.name = unit.short_name = name
        unit.save()
    published_real_table(year)
    return year, units


def begin(year, unit, editor):
    report = start_report(year, unit=unit, actor=editor)
    texts = {"results": "Hoàn thành các chỉ tiêu công tác năm 2025."}
    return save_narrative(report, texts=texts, actor=editor)


def fill_at_once(year, place, unit):
    """The same answers as a browser would post, handed to the action."""
    editor = editor_of(unit)
    report = begin(year, unit, editor)
    pks = {row.path: row.criterion.pk for row in read_sheet(report).rows}
    rows = []
    for leaf in LEAVES:
        target, value = answer(leaf, place)
        rows.append(TypedRow(pks[leaf.path], 0, Entry(value=value, target=target), ""))
    save_scores(report, rows=rows, actor=editor)
    perform(REPORT, "submit", report, actor=leader_of(unit))


def test_table_of_230_lines_from_the_first_cell_to_the_proof(cluster, open_page, tmp_path):
    year, units = cluster
    for place in (FIRST, SECOND):
        fill_at_once(year, place, units[place])
    editor = Desk(open_page, editor_of(units[TYPIST]))
    report = begin(year, units[TYPIST], editor.user)
    editor.go(f"/bao-cao/{report.pk}/tu-cham/")
    type_whole_sheet(editor.page)
    sheet_is_with_the_server(editor.page, report)
    leader = Desk(open_page, leader_of(units[TYPIST]))
    leader.go(f"/bao-cao/{report.pk}/").move("Nộp báo cáo")
    head = Desk(open_page, leader_of(units[FIRST]))
    settle_against_the_leader(head, year)
    deputy = Desk(open_page, leader_of(units[SECOND]))
    for place, unit in enumerate(units):
        appraise(deputy if place == FIRST else head, Report.objects.get(unit=unit), place)
    ranking_is_that_of_this_page(head, year)
    assert recomputed_ranking(head, year, tmp_path) == [row[:3] for row in expected_ranking()]


def lines_of(page):
    """The rows of the leaves in the order of the table."""
    lines = page.locator(".sheet tbody tr:not(.sheet-group)")
    assert lines.count() == len(LEAVES) == 176
    return lines


def type_whole_sheet(page):
    """Figures are pasted as columns, choices are made with the keyboard."""
    lines = lines_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste_column(page, lines, MEASURED[0].place, "target", 0)
    first = next(leaf.place for leaf in LEAVES if leaf.kind != "pass_fail")
    paste_column(page, lines, first, "value", 1)
    leave_out = lines.nth(NOT_ASSIGNED.place).get_by_label("Không giao")
    leave_out.focus()
    page.keyboard.press("Space")
    assert leave_out.is_checked()
    why = lines.nth(NOT_ASSIGNED.place).locator("[name$='-note']")
    why.fill("Đơn vị mới thành lập từ tháng 7, chưa được giao chỉ tiêu này.")
    choose_by_keyboard(page, lines)


def paste_column(page, lines, first, field, column):
    """One column of the own Excel file, from the line `first` to the last line."""
    cells = [
        typed_text(answer(leaf, TYPIST)[column]) if leaf.kind != "pass_fail" else ""
        for leaf in LEAVES[first:]
    ]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(cells))
    lines.nth(first).locator(f"[name$='-{field}']").focus()
    page.keyboard.press("Control+V")
    count = sum(bool(cell) for cell in cells)
    told = page.locator("[data-paste-told] p")
    expect(told).to_have_text(f"Đã dán {count:02d} ô.")


def choose_by_keyboard(page, lines):
    """Down the whole column: an arrow chooses, Enter goes to the next cell."""
    lines.first.locator("select").focus()
    for leaf in LEAVES:
        if leaf.kind == "pass_fail":
            _, passed = answer(leaf, TYPIST)
            for _ in range(1 if passed else 2):
                page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")


def sheet_is_with_the_server(page, report):
    """Nobody pressed a button: the page says that it is saved, and it is."""
    state = page.locator("[data-save-state]").first
    page.wait_for_function(
        "state => /^Đã lưu \\d\\d:\\d\\d:\\d\\d$/.test(state.textContent)",
        arg=state.element_handle(),
        timeout=SAVED,
    )
    stored = {row.path: row.entry for row in read_sheet(Report.objects.get(pk=report.pk)).rows}
    for leaf in LEAVES:
        target, value = answer(leaf, TYPIST)
        entry = stored[leaf.path]
        assert (entry.target, entry.value) == (target, value), leaf
        assert entry.not_applicable == (value is None)
    assert page.locator("[data-progress]").inner_text() == "Đã tự chấm 176/176 tiêu chí"


def settle_against_the_leader(head, year):
    """The measured leaves wait for the figures of all units; then the head computes them."""
    head.go(f"/nam-thi-dua/{year.pk}/xep-hang/").press("Điểm so với đơn vị dẫn đầu")
    head.press("Tính và ghi vào bảng điểm").sees("Đã ghi điểm vào bảng điểm của các đơn vị.")
    for unit, name in enumerate(NAMES):
        rows = read_sheet(Report.objects.get(unit__name=name)).rows
        points = {row.path: row.score.self_points for row in rows}
        assert points == {leaf.path: own_points(leaf, unit) for leaf in LEAVES}


def appraise(desk, report, unit):
    """Two marks differ and say why; all others are taken over with one button."""
    desk.go(f"/bao-cao/{report.pk}/tham-dinh/")
    lines = lines_of(desk.page)
    changed = differences(unit)
    for leaf in LEAVES:
        if leaf.path in changed:
            line = lines.nth(leaf.place)
            line.locator("[name$='-points']").fill(typed_text(changed[leaf.path]))
            line.locator("[name$='-reason']").fill(REASON)
    desk.press("Lấy điểm tự chấm cho ô còn trống rồi lưu")
    desk.go(f"/bao-cao/{report.pk}/").move("Hoàn thành thẩm định")
    report.refresh_from_db()
    assert report.state == ReportState.APPRAISED
    points = [given_points(leaf, unit) for leaf in LEAVES]
    assert report.appraised_total == sum(value for value in points if value is not None)
    reasons = report.scores.exclude(appraisal_reason="").values_list("appraisal_reason", flat=True)
    assert list(reasons) == [REASON, REASON]


def ranking_is_that_of_this_page(head, year):
    head.go(f"/nam-thi-dua/{year.pk}/xep-hang/")
    found = []
    for line in head.page.locator("main table.list tbody tr").all():
        name = line.locator("th a").inner_text()
        labels = ("Hạng", "Tổng điểm", "Tỷ lệ đạt")
        # Below its points a line says how far it is from the one above.
        words = [line.locator(f"[data-label='{label}']").inner_text() for label in labels]
        cells = [word.partition("\n")[0] for word in words]
        found.append((cells[0], name, *cells[1:]))
    assert found == expected_ranking()


def recomputed_ranking(head, year, tmp_path):
    """On a machine that has the file, the program, and no database."""
    with head.page.expect_download() as download:
        head.page.get_by_role("link", name="Tệp kiểm chứng xếp hạng", exact=True).click()
    path = tmp_path / "kiem-chung.json"
    download.value.save_as(path)
    settings = {
        "DATABASE_URL": "postgres://nobody:none@127.0.0.1:1/nowhere",
        "DJANGO_SETTINGS_MODULE": "thidua.settings.test",
    }
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "recompute_ranking", path],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | settings,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    answered = json.loads(done.stdout)
    assert answered["mismatches"] == []
    names = {unit["unit"]: unit["name"] for unit in json.loads(path.read_text("utf-8"))["units"]}
    return [
        (str(row["place"]), names[row["unit"]], vietnamese(D(row["total"])))
        for row in sorted(answered["units"], key=lambda row: row["place"])
    ]
