"""Command line of the fault script; the package says what it does."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

import tools.faults
from tools.faults.data import BadDataError, chosen, read_faults
from tools.faults.runner import Asker, Outcomes, prove, run_all
from tools.faults.table import table
from tools.faults.tree import ROOT, git


def options(arguments):
    parser = ArgumentParser(
        "python -m tools.faults",
        description=tools.faults.__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", help="rooms and ids; all when none is named")
    parser.add_argument("--commit", help="an older commit; today's without it")
    parser.add_argument("--results", type=Path, action="append", help="file of the outcomes")
    parser.add_argument("--workers", type=int, choices=(1, 2), default=1)
    parser.add_argument("--limit", type=int, default=120, help="seconds for the nearest tests")
    parser.add_argument("--wide-limit", type=int, default=400, help="0: nearest tests only")
    parser.add_argument("--again", action="append", default=[], help="outcome to ask anew")
    parser.add_argument("--table", action="store_true", help="print the figures and run nothing")
    return parser.parse_args(arguments)


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments):
    asked = options(arguments)
    faults = chosen(read_faults(), asked.names)
    commit = git("rev-parse", "--short", asked.commit or "HEAD")
    kept = ROOT / "var" / "faults" / f"{commit if asked.commit else 'today'}.json"
    files = asked.results or [kept]
    if not asked.table:
        run(faults, commit, asked, Outcomes(files[0]))
    columns = [(file.stem, outcomes(faults, Outcomes(file))) for file in files]
    say("\n".join(table(faults, columns)))


def outcomes(faults, results):
    return {f.id: results.rows[f.id]["outcome"] for f in faults if results.has(f, ())}


def run(faults, commit, asked, results):
    waiting = [fault for fault in faults if not results.has(fault, asked.again)]
    askers = [
        Asker(commit, not asked.commit, asked.limit, asked.wide_limit) for _ in range(asked.workers)
    ]
    try:
        run_all(waiting, commit, results, askers, say)
        prove(faults, results, askers[0], say)
    finally:
        for asker in askers:
            asker.tree.remove()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BadDataError as error:
        sys.exit(f"tools.faults: {error}")
