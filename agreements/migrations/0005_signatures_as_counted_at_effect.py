from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_own_bases_of_an_agreement")]

    operations = [
        migrations.AddField(
            "agreement",
            "effect_words",
            models.CharField(blank=True, max_length=120, verbose_name="số chữ ký khi có hiệu lực"),
        ),
    ]
