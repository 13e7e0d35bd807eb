"""Watches every action that any test calls: what it locks, writes and notes.

The whole suite is the set-up: whoever tests an action proves with it that the action locks its
object before the first write, writes within one transaction, and leaves one line in the log book.
"""

import inspect
import re
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import walk_packages

from django.db import connection

from tests.house.walk import APPS
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

WRITE = re.compile(r'\s*(INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "?(\w+)')
LOCK = re.compile(r" FOR UPDATE(?: OF (.*))?$")
TABLES = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')
BACK = "ROLLBACK TO SAVEPOINT "
LOG = ActivityEntry._meta.db_table
# Nothing is there yet that could be locked, unless a row is added to something that is.
CREATE = {
    "add_member",
    "ask_import",
    "ask_leaves_paper",
    "ask_log_file",
    "ask_packet",
    "ask_preview",
    "ask_ranking_workbook",
    "ask_workbook",
    "comment_table",
    "confirm_calendar",
    "continue_conference",
    "create_bloc",
    "create_conference",
    "create_person",
    "create_unit",
    "draft_decision",
    "give_seat",
    "import_people",
    "import_units",
    "import_year",
    "keep_award_kind",
    "keep_file",
    "keep_holiday",
    "keep_legal_document",
    "load_usual_kinds",
    "paste_members",
    "open_next_years",
    "plan_year",
    "propose_calendar",
    "record_signed_agreement",
    "record_signed_registration",
    "read_amendment",
    "read_rules_amendment",
    "read_member_change",
    "record_ground",
    "start_agreement",
    "start_proposal",
    "start_registration",
    "start_report",
}
# These move other objects on, or several of their own: each of them has its line.
MORE_LINES = {
    "amend_rules",
    # Each sitting whose chair follows has its line.
    "cancel_leaders",
    "change_leaders",
    "answer_appeal",
    "apply_import",
    "combine_marks",
    # Each account whose seat is confirmed has its line.
    "confirm_seats",
    "hand_over_seats",
    "edit_year",
    "write_year",
    "create_person",
    # The draft has its line, and each proposal whose lines stood in it.
    "drop_draft",
    # Each sheet whose marks go has its own line.
    "end_round",
    "finish_marks",
    "forward_item",
    # Each account has the lines of `create_person`.
    "import_people",
    # Each bloc that units join has its line.
    "import_units",
    "import_year",
    # The first day of a year brings the proposed ones.
    "keep_holiday",
    # Each bloc has the lines of `plan_year` and `copy_table`, and that they were made together.
    "open_next_years",
    "undo_next_years",
    # Each form of award has its line.
    "load_usual_kinds",
    "move_appeal",
    "move_item",
    "move_proposal",
    "propose_calendar",
    "publish_decision",
    "publish_table",
    "record_signed_agreement",
    "record_signed_minutes",
    "record_signed_registration",
    "record_signed_report",
    # Each running or planned year of the unit has its own line.
    "dissolve",
    "end_membership",
    "record_succession",
    "reorganise",
    "undo_end",
    "settle_relative",
    "sign_agreement",
    "sign_decision",
    "sign_minutes",
    "take_effect_without",
}


# Rows that have no writer of their own: who changes one holds the row it belongs to.
PARTS = {
    ("agreements_target", "agreements_agreement"),
    ("agreements_declining", "agreements_agreement"),
    ("agreements_signature", "agreements_agreement"),
    ("appraisal_appeal", "reports_report"),
    ("appraisal_mark", "reports_assignment"),
    ("appraisal_scoringconflict", "years_blocyear"),
    ("axes_accessattempt", "accounts_user"),
    ("axes_accessattemptexpiration", "accounts_user"),
    ("common_basis", "conferences_conference"),
    ("common_basis", "decisions_decision"),
    ("common_basis", "proposals_proposal"),
    ("common_basis", "proposals_proposalitem"),
    ("common_basis", "years_blocyear"),
    ("conferences_agendaitem", "conferences_conference"),
    ("conferences_attendance", "conferences_conference"),
    ("conferences_ballot", "conferences_conference"),
    ("conferences_ballotline", "conferences_conference"),
    ("criteria_competentbody_criteria", "criteria_scoringtable"),
    ("criteria_criterion", "criteria_scoringtable"),
    ("criteria_groupedmember", "years_blocyear"),
    ("criteria_unitgroup", "years_blocyear"),
    ("otp_static_staticdevice", "accounts_user"),
    ("otp_static_statictoken", "accounts_user"),
    ("otp_totp_totpdevice", "accounts_user"),
    ("proposals_proposalitem", "proposals_proposal"),
    ("proposals_tiechoice", "proposals_proposal"),
    ("proposals_tieunit", "proposals_proposal"),
    ("ranking_statedcount", "years_blocyear"),
    ("ranking_statedplace", "years_blocyear"),
    ("reports_assignment", "reports_report"),
    ("reports_correction", "reports_report"),
    ("reports_score", "reports_report"),
    ("reports_score_evidence", "reports_evidence"),
    ("reports_score_evidence", "reports_report"),
    ("reports_sheetversion", "reports_report"),
    ("years_leadership", "years_blocyear"),
    ("years_memberchange", "years_blocyear"),
    ("years_rulebasis", "years_blocyear"),
    ("years_rulesamendment", "years_blocyear"),
    ("years_regulation", "years_blocyear"),
    ("years_yearmember", "years_blocyear"),
}
# New rows under a row that is held, so that two people do not add the same.
ADDED = {
    ("api_apitoken", "accounts_user"),
    ("board_opinion", "proposals_proposalitem"),
    ("papers_signedcopy", "agreements_agreement"),
    ("papers_signedcopy", "conferences_conference"),
    ("papers_signedcopy", "reports_report"),
    ("papers_signedcopy", "years_registration"),
    ("criteria_competentbody", "years_blocyear"),
    ("criteria_scoringtable", "years_blocyear"),
    ("ranking_rankingseal", "years_blocyear"),
    ("units_accountrequest", "accounts_user"),
    ("reports_assignment", "years_blocyear"),
    ("reports_evidence", "reports_report"),
    ("units_unitsuccession", "units_unit"),
}
# What is first written here belongs to another row than the action's own, which it holds.
HELD = {
    "save_body": "years_blocyear",
    "assign_group": "years_blocyear",
    "edit_proposal": "proposals_proposal",
    "redraft_proposal": "proposals_proposal",
}


def actions() -> dict:
    """Every function of a room of actions that takes an actor, by module and name."""
    found = {}
    for package in APPS:
        for entry in walk_packages(package.__path__, f"{package.__name__}."):
            if "actions" in entry.name.split("."):
                module = import_module(entry.name)
                found |= {
                    f"{entry.name}.{name}": function
                    for name, function in inspect.getmembers(module, inspect.isfunction)
                    if is_action(function, module) and not name.startswith("_")
                }
    return found


def is_action(function, module):
    return (
        function.__module__ == module.__name__ and "actor" in inspect.signature(function).parameters
    )


# Every action that a test of this run has come through, asked at the end of a whole run.
ACTED: set[str] = set()
# A page makes most moves without an action between.
WATCHED = {**actions(), "thidua.common.workflow.perform": perform}
CODES = {inspect.unwrap(function).__code__: name for name, function in WATCHED.items()}


def outermost():
    """The first action on the way to here, as its frame; None outside of all actions."""
    found, frame = None, sys._getframe(2)
    while frame:
        if frame.f_code in CODES:
            found = frame
            ACTED.add(CODES[frame.f_code])
        frame = frame.f_back
    return found


def locked_tables(sql) -> set[str]:
    """The tables whose rows the statement locks; all it reads, unless it names some."""
    found = LOCK.search(sql)
    named = found and found[1]
    return set(re.findall(r'"(\w+)"', named) if named else TABLES.findall(sql) if found else ())


@dataclass
class Seen:
    """One call of an action: whether it locked before its first write, and its writes."""

    name: str
    # Kept, so that the frame of the next call is another one.
    frame: object
    # Tables with a row that was locked before the first write.
    locked: set[str] = field(default_factory=set)
    # Each as what was done, the table, and the outermost transaction that the test did not open.
    writes: list[tuple[str, str, object]] = field(default_factory=list)

    def faults(self, *, has_locks):
        """What this call did against the rules of the house, in words."""
        lines = sum(table == LOG for _, table, _ in self.writes)
        if not self.writes:
            return
        if has_locks:
            yield from self.forgotten_locks()
        if not lines:
            yield f"{self.name} leaves no line in the log book"
        if lines > 1 and self.name.rpartition(".")[2] not in MORE_LINES:
            yield f"{self.name} leaves {lines} lines in the log book"
        if len(self.writes) > 1 and len(self.transactions()) != 1:
            yield f"{self.name} writes outside of one transaction"

    def forgotten_locks(self):
        """What is written first was locked before, or its parent was; or it did not exist yet."""
        short = self.name.rpartition(".")[2]
        changes = [(verb, table) for verb, table, _ in self.writes if table != LOG]
        if not changes or (short in CREATE and changes[0][0].startswith("INSERT")):
            return
        verb, table = changes[0]
        is_new = verb.startswith("INSERT")
        held = {parent for part, parent in (PARTS | ADDED if is_new else PARTS) if part == table}
        held |= {HELD.get(short)} if is_new and held else {table, HELD.get(short)}
        if not self.locked:
            yield f"{self.name} writes before it locks"
        elif not self.locked & held:
            yield f"{self.name} writes {table} and locks {', '.join(sorted(self.locked))} alone"

    def transactions(self):
        """The transactions it wrote in, none for a write outside of all."""
        found = {block for _, _, block in self.writes}
        return set() if None in found else found


class Watch:
    """To be put among the connection's wrappers of statements."""

    def __init__(self):
        self.calls = {}
        self.marks = {}

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SAVEPOINT "):
            self.marks[sql.split()[1]] = {key: len(one.writes) for key, one in self.calls.items()}
        elif sql.startswith(BACK):
            self.forget(self.marks.get(sql.removeprefix(BACK), {}))
        elif (WRITE.match(sql) or LOCK.search(sql)) and (frame := outermost()):
            self.note(self.calls.setdefault(id(frame), Seen(CODES[frame.f_code], frame)), sql)
        return result

    def note(self, seen, sql):
        """What the statement locks or writes for the call that is going on."""
        if write := WRITE.match(sql):
            seen.writes.append((write[1], write[2], transaction_of_action()))
        elif not seen.writes:
            seen.locked |= locked_tables(sql)

    def forget(self, mark):
        """What was written after the savepoint has not happened."""
        for key, seen in self.calls.items():
            del seen.writes[mark.get(key, 0) :]

    def faults(self):
        """Everything that went against the rules, once each."""
        has_locks = connection.features.has_select_for_update
        calls = self.calls.values()
        return sorted({fault for one in calls for fault in one.faults(has_locks=has_locks)})


def transaction_of_action():
    """The outermost transaction but the test's own; None outside of all."""
    blocks = [block for block in connection.atomic_blocks if not block._from_testcase]
    return blocks[0] if blocks else None
