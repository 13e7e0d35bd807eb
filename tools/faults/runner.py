"""Asks the tests about each fault and keeps what they answered."""

import json
import os
import re
from queue import Empty, Queue
from threading import Lock, Thread

from tools.faults.data import DATABASES
from tools.faults.tree import SourceCopy

GREEN, FAILED, NO_TESTS = 0, 1, 5
AT_FIRST = "-x"
FAILED_TEST = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)
NOT_OURS = re.compile(r"\b(SyntaxError|ImportError|ModuleNotFoundError|NameError)\b")


class Outcomes:
    """Outcomes by fault, in a file that is whole after each of them."""

    def __init__(self, file):
        self.file = file
        self.lock = Lock()
        stored = json.loads(file.read_text("utf-8")) if file.exists() else {}
        self.rows = stored.get("faults", {})

    def has(self, fault, again):
        row = self.rows.get(fault.id, {})
        return row.get("fingerprint") == fault.fingerprint and row["outcome"] not in again

    def keep(self, fault, commit, outcome, detail):
        row = {"outcome": outcome, "detail": detail, "commit": commit}
        self.put(fault.id, {**row, "room": fault.room, "fingerprint": fault.fingerprint})

    def put(self, name, row):
        with self.lock:
            self.rows[name] = row
            self.file.parent.mkdir(parents=True, exist_ok=True)
            draft = self.file.with_suffix(".draft")
            draft.write_text(json.dumps({"faults": self.rows}, indent=1, ensure_ascii=False))
            os.replace(draft, self.file)


class Asker:
    """One copy of the product, and how long its tests may take."""

    def __init__(self, commit, today, limit, wide_limit):
        self.tree = SourceCopy(commit, today)
        self.limit, self.wide_limit = limit, wide_limit

    def ask(self, fault):
        """(outcome, detail) of one fault."""
        change = self.tree.change(fault)
        if change is None:
            return "absent", ""
        file, text = change
        near, database = self.tree.nearest(fault, file), fault.database
        outcome, detail = self.with_fault(file, text, near, database, self.limit)
        if outcome == "survived" and not fault.journey and self.wide_limit:
            wide = self.tree.wider(file)
            outcome, detail = self.with_fault(file, text, wide, database, self.wide_limit)
            # Who is not heard within the budget has not noticed.
            outcome = "survived" if outcome == "slow" else outcome
        return outcome, detail

    def red_ones(self, tests, database):
        """Which of these tests fail without any fault; asked all at once, whatever their values."""
        named = sorted({test.partition("[")[0] for test in tests})
        code, said = self.tree.run(named, database, self.limit * len(named))
        failed = {test.partition("[")[0] for test in FAILED_TEST.findall(said)}
        return {
            test
            for test in tests
            if code not in (GREEN, FAILED) or test.partition("[")[0] in failed
        }

    def with_fault(self, file, text, tests, database, seconds):
        if not tests:
            return "survived", "no nearest test"
        whole = file.read_text("utf-8")
        file.write_text(text, "utf-8")
        try:
            code, said = self.tree.run(tests, database, seconds, AT_FIRST)
        finally:
            file.write_text(whole, "utf-8")
        return judged(code, said)


def judged(code, said):
    if code is None:
        return "slow", ""
    if code == GREEN:
        return "survived", ""
    found = FAILED_TEST.search(said)
    is_whole = code == FAILED and found and "ERROR collecting" not in said
    if code == NO_TESTS or (not is_whole and NOT_OURS.search(said)):
        return "broken", said[-600:]
    return "noticed", found[1] if found else said[-300:]


def run_all(faults, commit, results, askers, say):
    """Every fault once, each worker in its own copy; what ends early is told as it comes."""
    waiting = Queue()
    for fault in faults:
        waiting.put(fault)

    def work(asker):
        while True:
            try:
                fault = waiting.get_nowait()
            except Empty:
                return
            outcome, detail = asker.ask(fault)
            results.keep(fault, commit, outcome, detail)
            say(f"{outcome:9}{fault.id:36}{detail.splitlines()[0][:110] if detail else ''}")

    threads = [Thread(target=work, args=(asker,)) for asker in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def prove(faults, results, asker, say):
    """What noticed a fault and is red without it has noticed nothing."""
    for database in DATABASES:
        rows = {
            fault.id: row
            for fault in faults
            if fault.database == database and (row := results.rows.get(fault.id))
            if row["outcome"] == "noticed" and not row.get("proved")
        }
        red = asker.red_ones({row["detail"] for row in rows.values()}, database) if rows else ()
        for name, row in rows.items():
            is_red = row["detail"] in red
            results.put(name, {**row, "outcome": "red"} if is_red else {**row, "proved": True})
            if is_red:
                say(f"red      {name:36}{row['detail']}")
