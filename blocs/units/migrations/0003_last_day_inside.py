from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q

ONE_DAY = timedelta(days=1)


def move(apps, days):
    """«Đến ngày» was the first day outside; now it is the last one inside."""
    rows = apps.get_model("units", "Membership").objects.exclude(ends_on=None)
    for row in rows.only("pk", "ends_on"):
        rows.filter(pk=row.pk).update(ends_on=row.ends_on + days)


def to_last_day(apps, schema_editor):
    move(apps, -ONE_DAY)


def to_day_after(apps, schema_editor):
    move(apps, ONE_DAY)


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0002_names_of_their_day"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_it_began"),
        migrations.RunPython(to_last_day, to_day_after),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_began",
                violation_error_message="Ngày cuối cùng trong khối phải từ ngày vào khối trở đi.",
            ),
        ),
    ]
