"""The conference decides the order of units that the rules leave equal, with its reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conferences", "0009_second_deputy")]

    operations = [
        migrations.AddField(
            model_name="conference",
            name="equal_order",
            field=models.JSONField(
                blank=True,
                default=list,
                editable=False,
                verbose_name="thứ hạng của các đơn vị bằng nhau",
            ),
        ),
        migrations.AddField(
            model_name="conference",
            name="equal_order_reason",
            field=models.TextField(blank=True, editable=False, verbose_name="lý do thứ hạng"),
        ),
    ]
