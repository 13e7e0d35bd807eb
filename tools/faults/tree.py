"""A copy of the product at one commit: takes a fault in, runs tests, puts the file back."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--nomigrations")
SAME_EVERY_TIME = "--hypothesis-seed=0"
# It reads the migrations, which are left out here.
NOT_ASKED = "--deselect=tests/house/test_words.py::test_migrations_are_named_by_people"
SUFFIXES = (".py", ".html", ".js", ".css", ".txt")
# Walks of all pages and tests of the machine take minutes and belong to no room; the data of the
# faults must not notice a fault.
TOO_WIDE = ("test_pages.py", "test_machine.py", "test_second_writer.py", "test_faults.py")


def git(*arguments):
    command = ("git", "-C", str(ROOT), *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Tree:
    """A clone in a temporary folder; `today` tells whether paths are those of the data."""

    def __init__(self, commit, today):
        self.today = today
        self.root = Path(tempfile.mkdtemp(prefix="faults-")) / "copy"
        git("clone", "-q", "--shared", "--no-checkout", str(ROOT), str(self.root))
        subprocess.run(("git", "-C", self.root, "checkout", "-q", commit), check=True)
        (self.root / ".venv").symlink_to((ROOT / ".venv").resolve())

    def remove(self):
        shutil.rmtree(self.root.parent, ignore_errors=True)

    def change(self, fault):
        """(file, its text with the fault), or None where this commit has no such place."""
        old, new = fault.old, fault.new
        if not self.today and fault.old_text:
            old, new = fault.old_text, fault.old_new or new
        named = fault.file if self.today else fault.old_file or fault.file
        holders = [f for f in self.candidates(named) if f.read_text("utf-8").count(old) == 1]
        if len(holders) != 1:
            return None
        return holders[0], holders[0].read_text("utf-8").replace(old, new)

    def candidates(self, named):
        """The named file; in an older tree every source where it does not exist."""
        if (self.root / named).is_file() or self.today:
            return [self.root / named]
        suffix = Path(named).suffix
        kept = [f for f in self.root.rglob(f"*{suffix}") if self.is_source(f)]
        same_name = [f for f in kept if f.name == Path(named).name]
        return same_name or kept

    def is_source(self, file):
        top = file.relative_to(self.root).parts[0]
        return top not in ("tests", ".venv", ".git", "tools") and "migrations" not in file.parts

    def nearest(self, fault):
        """The tests of the data; in an older tree those of the same file names."""
        named = fault.tests if self.today else fault.old_tests or fault.tests
        found = []
        for name in named:
            path = self.root / name.partition("::")[0]
            if path.exists():
                found.append(name)
            else:
                found += self.tests_named(path.name)
        if not found:
            found = self.tests_named(f"test_{Path(fault.file).stem}.py")
        return tuple(dict.fromkeys(found))

    def tests_named(self, name):
        return [str(f.relative_to(self.root)) for f in sorted((self.root / "tests").rglob(name))]

    def wider(self, file):
        """All tests of the app of this file, then those of the house."""
        parts = [p for p in file.relative_to(self.root).parts[:-1] if p not in ("thidua", "static")]
        tests = self.root / "tests"
        below = [tests.joinpath(*parts[:2]), tests / "blocs" / (parts or ["."])[-1]]
        if parts and parts[0] == "templates":
            below = [tests / "blocs" / name for name in parts[1:2]]
        above = [tests / parts[0]] if parts else []
        own = next((folder for folder in (*below, *above) if folder.is_dir()), None)
        house = [f for f in sorted((tests / "house").glob("test_*.py")) if f.name not in TOO_WIDE]
        return tuple(str(f.relative_to(self.root)) for f in ([own] if own else []) + house)

    def run(self, tests, database, seconds):
        """(exit code or None when time ran out, what pytest said)."""
        shutil.rmtree(self.root / ".hypothesis", ignore_errors=True)
        environment = {**os.environ, "TEST_DATABASE": database, "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            (*PYTEST, SAME_EVERY_TIME, NOT_ASKED, *tests),
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            stop(process)
            return None, ""
        return process.returncode, said


def stop(process):
    """End the run and what it started; the tests take their database down when asked kindly."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
