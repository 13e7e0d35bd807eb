from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0004_own_bases_of_a_submission"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposalitem",
            name="warned_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="lý do vẫn đề nghị"),
        ),
    ]
