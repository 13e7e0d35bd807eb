"""SQLite loses triggers where a migration rebuilds the table: the rule is put back."""

from django.db import migrations

from awards.decisions.granted_lines import GRANTED, KEPT, KEPT_SECOND, protect_granted_lines


def protect(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT, GRANTED)


def protect_as_before(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT_SECOND)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0005_number_once_a_year_of_signing"),
        ("proposals", "0008_lines_submitted_to_the_state"),
    ]

    operations = [migrations.RunPython(protect, protect_as_before)]
