"""No column of a granted line is written again, the reasons of the line among them."""

from django.db import migrations

from awards.decisions.granted_lines import KEPT_FIRST, KEPT_SECOND, protect_granted_lines


def protect(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT_SECOND)


def protect_as_before(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT_FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0003_granted_lines_stay_after_a_new_column"),
    ]

    operations = [migrations.RunPython(protect, protect_as_before)]
