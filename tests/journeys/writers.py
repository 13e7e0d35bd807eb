"""Browsers that save cells as `static/js/sheet-save.js` does: what is not confirmed is sent again.

A value is typed once in a cell (0,01 then 0,02 …), so that the log book tells which were stored,
how often and in which order.
"""

import json
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urlencode

from tests.journeys.serving import TOKEN, asked

# The script waits two seconds and more; here only the order matters.
PAUSE = 0.05
# After so many answers that are none a save is given up.
MOST_TRIES = 200
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}


def text_of(number):
    """The n-th value typed into a cell, as its input shows it."""
    whole, rest = divmod(number, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


@dataclass
class Cell:
    """An input of a sheet: what was typed, what the server has confirmed."""

    key: str
    token: str = "0-"
    note: str = ""
    typed: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)

    def type(self):
        self.typed.append(text_of(len(self.typed) + 1))

    def values(self, text):
        return {f"{self.key}-value": text, f"{self.key}-note": self.note}


@dataclass
class Writer:
    """One person with one sheet."""

    addresses: deque
    cookies: str
    path: str
    cells: list[Cell]
    seconds: list[float] = field(default_factory=list)
    troubles: Counter = field(default_factory=Counter)

    def save(self, turn):
        """Type into the next cell and send it until it is confirmed; whether it was.

        Every other time something did not arrive, the person has typed on meanwhile.
        """
        cell, began = self.cells[turn % len(self.cells)], time.monotonic()
        cell.type()
        unanswered = []
        for attempt in range(MOST_TRIES):
            if attempt == 1 and turn % 2:
                cell.type()
            text = cell.typed[-1]
            unanswered.append(cell.values(text))
            if self.exchange(cell, text, unanswered):
                self.seconds.append(time.monotonic() - began)
                return True
        return False

    def exchange(self, cell, text, unanswered):
        """One post; whether it confirmed this text."""
        told = self.post({f"{cell.key}-token": cell.token} | cell.values(text))
        if told is None:
            time.sleep(PAUSE)
            return False
        said = told["rows"][cell.key]
        if other := said.get("other"):
            # An earlier post arrived though its answer did not: this is a later word of the person.
            if not (other["is_own"] and other["fields"] in unanswered):
                self.troubles["other"] += 1
            cell.token = other["token"]
            unanswered.clear()
            return False
        if "token" not in said:
            self.troubles["refused"] += 1
            return False
        cell.token = said["token"]
        cell.confirmed.append(text)
        return True

    def post(self, row):
        """What the product says to a row; None where there is no word of it."""
        try:
            status, text, _ = asked(
                self.addresses[0], "POST", self.path, self.cookies, urlencode(row), **FORM
            )
        except (OSError, HTTPException):
            self.troubles["lost"] += 1
            self.addresses.rotate(-1)
            return None
        if status != 200:
            self.troubles[status] += 1
            return None
        return json.loads(text)
