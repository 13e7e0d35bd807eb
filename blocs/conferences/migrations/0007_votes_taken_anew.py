from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0006_mark_of_an_agenda_line"),
    ]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="revote_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="lý do bỏ phiếu lại"),
        ),
    ]
