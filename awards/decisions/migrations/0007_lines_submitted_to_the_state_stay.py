"""What went to the State stays as it went; what stood before keeps to granted lines alone."""

from django.db import migrations

from awards.decisions.granted_lines import GRANTED, KEPT, protect_granted_lines


def protect(apps, schema_editor):
    protect_granted_lines(schema_editor.connection)


def protect_as_before(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT, GRANTED)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_granted_lines_stay_after_the_state")]

    operations = [migrations.RunPython(protect, protect_as_before)]
