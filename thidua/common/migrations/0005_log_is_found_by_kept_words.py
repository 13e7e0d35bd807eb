"""What lines of the log book are found by is folded once, and the newest come without sorting."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from thidua.common.vietnamese.text import fold

AT_ONCE = 2000
FOUND_BY = ("actor_name", "label", "subject_name")


def fold_old_lines(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fold every line there is, live and archived, some thousand at once."""
    kept = apps.get_model("common", "LogWords").objects
    for name in ("ActivityEntry", "ArchivedEntry"):
        lines, after = apps.get_model("common", name).objects.order_by("pk"), 0
        while rows := list(lines.filter(pk__gt=after).values("pk", *FOUND_BY)[:AT_ONCE]):
            kept.bulk_create(
                kept.model(entry=row["pk"], **{name: fold(row[name]) for name in FOUND_BY})
                for row in rows
            )
            after = rows[-1]["pk"]


class Migration(migrations.Migration):
    dependencies = [("common", "0004_log_book_stays")]

    operations = [
        migrations.CreateModel(
            name="LogWords",
            fields=[
                (
                    "entry",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="số của dòng"
                    ),
                ),
                ("actor_name", models.TextField(verbose_name="tên người thực hiện")),
                ("label", models.TextField(verbose_name="tên việc")),
                ("subject_name", models.TextField(verbose_name="tên đối tượng")),
            ],
            options={
                "verbose_name": "từ tìm nhật ký",
                "verbose_name_plural": "từ tìm nhật ký",
            },
        ),
        migrations.RunPython(fold_old_lines, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="activityentry",
            index=models.Index(fields=["at", "id"], name="common_acti_at_06c2df_idx"),
        ),
        migrations.AddIndex(
            model_name="archivedentry",
            index=models.Index(fields=["at", "id"], name="common_arch_at_606f11_idx"),
        ),
    ]
