"""A person at the own desk: a browser of its own and a real sign-in."""

from io import BytesIO

from pypdf import PdfReader

PASSWORD = "Mat-khau-thu-2026"


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
        """Make a move: open its panel, give the reason, agree."""
        panel = self.page.locator("details.move", has_text=label)
        if panel.count() == 0:
            return self.press(label)
        panel.first.locator("summary").click()
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
