"""A person at the own desk without a browser: pages are opened, forms are filled in and posted."""

from html import unescape
from io import BytesIO

from django.test import Client
from pypdf import PdfReader

from tests.page_forms import forms_of

OK, REFUSED = 200, 422


class PageDesk:
    """What one person does; every page has to open, every post has to be taken."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.answer = None

    def go(self, url):
        # Months lie between two visits of a story: the session of the last one has run out.
        self.client.force_login(self.user)
        self.answer = self.client.get(url, follow=True)
        assert self.answer.status_code == OK, f"{url}: {self.answer.status_code}"
        return self

    @property
    def url(self):
        return self.answer.request["PATH_INFO"]

    @property
    def html(self):
        return self.answer.content.decode()

    def press(self, label, **typed):
        """Post the form of this button with what is typed; `__x` stands for every name ending x."""
        self.post(label, typed)
        assert self.answer.status_code == OK, f"{self.url}: {self.answer.status_code} {self.said}"
        return self

    def post(self, label, typed):
        form, button = self.found(label)
        _, name, value = button
        fields = form.fields | typed
        for ending in [key for key in typed if key.startswith("__")]:
            text = fields.pop(ending)
            fields |= {key: text for key in form.names if key.endswith(ending[2:])}
        if name:
            fields[name] = value
        self.answer = self.client.post(form.action or self.url, fields, follow=True)

    def found(self, label):
        """The one form with this button."""
        told = [
            (form, button)
            for form in forms_of(self.html)
            for button in form.buttons
            if button[0] in (label, f"Đồng ý: {label}")
        ]
        assert told, (
            f"{self.url}: “{label}” is not among {self.labels}; {self.said}; {self.held_up}"
        )
        return told[0]

    @property
    def labels(self):
        """The words on every button of the page."""
        return [button[0] for form in forms_of(self.html) for button in form.buttons]

    @property
    def said(self):
        """What the page answers to a refused post."""
        contexts = self.answer.context or {}
        form = contexts.get("form") if contexts else None
        return (getattr(form, "errors", None), [str(m) for m in contexts.get("messages", ())])

    @property
    def held_up(self):
        """Why moves are not offered, as the page says it."""
        return [folded(without_tags(part)) for part in self.html.split("move--blocked")[1:]]

    @property
    def text(self):
        """The words of the page, spaces folded."""
        return folded(unescape(without_tags(self.html)))

    def pdf(self, url):
        answer = self.client.get(url)
        assert answer.headers["Content-Type"] == "application/pdf", (url, answer.status_code)
        pages = PdfReader(BytesIO(answer.getvalue())).pages
        return folded(" ".join(sheet.extract_text() for sheet in pages))


def folded(text):
    return " ".join(text.split())


def without_tags(html):
    return " ".join(part.rpartition(">")[2] for part in html.split("<"))
