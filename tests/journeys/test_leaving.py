"""However a sheet is left, what was typed is not lost."""

from decimal import Decimal

import pytest

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_scores
from blocs.reports.models import Report, Score
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of
from tests.factories.reports import COUNT, DIRECT, member_report, typed
from tests.journeys.desk import PASTE, SAVING, eventually, first_alone, stop_clock, stored

pytestmark = pytest.mark.django_db(transaction=True)
NO_STORAGE = "() => { Storage.prototype.setItem = () => { throw new Error('off'); }; }"
WAYS = {
    "link": lambda page: page.get_by_role("link", name="Về báo cáo").first.click(),
    "address": lambda page: page.goto("/"),
    "back": lambda page: page.go_back(),
    "reload": lambda page: page.reload(),
    "closed tab": lambda page: close(page),
}


def close(page):
    """As people do it; the page may ask."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


@pytest.fixture
def asked(sheet):
    """The questions of the browser before it leaves; each is answered with «leave»."""
    found = []
    sheet.page.on("dialog", lambda dialog: (found.append(dialog.type), dialog.accept()))
    return found


@pytest.mark.parametrize("way", WAYS)
def test_cell_typed_at_the_last_moment_arrives_without_a_question(sheet, report, asked, way):
    stop_clock(sheet.page)
    sheet.type(DIRECT, "9,5")
    WAYS[way](sheet.page)
    eventually(sheet.page, lambda: stored(report, DIRECT), Decimal("9.5"))
    assert asked == []


def test_leaving_within_a_second_of_the_last_key_stores_the_cell(sheet, report, asked):
    """Without what the browser keeps: the last post alone has to carry it."""
    stop_clock(sheet.page).evaluate(NO_STORAGE)
    sheet.type(DIRECT, "9,5").page.goto("/")
    eventually(sheet.page, lambda: stored(report, DIRECT), Decimal("9.5"))
    assert asked == ["beforeunload"]


def test_row_that_did_not_fit_into_the_browser_is_asked_about(sheet, asked):
    """One row without room is at risk though the next one found some."""
    stop_clock(sheet.page).evaluate(
        """() => {
          const put = Storage.prototype.setItem;
          Storage.prototype.setItem = function (name, text) {
            if (text.includes('7,25')) throw new Error('full');
            put.call(this, name, text);
          };
        }"""
    )
    sheet.type(DIRECT, "7,25").type(COUNT, "2").page.goto("/")
    assert asked == ["beforeunload"]


def test_sheet_without_a_server_asks_and_who_stays_goes_on(sheet, report):
    asked = []
    sheet.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    sheet.page.route(SAVING, lambda route: route.abort())
    sheet.type(DIRECT, "9,5").says("mất kết nối")
    sheet.page.get_by_role("link", name="Về báo cáo").first.click()
    sheet.page.unroute(SAVING)
    sheet.type(COUNT, "2").saved()
    assert (asked, stored(report, DIRECT), stored(report, COUNT)) == (
        ["beforeunload"],
        Decimal("9.5"),
        2,
    )


def test_saved_sheet_is_left_without_a_question(sheet, asked):
    sheet.type(DIRECT, "9,5").saved().page.goto("/")
    assert asked == []


def test_hidden_tab_sends_at_once(sheet):
    stop_clock(sheet.page)
    sheet.type(DIRECT, "9,5")
    with sheet.page.expect_request(SAVING):
        sheet.page.evaluate(
            """() => {
              Object.defineProperty(document, 'hidden', {get: () => true});
              document.dispatchEvent(new Event('visibilitychange'));
            }"""
        )
    sheet.saved()
    assert stored(sheet.report, DIRECT) == Decimal("9.5")


# --- while a post runs ---------------------------------------------------------------------------


def running(sheet):
    """Wait until the sheet is saving."""
    return sheet.says("Đang lưu…")


def test_row_typed_while_another_is_sent_goes_along(sheet, report, asked):
    first = first_alone(sheet.page, lambda route: None)
    running(sheet.type(DIRECT, "9,5")).type(COUNT, "2").page.goto("/")
    eventually(sheet.page, lambda: stored(report, COUNT), 2)
    first[0].abort()
    assert (asked, stored(report, DIRECT)) == ([], None)
    sheet.open().bar("Đã gửi và lưu 01 tiêu chí nhập trước đây chưa gửi được.")
    assert stored(report, DIRECT) == Decimal("9.5")


@pytest.mark.parametrize("arrived", (9, None))
def test_row_typed_on_while_it_is_sent_is_asked_about_and_comes_back(sheet, report, asked, arrived):
    """Whether the post that runs arrives or not, the last word is the one that stays."""
    first = first_alone(sheet.page, lambda route: arrived and route.fetch())
    running(sheet.type(DIRECT, "9")).box(DIRECT).press_sequentially(",5")
    eventually(sheet.page, lambda: stored(report, DIRECT), arrived)
    with sheet.page.expect_request(SAVING):
        sheet.page.goto("/")
    first[0].abort()
    assert asked == ["beforeunload"]
    sheet.open()
    eventually(sheet.page, lambda: stored(report, DIRECT), Decimal("9.5"))
    assert sheet.page.locator("dialog[open]").count() == 0


def test_kept_cell_does_not_replace_what_its_writer_saved_elsewhere_since(
    sheet, report, writer, asked
):
    """The same person at home: yesterday's text of this browser is offered, not sent."""
    stop_clock(sheet.page)
    sheet.type(DIRECT, "9,5").page.goto("/")
    eventually(sheet.page, lambda: stored(report, DIRECT), Decimal("9.5"))
    save_scores(report, rows=[typed(report, DIRECT, 1, value="8")], actor=writer)
    dialog = sheet.open().page.locator("dialog[open]")
    dialog.wait_for()
    assert (asked, stored(report, DIRECT)) == ([], 8)
    assert dialog.locator("[data-mine] dd").all_inner_texts() == ["9,5"]
    assert dialog.locator("[data-theirs] dd").all_inner_texts() == ["8"]


# --- more than a browser takes along --------------------------------------------------------------


@pytest.fixture
def long_report():
    """Sixty leaves: more than one post takes."""
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True)
    for order in range(60):
        Criterion.objects.create(
            table=table, code=str(order), name=f"Việc {order}", kind="direct", order=order
        )
    return member_report(bloc_year=year, table=table)


@pytest.fixture
def long_sheet(page, signed_in, long_report):
    """Its clock stands still, so that nothing is sent but at leaving."""
    signed_in(page, editor_of(long_report.unit)).goto(f"/bao-cao/{long_report.pk}/tu-cham/")
    return stop_clock(page)


def notes():
    return list(Score.objects.order_by("criterion__order").values_list("note", flat=True))


def paste_notes(page, texts):
    page.locator("[name$='-note']").first.click()
    page.evaluate(PASTE, ["\n".join(texts), "<table>"])


def test_sixty_rows_go_along_in_two_posts(long_sheet):
    asked = []
    long_sheet.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    texts = [f"Theo báo cáo số {place}" for place in range(60)]
    posts = []
    long_sheet.on("request", lambda request: posts.append(request.method))
    paste_notes(long_sheet, texts)
    long_sheet.goto("/")
    eventually(long_sheet, notes, texts)
    assert (asked, posts.count("POST")) == ([], 2)


def test_more_than_64_kilobytes_are_asked_about_kept_and_sent_at_the_next_opening(long_sheet):
    asked = []
    long_sheet.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    texts = [f"{place}{'ắ' * 3000}" for place in range(4)]  # 27 kB each on the wire
    paste_notes(long_sheet, texts)
    long_sheet.goto("/")
    eventually(long_sheet, notes, texts[:2])
    assert asked == ["beforeunload"]
    long_sheet.go_back()
    eventually(long_sheet, notes, texts)


# --- an ordinary form -----------------------------------------------------------------------------


def test_typed_text_is_with_the_server_when_its_form_is_left_and_nobody_is_asked_when_it_is_sent(
    page, signed_in, report, writer
):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    signed_in(page, writer).goto(f"/bao-cao/{report.pk}/noi-dung/")
    link = page.locator("main form").get_by_role("link", name="Hủy")
    page.locator("main h1").click()  # without a touch no browser asks
    page.reload()
    assert asked == []
    field = page.locator("main textarea").first
    field.fill("Đã hoàn thành mọi nhiệm vụ.")
    link.click()

    def results():
        return Report.objects.values_list("results", flat=True).get(pk=report.pk)

    eventually(page, results, "Đã hoàn thành mọi nhiệm vụ.")
    page.goto(f"/bao-cao/{report.pk}/noi-dung/")
    page.locator("main textarea").first.fill("Đã hoàn thành 100% nhiệm vụ.")
    with page.expect_navigation():
        page.locator("main form button.btn-primary[type=submit]").first.click()
    assert (asked, results()) == ([], "Đã hoàn thành 100% nhiệm vụ.")
