"""Asks the tests about each fault and keeps what they answered."""

import json
import os
import re
from queue import Empty, Queue
from threading import Lock, Thread

from tools.faults.tree import Tree

GREEN, FAILED, NO_SUCH_TEST, NO_TESTS = 0, 1, 4, 5
FAILED_TEST = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)
NOT_OURS = re.compile(r"\b(SyntaxError|ImportError|ModuleNotFoundError|NameError)\b")


class Results:
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
        with self.lock:
            self.rows[fault.id] = {**row, "room": fault.room, "fingerprint": fault.fingerprint}
            self.file.parent.mkdir(parents=True, exist_ok=True)
            draft = self.file.with_suffix(".draft")
            draft.write_text(json.dumps({"faults": self.rows}, indent=1, ensure_ascii=False))
            os.replace(draft, self.file)


class Asker:
    """One copy of the product and what is known of its tests."""

    def __init__(self, commit, today, limit, wide_limit):
        self.tree = Tree(commit, today)
        self.limit, self.wide_limit = limit, wide_limit
        self.green = {}

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
        if outcome == "noticed" and not self.is_green(detail, near, database):
            return "red", detail
        return outcome, detail

    def is_green(self, test, near, database):
        """Whether what noticed is green without the fault; all the nearest where it has no name."""
        key = (test, database)
        if key not in self.green:
            asked = (test,) if test.startswith("tests/") else near
            code, _ = self.tree.run(asked, database, self.limit)
            if code == NO_SUCH_TEST:
                code, _ = self.tree.run((test.partition("::")[0],), database, self.limit)
            self.green[key] = code == GREEN
        return self.green[key]

    def with_fault(self, file, text, tests, database, seconds):
        if not tests:
            return "survived", "no nearest test"
        whole = file.read_text("utf-8")
        file.write_text(text, "utf-8")
        try:
            code, said = self.tree.run(tests, database, seconds)
        finally:
            file.write_text(whole, "utf-8")
        return judged(code, said)


def judged(code, said):
    if code is None:
        return "slow", ""
    if code == GREEN:
        return "survived", ""
    collecting = code != FAILED or "ERROR collecting" in said
    if code == NO_TESTS or (collecting and NOT_OURS.search(said)):
        return "broken", said[-600:]
    found = FAILED_TEST.search(said)
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
