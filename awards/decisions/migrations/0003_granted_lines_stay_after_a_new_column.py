"""SQLite rebuilt the table of the lines for a new column and dropped the rule with it."""

from django.db import migrations

from awards.decisions.granted_lines import (
    KEPT_FIRST,
    protect_granted_lines,
    release_granted_lines,
)


def protect(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT_FIRST)


def release(apps, schema_editor):
    release_granted_lines(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_granted_lines_stay"),
        ("proposals", "0005_reason_of_a_proposed_line"),
    ]

    operations = [migrations.RunPython(protect, release)]
