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
        ("decisions", "0001_first"),
        ("proposals", "0002_equal_units_at_the_quota"),
    ]

    operations = [migrations.RunPython(protect, release)]
