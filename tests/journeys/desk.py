"""A person at the own desk: a browser of its own, a real sign-in, a sheet that is open."""

import datetime as dt
import time
from io import BytesIO

from pypdf import PdfReader

from blocs.reports.models import Score
from tests.factories.reports import COUNT, DIRECT, RATIO, row_of

PASSWORD = "Mat-khau-thu-2026"
# How long typed text may wait for the server (milliseconds), and a little for the machine.
AT_MOST = 12_000
SAVING = "**/luu-o/"
# A script that pastes a text, and its HTML where it has one, into the cell that is being typed in.
PASTE = """([text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


class Desk:
    """What one person does with the keyboard and the mouse."""

    def __init__(self, open_page, user):
        self.user = user
        user.set_password(PASSWORD)
        user.save()
        self.page = open_page("desktop")
        self.page.goto("/tai-khoan/dang-nhap/")
        self.fill(username=user.username, password=PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url("**/")

    def go(self, url):
        answer = self.page.goto(url)
        assert answer.status == 200, f"{url}: {answer.status}"
        return self

    def fill(self, **values):
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").fill(value)
        return self

    def follow(self, target):
        """Click, and wait until the page that answers is there."""
        with self.page.expect_navigation():
            target.click()
        return self

    def press(self, label):
        """Press the visible button or link; a second press confirms where it is asked for."""
        target = self.page.get_by_role("button", name=label, exact=True).or_(
            self.page.get_by_role("link", name=label, exact=True)
        )
        return self.follow(target.first)

    def press_first_submit(self):
        """Press the page's own submit button, whatever it is called."""
        self.follow(self.page.locator("main form button.btn-primary[type=submit]").first)
        wrong = self.page.locator("main .error-summary, main .message--error")
        assert wrong.all_inner_texts() == [], wrong.all_inner_texts()
        return self

    def move(self, label, note=""):
        """Make a move: open its panel, tick what it asks, give the reason, agree."""
        panel = self.page.locator("details.move", has_text=label)
        if panel.count() == 0:
            return self.press(label)
        panel.first.locator("summary").click()
        for asked in panel.first.locator("input[type=checkbox]").all():
            asked.check()
        if note:
            panel.first.locator("textarea").fill(note)
        return self.follow(panel.first.get_by_role("button"))

    def text(self):
        """What the page says, spaces folded."""
        return " ".join(self.page.locator("main").inner_text().split())

    def sees(self, words):
        assert words in self.text(), f"“{words}” is missing in: {self.text()[:1500]}"
        return self

    def pdf(self, url):
        """The text of a PDF that this person may open, spaces folded."""
        answer = self.page.request.get(url)
        assert answer.headers["content-type"] == "application/pdf", url
        pages = PdfReader(BytesIO(answer.body())).pages
        return " ".join(" ".join(sheet.extract_text() for sheet in pages).split())


class Sheet:
    """A sheet open in one browser."""

    def __init__(self, page, report, url=""):
        self.page, self.report = page, report
        self.url = f"{url}/bao-cao/{report.pk}/tu-cham/"
        self.keys = {label: row_of(report, label).criterion.pk for label in (DIRECT, RATIO, COUNT)}

    def open(self):
        assert self.page.goto(self.url).status == 200
        return self

    def box(self, label, field="value"):
        return self.page.locator(f"[name='s{self.keys[label]}-{field}']")

    def type(self, label, text, field="value"):
        """Key by key, as people do."""
        box = self.box(label, field)
        box.fill("")
        box.press_sequentially(text)
        return self

    def says(self, words, timeout=AT_MOST):
        state = self.page.locator("[data-save-state]", has_text=words)
        state.wait_for(timeout=timeout)
        return self

    def saved(self):
        return self.says("Đã lưu", timeout=AT_MOST)

    def bar(self, words):
        self.page.locator("[data-sheet-bar]", has_text=words).wait_for(timeout=20_000)
        return self

    def sum(self, anchor):
        return self.page.locator(f"{anchor} [data-sum=own]").inner_text()

    @property
    def leaf(self):
        return f"#tc-{self.keys[DIRECT]}"


def stored(report, label, field="value"):
    return (
        Score.objects.filter(report=report, criterion=row_of(report, label).criterion.pk)
        .values_list(field, flat=True)
        .first()
    )


def sign_in_again(page, person):
    """In another window of the same browser, through the form."""
    window = page.context.new_page()
    window.goto("/tai-khoan/dang-nhap/")
    window.fill("main [name='username']", person.username)
    window.fill("main [name='password']", PASSWORD)
    window.get_by_role("button", name="Đăng nhập").click()
    window.wait_for_url("**/")
    window.close()


def wait_until(page, is_so):
    """Let what happens in the browser come in until this is so, for half a minute at most."""
    for _ in range(600):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise TimeoutError


def first_alone(page, act, of=SAVING):
    """Do this with the first post to these addresses; the later ones go their way."""
    held = []

    def handle(route):
        if held:
            route.fallback()
        else:
            held.append(route)
            act(route)

    page.route(of, handle)
    return held


def stop_clock(page):
    """From now on nothing happens on the page because time has passed."""
    page.clock.install()
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    return page


def eventually(page, read, expected):
    """What is on its way to the server is there within the time that typed text may wait."""
    last = time.monotonic() + AT_MOST / 1000
    while (found := read()) != expected and time.monotonic() < last:
        # Only while it waits does Playwright let the requests of an open page go on.
        time.sleep(0.05) if page.is_closed() else page.wait_for_timeout(50)
    assert found == expected, found
