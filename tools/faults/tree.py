"""A copy of the product at one commit: takes a fault in, runs tests, puts the file back."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nomigrations")
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


class SourceCopy:
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
        for files in self.candidates(fault):
            holders = [file for file in files if file.read_text("utf-8").count(old) == 1]
            if len(holders) == 1:
                return holders[0], holders[0].read_text("utf-8").replace(old, new)
        return None

    def candidates(self, fault):
        """The named file; in an older tree then those of its name, then every source."""
        named = self.root / (fault.file if self.today else fault.old_file or fault.file)
        yield [named] if named.is_file() else []
        if not self.today:
            every = [f for f in self.root.rglob(f"*{named.suffix}") if self.is_source(f)]
            yield [file for file in every if file.name == named.name]
            yield every

    def is_source(self, file):
        top = file.relative_to(self.root).parts[0]
        return top not in ("tests", ".venv", ".git", "tools") and "migrations" not in file.parts

    def nearest(self, fault, changed):
        """The tests of the data; in an older tree those of the same names, else near the file."""
        named = fault.tests if self.today else fault.old_tests or fault.tests
        found = []
        for name in named:
            path = self.root / name.partition("::")[0]
            found += [name] if path.exists() else self.tests_named(path.name)
        if not found:
            module = ".".join(changed.relative_to(self.root).with_suffix("").parts)
            tests = sorted((self.root / "tests").rglob("test_*.py"))
            found = [str(f.relative_to(self.root)) for f in tests if module in f.read_text("utf-8")]
        return tuple(dict.fromkeys(found)) or self.of_room(changed)

    def of_room(self, changed):
        """The innermost folder of tests that mirrors the folder of this file."""
        below = Path("tests") / changed.relative_to(self.root).parent
        mirrored = [
            folder for folder in (below, *below.parents[:-2]) if (self.root / folder).is_dir()
        ]
        return tuple(map(str, mirrored[:1]))

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

    def run(self, tests, database, seconds, *options):
        """(exit code or None when time ran out, what pytest said)."""
        shutil.rmtree(self.root / ".hypothesis", ignore_errors=True)
        # Bytecode is kept: it halves a short run, and a run lasts longer than the second by which a
        # changed file is told.
        environment = {**os.environ, "TEST_DATABASE": database, "PYTHONDONTWRITEBYTECODE": ""}
        process = subprocess.Popen(
            (*PYTEST, *options, SAME_EVERY_TIME, NOT_ASKED, *tests),
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
