"""How a table of rights is written and asked, the same in every app."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from tests.house.people import COLUMNS, KINDS, REACHING, UNIT_KINDS, build_cast, holds

# x: as the document says. +: more than it says; the comment above the line tells why.
HELD = "x+"
# The document has no column for editors of the deputy's unit; what they read, test_lists asks.
# How far seats reach that are limited, and the auditor's, follows from the column of the office.
ASKED = tuple(kind for kind in KINDS if "deputy_secretary" not in kind and kind not in REACHING)
# What looks and does nothing: of these an auditor has what the office has, of all others none.
READS = frozenset(
    {
        "agreements.view_agreement",
        "appraisal.compare_points",
        "appraisal.view_assignments",
        "appraisal.view_marks",
        "appraisal.view_signs",
        "conferences.view_conference",
        "criteria.view_table",
        "decisions.view_decision",
        "proposals.view_proposal",
        "ranking.view_ground",
        "ranking.view_provisional_ranking",
        "ranking.view_ranking",
        "reports.open_evidence",
        "reports.view_midyear",
        "reports.view_notice",
        "reports.view_openings",
        "reports.view_report",
        "units.read_log_book",
        "units.view_log",
        "units.view_requests",
        "years.remind_units",
        "years.view_registration",
        "years.view_year",
    }
)
# Lists that everybody at the province opens; what stands in them, the lists themselves are asked.
LISTS = frozenset(
    {
        "decisions.list_decision",
        "proposals.list_proposal",
        "reports.list_report",
        "units.list_bloc",
        "units.list_unit",
        "years.list_year",
    }
)
# What a seat of the office does whatever it reaches, and nobody else of the province.
OF_EVERY_OFFICE = frozenset({"api.hold_token"})
# What concerns no bloc, or many.
OF_NO_BLOC = frozenset({"", "decision", "account request", "token", "unit"})


@dataclass(frozen=True)
class Line:
    """A right over an object, and for each column whether it is held."""

    row: str
    right: str
    subject: str
    cells: str

    def __str__(self):
        return f"{self.row}: {self.right} over {self.subject or 'nothing'}"

    def says(self, kind) -> bool:
        return self.cells.split()[COLUMNS.index(kind)] in HELD


def lines(states, *rows) -> tuple[Line, ...]:
    """The table from rows (row of the document, right, subject, cells).

    A subject is a word, or a word and states of it: `report.draft/returned`, `report.*` for all,
    `report.!draft` for all but these. `states` gives all states of a word.
    """
    return tuple(
        Line(row, right, one, cells)
        for row, right, subject, cells in rows
        for one in in_each_state(subject, states)
    )


def in_each_state(subject, states):
    word, dot, told = subject.partition(".")
    if not dot:
        return [subject]
    names = set(told.lstrip("!").split("/"))
    return [
        f"{word}.{state}"
        for state in states[word]
        if told == "*" or (state in names) is not told.startswith("!")
    ]


def unasked(table, states) -> list[str]:
    """Rights that are not asked exactly once over each state of what they are over."""
    asked = Counter((line.right, line.subject) for line in table if "." in line.subject)
    about = {(right, subject.partition(".")[0]) for right, subject in asked}
    wanted = {(right, f"{word}.{state}") for right, word in about for state in states[word]}
    wrong = {pair for pair in asked if asked[pair] > 1} | (wanted ^ set(asked))
    return sorted(f"{right} over {subject}" for right, subject in wrong)


@contextmanager
def lent_cast(blocker):
    """The cast for all tests of a module; nothing of it stays in the database."""
    with blocker.unblock(), transaction.atomic():
        yield build_cast()
        transaction.set_rollback(True)


def subject_of(find, line, side):
    return find(side, line.subject) if line.subject else None


def answers(cast, line, find):
    """Who holds the right: over the own object, and over the one of the other bloc."""
    own, other = (subject_of(find, line, side) for side in (cast.own, cast.other))
    return (
        {kind for kind in ASKED if holds(cast.people[kind], line.right, own)},
        {kind for kind in ASKED if holds(cast.people[kind], line.right, other)},
    )


def expected(line):
    """What `answers` must be: a stranger holds in the other bloc what the person holds here."""
    own = {kind for kind in COLUMNS if line.says(kind)}
    strangers = {f"other_{kind}" for kind in UNIT_KINDS if line.says(kind)}
    province = {kind for kind in own if kind not in UNIT_KINDS}
    if line.says("public"):
        # A stopped account is refused everything: it cannot even sign in.
        return (set(ASKED) - {"stopped"},) * 2
    if not line.subject:
        return (own | strangers,) * 2
    return own, strangers | province


def answers_by_reach(cast, line, find):
    """Who of those with a reach of their own holds the right, over the own object and the other."""
    return tuple(
        {
            kind
            for kind in REACHING
            if holds(cast.people[kind], line.right, subject_of(find, line, side))
        }
        for side in (cast.own, cast.other)
    )


def expected_by_reach(line):
    """What `answers_by_reach` must be, from the column of the office alone."""
    if line.says("public") or line.right in LISTS:
        return (set(REACHING),) * 2
    if line.right in OF_EVERY_OFFICE:
        return ({"bloc_office", "half_office"},) * 2
    if not line.says("office"):
        return set(), set()
    reads = line.right in READS
    everywhere = {"auditor", "half_office"} if reads else set()
    if line.subject.partition(".")[0] in OF_NO_BLOC:
        return (everywhere,) * 2
    own = {"bloc_auditor", "bloc_office"} if reads else {"bloc_office", "half_office"}
    return own | everywhere, everywhere
