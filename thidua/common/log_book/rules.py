"""Rules of the database itself: what the log book says is never written again.

A line leaves only where the archive holds it word for word; archive and chain only grow. Both
databases know it, so that no page, no command and no slip of a programmer changes what was
written. Who owns the database can lift the rules: then the chain tells (`verify_log`). SQLite
drops triggers with a table that a migration rebuilds: such a migration calls `protect_log` again.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from thidua.common.log_book.chain import COLUMNS

LIVE, ARCHIVE = "common_activityentry", "common_archivedentry"
TABLES = (LIVE, ARCHIVE, "common_loglink", "common_logseal")
REFUSAL = "Nhật ký chỉ được ghi thêm, không sửa, không xóa."
FUNCTION = "log_book_stays"


def protect_log(connection: BaseDatabaseWrapper, columns: Sequence[str] = COLUMNS) -> None:
    """Put the rules into the database, in the place of those that stand there.

    `columns` are those that the archive must hold alike: a migration names the ones of its day.
    """
    release_log(connection)
    made = _postgresql if connection.vendor == "postgresql" else _sqlite
    _run(connection, made(columns))


def release_log(connection: BaseDatabaseWrapper) -> None:
    """Take the rules away: for the migration back, and for emptying a whole test database."""
    is_postgresql = connection.vendor == "postgresql"
    _run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {table}_is_not_{verb}" + (f" ON {table}" * is_postgresql)
            for table in TABLES
            for verb in ("deleted", "written", *(("emptied",) if is_postgresql else ()))
        ],
    )


def _archived(columns: Sequence[str], alike: str) -> str:
    told = " AND ".join(f"kept.{name} {alike} OLD.{name}" for name in columns)
    return f"EXISTS (SELECT 1 FROM {ARCHIVE} kept WHERE {told})"


def _sqlite(columns: Sequence[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    leaves = {LIVE: f"WHEN NOT {_archived(columns, 'IS')}"}
    made = []
    for table in TABLES:
        made += [
            f"CREATE TRIGGER {table}_is_not_written BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table} "
            f"{leaves.get(table, '')} {refuse}",
        ]
    return made


def _postgresql(columns: Sequence[str]) -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'"
    alike = _archived(columns, "IS NOT DISTINCT FROM")
    made = [
        f"""CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {refuse}; END $$""",
        f"""CREATE OR REPLACE FUNCTION {FUNCTION}_or_moves() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NOT {alike} THEN {refuse}; END IF; RETURN OLD; END $$""",
    ]
    for table in TABLES:
        leaves = f"{FUNCTION}_or_moves" if table == LIVE else FUNCTION
        made += [
            f"CREATE TRIGGER {table}_is_not_written BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            f"CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {leaves}()",
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        ]
    return made


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
