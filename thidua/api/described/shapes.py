"""What an answer holds, declared once: it is written by this and described by this (OpenAPI)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Choices
from django.utils import timezone

Schema = Mapping[str, Any]
SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class ValueKind:
    """A kind of value: its JSON Schema, what people call it, and how it is written."""

    schema: Schema
    words: str
    write: Callable[[Any], Any]


def written_moment(moment: datetime) -> str:
    """In the time of the office, with its distance from UTC."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def written_number(value: Any) -> str:
    """Exact digits with a point: of a decimal, or of a figure as pages print it («1.234,50%»)."""
    text = str(value).removesuffix("%")
    if "," in text or "\u2212" in text:
        return text.replace(".", "").replace(",", ".").replace("\u2212", "-")
    return text


TEXT = ValueKind({"type": "string"}, "chữ", str)
WHOLE = ValueKind({"type": "integer"}, "số nguyên", int)
YES_NO = ValueKind({"type": "boolean"}, "true hoặc false", bool)
DAY = ValueKind({"type": "string", "format": "date"}, "ngày", lambda day: day.isoformat())
MOMENT = ValueKind({"type": "string", "format": "date-time"}, "thời điểm", written_moment)
NUMBER = ValueKind(
    {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}, "số thập phân", written_number
)


def one_of(choices: type[Choices]) -> ValueKind:
    """One of the values of an enum, each with what people call it."""
    told = ", ".join(f"{value} ({label})" for value, label in choices.choices)
    return ValueKind({"type": "string", "enum": list(choices.values)}, f"một trong: {told}", str)


@dataclass(frozen=True)
class Field:
    """One field: its name, its kind and what it tells; `read` takes it from the object.

    An empty text and None of a field that `may_lack` are null.
    """

    name: str
    kind: ValueKind
    about: str
    read: Callable[[Any], Any]
    may_lack: bool = False

    @property
    def schema(self) -> Schema:
        schema = dict(self.kind.schema)
        if self.may_lack:
            schema = {"anyOf": [schema, {"type": "null"}]}
        return schema | {"description": self.about}

    def write(self, obj: Any) -> Any:
        value = self.read(obj)
        return None if self.may_lack and value in (None, "") else self.kind.write(value)


def field(
    name: str,
    kind: ValueKind,
    about: str,
    read: Callable[[Any], Any] | str = "",
    *,
    may_lack: bool = False,
) -> Field:
    """A field read by a function, or from the attribute of this or of its own name."""
    taken = attrgetter(read or name) if isinstance(read, str) else read
    return Field(name, kind, about, taken, may_lack)


@dataclass(frozen=True)
class ObjectShape:
    """An object of an answer: exactly these fields, always all of them."""

    name: str
    about: str
    fields: tuple[Field, ...]

    @property
    def schema(self) -> Schema:
        return {
            "type": "object",
            "description": self.about,
            "required": [one.name for one in self.fields],
            "additionalProperties": False,
            "properties": {one.name: one.schema for one in self.fields},
        }

    def write(self, obj: Any) -> dict[str, Any]:
        """The object as JSON holds it."""
        return {one.name: one.write(obj) for one in self.fields}


def shaped(shape: ObjectShape) -> ValueKind:
    """An object of that shape."""
    return ValueKind({"$ref": f"{SCHEMAS}{shape.name}"}, f"đối tượng {shape.name}", shape.write)


def many(kind: ValueKind) -> ValueKind:
    """A list of values of that kind."""
    schema = {"type": "array", "items": dict(kind.schema)}
    return ValueKind(
        schema, f"danh sách: {kind.words}", lambda rows: [kind.write(row) for row in rows]
    )
