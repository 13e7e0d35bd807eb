"""What the server writes down for its operator: one line of JSON an event, without personal data.

No typed value, name, password or cookie stands there: a message keeps its own words, what others
put into it is left out; of an error the kind and the places in the code are told, never its text,
which may quote what somebody typed (a database quotes the whole row). No Django here: the warm
processes write by it, too.
"""

import json
import logging
import traceback
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = f"{Path(__file__).resolve().parents[2]}/"
# A message with these names in front is ours, and holds nothing that somebody typed.
OURS = "thidua"
LEFT_OUT = "…"
# The end of an error tells where it happened, the beginning who asked.
DEEPEST = 12
SIMPLE = (int, float, bool, type(None))


class JsonLine(logging.Formatter):
    """One event as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; keys that have nothing to say are left out."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created).astimezone().isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
            "from": f"{place_of(record.pathname)}:{record.lineno}",
            **request_of(record),
        }
        # A request that was refused or not found is no fault of the program: no traceback.
        is_refusal = status_of(record) in range(100, 500)
        if record.exc_info and record.exc_info[1] and not is_refusal:
            told |= error_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def words_of(record: logging.LogRecord) -> str:
    """The message; what was put into a message that is not ours stands there only as a number."""
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    if status := status_of(record):
        return HTTPStatus(status).phrase
    if not record.args:
        # Words that came finished: nobody knows what is in them.
        return LEFT_OUT
    given = record.args
    if isinstance(given, Mapping):
        return str(record.msg) % {name: plain(one) for name, one in given.items()}
    return str(record.msg) % tuple(plain(one) for one in given)


def status_of(record: logging.LogRecord) -> int:
    """With what a request was answered; 0 where the record is about none."""
    return getattr(record, "status_code", 0)


def plain(value: object) -> object:
    """A number as it is; anything else may have been typed."""
    return value if isinstance(value, SIMPLE) else LEFT_OUT


def request_of(record: logging.LogRecord) -> dict[str, Any]:
    """Method, page and status of the request; the address only where it is one of ours."""
    told: dict[str, Any] = {}
    if status := status_of(record):
        told["status"] = status
    request = getattr(record, "request", None)
    if not hasattr(request, "method"):
        return told
    told["method"] = request.method
    if found := getattr(request, "resolver_match", None):
        # Numbers of rows alone: what else an address holds may be typed.
        numbers = {name: one for name, one in found.kwargs.items() if isinstance(one, int)}
        told |= {"page": found.view_name, **({"of": numbers} if numbers else {})}
    return told


def error_of(error: BaseException) -> dict[str, Any]:
    """The kind of an error, those it came from, and the places in the code."""
    kinds = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause and len(kinds) < DEEPEST:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = [f"{place_of(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": " ← ".join(kinds), "where": places}


def place_of(file: str) -> str:
    """A file of ours below the folder of the program; of a library what follows its packages."""
    return file.removeprefix(ROOT).rpartition("site-packages/")[2]


def error_words(error: BaseException) -> str:
    """The same on one line of text: «KeyError (reading.py:12 read)»."""
    told = error_of(error)
    return f"{told['error']} ({told['where'][-1]})" if told["where"] else str(told["error"])
