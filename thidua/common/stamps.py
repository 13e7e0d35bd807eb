"""Two people at one text: the second is told and not obeyed blindly, once for forms, once for rows.

A page posts back the stamp of what it showed (`seen`). The action compares it with what is stored
now, and writes nothing where somebody saved in between; the page keeps what was typed, shows what
the other wrote and carries the new stamp, so that the next save is meant.
"""

import hashlib
import json
import re
from collections.abc import Collection, Hashable, Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from thidua.common.changes import all_words, set_fields
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.numbers import two_digits

OVERTAKEN = (
    "Chưa lưu: người khác đã lưu sau khi anh/chị mở trang này. Nội dung của người đó được ghi ở "
    "từng mục khác nhau; bấm lưu lần nữa thì nội dung của anh/chị thay thế."
)
SEE_BOTH = "Người khác đã lưu nội dung này; bấm lưu để xem hai nội dung cạnh nhau."
ROWS_OVERTAKEN = (
    "Chưa lưu: người khác đã lưu {count} dòng mà anh/chị cũng vừa sửa. Nội dung của người đó được "
    "ghi ở từng dòng; bấm lưu lần nữa thì nội dung của anh/chị thay thế."
)


# The same said to whoever has the page open twice: nobody else is at the text.
OWN_OVERTAKEN = (
    "Chưa lưu: anh/chị đã sửa nội dung này ở một cửa sổ khác. Nội dung lưu ở đó được ghi ở từng "
    "mục khác nhau; bấm lưu lần nữa thì nội dung trên trang này thay thế."
)
OWN_SEE_BOTH = (
    "Anh/chị đã sửa nội dung này ở một cửa sổ khác; bấm lưu để xem hai nội dung cạnh nhau."
)
OWN_ROWS_OVERTAKEN = (
    "Chưa lưu: anh/chị đã sửa {count} dòng này ở một cửa sổ khác. Nội dung lưu ở đó được ghi ở "
    "từng dòng; bấm lưu lần nữa thì nội dung trên trang này thay thế."
)
OWN_SAVE = "anh/chị đã lưu ở cửa sổ khác"
OTHERS_SAVE = re.compile("(N|n)gười khác đã lưu")


class OvertakenError(ValidationError):
    """Somebody else saved since the form was opened; `stamp` is of what is stored now.

    `writer_id` is who, where the log book knows it.
    """

    def __init__(self, errors: Mapping[str, str], stamp: str, writer_id: int | None = None) -> None:
        super().__init__({NON_FIELD_ERRORS: OVERTAKEN, **errors})
        self.sentences = dict(errors)
        self.stamp, self.writer_id = stamp, writer_id

    def said_to(self, person: Model) -> ValidationError:
        """As this person reads it: one's own second window is no other person."""
        if not is_own(self, person):
            return self
        told = {name: own_words(sentence) for name, sentence in self.sentences.items()}
        return ValidationError({NON_FIELD_ERRORS: OWN_OVERTAKEN, **told})


class OvertakenRowsError(ValidationError):
    """Somebody else saved these `rows` of a grid since they were shown; `writer_id` if one did."""

    def __init__(self, rows: Collection[Hashable], writer_id: int | None = None) -> None:
        super().__init__(ROWS_OVERTAKEN.format(count=two_digits(len(rows))))
        self.rows, self.writer_id = frozenset(rows), writer_id

    def said_to(self, person: Model) -> ValidationError:
        """As this person reads it: one's own second window is no other person."""
        if not is_own(self, person):
            return self
        return ValidationError(OWN_ROWS_OVERTAKEN.format(count=two_digits(len(self.rows))))


def is_own(error: OvertakenError | OvertakenRowsError, person: Model) -> bool:
    """Whether the one who saved in between is the same person, in another window."""
    return error.writer_id is not None and error.writer_id == person.pk


def see_both(error: OvertakenError | OvertakenRowsError, person: Model) -> str:
    """What a page that saves itself says before the button shows the rest."""
    return OWN_SEE_BOTH if is_own(error, person) else SEE_BOTH


def own_words(sentence: str) -> str:
    """What another one saved, as somebody reads it who was that other one."""
    found = OTHERS_SAVE.search(sentence)
    if not found:
        return sentence
    words = OWN_SAVE if found[1] == "n" else OWN_SAVE[0].upper() + OWN_SAVE[1:]
    return sentence.replace(found[0], words, 1)


def theirs(words: str, who: str = "") -> str:
    """What the other one saved; `who` says name and time."""
    return f"Người khác đã lưu: {words or 'để trống'}{who}."


def stamp_of(*values: object) -> str:
    """Twelve characters, equal for equal values; posted back beside the typed ones."""
    text = json.dumps([str(value) for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stamp_of_words(words: Mapping[str, str]) -> str:
    """The stamp of named values, whatever their order."""
    return stamp_of(*(f"{name}={words[name]}" for name in sorted(words)))


def overwrite(
    obj,
    data: Mapping,
    *actions: str,
    seen: str | None,
    about: Model | None = None,
    names: Mapping[str, str] | None = None,
) -> list[dict]:
    """`set_fields` for a second writer: OvertakenError where that would hide what another saved.

    `about` is the object in whose log book the actions stand, where that is not `obj`.
    """
    stored, changes = all_words(obj, data), set_fields(obj, data)
    if changes:
        typed = all_words(obj, data)
        refuse_overtaken(about or obj, *actions, seen=seen, stored=stored, typed=typed, names=names)
    return changes


def refuse_overtaken(
    obj,
    *actions: str,
    seen: str | None,
    stored: Mapping[str, str],
    typed: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> None:
    """Raise OvertakenError, a sentence for each differing value, unless `seen` stamps `stored`.

    `stored` and `typed` are words by name (`all_words`), `names` says what a value is called that
    has no field of its own on the page; `actions` are those that write these values, to name who
    did. `seen` is None where the caller showed nothing to anybody.
    """
    if seen is None or seen == stamp_of_words(stored):
        return
    last = last_entry(obj, actions)
    errors, who = {}, f" ({last.actor_name}, {moment_words(last.at)})" if last else ""
    for name in typed:
        if (words := stored.get(name, "")) != typed[name]:
            sentence = theirs(f"“{words}”" if words else "", who)
            if names and name in names:
                sentence = f"{names[name]}: {sentence[0].lower()}{sentence[1:]}"
            errors[name] = sentence
    raise OvertakenError(errors, stamp_of_words(stored), last.actor_id if last else None)


def last_entry(obj, actions: Collection[str]) -> ActivityEntry | None:
    """The newest of these actions on `obj` in the log book."""
    return ActivityEntry.objects.about(obj).filter(action__in=actions).first()


def last_writer(obj, *actions: str) -> int | None:
    """Who did the newest of these actions on `obj`."""
    last = last_entry(obj, actions)
    return last.actor_id if last else None
