"""A rule of the database itself: what a decision has granted is never deleted or written again.

Only a decision that was signed later may take the line over; what the Chairman submitted to the
State nothing takes over. Both databases know it, so that no form, no command and no statement by
hand empties a signed decision. SQLite drops triggers with the table when a migration rebuilds it:
such a migration calls `protect_granted_lines` again.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

LINES, DECISIONS = "proposals_proposalitem", "decisions_decision"
# Every column of a line; the first ones stood before the line gave a reason of its own.
KEPT_FIRST = ("proposal_id", "award_id", "unit_id", "merit", "state", "decision_id")
KEPT_SECOND = (*KEPT_FIRST, "reason", "warned_reason")
KEPT = (*KEPT_SECOND, "forwarded_number", "forwarded_on")
# The states that nothing leaves any more; the first one stood before lines went to the State.
GRANTED = ("granted",)
SETTLED = (*GRANTED, "forwarded")
REFUSAL = (
    "Dòng đã được tặng chỉ thay đổi bằng một quyết định ký sau; dòng đã trình cấp Nhà nước giữ "
    "nguyên."
)
DELETED, WRITTEN = "granted_line_is_not_deleted", "granted_line_is_not_written"
LATER = f"""EXISTS (
    SELECT 1 FROM {DECISIONS} later JOIN {DECISIONS} first ON first.id = OLD.decision_id
    WHERE later.id = NEW.decision_id AND later.id <> first.id
    AND later.state <> 'draft' AND later.signed_on >= first.signed_on)"""


def protect_granted_lines(
    connection: BaseDatabaseWrapper,
    columns: Sequence[str] = KEPT,
    states: Sequence[str] = SETTLED,
) -> None:
    """Put the rule into the database, in the place of one that stands there.

    `columns` are those that are not written again, once the line is in one of the `states`: a
    migration names the ones of its day.
    """
    release_granted_lines(connection)
    made = _postgresql if connection.vendor == "postgresql" else _sqlite
    listed = ", ".join(f"'{state}'" for state in states)
    _run(connection, made(columns, f"OLD.state IN ({listed})"))


def release_granted_lines(connection: BaseDatabaseWrapper) -> None:
    """Take the rule away: for the migration back, and for emptying a whole test database."""
    on = f" ON {LINES}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on}" for name in (DELETED, WRITTEN)])


def _changed(columns: Sequence[str], differs: str) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in columns)


def _sqlite(columns: Sequence[str], settled: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {DELETED} BEFORE DELETE ON {LINES} WHEN {settled} {refuse}",
        f"CREATE TRIGGER {WRITTEN} BEFORE UPDATE ON {LINES} "
        f"WHEN {settled} AND ({_changed(columns, 'IS NOT')}) AND NOT {LATER} {refuse}",
    ]


def _postgresql(columns: Sequence[str], settled: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'"
    return [
        f"""CREATE OR REPLACE FUNCTION {DELETED}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {refuse}; END $$""",
        f"""CREATE OR REPLACE FUNCTION {WRITTEN}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NOT {LATER} THEN {refuse}; END IF; RETURN NEW; END $$""",
        f"CREATE TRIGGER {DELETED} BEFORE DELETE ON {LINES} FOR EACH ROW "
        f"WHEN ({settled}) EXECUTE FUNCTION {DELETED}()",
        f"CREATE TRIGGER {WRITTEN} BEFORE UPDATE ON {LINES} FOR EACH ROW "
        f"WHEN ({settled} AND ({_changed(columns, 'IS DISTINCT FROM')})) "
        f"EXECUTE FUNCTION {WRITTEN}()",
    ]


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
