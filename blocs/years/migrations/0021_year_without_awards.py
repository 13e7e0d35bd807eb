from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("years", "0020_registrations_signed_on_paper"),
    ]

    operations = [
        migrations.AddField(
            model_name="blocyear",
            name="no_award_reason",
            field=models.TextField(blank=True, verbose_name="lý do không đề nghị khen thưởng"),
        ),
    ]
