"""The table of 230 lines through the browser: read in, edited, balanced, published."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.models.table_files import table_file
from blocs.states import SeatRole, YearState
from tests.criteria import FOLDER
from tests.factories.blocs import small_table, year_with_members
from tests.factories.people import editor_of, official
from tests.journeys.desk import first_alone, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
FILE = next(FOLDER.glob("ca-cum-347*.json"))


def rows(page):
    return page.locator("tr[data-line]:visible")


def line(page, row):
    return page.locator(f"#tieu-chi-{row.pk}")


def submit(page, target):
    with page.expect_navigation():
        target.click()


@pytest.fixture
def office(page, signed_in):
    return signed_in(page, official(SeatRole.OFFICE))


def read_in(page, year):
    """The file is shown first; nothing is written until that is confirmed."""
    page.goto(reverse("criteria:table_new", args=(year.pk,)))
    page.get_by_label("Nhập từ tệp Excel theo mẫu hoặc tệp dữ liệu (JSON)").check()
    page.get_by_label("Tệp bảng chấm điểm").set_input_files(FILE)
    page.locator("[name=formula]").select_option("relative_to_leader")
    submit(page, page.get_by_role("button", name="Tiếp tục"))
    assert ScoringTable.objects.count() == 0
    assert "230 dòng, 176 tiêu chí được chấm" in page.locator("main").inner_text()
    submit(page, page.get_by_role("button", name="Nhập vào dự thảo"))
    return ScoringTable.objects.get()


def test_the_table_of_230_lines_is_read_edited_and_published(office, screenshot):
    page, year = office, year_with_members(state=YearState.OPEN)
    table = read_in(page, year)
    assert rows(page).count() == 230
    assert page.locator("[data-balance]").inner_text() == "Tổng 1.000 / 1.000; mọi nhóm khớp"
    screenshot(page, "table-editor")
    check_search_and_folding(page)
    check_moves(page, table)
    check_sums(page, table)
    check_new_line(page, table)
    publish(page, table)
    screenshot(page, "table-published")


def check_search_and_folding(page):
    page.get_by_label("Tìm tiêu chí").fill("tieu chi so 27a")
    assert "27a" in rows(page).last.inner_text()
    found = rows(page).count()
    assert found < 20
    page.get_by_label("Tìm tiêu chí").fill("")
    assert rows(page).count() == 230
    page.get_by_role("button", name="Thu gọn các nhóm").click()
    assert rows(page).count() == 3
    page.get_by_role("button", name="Mở các nhóm").click()
    assert rows(page).count() == 230


def brothers(table):
    """Two neighbouring leaves of one group and a leaf's own group."""
    first = table.criteria.exclude(kind="group").filter(order=1).order_by("pk").first()
    return list(table.criteria.filter(parent=first.parent).order_by("order")[:2])


def check_moves(page, table):
    first, second = brothers(table)
    submit(page, line(page, first).get_by_role("button", name="Xuống: "))
    order = table.criteria.filter(parent=first.parent).order_by("order")
    assert list(order.values_list("pk", flat=True)[:2]) == [second.pk, first.pk]
    box = line(page, second).bounding_box()
    with page.expect_navigation():
        line(page, first).locator(".drag").drag_to(
            line(page, second), target_position={"x": 200, "y": box["height"] * 0.1}
        )
    assert list(order.values_list("pk", flat=True)[:2]) == [first.pk, second.pk]
    other = table.criteria.get(parent=None, order=2)
    line(page, second).get_by_text("Thêm…").click()
    submit(page, line(page, second).get_by_role("link", name="Chuyển vào mục…"))
    page.get_by_label("Vào nhóm").select_option(str(other.pk))
    submit(page, page.get_by_role("button", name="Chuyển", exact=True))
    assert Criterion.objects.get(pk=second.pk).parent == other
    back = line(page, second)
    back.get_by_text("Thêm…").click()
    submit(page, back.get_by_role("link", name="Chuyển vào mục…"))
    page.get_by_label("Vào nhóm").select_option(str(first.parent_id))
    submit(page, page.get_by_role("button", name="Chuyển", exact=True))
    assert Criterion.objects.get(pk=second.pk).parent_id == first.parent_id


def check_sums(page, table):
    """A changed maximum is red at its group and in the total until it is mended."""
    first, _ = brothers(table)
    field = line(page, first).locator("input[name^=diem-]")
    before = field.input_value()
    field.fill("77,5")
    group = page.locator(f"#tieu-chi-{first.parent_id} [data-sums]")
    gap = Decimal("77.5") - first.max_points
    words = f"thừa {gap.normalize():f}".replace(".", ",")
    assert group.locator(".sheet-error").inner_text() == words
    submit(page, page.locator(".tree-save button"))
    assert Criterion.objects.get(pk=first.pk).max_points == Decimal("77.5")
    problems = page.locator("#kiem-tra li")
    assert problems.count() == 1
    problems.first.get_by_role("link", name="Đến mục này").click()
    assert page.url.endswith(f"#tieu-chi-{first.parent_id}")
    line(page, first).locator("input[name^=diem-]").fill(before)
    assert page.locator("[data-balance]").inner_text() == "Tổng 1.000 / 1.000; mọi nhóm khớp"
    submit(page, page.locator(".tree-save button"))
    assert Criterion.objects.get(pk=first.pk).max_points == first.max_points


def test_bonus_and_deduction_stand_beside_the_total(office):
    """The total is of the work alone: up to 5 points of bonus leave the 100 as they are."""
    page, table = (
        office,
        small_table(year_with_members(state=YearState.OPEN), published=False, state="draft"),
    )
    page.goto(table.get_absolute_url())
    balance = page.locator("[data-balance]")
    assert balance.inner_text() == "Tổng 100 / 100; mọi nhóm khớp"
    line(page, table.criteria.get(code="2")).locator("input[name^=diem-]").fill("31,5")
    assert balance.inner_text() == "Tổng 100 / 100; 1 chỗ chưa khớp"


def test_a_line_dropped_on_the_lower_half_stands_right_below(office):
    page, year = office, year_with_members(state=YearState.OPEN)
    table = small_table(year, published=False, state="draft")
    group = table.criteria.get(code="I")
    Criterion.objects.create(
        table=table, parent=group, code="3", name="Chế độ báo cáo", max_points=0, order=99
    )
    page.goto(table.get_absolute_url())
    sisters = table.criteria.filter(parent=group).order_by("order")
    first, second, third = sisters
    box = line(page, second).bounding_box()
    with page.expect_navigation():
        line(page, first).locator(".drag").drag_to(
            line(page, second), target_position={"x": 200, "y": box["height"] * 0.9}
        )
    assert list(sisters.all()) == [second, first, third]


def check_new_line(page, table):
    """A line is added below another one, tried, and makes room for itself."""
    first, _ = brothers(table)
    line(page, first).get_by_text("Thêm…").click()
    submit(page, line(page, first).get_by_role("link", name="Thêm mục bên dưới"))
    submit(page, page.get_by_role("link", name="Định lượng theo chỉ tiêu"))
    page.get_by_label("Nội dung").fill("Tỷ lệ hồ sơ trực tuyến toàn trình")
    page.locator("[name=max_points]").fill("2")
    page.get_by_label("Theo bậc").check()
    page.get_by_role("button", name="Thêm dòng").click()
    for place, (low, points) in enumerate((("90", "2"), ("80", "1"))):
        page.locator(f"[name=bands-{place}-from]").fill(low)
        page.locator(f"[name=bands-{place}-points]").fill(points)
    page.locator("[name=bands-1-high]").select_option(")")
    page.locator("[name=bands-1-to]").fill("90")
    page.locator("[name=thu-value]").fill("85,5")
    page.get_by_text("1 điểm", exact=True).wait_for()
    page.locator("[name=thu-value]").fill("70")
    page.get_by_text("Quy tắc không quy định điểm cho giá trị 70.").wait_for()
    submit(page, page.get_by_role("button", name="Thêm vào bảng"))
    made = table.criteria.get(name="Tỷ lệ hồ sơ trực tuyến toàn trình")
    place = table.criteria.get(pk=first.pk).order
    assert (made.parent_id, made.order) == (first.parent_id, place + 1)
    field = line(page, first).locator("input[name^=diem-]")
    field.fill(f"{(first.max_points - 2).normalize():f}".replace(".", ","))
    submit(page, page.locator(".tree-save button"))
    assert page.locator("[data-balance]").inner_text() == "Tổng 1.000 / 1.000; mọi nhóm khớp"


def test_a_late_answer_of_the_trial_takes_away_nothing_typed_since(office):
    """The rule asks other questions, the server is slow, and somebody goes on typing."""
    page, year = office, year_with_members(state=YearState.OPEN)
    leaf = small_table(year, published=False, state="draft").criteria.get(code="2")
    page.goto(f"{reverse('criteria:criterion_edit', args=(leaf.pk,))}?cach=quantitative")
    held = first_alone(page, lambda _: None, of="**/tieu-chi/**")
    page.get_by_label("Theo bậc").check()
    wait_until(page, lambda: held)
    page.locator("[name=thu-value]").fill("85,5")
    held[0].continue_()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    assert page.locator("[name=thu-value]").input_value() == "85,5"


def publish(page, table):
    submit(page, page.get_by_role("link", name="Kiểm tra và ban hành"))
    submit(page, page.get_by_role("button", name="Ban hành bảng chấm điểm"))
    table.refresh_from_db()
    assert (table.state, table.criteria.count()) == ("published", 231)
    assert page.locator("[data-tree-form]").count() == 0


def test_an_amendment_is_told_to_the_units_until_they_have_seen_it(office, open_page, signed_in):
    page, year = office, year_with_members(state=YearState.IN_PROGRESS)
    table = small_table(year)
    page.goto(table.get_absolute_url())
    submit(page, page.get_by_role("link", name="Sửa đổi bảng"))
    page.get_by_label("Lý do sửa đổi").fill("Theo kết luận hội nghị sơ kết.")
    submit(page, page.get_by_role("button", name="Lập bản sửa đổi"))
    made = ScoringTable.objects.get(amends=table)
    leaf = made.criteria.get(code="1", parent__code="I")
    submit(page, line(page, leaf).get_by_role("link", name="Sửa: "))
    page.get_by_label("Nội dung").fill("Hoàn thành nhiệm vụ theo kế hoạch")
    submit(page, page.get_by_role("button", name="Lưu", exact=True))
    submit(page, page.get_by_role("link", name="Kiểm tra và ban hành"))
    submit(page, page.get_by_role("button", name="Ban hành bảng chấm điểm"))
    member = signed_in(open_page("desktop"), editor_of(year.deputy))
    member.goto("/")
    submit(member, member.get_by_role("link", name="Bảng chấm điểm đã sửa đổi lần 1 ngày"))
    text = " ".join(member.locator("main").inner_text().split())
    assert "Hoàn thành nhiệm vụ được giao Hoàn thành nhiệm vụ theo kế hoạch" in text
    submit(member, member.get_by_role("button", name="Tôi đã xem nội dung sửa đổi"))
    member.goto("/")
    assert member.get_by_role("link", name="Bảng chấm điểm đã sửa đổi lần 1").count() == 0


def test_without_a_script_the_editor_works_the_same(browser, live_server, signed_in):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    year = year_with_members(state=YearState.OPEN)
    table = small_table(year, published=False, state="draft")
    page = signed_in(context.new_page(), official(SeatRole.OFFICE))
    page.goto(table.get_absolute_url())
    leaf = table.criteria.get(code="2", parent__code="I")
    submit(page, line(page, leaf).get_by_role("button", name="Lên: "))
    assert Criterion.objects.get(pk=leaf.pk).order == 1
    page.goto(reverse("criteria:criterion_edit", args=(leaf.pk,)) + "?cach=direct")
    page.locator("[name=levels-0-label]").fill("Tốt")
    page.locator("[name=levels-0-points]").fill("30")
    page.locator("[name=levels-1-label]").fill("Khá")
    page.locator("[name=levels-1-points]").fill("20")
    submit(page, page.get_by_role("button", name="Thêm dòng"))
    page.locator("[name=levels-2-label]").fill("Trung bình")
    page.locator("[name=levels-2-points]").fill("10")
    submit(page, page.get_by_role("button", name="Thử tính"))
    page.locator("[name=thu-choice]").select_option("Khá")
    submit(page, page.get_by_role("button", name="Thử tính"))
    assert page.locator(".trial-result strong").inner_text() == "20 điểm"
    submit(page, page.get_by_role("button", name="Lưu", exact=True))
    rule = Criterion.objects.get(pk=leaf.pk).rule
    assert [level["points"] for level in rule["levels"]] == ["30", "20", "10"]
    context.close()


def test_the_file_that_was_read_is_the_file_that_goes_out(office):
    page, year = office, year_with_members(state=YearState.OPEN)
    table = read_in(page, year)
    answer = page.request.get(reverse("criteria:table_json", args=(table.pk,)))
    assert json.loads(answer.body()) == table_file(table)
    assert table.criteria.count() == 230
