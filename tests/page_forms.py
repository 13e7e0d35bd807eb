"""What a browser would post from a page: the fields of its guarded form, as they stand there."""

from html.parser import HTMLParser

from django import forms

# One for fields that take any text, one that no number, date or choice can be.
TYPED, NONSENSE = "Chữ đã nhập", "lung-tung"
SHOWN_AGAIN = (forms.TextInput, forms.NumberInput, forms.Textarea)


class GuardedForm(HTMLParser):
    """Collects names and values of the one form that warns before typed text is lost."""

    def __init__(self):
        super().__init__()
        self.fields, self.is_inside, self.open_text, self.open_choice = {}, False, None, None

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.is_inside = "data-guard" in found
        elif not self.is_inside:
            return
        elif tag == "textarea":
            self.open_text = found["name"]
            self.add(self.open_text, "")
        elif tag == "select":
            self.open_choice = found["name"]
        elif tag == "option" and "selected" in found:
            self.add(self.open_choice, found.get("value", ""))
        elif tag == "input" and "name" in found:
            self.add_input(found)

    def add_input(self, found):
        can_be_ticked = found.get("type") in ("checkbox", "radio")
        if not can_be_ticked or "checked" in found:
            self.add(found["name"], found.get("value") or ("on" if can_be_ticked else ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea":
            self.open_text = None

    def handle_data(self, data):
        if self.open_text:
            # A browser drops the line break that opens a text area.
            text = self.fields[self.open_text][-1] + data
            self.fields[self.open_text][-1] = text.removeprefix("\n")


def fields_of(answer) -> dict[str, list[str]]:
    """The fields of the form on the answered page, ready to be posted back."""
    parser = GuardedForm()
    parser.feed(answer.content.decode())
    return parser.fields


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
    left_out = [name for name, field in fields.items() if field.required and name not in typed]
    if NONSENSE not in typed.values() and not left_out:
        del typed[next(form.add_prefix(name) for name, field in fields.items() if field.required)]
    return typed


def shown_again(form, typed) -> dict[str, list[str]]:
    """Those typed values that the page has to show once more."""
    shown = {
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field.widget, SHOWN_AGAIN)
    }
    return {name: [value] for name, value in typed.items() if name in shown}
