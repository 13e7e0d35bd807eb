"""What the reading process does, and how its answer comes back to the web worker.

The answer is pickled, and unpacked with a short list of what may be in it: bytes from a process
that has read a stranger's file are themselves not trusted.
"""

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from thidua.workbooks.refusals import WorkbookRefusedError
from thidua.workbooks.sheets import read_sheets

EXPECTED = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("thidua.workbooks.formats", "MonthFirstDay"),
    ("thidua.workbooks.formats", "PercentNumber"),
    ("thidua.workbooks.process", "Refusal"),
    ("thidua.workbooks.sheets", "ReadSheet"),
    ("thidua.workbooks.sheets", "UNCALCULATED"),
}


@dataclass(frozen=True)
class Refusal:
    """Why a file was not read, on its way to the worker."""

    sentence: str
    details: dict[str, str]


class Unpacker(pickle.Unpickler):
    """Takes nothing but rows of plain values."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in EXPECTED:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a sheet")
        return super().find_class(module, name)


def reader() -> Callable[[bytes], bytes]:
    """The work of the process: a request is an .xlsx, its reply the packed sheets or a refusal."""

    def read(content: bytes) -> bytes:
        try:
            return pickle.dumps(read_sheets(content))
        except WorkbookRefusedError as error:
            return pickle.dumps(Refusal(error.sentence, error.details))

    return read


def unpacked(reply: bytes) -> Any:
    """The sheets or the Refusal in a reply."""
    return Unpacker(io.BytesIO(reply)).load()
