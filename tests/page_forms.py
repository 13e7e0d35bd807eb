"""What a browser would post from a page: the fields of its forms, as they stand there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django import forms

# One for fields that take any text, one that no number, date or choice can be.
TYPED, NONSENSE = "Chữ đã nhập", "lung-tung"
SHOWN_AGAIN = (forms.TextInput, forms.NumberInput, forms.Textarea)


@dataclass
class PageForm:
    """One form of a page: where it is posted, what stands in it, the words on its buttons."""

    action: str
    is_guarded: bool
    fields: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)
    names: list = field(default_factory=list)
    # Fields that take typing: neither hidden nor disabled.
    open: list = field(default_factory=list)

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)


class FormReader(HTMLParser):
    """Collects the forms of a page; a guarded one warns before typed text is lost."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.open_text, self.open_choice, self.button = (
            [],
            None,
            "",
            "",
            None,
        )
        # Of each fieldset that is open: whether it is disabled, and all inside with it.
        self.locks = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.form = PageForm(found.get("action", ""), "data-guard" in found)
            self.forms.append(self.form)
        elif self.form is None:
            return
        self.note_open(tag, found)
        if tag == "textarea":
            self.open_text = found["name"]
            self.form.names.append(self.open_text)
            self.form.add(self.open_text, "")
        elif tag == "select":
            self.open_choice = found["name"]
        elif tag == "option" and "selected" in found:
            self.form.add(self.open_choice, found.get("value", ""))
        elif tag == "input" and "name" in found:
            self.form.names.append(found["name"])
            self.add_input(found)
        elif tag == "button" and found.get("type") != "button":
            self.button = [found.get("name"), found.get("value", ""), ""]

    def note_open(self, tag, found):
        if tag == "fieldset":
            self.locks.append("disabled" in found)
        is_typed = tag in ("textarea", "select", "input") and found.get("type") != "hidden"
        if is_typed and "name" in found and "disabled" not in found and not any(self.locks):
            self.form.open.append(found["name"])

    def add_input(self, found):
        can_be_ticked = found.get("type") in ("checkbox", "radio")
        if not can_be_ticked or "checked" in found:
            self.form.add(found["name"], found.get("value") or ("on" if can_be_ticked else ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "fieldset" and self.locks:
            self.locks.pop()
        elif tag == "textarea":
            self.open_text = ""
        elif tag == "button" and self.button and self.form:
            name, value, words = self.button
            self.form.buttons.append((" ".join(words.split()), name, value))
            self.button = None

    def handle_data(self, data):
        if self.button:
            self.button[2] += data
        if self.open_text:
            # A browser drops the line break that opens a text area.
            text = self.form.fields[self.open_text][-1] + data
            self.form.fields[self.open_text][-1] = text.removeprefix("\n")


def forms_of(html) -> list[PageForm]:
    """Every form of a page, in order."""
    parser = FormReader()
    parser.feed(html)
    return parser.forms


def fields_of(answer) -> dict[str, list[str]]:
    """The fields of the form on the answered page, ready to be posted back; none in a file."""
    fields = {}
    if not answer["Content-Type"].startswith("text/html"):
        return fields
    for form in forms_of(answer.content.decode()):
        if form.is_guarded:
            for name, values in form.fields.items():
                fields.setdefault(name, []).extend(values)
    return fields


def seen_on(client, url) -> dict[str, list[str]]:
    """The mark of what the page shows now, to be posted beside typed values."""
    return {"seen": fields_of(client.get(url))["seen"]}


def save(client, url, typed):
    """Open the page and post these values with the mark of what it shows."""
    return client.post(url, typed | seen_on(client, url))


def spoilt(form) -> dict[str, str]:
    """What a form must refuse: nonsense wherever it is told, or the first needed text left out."""
    fields = {name: field for name, field in form.fields.items() if not field.disabled}
    typed = {
        form.add_prefix(name): TYPED if type(field) is forms.CharField else NONSENSE
        for name, field in fields.items()
        if not isinstance(field, forms.FileField | forms.BooleanField)
    }
    needed = [name for name, field in fields.items() if field.required]
    left_out = [name for name in needed if name not in typed]
    # Where no field is needed, as of a list that is pasted or a file, the words are no list.
    if NONSENSE not in typed.values() and needed and not left_out:
        del typed[form.add_prefix(needed[0])]
    return typed


def shown_again(form, typed) -> dict[str, list[str]]:
    """Those typed values that the page has to show once more."""
    shown = {
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field.widget, SHOWN_AGAIN)
    }
    return {name: [value] for name, value in typed.items() if name in shown}
