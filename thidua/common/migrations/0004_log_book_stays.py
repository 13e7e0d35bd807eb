"""From here on the databases themselves keep the log book from being changed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from thidua.common.log_book.rules import protect_log, release_log

COLUMNS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "label",
    "subject_type_id",
    "subject_id",
    "subject_name",
    "from_state",
    "to_state",
    "note",
    "changes",
)


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules of the log book into the database."""
    protect_log(schema_editor.connection, COLUMNS)


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away on the way back."""
    release_log(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("common", "0003_log_book_in_a_chain")]

    operations = [migrations.RunPython(protect, release)]
