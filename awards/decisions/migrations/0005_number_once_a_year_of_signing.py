"""A number stands once in the year of its signature, not in the year of the emulation."""

from django.db import migrations, models
from django.db.models import Q

from awards.decisions.granted_lines import (
    KEPT_SECOND,
    protect_granted_lines,
    release_granted_lines,
)


def protect(apps, schema_editor):
    protect_granted_lines(schema_editor.connection, KEPT_SECOND)


def release(apps, schema_editor):
    """SQLite rebuilds the table of decisions, which the rule names."""
    release_granted_lines(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_reasons_of_granted_lines_stay")]

    operations = [
        migrations.RunPython(release, protect),
        migrations.RemoveConstraint(model_name="decision", name="decision_number_once_a_year"),
        migrations.AddField(
            model_name="decision",
            name="number_key",
            field=models.CharField(
                blank=True, editable=False, max_length=80, verbose_name="số trong năm"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=Q(("number_key", ""), _negated=True),
                fields=("number_key",),
                name="decision_number_once_a_year",
                violation_error_message="Số quyết định này đã dùng.",
            ),
        ),
        migrations.RunPython(protect, release),
    ]
